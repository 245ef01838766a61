using Bunit;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Components.Voice;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>A visit with two recordings: one draft, and each sentence leads into its own.</summary>
public sealed partial class ADraftBesideTheNote
{
    [Fact]
    public void What_was_said_in_two_recordings_is_drafted_from_together()
    {
        var second = Second();
        Reviews.Review = null;
        Reviews.Draft = ask => Draft(Sentence(0, DraftSection.Plan, "plan.treatments", "Rest.")) with { Sources = [.. ask.TranscriptIds.Select(id => new DraftSource(id, SpokenText.Hash(Transcripts.All.Single(t => t.Id == id).Text)))] };
        var page = Open("?panel=voice");

        Assert.Equal(["Transcript 1", "Transcript 2"], page.FindAll(".voice h3").Select(h => h.TextContent).Where(h => h.StartsWith("Transcript", StringComparison.Ordinal)));
        Assert.All(page.FindAll(".recording"), row => Assert.Contains("Opus, 48 kHz, mono, 32 kbit/s", row.TextContent, StringComparison.Ordinal));
        Assert.Equal("Draft note from both transcripts", page.Find(".draft-act .btn.primary").TextContent);
        page.Find(".draft-act .btn.primary").Click();

        Assert.Equal([_transcript.Id, second.Id], Assert.Single(Reviews.Asked).TranscriptIds);
        Assert.Equal("Draft again", page.Find(".draft-act .btn").TextContent);
        page.FindAll(".draft-act .linkbtn").Last(b => b.TextContent == "Draft from this one alone").Click();
        Assert.Equal([second.Id], Reviews.Asked[^1].TranscriptIds);
        Assert.Contains("The draft rests on 1 of 2 transcripts.", page.Find(".draft-act").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_leads_to_the_recording_in_which_it_was_said()
    {
        var second = Second();
        var said = Sentence(0, DraftSection.Plan, "plan.treatments", "Rest for two days.") with { Spans = [new SaidSpan(second.Id, 8, 26, Speaker.Doctor)] };
        Reviews.Review = Draft(said, Sentence(1, DraftSection.Subjective, "subjective.historyOfPresentIllness", "Fever for 4 days.")) with
        {
            Sources = [new DraftSource(_transcript.Id, SpokenText.Hash(Said)), new DraftSource(second.Id, SpokenText.Hash(second.Text))],
        };
        var page = Open("?panel=voice");

        var rows = page.FindAll("[data-draft-row]").ToDictionary(r => r.QuerySelector(".draft-text")!.TextContent);
        Assert.Equal(($"{second.Id}:8-26", second.RecordingId.ToString(), "2.5"), Places(rows["Rest for two days."]));
        Assert.Equal(($"{_transcript.Id}:29-49", _transcript.RecordingId.ToString(), "19"), Places(rows["Fever for 4 days."]));
        Assert.Equal(["1", "2"], page.FindAll(".draft-which").Select(w => w.LastChild!.TextContent));
        Assert.Contains("rest for two days.", string.Concat(page.FindAll($"[data-said-list='{second.Id}'] [data-at]").Where(s => s.GetAttribute("data-at") == "8").Select(s => s.TextContent)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new[] { _transcript.RecordingId, second.RecordingId }.Select(id => id.ToString()), page.FindAll("audio").Select(a => a.GetAttribute("data-recording-sound")));

        static (string?, string?, string?) Places(AngleSharp.Dom.IElement row) => (row.GetAttribute("data-spans"), row.GetAttribute("data-recording"), row.GetAttribute("data-from"));
    }

    [Fact]
    public void Where_one_of_two_transcripts_was_corrected_the_other_still_lends_its_places()
    {
        var second = Second();
        Reviews.Review = Draft(
            Sentence(0, DraftSection.Subjective, "subjective.historyOfPresentIllness", "Fever for 4 days."),
            Sentence(1, DraftSection.Plan, "plan.treatments", "Rest.") with { Spans = [new SaidSpan(second.Id, 8, 26, Speaker.Doctor)] }) with
        {
            Sources = [new DraftSource(_transcript.Id, SpokenText.Hash("Another text.")), new DraftSource(second.Id, SpokenText.Hash(second.Text))],
        };
        var page = Open("?panel=voice");

        Assert.Equal([null, "2.5"], page.FindAll("[data-draft-row]").Select(r => r.GetAttribute("data-from")));
        Assert.Contains("The draft rests on 1 of 2 transcripts.", page.Find(".draft-act").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_accepted_from_an_earlier_draft_stands_in_its_section_and_can_be_undone_too()
    {
        var earlier = Guid.CreateVersion7();
        Reviews.Review = Reviews.Review! with { Earlier = [new EarlierSentence(earlier, 7, DraftSection.Plan, IsChanged: true)] };
        Notes.Note = Notes.Note! with { Drafted = [new(earlier, "Dr. Meera Iyer", Day.At(10, 40), [7, 8], 1)] };
        var page = Open();

        var line = Assert.Single(page.FindAll(".draft-taken"));
        Assert.Contains("1 sentence, 1 edited", line.TextContent, StringComparison.Ordinal);
        line.QuerySelector("button")!.Click();

        var back = Assert.IsType<DraftPuttingBack>(Assert.Single(Notes.Acts));
        Assert.Equal(earlier, back.DraftId);
        Assert.Equal([7], back.Sentences);
    }

    [Theory]
    [InlineData(null, "Chief complaint", "History of present illness")]
    [InlineData("Cough.", "History of present illness", "History of present illness")]
    public void A_complaint_says_that_it_goes_to_the_history_where_the_line_is_taken(string? typed, string first, string second)
    {
        Notes.Note = Notes.Note! with { Content = new() { Subjective = new() { ChiefComplaint = typed } } };
        Reviews.Review = Draft([.. new[] { 0, 1 }.Select(number => Sentence(number, DraftSection.Subjective, "subjective.chiefComplaint", $"Complaint {number}.") with { Label = "Chief complaint", Otherwise = "History of present illness" })]);

        var page = Open();

        Assert.Equal([first, second], page.FindAll(".draft-place").Select(p => p.TextContent));
    }

    /// <summary>A second recording of the visit, a quarter of an hour later, and its transcript.</summary>
    private TranscriptView Second()
    {
        var second = new TranscriptView(
            Guid.CreateVersion7(), Encounter, Sunita, Guid.CreateVersion7(), TranscriptSource.Transcribed, "Doctor: Rest for two days.", null,
            [new(8, 4, 2.5, 3, 0.9), new(13, 3, 3, 3.2, 0.9)], 0.9, "PocketSphinx 5", "en", 1, Day.At(10, 48), Day.Now);
        Transcripts.All.Add(second);
        Recordings.All.Add(FakeRecordings.Of(Encounter, Sunita, RecordingStatus.Transcribed) with { Id = _transcript.RecordingId!.Value });
        Recordings.All.Add(FakeRecordings.Of(Encounter, Sunita, RecordingStatus.Transcribed) with { Id = second.RecordingId!.Value, CreatedAt = Day.At(10, 48) });
        return second;
    }
}
