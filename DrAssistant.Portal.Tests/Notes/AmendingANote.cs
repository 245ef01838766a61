using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>What can still be done about a signed note, in either store, while what was signed stays.</summary>
public abstract class AmendingANote(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract string? Mongo { get; }

    [Fact]
    public async Task It_gets_another_edition_and_the_original_stays_with_its_signature()
    {
        await using var clinic = await OpenAsync();
        var note = await clinic.SignedAsync();
        var draft = (await AmendAsync(clinic, note)).Value();
        Assert.Equal((NoteStatus.Draft, "Cough", new Amendment(note.Id, 3, "The dose was wrong")), (draft.Status, draft.Content.Subjective!.ChiefComplaint, draft.Amends));
        Assert.Equal(draft.Id, (await ReadAsync(clinic, note.Id)).OpenAmendmentId);

        var saved = (await clinic.SaveAsync(clinic.Asha, draft, draft.Content with { Plan = new() { FollowUp = "In two weeks" } })).Value().Note;
        Assert.Equal("In a week", (await ReadAsync(clinic, note.Id)).Content.Plan!.FollowUp);
        var amended = (await clinic.SignAsync(saved)).Value();

        Assert.Equal((note.Id, NoteStatus.Amended, 4, "In two weeks", true), (amended.Id, amended.Status, amended.Version, amended.Content.Plan!.FollowUp, amended.Signature!.Matches));
        Assert.Null(amended.OpenAmendmentId);
        var versions = (await clinic.AskAsync(clinic.Nila, notes => notes.VersionsAsync(note.Id, Cancellation))).Value();
        Assert.Equal([(4, 2, "The dose was wrong", true), (3, 1, null, false)], versions.Where(v => v.Edition is not null).Select(v => (v.Version, v.Edition!.Value, v.Reason, v.IsCurrent)));
        Assert.All(versions.Where(v => v.Edition is not null), v => Assert.True(v.Signature!.Matches));
        var original = (await clinic.AskAsync(clinic.Nila, notes => notes.VersionAsync(note.Id, 3, Cancellation))).Value();
        Assert.Equal(("In a week", note.Signature!.Hash), (original.Content.Plan!.FollowUp, original.Signature!.Hash));
        var difference = Assert.Single((await clinic.AskAsync(clinic.Nila, notes => notes.DifferencesAsync(note.Id, 3, 4, Cancellation))).Value());
        Assert.Equal(("plan.followUp", "In [a|two] [week|weeks]"), (difference.Field, Marked(difference)));
        await clinic.Clinic.AssertNowhereInTheTrailAsync("The dose was wrong");
    }

    [Fact]
    public async Task While_it_is_open_it_is_among_the_drafts_of_the_doctor_whose_note_it_is()
    {
        await using var clinic = await OpenAsync();
        var note = await clinic.SignedAsync();
        Assert.Empty(await DraftsAsync());
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var draft = (await AmendAsync(clinic, note)).Value();

        var waits = Assert.Single(await DraftsAsync());

        Assert.Equal((draft.Id, true, clinic.Visit, clinic.Clinic.Clock.Now), (waits.NoteId, waits.IsAmendment, waits.EncounterId, waits.Since));
        await clinic.AskAsync(clinic.Asha, notes => notes.GiveUpAmendmentAsync(new NoteAct(draft.Id, clinic.Meera, "Not needed"), Cancellation));
        Assert.Empty(await DraftsAsync());

        async Task<IReadOnlyList<DraftToSign>> DraftsAsync()
        {
            await using var acting = clinic.Clinic.As(clinic.Asha);
            return (await acting.Get<IDashboard>().DraftsToSignAsync(Cancellation)).Value();
        }
    }

    [Fact]
    public async Task Two_who_amend_at_once_write_in_one_draft_and_it_can_be_given_up_and_begun_anew()
    {
        await using var clinic = await OpenAsync();
        var note = await clinic.SignedAsync();
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);

        var drafts = await Task.WhenAll(AmendAsync(clinic, note), AmendAsync(clinic, note, by: clinic.Basu), AmendAsync(clinic, note));
        var draft = Assert.Single(drafts.Select(d => d.Value().Id).Distinct());

        var givenUp = (await clinic.AskAsync(clinic.Basu, notes => notes.GiveUpAmendmentAsync(new NoteAct(draft, clinic.Meera, "Not needed"), Cancellation))).Value();
        Assert.Equal((note.Id, NoteStatus.Signed, 3), (givenUp.Id, givenUp.Status, givenUp.Version));
        Assert.Null(givenUp.OpenAmendmentId);
        (await clinic.SaveAsync(clinic.Asha, drafts[0].Value(), new())).AssertRefused(RefusalKind.Conflict);
        Assert.NotEqual(draft, (await AmendAsync(clinic, note)).Value().Id);
    }

    [Fact]
    public async Task What_is_no_amendment_is_refused()
    {
        await using var clinic = await OpenAsync();
        var unsigned = await clinic.BegunAsync();
        (await AmendAsync(clinic, unsigned)).AssertRefused(RefusalKind.Conflict);
        var note = await clinic.SignedAsync();

        (await AmendAsync(clinic, note, by: clinic.Nila)).AssertRefused(RefusalKind.Forbidden);
        (await AmendAsync(clinic, note, by: clinic.Basu)).AssertRefused(RefusalKind.NotFound);
        (await AmendAsync(clinic, note, "no")).AssertRefused(RefusalKind.Invalid);
        (await AmendAsync(clinic, note with { PatientId = Guid.CreateVersion7() })).AssertRefused(RefusalKind.Invalid);
        (await clinic.SignAsync((await AmendAsync(clinic, note)).Value())).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Killed_while_it_is_signed_the_note_follows_or_stays_as_it_was()
    {
        for (var boundary = 1; ; boundary++)
        {
            await using var clinic = await OpenAsync();
            var note = await clinic.SignedAsync();
            var draft = (await AmendAsync(clinic, note)).Value();
            draft = (await clinic.SaveAsync(clinic.Asha, draft, draft.Content with { Plan = new() { FollowUp = "In two weeks" } })).Value().Note;

            clinic.Stopping.StopAt(boundary);
            var killed = await Record.ExceptionAsync(() => clinic.SignAsync(draft));
            clinic.Stopping.Never();
            var isSigned = (await clinic.StoredAsync(draft.Id))!.Status is NoteStatus.Signed;
            await clinic.SettleAsync();

            var read = await ReadAsync(clinic, note.Id);
            Assert.Equal(isSigned ? (NoteStatus.Amended, 4, "In two weeks", true) : (NoteStatus.Signed, 3, "In a week", true),
                (read.Status, read.Version, read.Content.Plan!.FollowUp!, read.Signature!.Matches!.Value));
            Assert.Equal(isSigned, await clinic.KeptAsync(note.Id, 4) is { Status: NoteStatus.Amended });
            Assert.Equal("In a week", (await clinic.KeptAsync(note.Id, 3))!.Content.Plan!.FollowUp);
            var trail = await clinic.Clinic.BehindAsync(db => db.AuditEvents.Select(e => e.Event).ToListAsync(Cancellation));
            Assert.Single(trail, e => e == "note.amend");
            Assert.Equal(isSigned ? 0 : 1, trail.Count(e => e == "note.not-written"));
            if (killed is null)
            {
                Assert.Equal(9, boundary);
                return;
            }
        }
    }

    [Fact]
    public async Task An_addendum_has_a_signature_of_its_own_and_leaves_the_note_as_it_is()
    {
        await using var clinic = await OpenAsync();
        var note = await clinic.SignedAsync();
        (await AddAsync("Called: the patient is better", "not it")).AssertRefused(RefusalKind.Invalid);
        (await AddAsync("Called: ***", NoteClinic.Password)).AssertRefused(RefusalKind.Invalid);
        (await AddAsync(" ", NoteClinic.Password)).AssertRefused(RefusalKind.Invalid);

        (await AddAsync("Called: the patient is better", NoteClinic.Password)).Value();
        await clinic.SettleAsync();

        var read = await ReadAsync(clinic, note.Id);
        var addendum = Assert.Single(read.Addenda);
        Assert.Equal(("Called: the patient is better", "Asha Rao", "KMC 12345", true), (addendum.Text, addendum.Signature.Name, addendum.Signature.RegistrationNumber, addendum.Signature.Matches));
        Assert.Equal((NoteStatus.Signed, 3, note.Signature!.Hash), (read.Status, read.Version, read.Signature!.Hash));
        Assert.DoesNotContain(await clinic.Clinic.BehindAsync(db => db.AuditEvents.Select(e => e.Event).ToListAsync(Cancellation)), e => e == "note.not-written");

        Task<Result<NoteView>> AddAsync(string text, string password)
            => clinic.AskAsync(clinic.Asha, notes => notes.AddAddendumAsync(new AddendumDraft(note.Id, clinic.Meera, text, password), Cancellation));
    }

    [Fact]
    public async Task It_is_printed_once_it_is_signed_and_the_trail_has_who_printed_it()
    {
        await using var clinic = await OpenAsync();
        var draft = await clinic.FinishedAsync();
        (await PrintAsync(clinic.Asha)).AssertRefused(RefusalKind.Conflict);
        (await clinic.SignAsync(draft)).Value();

        Assert.Equal("In a week", (await PrintAsync(clinic.Nila)).Value().Content.Plan!.FollowUp);
        (await PrintAsync(clinic.Basu)).AssertRefused(RefusalKind.NotFound);

        Assert.Equal("note.print", Assert.Single(await clinic.Clinic.TrailOfAsync(clinic.Nila)).Event);
        var line = Assert.Single((await clinic.AskAsync(clinic.Nila, notes => notes.ListAsync(new NoteListQuery(clinic.Meera), Cancellation))).Value().Notes);
        Assert.Equal((NoteStatus.Signed, 7), (line.Status, line.Words));

        Task<Result<NoteView>> PrintAsync(ClinicPerson by) => clinic.AskAsync(by, notes => notes.PrintAsync(draft.Id, Cancellation));
    }

    [Fact]
    public async Task Entered_in_error_it_leaves_every_list_and_stays_in_the_record_as_it_was_signed()
    {
        await using var clinic = await OpenAsync();
        var note = await clinic.SignedAsync();
        var other = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now);
        await clinic.AskAsync(clinic.Asha, notes => notes.BeginAsync(new NoteStart(other, clinic.Meera), Cancellation));

        (await MarkAsync(clinic.Nila)).AssertRefused(RefusalKind.Forbidden);
        var marked = (await MarkAsync(clinic.Asha)).Value();

        Assert.Equal((NoteStatus.EnteredInError, "Wrong patient", "Asha Rao", true), (marked.Status, marked.InError!.Reason, marked.InError.By, marked.Signature!.Matches));
        Assert.Equal(marked.Version, (await MarkAsync(clinic.Asha)).Value().Version);
        var list = (await clinic.AskAsync(clinic.Nila, notes => notes.ListAsync(new NoteListQuery(clinic.Meera), Cancellation))).Value();
        Assert.Equal((1, 1L), (list.Notes.Count, list.InError));
        var whole = (await clinic.AskAsync(clinic.Nila, notes => notes.ListAsync(new NoteListQuery(clinic.Meera) { WithErrors = true, Take = 1 }, Cancellation))).Value();
        Assert.NotNull(whole.Next);
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var timeline = (await acting.Get<IPatientTimeline>().PageAsync(clinic.Meera, new TimelineFilter(new HashSet<TimelineKind>()), null, Cancellation)).Value();
        Assert.Equal(1, timeline.Visits.Sum(v => v.HiddenInError));
        Assert.DoesNotContain(timeline.Visits.SelectMany(v => v.Entries), e => e is { Kind: TimelineKind.Note, Status: not "draft" });
        (await AmendAsync(clinic, note)).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(note.Signature!.Hash, (await clinic.KeptAsync(note.Id, 3))!.Signature!.Hash);

        Task<Result<NoteView>> MarkAsync(ClinicPerson by)
            => clinic.AskAsync(by, notes => notes.MarkEnteredInErrorAsync(new NoteAct(note.Id, clinic.Meera, "Wrong patient"), Cancellation));
    }

    [Fact]
    public async Task A_visit_whose_note_was_entered_in_error_gets_another_one_and_the_first_stays_in_the_record()
    {
        await using var clinic = await OpenAsync();
        var wrong = await clinic.SignedAsync();
        var open = (await AmendAsync(clinic, wrong)).Value();
        await MarkAsync(wrong);
        Assert.Equal(wrong.Id, (await clinic.AskAsync(clinic.Nila, notes => notes.OfEncounterAsync(clinic.Visit, Cancellation))).Value().Id);

        var begun = await Task.WhenAll(clinic.BegunAsync(), clinic.BegunAsync(clinic.Nila), clinic.BegunAsync());
        var second = Assert.Single(begun.Select(note => note.Id).Distinct());
        var signed = (await clinic.SignAsync(await clinic.FinishedAsync())).Value();

        Assert.Equal((second, NoteStatus.Signed, true), (signed.Id, signed.Status, signed.Signature!.Matches));
        Assert.NotEqual(wrong.Id, second);
        Assert.Null(signed.OpenAmendmentId);
        Assert.Equal(second, (await clinic.AskAsync(clinic.Nila, notes => notes.OfEncounterAsync(clinic.Visit, Cancellation))).Value().Id);
        Assert.NotEqual(open.Id, (await AmendAsync(clinic, signed)).Value().Id);
        var list = (await clinic.AskAsync(clinic.Nila, notes => notes.ListAsync(new NoteListQuery(clinic.Meera) { WithErrors = true }, Cancellation))).Value();
        Assert.Equal([NoteStatus.EnteredInError, NoteStatus.Signed], list.Notes.OrderBy(n => n.Id == second).Select(n => n.Status));
        var kept = (await clinic.AskAsync(clinic.Nila, notes => notes.VersionsAsync(wrong.Id, Cancellation))).Value();
        Assert.Contains(kept, version => version is { Edition: 1, Signature.Matches: true });
        await clinic.SettleAsync();
        Assert.DoesNotContain(await clinic.Clinic.BehindAsync(db => db.AuditEvents.Select(e => e.Event).ToListAsync(Cancellation)), e => e == "note.not-written");

        Task MarkAsync(NoteView note) => clinic.AskAsync(clinic.Asha, notes => notes.MarkEnteredInErrorAsync(new NoteAct(note.Id, clinic.Meera, "Wrong patient"), Cancellation));
    }

    [Fact]
    public async Task Text_that_is_copied_forward_is_marked_until_it_is_edited_or_kept_and_vitals_are_not_copied()
    {
        await using var clinic = await OpenAsync();
        var earlier = await clinic.SignedAsync();
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now);
        var page = (await clinic.AskAsync(clinic.Asha, notes => notes.BeginAsync(new NoteStart(visit, clinic.Meera), Cancellation))).Value();

        var copied = (await clinic.AskAsync(clinic.Asha, notes => notes.CopyForwardAsync(
            NoteClinic.Draft(page, new() { Subjective = new() { ChiefComplaint = "Fever" } }), earlier.Id, null, Cancellation))).Value().Note;

        Assert.Equal(("Fever", "In a week"), (copied.Content.Subjective!.ChiefComplaint, copied.Content.Plan!.FollowUp));
        Assert.Null(copied.Content.Objective?.VitalSigns);
        Assert.Equal(["assessment.diagnoses", "plan.followUp"], copied.Carried.Select(c => c.Field));
        Assert.All(copied.Carried, c => Assert.Equal((earlier.Id, earlier.Signature!.At), (c.FromNoteId, c.From)));

        var asked = Assert.IsType<SigningRefusal>((await clinic.SignAsync(copied)).Refusal);
        Assert.True(asked.OnlyUnchecked);
        var kept = (await clinic.AskAsync(clinic.Asha, notes => notes.SaveAsync(
            NoteClinic.Draft(copied, copied.Content with { Plan = new() { FollowUp = "In three days" } }) with { Kept = ["assessment.diagnoses"] }, Cancellation))).Value().Note;
        Assert.Empty(kept.Carried);
        (await clinic.SignAsync(kept)).Value();
    }

    private protected async Task<NoteClinic> OpenAsync() => await NoteClinic.OpenAsync(databases, Mongo, withPasswords: true);

    private static Task<Result<NoteView>> AmendAsync(NoteClinic clinic, NoteView note, string reason = "The dose was wrong", ClinicPerson? by = null)
        => clinic.AskAsync(by ?? clinic.Asha, notes => notes.AmendAsync(new NoteAct(note.Id, note.PatientId, reason), Cancellation));

    private static async Task<NoteView> ReadAsync(NoteClinic clinic, Guid id) => (await clinic.AskAsync(clinic.Nila, notes => notes.ReadAsync(id, Cancellation))).Value();

    private static string Marked(FieldDifference difference) => string.Concat(difference.Runs.Select(run => run.Change switch
    {
        WordChange.Removed => $"[{run.Text}|",
        WordChange.Added => $"{run.Text}]",
        _ => run.Text,
    }));
}

public sealed class AmendingANoteInPostgres(ClinicDatabase databases) : AmendingANote(databases)
{
    private protected override string? Mongo => null;
}

public sealed class AmendingANoteInMongo(ClinicDatabase databases, MongoOnTheWire mongo) : AmendingANote(databases), IClassFixture<MongoOnTheWire>
{
    private protected override string? Mongo => mongo.Server.Uri;
}
