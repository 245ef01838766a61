using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Components.Encounters;
using DrAssistant.Portal.Components.Voice;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>A draft lies where the text will be, and nothing of it is in the note before somebody says so.</summary>
public sealed partial class ADraftBesideTheNote : PageContext
{
    private const string Said = "Doctor: Since when?\nPatient: Fever for four days, thirty-eight point six.\nPatient: My knee is fine.";
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();

    private readonly TranscriptView _transcript = new(
        Guid.CreateVersion7(), Encounter, Sunita, Guid.CreateVersion7(), TranscriptSource.Transcribed, Said, null,
        [new(29, 5, 19, 19.5, 0.9), new(35, 3, 19.5, 20, 0.9), new(39, 4, 20, 20.4, 0.3)], 0.91, "PocketSphinx 5", "en", 1, Day.At(10, 33), Day.Now);

    public ADraftBesideTheNote()
    {
        JSInterop.SetupModule(call => call.Identifier == "import").SetupModule("open", _ => true).Setup<bool>("saveNow").SetResult(true);
        Encounters.Open = id => VisitOf.Sunita(id, Sunita);
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
        Notes.Note = FakeNotes.Draft(Encounter, Sunita);
        Transcripts.All.Add(_transcript);
        Reviews.Review = Draft(
            Sentence(0, DraftSection.Subjective, "subjective.historyOfPresentIllness", "Fever for 4 days."),
            Sentence(1, DraftSection.Subjective, "subjective.historyOfPresentIllness", "No contact with tuberculosis.", SupportFault.Words),
            Sentence(2, DraftSection.Plan, "plan.medications", "Paracetamol 500 mg as needed."));
    }

    [Fact]
    public void It_lies_under_its_parts_and_says_that_it_is_not_reviewed()
    {
        var page = Open();

        Assert.Contains("AI draft, not reviewed.", page.Find(".draft-banner").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 sections wait for you", page.Find(".draft-banner").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Draft for Subjective, not reviewed", "Draft for Plan, not reviewed"], page.FindAll("[data-draft-part]").Select(p => p.GetAttribute("aria-label")));
        Assert.Contains("1 of 2 heard, 1 to check", page.Find(".draft-sure").TextContent, StringComparison.Ordinal);
        Assert.Equal("2 to review", page.Find(".draft-waiting").TextContent);
        Assert.Empty(Notes.Acts);
    }

    [Fact]
    public void A_section_is_accepted_without_what_was_not_heard()
    {
        var page = Open();

        page.Find("[data-draft-part] [data-draft-accept]").Click();

        var taking = Assert.IsType<DraftTaking>(Assert.Single(Notes.Acts));
        Assert.Equal([new SentenceTaking(0)], taking.Sentences);
    }

    [Fact]
    public void What_was_not_heard_goes_in_on_the_doctors_word_alone()
    {
        var page = Open();

        page.FindAll(".draft-row.unheard button").Single(b => b.TextContent == "I asked, add it").Click();

        Assert.Equal([new SentenceTaking(1, OnMyWord: true)], Assert.IsType<DraftTaking>(Assert.Single(Notes.Acts)).Sentences);
    }

    [Fact]
    public void Edited_first_it_goes_in_in_the_doctors_words()
    {
        var page = Open();

        page.FindAll("[data-draft-part]")[1].QuerySelectorAll("button").Single(b => b.TextContent == "Edit first").Click();
        page.Find("textarea.draft-edit").Change("Paracetamol 650 mg as needed.");
        page.FindAll("[data-draft-accept]")[1].Click();

        Assert.Equal([new SentenceTaking(2, "Paracetamol 650 mg as needed.")], Assert.IsType<DraftTaking>(Assert.Single(Notes.Acts)).Sentences);
    }

    [Fact]
    public void What_was_accepted_says_by_whom_and_can_be_undone()
    {
        Reviews.Review = Reviews.Review! with { Sentences = [.. Reviews.Review.Sentences.Select(s => s.Number == 2 ? s with { State = SentenceState.Taken } : s)] };
        Notes.Note = Notes.Note! with { Drafted = [new TakenFromDraft(Reviews.Review.Id, "Dr. Meera Iyer", Day.At(10, 44), [2], 0)] };
        var page = Open();

        Assert.Contains("Accepted by", page.Find(".draft-taken").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 sentence", page.Find(".draft-taken").TextContent, StringComparison.Ordinal);
        page.Find(".draft-taken button").Click();

        Assert.Equal([2], Assert.IsType<DraftPuttingBack>(Assert.Single(Notes.Acts)).Sentences);
    }

    [Fact]
    public void What_is_discarded_is_kept_as_left_out_and_can_come_back()
    {
        var page = Open();

        page.FindAll("[data-draft-part]")[1].QuerySelectorAll("button").Single(b => b.TextContent == "Discard").Click();

        Assert.Equal((SentenceState.Refused, 2), (Reviews.Decided[^1].State, Reviews.Decided[^1].Sentences.Single()));
        page.FindAll(".draft-taken button").Single(b => b.TextContent == "Bring back").Click();
        Assert.Equal(SentenceState.Open, Reviews.Decided[^1].State);
        Assert.Empty(Notes.Acts);
    }

    [Fact]
    public void A_spoken_vital_sign_goes_into_its_field_and_not_into_the_text()
    {
        Reviews.Review = Draft(Sentence(0, DraftSection.Objective, "objective.vitalSigns", "Temperature 38.2.") with { Measures = [new SpokenMeasure(VitalSign.Temperature, 38.2m, "Cel")] });
        VitalsDraft? recorded = null;
        Vitals.Record = draft =>
        {
            recorded = draft;
            return new VitalSet(draft.Id, Sunita, Encounter, Day.Now, null, null, []);
        };
        var page = Open();

        Assert.Contains("goes into Vitals when you accept", page.Find(".draft-row").TextContent, StringComparison.Ordinal);
        page.Find("[data-draft-accept]").Click();

        Assert.Equal((Sunita, (Guid?)Encounter, VitalSign.Temperature, (decimal?)38.2m), (recorded!.PatientId, recorded.EncounterId, recorded.Entries.Single().Sign, recorded.Entries.Single().Value));
        Assert.Equal(SentenceState.Recorded, Reviews.Decided[^1].State);
        Assert.Empty(Notes.Acts);
    }

    [Fact]
    public void The_words_that_a_sentence_rests_on_can_be_found_in_the_transcript()
    {
        var page = Open("?panel=voice");

        var row = page.Find(".draft-row");
        Assert.Equal($"{_transcript.Id}:29-49", row.GetAttribute("data-spans"));
        Assert.Equal(_transcript.RecordingId.ToString(), row.GetAttribute("data-recording"));
        Assert.Equal("19", row.GetAttribute("data-from"));
        Assert.Contains("Heard unclearly", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(Said[29..49], string.Concat(page.FindAll(".said-text [data-at]").Where(s => int.Parse(s.GetAttribute("data-at")!) >= 29 && int.Parse(s.GetAttribute("data-to")!) <= 49).Select(s => s.TextContent)));
        Assert.Equal("four", page.Find(".said-text .unclear").TextContent);
        Assert.Equal("00:19", page.FindAll(".said-at")[1].TextContent);
    }

    [Fact]
    public void A_transcript_that_was_corrected_since_lends_the_draft_no_places()
    {
        Transcripts.All[0] = _transcript with { Text = Said.Replace("four", "five", StringComparison.Ordinal), RawText = Said, Version = 2 };
        var page = Open("?panel=voice");

        Assert.Null(page.Find(".draft-row").GetAttribute("data-from"));
        Assert.Contains(page.FindAll(".voice button"), b => b.TextContent.Contains("Draft note", StringComparison.Ordinal));
    }

    [Fact]
    public void A_typed_transcript_is_kept_and_drafted_from()
    {
        Transcripts.All.Clear();
        Reviews.Review = null;
        Reviews.Draft = ask => Draft(Sentence(0, DraftSection.Plan, "plan.treatments", "Rest.")) with { Sources = [new DraftSource(ask.TranscriptIds.Single(), SpokenText.Hash("Doctor: Rest, please."))] };
        var page = Open("?panel=voice");

        page.Find(".voice form, .voice .voice-card button.btn.outline.small:not([disabled])");
        page.FindAll(".voice button").Single(b => b.TextContent == "Keep the transcript").Click();
        Assert.Equal("Type or paste what was said.", page.Find("#transcript-said").TextContent.Trim());
        page.Find("#transcript-text").Change("Doctor: Rest, please.");
        page.FindAll(".voice button").Single(b => b.TextContent == "Keep the transcript").Click();
        page.FindAll(".voice button").Single(b => b.TextContent == "Draft note").Click();

        Assert.Equal("Doctor: Rest, please.", Assert.IsType<TypedTranscript>(Assert.Single(Transcripts.Asked)).Text);
        Assert.Equal([Transcripts.All[0].Id], Assert.Single(Reviews.Asked).TranscriptIds);
        Assert.Equal("Rest.", page.Find(".draft-text").TextContent);
    }

    [Fact]
    public void A_model_that_does_not_answer_leaves_the_engine_of_this_machine()
    {
        Reviews.Review = null;
        Reviews.Draft = ask => ask.Here ? Draft(Sentence(0, DraftSection.Plan, "plan.treatments", "Rest.")) : Refusal.Unavailable("The model does not answer.");
        var page = Open("?panel=voice");

        page.FindAll(".voice button").Single(b => b.TextContent == "Draft note").Click();
        Assert.Contains("The model does not answer.", page.Find(".voice").TextContent, StringComparison.Ordinal);
        page.FindAll(".voice button").Single(b => b.TextContent == "Draft without the model").Click();

        Assert.True(Reviews.Asked[^1].Here);
        Assert.Equal("Rest.", page.Find(".draft-text").TextContent);
    }

    [Fact]
    public void Nothing_is_recorded_before_the_patient_agreed()
    {
        var page = Open("?panel=voice");
        Assert.True(Record().HasAttribute("disabled"));

        page.Find(".consent input[type=checkbox]").Change(true);

        Assert.False(Record().HasAttribute("disabled"));

        AngleSharp.Dom.IElement Record() => page.FindAll(".consent button").Single(b => b.TextContent == "Record");
    }

    [Fact]
    public void A_recording_that_was_not_understood_says_why_and_is_heard_again()
    {
        Recordings.All.Add(FakeRecordings.Of(Encounter, Sunita, RecordingStatus.Error, "No speech heard."));
        var page = Open("?panel=voice");

        Assert.Contains("No speech heard.", page.Find(".recording .notice").TextContent, StringComparison.Ordinal);
        page.FindAll(".recording button").Single(b => b.TextContent == "Transcribe again").Click();

        Assert.Equal(("retry", Recordings.All[0].Id), Assert.Single(Recordings.Asked));
        Assert.NotNull(page.Find(".recording progress"));
    }

    [Fact]
    public void A_recording_and_its_transcript_stand_beside_each_other_under_one_id()
    {
        Recordings.All.Add(FakeRecordings.Of(Encounter, Sunita, RecordingStatus.Transcribed) with { Id = _transcript.Id });

        var page = Open("?panel=voice");

        Assert.Single(page.FindAll(".recording audio"));
        Assert.NotEmpty(page.FindAll(".said"));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void What_was_heard_badly_opens_folded_unless_somebody_corrected_it(bool corrected, int rows)
    {
        Transcripts.All[0] = _transcript with { Confidence = 0.4, RawText = corrected ? "Something else." : null };
        Reviews.Review = Draft(Sentence(0, DraftSection.Plan, "plan.treatments", "Rest.") with { Confidence = 0.5 });
        var page = Open();

        Assert.Equal(rows, page.FindAll("[data-draft-row]").Count);
        Assert.Equal(1 - rows, page.FindAll(".draft-fold button").Count);
    }

    [Fact]
    public void Withdrawing_asks_before_it_erases()
    {
        Recordings.All.Add(FakeRecordings.Of(Encounter, Sunita, RecordingStatus.Transcribed));
        var page = Open("?panel=voice");

        page.FindAll(".recording button").Single(b => b.TextContent == "Withdraw consent").Click();
        Assert.Empty(Recordings.Asked);
        page.FindAll(".recording button").Single(b => b.TextContent == "Erase now").Click();

        Assert.Equal(("erase", Recordings.All[0].Id), Assert.Single(Recordings.Asked));
        Assert.Empty(page.FindAll(".recording audio"));
    }

    private DraftReview Draft(params ReviewedSentence[] sentences) => new(
        Guid.CreateVersion7(), Encounter, Sunita, [new DraftSource(_transcript.Id, SpokenText.Hash(Said))], "extractive", "1", 0.9, Day.At(10, 43), "Dr. Meera Iyer", null, 0, sentences);

    private ReviewedSentence Sentence(int number, DraftSection section, string field, string text, params SupportFault[] faults)
        => new(number, section, field, "A field", text, [new SaidSpan(_transcript.Id, 29, 49, Speaker.Patient)], 0.9, faults, [], SentenceState.Open, null);

    private IRenderedComponent<VisitPage> Open(string query = "")
    {
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo($"/visits/{Encounter}{query}");
        return Render<VisitPage>(parameters => parameters.Add(page => page.EncounterId, Encounter));
    }
}
