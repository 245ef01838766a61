using DrAssistant.Data;
using DrAssistant.Data.Outbox;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>The notes were away for longer than the relay waits; an operator has what was meant looked at again.</summary>
public sealed class SettlingWhatWasSetAside(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_was_set_aside_and_nothing_is_done()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, mongo: null);
        await clinic.BegunAsync();

        Assert.Equal(new TakenUp(0, 0), await ClinicStartup.SettleNotesAsync(clinic.Clinic.Services, Cancellation));
        Assert.Contains(await clinic.Clinic.OwedAsync(), message => message.Kind == "note.intent");
    }

    [Fact]
    public async Task What_did_not_come_about_is_told_and_what_did_is_not()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, mongo: null, withPasswords: true);
        var draft = await clinic.FinishedAsync();
        clinic.Stopping.StopAt(1);
        await Assert.ThrowsAsync<ThreadInterruptedException>(() => clinic.SignAsync(draft));
        clinic.Stopping.Never();
        var intents = await ParkAsync(clinic);
        Assert.True(intents > 1);
        await clinic.SettleAsync();
        Assert.DoesNotContain("note.not-written", await TrailAsync(clinic));

        var settled = await ClinicStartup.SettleNotesAsync(clinic.Clinic.Services, Cancellation);

        Assert.Equal(new TakenUp(intents, 0), settled);
        Assert.Single(await TrailAsync(clinic), deed => deed == "note.not-written");
        Assert.Equal(new TakenUp(0, 0), await ClinicStartup.SettleNotesAsync(clinic.Clinic.Services, Cancellation));
    }

    private static Task<int> ParkAsync(NoteClinic clinic)
        => clinic.Clinic.BehindAsync(db => db.Database.ExecuteSqlAsync($"UPDATE outbox_messages SET parked_at = now(), attempts = 10 WHERE kind = 'note.intent'", Cancellation));

    private static Task<List<string>> TrailAsync(NoteClinic clinic) => clinic.Clinic.BehindAsync(db => db.AuditEvents.Select(e => e.Event).ToListAsync(Cancellation));
}
