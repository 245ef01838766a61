using DrAssistant.Portal.Components.Admin;
using DrAssistant.Portal.Tests.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Admin;

/// <summary>The audit trail is read by people: an entry says what was done, and when to the second.</summary>
public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("prescription.sign", "Prescription signed")]
    [InlineData("tasks.read", "Tasks read")]
    [InlineData("book.read", "Appointment book read")]
    [InlineData("sign-in.done", "Signed in")]
    [InlineData("allergy.revise", "Allergy revised")]
    [InlineData("encounter.cancel", "Visit cancelled")]
    [InlineData("user.deactivate", "User deactivated")]
    [InlineData("saved-search.remove", "Saved search removed")]
    [InlineData("document.entered-in-error", "Document marked as entered in error")]
    [InlineData("recording.transcribed", "Recording transcribed")]
    [InlineData("something-new.copy", "Something new copied")]
    [InlineData("alone", "Alone")]
    public void an_entry_reads_as_what_was_done(string name, string words)
        => Assert.Equal(words, AuditWords.Of(name));

    [Theory]
    [InlineData("Receptionist", "Reception")]
    [InlineData("admin", "Administrator")]
    [InlineData("display", "Display")]
    [InlineData(null, "")]
    public void a_role_is_called_as_everywhere(string? role, string words) => Assert.Equal(words, AuditWords.Role(role));

    [Fact]
    public void entries_of_one_minute_can_be_told_apart() => Assert.Equal("05-Nov-2026 10:41:00", AuditWords.Moment(Day.At(10, 41), TheBook.Clock));
}
