using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>A doctor's word that a note is finished, in either store: with what it needs, by whom, and what stays for ever.</summary>
public abstract class SigningANote(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract string? Mongo { get; }

    [Fact]
    public async Task It_freezes_content_name_registration_time_and_hash()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.FinishedAsync();
        clinic.Clinic.Clock.Now += TimeSpan.FromSeconds(90.1234567);

        var signed = (await clinic.SignAsync(page)).Value();

        var read = (await clinic.AskAsync(clinic.Nila, notes => notes.ReadAsync(page.Id, Cancellation))).Value();
        foreach (var note in new[] { signed, read })
        {
            Assert.Equal((NoteStatus.Signed, 3, false), (note.Status, note.Version, note.MayWrite));
            Assert.Equal(
                ("Asha Rao", "MD (Medicine)", "KMC 12345", "Karnataka Medical Council", true),
                (note.Signature!.Name, note.Signature.Qualification, note.Signature.RegistrationNumber, note.Signature.RegistrationCouncil, note.Signature.Matches));
            Assert.Equal(64, note.Signature.Hash!.Length);
            Assert.Equal(90.123, note.Metadata.CompletionTime!.Value, 0.0005);
            Assert.Equal("Cough", note.Content.Subjective!.ChiefComplaint);
        }

        Assert.Equal(signed.Signature!.Hash, (await clinic.KeptAsync(page.Id, 3))?.Signature?.Hash);
        Assert.Equal(["note.begin", "note.write", "note.sign"], (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Select(e => e.Event));
    }

    [Fact]
    public async Task Nothing_writes_into_it_afterwards()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.FinishedAsync();
        (await clinic.SignAsync(page)).Value();

        (await clinic.SaveAsync(clinic.Asha, page, new() { Subjective = new() { ChiefComplaint = "Something else" } })).AssertRefused(RefusalKind.Conflict);
        (await clinic.SignAsync(page)).AssertRefused(RefusalKind.Conflict);
        var stored = (await clinic.StoredAsync(page.Id))!;
        await Assert.ThrowsAnyAsync<Exception>(() => ReplaceAsync(clinic, stored with { Version = 4 }));
        await Assert.ThrowsAnyAsync<Exception>(() => ReplaceAsync(clinic, stored with { Version = 4, Status = NoteStatus.Draft }));

        Assert.Equal("Cough", (await clinic.StoredAsync(page.Id))!.Content.Subjective!.ChiefComplaint);
    }

    [Fact]
    public async Task What_is_open_is_named_in_the_order_of_the_note()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        page = (await clinic.SaveAsync(clinic.Asha, page, new()
        {
            Subjective = new() { ChiefComplaint = "*** for three days" },
            Plan = new() { FollowUp = "In *** days" },
        })).Value().Note;
        await clinic.SaveAsync(clinic.Nila, page, page.Content with { Plan = new() { FollowUp = "In a week" } });
        page = (await clinic.AskAsync(clinic.Asha, notes => notes.ReadAsync(page.Id, Cancellation))).Value();

        var refused = await clinic.SignAsync(page);

        var open = Assert.IsType<SigningRefusal>(refused.Refusal);
        Assert.Equal(
            [(NoteGapKind.Blank, "subjective.chiefComplaint"), (NoteGapKind.Missing, "assessment.diagnoses")],
            open.Gaps.Select(gap => (gap.Kind, gap.Field)));
        Assert.False(open.OnlyUnchecked);
        Assert.DoesNotContain(await clinic.Clinic.TrailOfAsync(clinic.Asha), e => e.Event == "note.sign");
    }

    [Fact]
    public async Task A_version_that_the_doctor_has_not_read_is_not_signed()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.FinishedAsync();
        await clinic.SaveAsync(clinic.Nila, page, page.Content with { Objective = new() { VitalSigns = new() { Temperature = 39 } } });

        (await clinic.SignAsync(page)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Neither_a_nurse_nor_another_doctor_signs_it()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.FinishedAsync();

        (await clinic.SignAsync(page, by: clinic.Nila)).AssertRefused(RefusalKind.Forbidden);
        (await clinic.SignAsync(page, by: clinic.Basu)).AssertRefused(RefusalKind.NotFound);
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        (await clinic.SignAsync(page, by: clinic.Basu)).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task A_wrong_password_counts_as_a_failed_sign_in_and_locks_the_account()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.FinishedAsync();

        for (var guess = 0; guess < 5; guess++)
        {
            (await clinic.SignAsync(page, "not it")).AssertRefused(RefusalKind.Invalid);
        }

        (await clinic.SignAsync(page)).AssertRefused(RefusalKind.Invalid);
        var trail = (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Where(e => e.Event.StartsWith("sign-in", StringComparison.Ordinal)).ToList();
        Assert.Equal(["wrong password", "wrong password", "wrong password", "wrong password", "too many wrong passwords", "account is locked"], trail.Select(e => e.Reason));
        Assert.All(trail, e => Assert.Equal("failed", e.Outcome));
        Assert.Equal(NoteStatus.Draft, (await clinic.StoredAsync(page.Id))!.Status);
    }

    [Fact]
    public async Task Killed_between_any_two_steps_it_is_signed_or_not_and_the_trail_says_which()
    {
        for (var boundary = 1; ; boundary++)
        {
            await using var clinic = await OpenAsync();
            var page = await clinic.FinishedAsync(clinic.Nila);

            clinic.Stopping.StopAt(boundary);
            var killed = await Record.ExceptionAsync(() => clinic.SignAsync(page));
            clinic.Stopping.Never();
            var signed = (await clinic.StoredAsync(page.Id))!.Status is NoteStatus.Signed;
            await clinic.SettleAsync();

            var trail = await clinic.Clinic.BehindAsync(db => db.AuditEvents.Where(e => e.ResourceId == page.Id).ToListAsync(Cancellation));
            Assert.Single(trail, e => e.Event == "note.sign");
            Assert.Equal(signed ? 0 : 1, trail.Count(e => e.Event == "note.not-written"));
            Assert.Equal(signed, await clinic.KeptAsync(page.Id, 3) is { Status: NoteStatus.Signed });
            if (killed is null)
            {
                Assert.Equal(7, boundary);
                return;
            }

            if (!signed)
            {
                (await clinic.SignAsync(page)).Value();
            }

            Assert.Equal("Cough", (await clinic.KeptAsync(page.Id, 2))?.Content.Subjective?.ChiefComplaint);
        }
    }

    private protected Task<NoteClinic> OpenAsync() => NoteClinic.OpenAsync(databases, Mongo, withPasswords: true);

    private static async Task ReplaceAsync(NoteClinic clinic, ClinicalNote next)
    {
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var store = acting.Get<NoteStore>();
        await store.TryReplaceAsync(next, NoteStatus.Signed, await store.AccessAsync(Cancellation), Cancellation);
    }
}

public sealed class SigningANoteInPostgres(ClinicDatabase databases) : SigningANote(databases)
{
    private protected override string? Mongo => null;
}

public sealed class SigningANoteInMongo(ClinicDatabase databases, MongoOnTheWire mongo) : SigningANote(databases), IClassFixture<MongoOnTheWire>
{
    private protected override string? Mongo => mongo.Server.Uri;

    [Fact]
    public async Task What_was_changed_behind_the_portal_does_not_match_its_hash_and_every_admin_is_told_once()
    {
        await using var clinic = await OpenAsync();
        var admin = await clinic.Clinic.Given.AdminAsync();
        var page = await clinic.FinishedAsync();
        (await clinic.SignAsync(page)).Value();
        var signature = mongo.Server.Documents("clinicalNotes").Single(note => note["_id"] is Guid id && id == page.Id).Get<BsonDocument>("signature")!;
        var forged = new BsonDocument();
        foreach (var (name, value) in signature)
        {
            forged.Add(name, name == "name" ? "Somebody Else" : value);
        }

        var which = new BsonDocument { { "_id", page.Id } };
        var change = new BsonDocument { { "$set", new BsonDocument { { "signature", forged } } } };
        mongo.Server.Do(new BsonDocument
        {
            { "update", "clinicalNotes" },
            { "updates", new List<object?> { new BsonDocument { { "q", which }, { "u", change }, { "multi", true } } } },
        });
        var read = (await clinic.AskAsync(clinic.Nila, notes => notes.ReadAsync(page.Id, TestContext.Current.CancellationToken))).Value();
        await clinic.AskAsync(clinic.Nila, notes => notes.ReadAsync(page.Id, TestContext.Current.CancellationToken));
        (await clinic.AskAsync(clinic.Nila, notes => notes.PrintAsync(page.Id, TestContext.Current.CancellationToken))).AssertRefused(RefusalKind.Conflict);
        await clinic.SettleAsync();

        Assert.Equal(("Somebody Else", false), (read.Signature!.Name, read.Signature.Matches));
        var alert = Assert.Single(await clinic.Clinic.BehindAsync(db => db.Alerts.ToListAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((admin.Id, AlertSeverity.Critical, page.Id), (alert.UserId, alert.Severity, alert.SourceId));
        Assert.Contains(await clinic.Clinic.TrailOfAsync(clinic.Nila), e => e is { Event: "note.hash-mismatch", Severity: "critical" });
    }
}
