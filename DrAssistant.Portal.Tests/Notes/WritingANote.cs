using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>The draft of a visit's note, in either store: begun once, saved as typed, merged, never lost.</summary>
public abstract class WritingANote(ClinicDatabase databases)
{
    private static readonly SoapContent Cough = new() { Subjective = new() { ChiefComplaint = "Cough for three days" } };

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The server that holds the notes; null for PostgreSQL.</summary>
    private protected abstract string? Mongo { get; }

    [Fact]
    public async Task A_note_is_begun_once_whoever_asks_and_however_often()
    {
        await using var clinic = await OpenAsync();

        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => clinic.BegunAsync(i % 2 == 0 ? clinic.Asha : clinic.Nila)));

        Assert.Single(begun.Select(note => note.Id).Distinct());
        var found = (await clinic.AskAsync(clinic.Nila, notes => notes.OfEncounterAsync(clinic.Visit, Cancellation))).Value();
        Assert.Equal(begun[0].Id, found.Id);
        Assert.Equal((NoteStatus.Draft, 1, clinic.Asha.Id, "Asha Rao", true, false), (found.Status, found.Version, found.DoctorId, found.DoctorName, found.MayWrite, found.MaySign));
        Assert.Contains(await clinic.Clinic.OwedAsync(), m => m.Kind == "note.changed" && m.SubjectId == found.Id);
    }

    [Fact]
    public async Task It_begins_with_what_the_patient_came_for_and_never_in_another_chart()
    {
        await using var clinic = await OpenAsync();
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now, complaint: "Fever");
        var cancelled = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.Cancelled);

        var begun = (await BeginAsync(visit, clinic.Meera)).Value();

        Assert.Equal("Fever", begun.Content.Subjective?.ChiefComplaint);
        (await BeginAsync(visit, Guid.CreateVersion7())).AssertRefused(RefusalKind.Invalid);
        (await BeginAsync(cancelled, clinic.Meera)).AssertRefused(RefusalKind.Conflict);
        (await BeginAsync(Guid.CreateVersion7(), clinic.Meera)).AssertRefused(RefusalKind.NotFound);

        Task<Result<NoteView>> BeginAsync(Guid encounter, Guid patient) => clinic.AskAsync(clinic.Asha, notes => notes.BeginAsync(new NoteStart(encounter, patient), Cancellation));
    }

    [Fact]
    public async Task What_was_typed_is_there_and_counted()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();

        var saved = (await clinic.SaveAsync(clinic.Asha, page, Cough with
        {
            Objective = new() { VitalSigns = new() { Weight = 70, Height = 175, BloodPressure = new(120, 80) }, PhysicalExam = new Dictionary<string, string> { ["general"] = " " } },
            Assessment = new() { Diagnoses = [new("Acute bronchitis", "J20.9"), new("Asthma", "J45")] },
        })).Value();

        var stored = (await clinic.AskAsync(clinic.Nila, notes => notes.ReadAsync(page.Id, Cancellation))).Value();
        foreach (var note in new[] { saved.Note, stored })
        {
            Assert.Equal("Cough for three days", note.Content.Subjective?.ChiefComplaint);
            Assert.Equal((22.9m, new BloodPressure(120, 80)), (note.Content.Objective!.VitalSigns!.Bmi, note.Content.Objective.VitalSigns.BloodPressure));
            Assert.Null(note.Content.Objective.PhysicalExam);
            Assert.Equal([DiagnosisRank.Primary, DiagnosisRank.Secondary], note.Content.Assessment!.Diagnoses!.Select(d => d.Rank!.Value));
            Assert.Equal((2, "Asha Rao", 9, 1), (note.Version, note.UpdatedBy, note.Metadata.WordCount, note.Metadata.EditCount));
            Assert.Equal([(NoteGapKind.Missing, "plan")], note.Gaps.Select(gap => (gap.Kind, gap.Field)));
        }
    }

    [Fact]
    public async Task Saving_what_is_there_already_changes_nothing()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        var first = (await clinic.SaveAsync(clinic.Asha, page, Cough)).Value();
        var owed = (await clinic.Clinic.OwedAsync()).Count;

        // The answer to the first was lost on its way, and the page says it again.
        var again = (await clinic.SaveAsync(clinic.Asha, page, Cough)).Value();
        var idle = (await clinic.SaveAsync(clinic.Asha, first.Note, Cough)).Value();

        Assert.Equal((2, 2), (again.Note.Version, idle.Note.Version));
        Assert.Empty(again.NewConflicts);
        Assert.Equal(owed, (await clinic.Clinic.OwedAsync()).Count);
    }

    [Fact]
    public async Task Two_who_write_at_once_into_different_fields_both_have_their_words_in_the_note()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        (await clinic.SaveAsync(clinic.Asha, page, Cough)).Value();

        var saved = (await clinic.SaveAsync(clinic.Nila, page, new() { Objective = new() { VitalSigns = new() { Temperature = 38.2m } } })).Value();

        Assert.Equal(("Cough for three days", 38.2m), (saved.Note.Content.Subjective?.ChiefComplaint, saved.Note.Content.Objective?.VitalSigns?.Temperature));
        Assert.Equal([new OthersWriting("subjective.chiefComplaint", "Chief complaint", "Asha Rao")], saved.Others);
        Assert.Empty(saved.Note.Conflicts);
    }

    [Fact]
    public async Task Two_who_write_into_one_field_both_have_their_words_in_it_until_somebody_settles()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        (await clinic.SaveAsync(clinic.Asha, page, Cough)).Value();

        var clash = (await clinic.SaveAsync(clinic.Nila, page, Complaint("Fever"))).Value();

        Assert.Equal(["subjective.chiefComplaint"], clash.NewConflicts);
        Assert.Equal("Cough for three days", clash.Note.Content.Subjective?.ChiefComplaint);
        var values = Assert.Single((await clinic.AskAsync(clinic.Asha, notes => notes.ReadAsync(page.Id, Cancellation))).Value().Conflicts).Values;
        Assert.Equal([("Cough for three days", "Asha Rao"), ("Fever", "Nila Das")], values.Select(value => (value.Text, value.By)));
        Assert.Equal("Fever", values[1].Content.Subjective?.ChiefComplaint);
        Assert.Contains(clash.Note.Gaps, gap => gap is { Kind: NoteGapKind.Conflict, Field: "subjective.chiefComplaint" });

        var settled = (await clinic.SaveAsync(clinic.Asha, clash.Note, Complaint("Cough and fever"), "subjective.chiefComplaint")).Value();
        Assert.Equal("Cough and fever", settled.Note.Content.Subjective?.ChiefComplaint);
        Assert.Empty(settled.Note.Conflicts);
    }

    [Fact]
    public async Task Of_many_who_save_at_the_same_moment_nobody_loses_a_word()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        string[] systems = ["general", "skin", "respiratory", "cardiovascular", "neurological"];

        var answers = await Task.WhenAll(systems.Select((system, i) => clinic.SaveAsync(
            i % 2 == 0 ? clinic.Asha : clinic.Nila, page, new() { Objective = new() { PhysicalExam = new Dictionary<string, string> { [system] = "seen" } } })));

        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        var note = await clinic.StoredAsync(page.Id);
        Assert.Equal(systems.Order(), note!.Content.Objective!.PhysicalExam!.Keys.Order());
        Assert.Equal(6, note.Version);
    }

    [Fact]
    public async Task A_stretch_of_work_is_audited_once_and_its_last_version_is_kept()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        page = (await clinic.SaveAsync(clinic.Asha, page, Complaint("C"))).Value().Note;
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(9);
        page = (await clinic.SaveAsync(clinic.Asha, page, Complaint("Cough"))).Value().Note;
        page = (await clinic.SaveAsync(clinic.Nila, page, Complaint("Cough, says the nurse"))).Value().Note;
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(10);
        page = (await clinic.SaveAsync(clinic.Nila, page, Complaint("Cough, dry"))).Value().Note;

        await clinic.Clinic.AssertTrailAsync(clinic.Asha, "note.begin", "note.write");
        await clinic.Clinic.AssertTrailAsync(clinic.Nila, "note.write", "note.write");
        Assert.Equal([(clinic.Asha.Id, 2, 3, 2), (clinic.Nila.Id, 4, 4, 1), (clinic.Nila.Id, 5, 5, 1)],
            page.Metadata.EditHistory!.Select(edit => (edit.By, edit.FirstVersion, edit.LastVersion, edit.Saves)));
        Assert.Equal("Cough", (await clinic.KeptAsync(page.Id, 3))?.Content.Subjective?.ChiefComplaint);
        Assert.Equal("Cough, says the nurse", (await clinic.KeptAsync(page.Id, 4))?.Content.Subjective?.ChiefComplaint);
        Assert.Null(await clinic.KeptAsync(page.Id, 2));
        await clinic.Clinic.AssertNowhereInTheTrailAsync("Cough");
    }

    [Fact]
    public async Task Nobody_outside_the_care_finds_it_and_only_those_who_write_notes_write()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        var desk = await clinic.Clinic.Given.ReceptionistAsync();

        (await clinic.AskAsync(clinic.Basu, notes => notes.ReadAsync(page.Id, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.AskAsync(clinic.Basu, notes => notes.OfEncounterAsync(clinic.Visit, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.AskAsync(clinic.Basu, notes => notes.BeginAsync(new NoteStart(clinic.Visit, clinic.Meera), Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.SaveAsync(clinic.Basu, page, Cough)).AssertRefused(RefusalKind.NotFound);
        (await clinic.SaveAsync(desk, page, Cough)).AssertRefused(RefusalKind.Forbidden);
        (await clinic.SaveAsync(clinic.Asha, page with { PatientId = Guid.CreateVersion7() }, Cough)).AssertRefused(RefusalKind.Invalid);
        (await clinic.SaveAsync(clinic.Asha, page with { Version = 7 }, Cough)).AssertRefused(RefusalKind.Conflict);
        Assert.Empty(await clinic.Clinic.TrailOfAsync(clinic.Basu));
        Assert.Empty(await clinic.Clinic.TrailOfAsync(desk));
    }

    /// <summary>Each boundary between two writes, before and after it, is where the portal is killed; then it starts again and the page saves again.</summary>
    [Fact]
    public async Task Killed_between_any_two_steps_nothing_is_lost_or_unaudited()
    {
        for (var boundary = 1; ; boundary++)
        {
            await using var clinic = await OpenAsync();
            var page = await clinic.BegunAsync();
            page = (await clinic.SaveAsync(clinic.Nila, page, Complaint("Fever"))).Value().Note;

            // Another person's stretch: what the nurse wrote is kept first, then the note is replaced.
            clinic.Stopping.StopAt(boundary);
            var killed = await Record.ExceptionAsync(() => clinic.SaveAsync(clinic.Asha, page, Complaint("Fever and cough")));
            clinic.Stopping.Never();
            var written = (await clinic.StoredAsync(page.Id))!.Version == 3;
            await clinic.SettleAsync();

            var trail = await clinic.Clinic.BehindAsync(db => db.AuditEvents.Where(e => e.ResourceId == page.Id).ToListAsync(Cancellation));
            Assert.Single(trail, e => e.Event == "note.write" && e.ActorId == clinic.Asha.Id);
            Assert.Equal(written ? 0 : 1, trail.Count(e => e is { Event: "note.not-written", Outcome: "failed" }));

            var saved = (await clinic.SaveAsync(clinic.Asha, page, Complaint("Fever and cough"))).Value();
            Assert.Equal("Fever and cough", saved.Note.Content.Subjective?.ChiefComplaint);
            Assert.Empty(saved.NewConflicts);
            Assert.Equal("Fever", (await clinic.KeptAsync(page.Id, 2))?.Content.Subjective?.ChiefComplaint);
            if (killed is null)
            {
                Assert.Equal(5, boundary);
                return;
            }

            Assert.IsType<ThreadInterruptedException>(killed);
        }
    }

    [Fact]
    public async Task A_beginning_that_was_killed_is_in_the_trail_as_what_it_was()
    {
        await using var clinic = await OpenAsync();
        clinic.Stopping.StopAt(1);
        await Assert.ThrowsAsync<ThreadInterruptedException>(() => clinic.BegunAsync());
        clinic.Stopping.Never();

        await clinic.SettleAsync();
        await clinic.SettleAsync();

        var trail = await clinic.Clinic.BehindAsync(db => db.AuditEvents.OrderBy(e => e.At).Select(e => e.Event).ToListAsync(Cancellation));
        Assert.Equal(["note.begin", "note.not-written"], trail);
        await clinic.BegunAsync();
    }

    private protected Task<NoteClinic> OpenAsync() => NoteClinic.OpenAsync(databases, Mongo);

    private protected static SoapContent Complaint(string text) => new() { Subjective = new() { ChiefComplaint = text } };
}

public sealed class WritingANoteInPostgres(ClinicDatabase databases) : WritingANote(databases)
{
    private protected override string? Mongo => null;
}

public sealed class WritingANoteInMongo(ClinicDatabase databases, MongoOnTheWire mongo) : WritingANote(databases), IClassFixture<MongoOnTheWire>
{
    private protected override string? Mongo => mongo.Server.Uri;

    [Fact]
    public async Task A_store_that_is_away_is_an_answer_and_what_was_typed_is_saved_when_it_is_back()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        mongo.Server.Next("find", WireFault.Drop, times: 20);
        mongo.Server.Next("update", WireFault.Drop, times: 20);

        (await clinic.SaveAsync(clinic.Asha, page, Complaint("Cough"))).AssertRefused(RefusalKind.Unavailable);
        (await clinic.AskAsync(clinic.Asha, notes => notes.ReadAsync(page.Id, Cancellation))).AssertRefused(RefusalKind.Unavailable);

        mongo.Server.Heal();
    }
}
