using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Tests.Notes;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Drafting.Review;

/// <summary>A draft lies beside a note, in either store, and goes into it sentence by sentence by somebody's act alone.</summary>
public abstract partial class TakingADraft(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The server that holds the documents; null for PostgreSQL.</summary>
    private protected abstract string? Mongo { get; }

    [Fact]
    public async Task A_draft_writes_nothing_and_says_where_each_sentence_belongs()
    {
        await using var clinic = await OpenAsync();
        var note = await clinic.BegunAsync();

        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();

        Assert.Equal(note.Version, (await ReadAsync(clinic, note)).Version);
        Assert.Equal("objective.vitalSigns", One(draft, "132/80").Field);
        Assert.Equal([(VitalSign.SystolicPressure, 132m), (VitalSign.DiastolicPressure, 80m)], One(draft, "132/80").Measures.Select(m => (m.Sign, m.Value)));
        Assert.Equal("plan.medications", One(draft, "meloxicam").Field);
        Assert.Equal("objective.physicalExam.respiratory", One(draft, "lungs").Field);
        Assert.All(draft.Sentences, sentence => Assert.Equal(SentenceState.Open, sentence.State));
        Assert.All(draft.Sentences, sentence => Assert.All(sentence.Spans, span => Assert.InRange(span.End, span.Start + 1, InventedVisits.Knee.Length)));
        Assert.Equal([new DraftSource(await TypedAsync(clinic), SpokenHash(InventedVisits.Knee))], draft.Sources);
        Assert.Contains("draft.propose", await TrailAsync(clinic));
    }

    [Fact]
    public async Task What_is_taken_stands_behind_what_was_typed_and_says_that_it_had_help()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        var history = draft.Sentences.First(s => s.Field == "subjective.historyOfPresentIllness");
        var medicine = One(draft, "meloxicam");
        page = (await clinic.SaveAsync(clinic.Asha, page, new() { Subjective = new() { HistoryOfPresentIllness = "Slipped on a wet step." }, Plan = new() { Medications = ["Paracetamol as needed"] } })).Value().Note;

        var taken = (await TakeAsync(clinic, page, draft, new(history.Number), new(medicine.Number, "Meloxicam 15 mg once a day after food."))).Value().Note;

        Assert.Equal($"Slipped on a wet step. {history.Text}", taken.Content.Subjective!.HistoryOfPresentIllness);
        Assert.Equal(["Paracetamol as needed", "Meloxicam 15 mg once a day after food."], taken.Content.Plan!.Medications!);
        Assert.True(taken.Metadata.AiAssisted);
        var part = Assert.Single(taken.Drafted);
        Assert.Equal((draft.Id, "Asha Rao", 1), (part.DraftId, part.By, part.Changed));
        var stored = (await clinic.StoredAsync(page.Id))!;
        Assert.Equal((InventedVisits.Knee, draft.Confidence), (stored.RawTranscription, stored.AiConfidenceScore));
        Assert.False(string.IsNullOrEmpty(stored.AiSummary));
        var review = await ReviewAsync(clinic);
        Assert.Equal((SentenceState.Taken, history.Text), (review.Sentences[history.Number].State, review.Sentences[history.Number].Taken));
        Assert.Equal((SentenceState.Changed, "Meloxicam 15 mg once a day after food."), (review.Sentences[medicine.Number].State, review.Sentences[medicine.Number].Taken));
        Assert.Equal(medicine.Text, review.Sentences[medicine.Number].Text);
    }

    [Fact]
    public async Task A_sentence_that_is_taken_twice_stands_there_once()
    {
        await using var clinic = await OpenAsync();
        var page = await clinic.BegunAsync();
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        var medicine = One(draft, "meloxicam");

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => TakeAsync(clinic, page, draft, new SentenceTaking(medicine.Number))));

        Assert.All(both, answer => answer.Value());
        var note = await ReadAsync(clinic, page);
        Assert.Equal([medicine.Text], note.Content.Plan!.Medications!);
        Assert.Single(note.Drafted);
    }

    [Fact]
    public async Task What_was_taken_goes_out_again_and_leaves_what_others_wrote()
    {
        await using var clinic = await OpenAsync();
        var page = (await clinic.SaveAsync(clinic.Asha, await clinic.BegunAsync(), new() { Subjective = new() { HistoryOfPresentIllness = "Slipped." }, Plan = new() { Medications = ["Paracetamol"] } })).Value().Note;
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        int[] numbers = [draft.Sentences.First(s => s.Field == "subjective.historyOfPresentIllness").Number, One(draft, "meloxicam").Number];
        var taken = (await TakeAsync(clinic, page, draft, [.. numbers.Select(n => new SentenceTaking(n))])).Value().Note;

        var back = (await clinic.AskAsync(clinic.Asha, notes => notes.PutBackDraftedAsync(NoteClinic.Draft(taken, taken.Content), new DraftPuttingBack(draft.Id, numbers), Cancellation))).Value().Note;

        Assert.Equal("Slipped.", back.Content.Subjective!.HistoryOfPresentIllness);
        Assert.Equal(["Paracetamol"], back.Content.Plan!.Medications!);
        Assert.Empty(back.Drafted);
        var review = await ReviewAsync(clinic);
        Assert.All(numbers, number => Assert.Equal(SentenceState.Open, review.Sentences[number].State));
    }

    [Fact]
    public async Task What_somebody_wrote_on_in_stays_and_is_said_to_stay()
    {
        await using var clinic = await OpenAsync();
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        var medicine = One(draft, "meloxicam");
        var taken = (await TakeAsync(clinic, await clinic.BegunAsync(), draft, new SentenceTaking(medicine.Number))).Value().Note;
        var edited = (await clinic.SaveAsync(clinic.Asha, taken, taken.Content with { Plan = taken.Content.Plan! with { Medications = ["Meloxicam only if it hurts"] } })).Value().Note;

        (await clinic.AskAsync(clinic.Asha, notes => notes.PutBackDraftedAsync(NoteClinic.Draft(edited, edited.Content), new DraftPuttingBack(draft.Id, [medicine.Number]), Cancellation))).AssertRefused(RefusalKind.Conflict);

        Assert.Equal(["Meloxicam only if it hurts"], (await ReadAsync(clinic, edited)).Content.Plan!.Medications!);
    }

    [Fact]
    public async Task Nothing_goes_into_a_signed_note_or_into_another_chart()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, Mongo, withPasswords: true);
        await TypeAsync(clinic);
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        var signed = await clinic.SignedAsync();
        var sentence = new SentenceTaking(One(draft, "meloxicam").Number);

        (await TakeAsync(clinic, signed, draft, sentence)).AssertRefused(RefusalKind.Conflict);

        var other = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now);
        var elsewhere = (await clinic.AskAsync(clinic.Asha, notes => notes.BeginAsync(new NoteStart(other, clinic.Meera), Cancellation))).Value();
        (await TakeAsync(clinic, elsewhere, draft, sentence)).AssertRefused(RefusalKind.Invalid);
        Assert.Null((await ReadAsync(clinic, elsewhere)).Content.Plan);
    }

    [Fact]
    public async Task Who_does_not_care_for_the_patient_sees_no_draft_and_takes_none()
    {
        await using var clinic = await OpenAsync();
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        var page = await clinic.BegunAsync();

        (await AskAsync(clinic, clinic.Basu, reviews => reviews.OfEncounterAsync(clinic.Visit, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await AskAsync(clinic, clinic.Basu, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, clinic.Meera, [0], SentenceState.Refused), Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await DraftAsync(clinic, clinic.Basu)).AssertRefused(RefusalKind.NotFound);
        (await clinic.AskAsync(clinic.Basu, notes => notes.TakeDraftedAsync(NoteClinic.Draft(page, page.Content), new DraftTaking(draft.Id, [new(0)]), Cancellation))).AssertRefused(RefusalKind.NotFound);
        var desk = await clinic.Clinic.Given.ReceptionistAsync();
        (await AskAsync(clinic, desk, reviews => reviews.OfEncounterAsync(clinic.Visit, Cancellation))).AssertRefused(RefusalKind.Forbidden);
        Assert.Equal(draft.Sentences.Count, (await AskAsync(clinic, clinic.Nila, reviews => reviews.OfEncounterAsync(clinic.Visit, Cancellation))).Value().Sentences.Count);
    }

    [Fact]
    public async Task What_was_refused_is_kept_and_can_lie_there_again()
    {
        await using var clinic = await OpenAsync();
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();

        await AskAsync(clinic, clinic.Asha, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, clinic.Meera, [0, 2], SentenceState.Refused), Cancellation));
        await AskAsync(clinic, clinic.Asha, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, clinic.Meera, [2], SentenceState.Open), Cancellation));

        var review = await ReviewAsync(clinic);
        Assert.Equal([SentenceState.Refused, SentenceState.Open, SentenceState.Open], review.Sentences.Take(3).Select(s => s.State));
        Assert.Equal(draft.Sentences[0].Text, review.Sentences[0].Text);
        (await AskAsync(clinic, clinic.Asha, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, clinic.Meera, [1], SentenceState.Taken), Cancellation))).AssertRefused(RefusalKind.Invalid);
        (await AskAsync(clinic, clinic.Asha, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, clinic.Meera, [999], SentenceState.Refused), Cancellation))).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_text_of_small_talk_is_an_empty_draft_that_says_so()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, Mongo);
        await TypeAsync(clinic, InventedVisits.SmallTalk);

        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();

        Assert.Empty(draft.Sentences);
        Assert.False(string.IsNullOrEmpty(draft.WhyEmpty));
    }

    [Fact]
    public async Task Asked_twice_it_is_drafted_once()
    {
        await using var clinic = await OpenAsync();
        var ask = new DraftAsk(Guid.CreateVersion7(), clinic.Visit, clinic.Meera, [await TypedAsync(clinic)]);

        var both = new[] { await AskAsync(clinic, clinic.Asha, r => r.DraftAsync(ask, Cancellation)), await AskAsync(clinic, clinic.Asha, r => r.DraftAsync(ask, Cancellation)) };

        Assert.All(both, answer => Assert.Equal(ask.Id, answer.Value().Id));
        Assert.Equal(1, (await TrailAsync(clinic)).Count(e => e == "draft.propose"));
    }

    private static string SpokenHash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static ReviewedSentence One(DraftReview draft, string says) => draft.Sentences.First(s => s.Field is not null && s.Text.Contains(says, StringComparison.OrdinalIgnoreCase));

    private async Task<NoteClinic> OpenAsync()
    {
        var clinic = await NoteClinic.OpenAsync(databases, Mongo);
        await TypeAsync(clinic);
        return clinic;
    }

    private static async Task TypeAsync(NoteClinic clinic, string text = InventedVisits.Knee)
    {
        await using var acting = clinic.Clinic.As(clinic.Asha);
        (await acting.Get<ITranscripts>().TypeAsync(new TypedTranscript(Guid.CreateVersion7(), clinic.Visit, clinic.Meera, text), Cancellation)).Value();
    }

    private static async Task<Guid> TypedAsync(NoteClinic clinic) => (await AllTypedAsync(clinic))[0];

    private static async Task<List<Guid>> AllTypedAsync(NoteClinic clinic)
    {
        await using var acting = clinic.Clinic.As(clinic.Asha);
        return [.. (await acting.Get<ITranscripts>().OfEncounterAsync(clinic.Visit, Cancellation)).Value().Select(t => t.Id)];
    }

    private static async Task<Result<DraftReview>> DraftAsync(NoteClinic clinic, ClinicPerson by, params Guid[] from)
    {
        var ask = new DraftAsk(Guid.CreateVersion7(), clinic.Visit, clinic.Meera, from.Length > 0 ? from : [await TypedAsync(clinic)]);
        return await AskAsync(clinic, by, reviews => reviews.DraftAsync(ask, Cancellation));
    }

    private static async Task<Result<DraftReview>> AskAsync(NoteClinic clinic, ClinicPerson by, Func<IDraftReviews, Task<Result<DraftReview>>> ask)
    {
        await using var acting = clinic.Clinic.As(by);
        return await ask(acting.Get<IDraftReviews>());
    }

    private static async Task<DraftReview> ReviewAsync(NoteClinic clinic) => (await AskAsync(clinic, clinic.Asha, reviews => reviews.OfEncounterAsync(clinic.Visit, Cancellation))).Value();

    private static async Task<NoteView> ReadAsync(NoteClinic clinic, NoteView note) => (await clinic.AskAsync(clinic.Asha, notes => notes.ReadAsync(note.Id, Cancellation))).Value();

    private static Task<Result<SavedNote>> TakeAsync(NoteClinic clinic, NoteView page, DraftReview draft, params SentenceTaking[] sentences)
        => clinic.AskAsync(clinic.Asha, notes => notes.TakeDraftedAsync(NoteClinic.Draft(page, page.Content), new DraftTaking(draft.Id, sentences), Cancellation));

    private static Task<List<string>> TrailAsync(NoteClinic clinic) => clinic.Clinic.BehindAsync(db => db.AuditEvents.OrderBy(e => e.At).Select(e => e.Event).ToListAsync(Cancellation));
}

public sealed class TakingADraftInPostgres(ClinicDatabase databases) : TakingADraft(databases)
{
    private protected override string? Mongo => null;
}

public sealed class TakingADraftInMongo(ClinicDatabase databases, MongoOnTheWire mongo) : TakingADraft(databases), IClassFixture<MongoOnTheWire>
{
    private protected override string? Mongo => mongo.Server.Uri;
}
