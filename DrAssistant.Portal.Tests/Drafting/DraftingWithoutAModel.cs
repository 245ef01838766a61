using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Extractive;

namespace DrAssistant.Portal.Tests.Drafting;

/// <summary>The extractive engine on invented visits: what goes where, in which words, and resting on what.</summary>
public sealed class DraftingWithoutAModel
{
    private static readonly DraftedNote Knee = Draft(InventedVisits.Knee);

    [Theory]
    [InlineData(DraftSection.Subjective, "Left knee pain.")]
    [InlineData(DraftSection.Subjective, "54-year-old female")]
    [InlineData(DraftSection.Subjective, "er left knee has been hurting her for")]
    [InlineData(DraftSection.Subjective, "denies fever, chills or numbness.")]
    [InlineData(DraftSection.Subjective, "does not smoke.")]
    [InlineData(DraftSection.Subjective, "took some ibuprofen but it did not help much.")]
    [InlineData(DraftSection.Objective, "132/80")]
    [InlineData(DraftSection.Objective, "2/6 systolic ejection murmur.")]
    [InlineData(DraftSection.Objective, "ungs are clear bilaterally.")]
    [InlineData(DraftSection.Objective, "No erythema.")]
    [InlineData(DraftSection.Objective, "no fracture.")]
    [InlineData(DraftSection.Assessment, "Left knee pain.")]
    [InlineData(DraftSection.Assessment, "sprain of the ligament.")]
    [InlineData(DraftSection.Plan, "I will prescribe meloxicam 15 mg once a day.")]
    [InlineData(DraftSection.Plan, "She should ice it and rest.")]
    [InlineData(DraftSection.Plan, "I will order a hemoglobin A1c.")]
    [InlineData(DraftSection.Plan, "Continue the metformin.")]
    public void writes_what_was_said_where_it_belongs(DraftSection section, string words)
        => Assert.Contains(Knee.In(section), s => s.Text.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void leaves_fillers_and_the_first_person_of_the_patient_out()
    {
        Assert.DoesNotContain(Knee.Sentences, s => (" " + s.Text + " ").Contains(" um ", StringComparison.OrdinalIgnoreCase) || s.Text.Contains(" my ", StringComparison.Ordinal) || s.Text.Contains("your", StringComparison.Ordinal));
        Assert.DoesNotContain(Knee.Sentences, s => s.Text.Contains("like, 3 weeks", StringComparison.Ordinal) && s.Text.Contains("for, ", StringComparison.Ordinal));
    }

    [Fact]
    public void names_for_every_sentence_the_places_it_rests_on()
    {
        Assert.All(Knee.Sentences, s => Assert.NotEmpty(s.Spans));
        Assert.All(Knee.Sentences.SelectMany(s => s.Spans), p => Assert.InRange(p.End, p.Start + 1, InventedVisits.Knee.Length));
        var murmur = Knee.Sentences.First(s => s.Text.Contains("murmur", StringComparison.Ordinal));
        Assert.Contains("two out of six systolic ejection murmur", Said(murmur.Spans[0]), StringComparison.Ordinal);
        Assert.Equal(Speaker.Doctor, murmur.Spans[0].Speaker);
        var denied = Knee.Sentences.First(s => s.Text.Contains("denies fever", StringComparison.Ordinal));
        Assert.Equal([Speaker.Doctor, Speaker.Patient], denied.Spans.Select(p => p.Speaker));
    }

    [Fact]
    public void shows_nothing_that_is_not_supported() => Assert.All(Knee.Sentences, s => Assert.Empty(s.Faults));

    [Fact]
    public void sums_up_in_two_sentences() => Assert.Equal(2, Knee.In(DraftSection.Summary).Count());

    [Fact]
    public void is_the_same_twice_and_knows_its_transcript()
    {
        var again = Draft(InventedVisits.Knee);

        Assert.Equal(Knee.Sentences.Select(s => s.Text), again.Sentences.Select(s => s.Text));
        Assert.Equal(Knee.TranscriptHash, again.TranscriptHash);
        Assert.NotEqual(Knee.TranscriptHash, Draft(InventedVisits.Knee + "\n[doctor] bye").TranscriptHash);
        Assert.Equal(("extractive", ExtractiveEngine.Version), (Knee.Engine, Knee.Version));
    }

    [Fact]
    public void is_surer_of_a_transcript_that_is_surer_of_itself()
        => Assert.True(ExtractiveDrafter.Draft(new DraftRequest(InventedVisits.Knee, TranscriptionConfidence: 0.5)).Confidence < Knee.Confidence);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("[music]\n[silence]")]
    [InlineData("[doctor] \n[patient] ")]
    [InlineData("♪ ♪ ♪")]
    [InlineData(InventedVisits.SmallTalk)]
    public void drafts_nothing_from_silence_music_or_small_talk_and_says_so(string transcript)
    {
        var draft = Draft(transcript);

        Assert.Empty(draft.Sentences);
        Assert.Equal(0, draft.Confidence);
        Assert.NotNull(draft.WhyEmpty);
    }

    [Fact]
    public void calls_the_patient_as_the_chart_does_where_the_visit_does_not_say()
    {
        const string talk = "[doctor] what brings you in ?\n[patient] i have had a terrible headache for two days and i take paracetamol for it .";

        Assert.Contains(ExtractiveDrafter.Draft(new DraftRequest(talk, DraftChart.Nothing with { Sex = "male" })).Sentences, s => s.Text.Contains(" he ", StringComparison.OrdinalIgnoreCase) || s.Text.StartsWith("He ", StringComparison.Ordinal));
        Assert.DoesNotContain(Draft(talk).Sentences, s => s.Text.Contains(" he ", StringComparison.Ordinal) || s.Text.Contains(" she ", StringComparison.Ordinal));
    }

    [Fact]
    public void takes_a_yes_and_a_no_for_what_they_are()
    {
        var draft = Draft("Doctor: Do you have any chest pain?\nPatient: Yes.\nDoctor: Any shortness of breath?\nPatient: No.\nDoctor: Any cough?\nPatient: No, well, yes, sometimes.");

        Assert.Contains(draft.Sentences, s => s.Text.Contains("reports chest pain", StringComparison.Ordinal));
        Assert.Contains(draft.Sentences, s => s.Text.Contains("denies shortness of breath", StringComparison.Ordinal));
        Assert.DoesNotContain(draft.Sentences, s => s.Text.Contains("denies cough", StringComparison.OrdinalIgnoreCase) || s.Text.Contains("reports cough", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void knows_the_doctor_by_what_is_said_where_speakers_are_only_numbered()
    {
        var numbered = InventedVisits.Knee.Replace("[doctor]", "[speaker 1]", StringComparison.Ordinal).Replace("[patient]", "[speaker 2]", StringComparison.Ordinal);

        Assert.Contains(Draft(numbered).In(DraftSection.Plan), s => s.Text.Contains("meloxicam 15 mg", StringComparison.Ordinal));
    }

    private static DraftedNote Draft(string transcript) => ExtractiveDrafter.Draft(new DraftRequest(transcript));

    private static string Said(TranscriptSpan span) => InventedVisits.Knee[span.Start..span.End];
}
