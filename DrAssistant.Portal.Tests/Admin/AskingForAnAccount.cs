using Bunit;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Portal.Components.Staff.Accounts;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Admin;

/// <summary>The form of an account asks for what the role needs.</summary>
public sealed class AskingForAnAccount : PageContext
{
    private static readonly string[] OfADoctor = ["Specialty", "Qualification", "Registration number", "Council"];

    [Theory]
    [InlineData(StaffRole.Doctor, 4)]
    [InlineData(StaffRole.Nurse, 1)]
    [InlineData(StaffRole.Receptionist, 0)]
    [InlineData(StaffRole.Admin, 0)]
    public void what_a_doctor_signs_with_is_asked_of_a_doctor(StaffRole role, int asked)
    {
        var form = Render<AccountForm>(p => p.Add(f => f.Draft, new AccountDraft { Role = StaffRole.Nurse }).Add(f => f.IsNew, true));

        form.Find("#account-role").Change(role.ToString());

        Assert.Equal(asked, form.FindAll("label").Count(l => OfADoctor.Contains(l.TextContent)));
    }

    [Fact]
    public void a_nurse_is_not_shown_a_doctors_qualification()
    {
        var form = Render<AccountForm>(p => p.Add(f => f.Draft, new AccountDraft { Role = StaffRole.Nurse }).Add(f => f.IsNew, true));
        Assert.DoesNotContain("MBBS", form.Markup, StringComparison.Ordinal);

        form.Find("#account-role").Change(nameof(StaffRole.Doctor));

        Assert.Contains("MBBS", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void what_is_there_is_shown_whatever_the_role()
    {
        var form = Render<AccountForm>(p => p.Add(f => f.Draft, new AccountDraft { Role = StaffRole.Admin, RegistrationNumber = "KMC 4711" }));

        Assert.Equal("KMC 4711", form.Find("#account-registrationnumber").GetAttribute("value"));
    }
}
