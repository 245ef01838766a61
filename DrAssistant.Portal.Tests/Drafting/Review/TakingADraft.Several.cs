using System.Text.Json.Nodes;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Portal.Tests.Notes;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Drafting.Review;

/// <summary>A visit that was recorded or typed in several goes has one draft of all of them.</summary>
public abstract partial class TakingADraft
{
    [Fact]
    public async Task What_was_said_in_several_goes_is_one_draft_in_the_order_of_time()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, Mongo);
        var (opening, later) = Halves();
        await TypeAsync(clinic, opening);
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(12);
        await TypeAsync(clinic, later);
        var typed = await AllTypedAsync(clinic);
        var page = await clinic.BegunAsync();

        var draft = (await DraftAsync(clinic, clinic.Asha, typed[1], typed[0])).Value();

        Assert.Equal([new DraftSource(typed[0], SpokenHash(opening)), new DraftSource(typed[1], SpokenHash(later))], draft.Sources);
        Assert.Equal([typed[0], typed[1]], draft.Sentences.SelectMany(s => s.Spans).Select(s => s.TranscriptId).Distinct().OrderBy(id => typed.IndexOf(id)));
        var medicine = One(draft, "meloxicam");
        Assert.All(medicine.Spans, span => Assert.Equal(typed[1], span.TranscriptId));
        Assert.Contains("meloxicam", string.Concat(medicine.Spans.Select(s => later[s.Start..s.End])), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(draft.Sentences, (await ReviewAsync(clinic)).Sentences, (a, b) => a.Text == b.Text && a.Spans.SequenceEqual(b.Spans));
        await TakeAsync(clinic, page, draft, new SentenceTaking(medicine.Number));
        Assert.Equal($"{opening}\n{later}", (await clinic.StoredAsync(page.Id))!.RawTranscription);
    }

    [Fact]
    public async Task What_a_note_has_from_an_earlier_draft_is_not_proposed_again_and_its_words_stay_with_the_note()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, Mongo);
        var (opening, later) = Halves();
        await TypeAsync(clinic, opening);
        var page = await clinic.BegunAsync();
        var first = (await DraftAsync(clinic, clinic.Asha)).Value();
        var history = first.Sentences.First(s => s.Field == "subjective.historyOfPresentIllness");
        page = (await TakeAsync(clinic, page, first, new SentenceTaking(history.Number))).Value().Note;
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(12);
        await TypeAsync(clinic, later);
        var typed = await AllTypedAsync(clinic);

        var both = (await DraftAsync(clinic, clinic.Asha, [.. typed])).Value();

        Assert.Equal(SentenceState.Taken, both.Sentences.Single(s => s.Section == history.Section && s.Text == history.Text).State);
        var second = (await DraftAsync(clinic, clinic.Asha, typed[1])).Value();
        page = (await TakeAsync(clinic, page, second, new SentenceTaking(One(second, "meloxicam").Number))).Value().Note;
        Assert.Equal($"{opening}\n{later}", (await clinic.StoredAsync(page.Id))!.RawTranscription);

        // It is of the first draft, and can be put back beside the second one as well.
        Assert.Equal([new EarlierSentence(first.Id, history.Number, history.Section, false)], (await ReviewAsync(clinic)).Earlier);
        var back = new DraftPuttingBack(first.Id, [history.Number]);
        page = (await clinic.AskAsync(clinic.Asha, notes => notes.PutBackDraftedAsync(NoteClinic.Draft(page, page.Content), back, Cancellation))).Value().Note;
        Assert.Equal(second.Id, Assert.Single(page.Drafted).DraftId);
        Assert.DoesNotContain(history.Text, page.Content.Subjective?.HistoryOfPresentIllness ?? "", StringComparison.Ordinal);
        Assert.Empty((await ReviewAsync(clinic)).Earlier);
    }

    [Fact]
    public async Task A_text_without_names_is_nobodys_turn_of_the_recording_before_it()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, Mongo);
        await TypeAsync(clinic, "Doctor: What is the matter?\nPatient: I have had a fever for four days and a bad cough.");
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(12);
        await TypeAsync(clinic, "On exam lungs are clear. I will prescribe amoxicillin 500 mg three times a day. Let me see you again in five days.");
        var typed = await AllTypedAsync(clinic);

        var draft = (await DraftAsync(clinic, clinic.Asha, [.. typed])).Value();

        Assert.All(One(draft, "amoxicillin").Spans, span => Assert.Equal((typed[1], Speaker.Doctor), (span.TranscriptId, span.Speaker)));
        Assert.All(One(draft, "fever").Spans.Where(s => s.Speaker == Speaker.Patient), span => Assert.Equal(typed[0], span.TranscriptId));
    }

    [Fact]
    public async Task A_draft_from_before_there_could_be_several_transcripts_is_still_read()
    {
        await using var clinic = await OpenAsync();
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        var transcript = await TypedAsync(clinic);
        await AsItWasKeptBeforeAsync(clinic, draft.Id, transcript);

        var read = await ReviewAsync(clinic);
        Assert.Equal([new DraftSource(transcript, SpokenHash(InventedVisits.Knee))], read.Sources);
        Assert.Equal(draft.Sentences.SelectMany(s => s.Spans), read.Sentences.SelectMany(s => s.Spans));
        var decided = await AskAsync(clinic, clinic.Asha, reviews => reviews.DecideAsync(new DraftDecision(draft.Id, clinic.Meera, [0], SentenceState.Refused), Cancellation));
        Assert.Equal(SentenceState.Refused, decided.Value().Sentences[0].State);
        Assert.Equal(read.Sentences[1].Spans, (await ReviewAsync(clinic)).Sentences[1].Spans);
    }

    [Fact]
    public async Task A_complaint_goes_where_it_says_that_it_goes()
    {
        await using var clinic = await OpenAsync();
        var draft = (await DraftAsync(clinic, clinic.Asha)).Value();
        var complaint = draft.Sentences.First(s => s.Field == "subjective.chiefComplaint");
        Assert.Equal(("Chief complaint", "History of present illness"), (complaint.Label, complaint.Otherwise));
        Assert.Null(One(draft, "meloxicam").Otherwise);
        var page = (await clinic.SaveAsync(clinic.Asha, await clinic.BegunAsync(), new() { Subjective = new() { ChiefComplaint = "Knee" } })).Value().Note;

        var taken = (await TakeAsync(clinic, page, draft, new SentenceTaking(complaint.Number))).Value().Note;

        Assert.Equal(("Knee", complaint.Text), (taken.Content.Subjective!.ChiefComplaint, taken.Content.Subjective.HistoryOfPresentIllness));
    }

    /// <summary>The document as schema version 1 had it: one transcript, by its id.</summary>
    private static async Task AsItWasKeptBeforeAsync(NoteClinic clinic, Guid id, Guid transcript)
    {
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var store = acting.Get<IDocumentStore>();
        var kept = (await store.FindAsync(DocumentCollection.NoteDrafts, id, AccessFilter.Everything, Cancellation))!;
        var body = JsonNode.Parse(kept.Body)!.AsObject();
        Assert.True(body.Remove("sources"));
        (body["schemaVersion"], body["transcriptId"], body["recordingSeconds"]) = (1, transcript, 61.5);
        Assert.True(await store.TryReplaceAsync(DocumentCollection.NoteDrafts, kept with { Version = kept.Version + 1, Body = body.ToJsonString() }, kept.Status, AccessFilter.Everything, Cancellation));
    }

    /// <summary>A visit that was recorded in two goes.</summary>
    private static (string Opening, string Later) Halves()
    {
        var lines = InventedVisits.Knee.Split('\n');
        return (string.Join('\n', lines[..(lines.Length / 2)]), string.Join('\n', lines[(lines.Length / 2)..]));
    }
}
