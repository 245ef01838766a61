using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Checking;

namespace DrAssistant.Portal.Tests.Drafting;

/// <summary>The support checker, which trusts no engine: each sentence is held against what it says that it rests on.</summary>
public sealed class SupportOfASentence
{
    private const string Dose = "[doctor] i want to increase your lisinopril to forty milligrams once a day for two weeks .";
    private const string Denied = "[doctor] any chest pain or cough ?\n[patient] no .";
    private const string Side = "[doctor] you have some tenderness of the left ankle and no swelling .";

    [Theory]
    [InlineData("We will increase her lisinopril to 40 mg once a day for 2 weeks.")]
    [InlineData("Increase lisinopril to 40 mg daily.", SupportFault.Words, true)]
    [InlineData("We will increase her lisinopril to 20 mg once a day.", SupportFault.Number)]
    [InlineData("We will increase her lisinopril to 40 mcg once a day.", SupportFault.Unit)]
    [InlineData("We will increase her losartan to 40 mg once a day.", SupportFault.Medicine)]
    [InlineData("She was seen by the cardiologist in Pune and wants surgery.", SupportFault.Words)]
    public void holds_numbers_units_and_medicines(string text, SupportFault? fault = null, bool mayPass = false)
    {
        var faults = Check(Dose, DraftSection.Plan, text);

        if (fault is null)
        {
            Assert.Empty(faults);
        }
        else if (!mayPass)
        {
            Assert.Contains(fault.Value, faults);
        }
    }

    [Fact]
    public void holds_a_no_to_its_question()
    {
        Assert.Empty(Check(Denied, DraftSection.Subjective, "The patient denies chest pain or cough."));
        Assert.Contains(SupportFault.Negation, Check(Denied, DraftSection.Subjective, "The patient reports chest pain and cough."));
        Assert.Contains(SupportFault.Negation, Check(Denied.Replace("no .", "yes .", StringComparison.Ordinal), DraftSection.Subjective, "The patient denies chest pain or cough."));
    }

    [Fact]
    public void holds_a_no_within_a_sentence()
    {
        Assert.Empty(Check(Side, DraftSection.Objective, "Tenderness of the left ankle and no swelling."));
        Assert.Contains(SupportFault.Negation, Check(Side, DraftSection.Objective, "Swelling of the left ankle."));
        Assert.Contains(SupportFault.Negation, Check(Side, DraftSection.Objective, "No tenderness of the left ankle."));
    }

    [Fact]
    public void holds_the_side()
    {
        Assert.Contains(SupportFault.Side, Check(Side, DraftSection.Objective, "Tenderness of the right ankle."));
        Assert.Contains(SupportFault.Side, Check(Side, DraftSection.Objective, "Bilateral tenderness of the ankle."));
    }

    [Fact]
    public void holds_who_said_it()
    {
        Assert.Contains(SupportFault.Speaker, Check("[patient] my ankle has some swelling .", DraftSection.Objective, "Ankle has some swelling."));
        Assert.Contains(SupportFault.Speaker, Check("[doctor] your ankle has some swelling .", DraftSection.Subjective, "The patient reports that her ankle has some swelling."));
    }

    [Fact]
    public void takes_no_place_outside_the_transcript_and_no_missing_one()
    {
        var checker = new SupportChecker(Transcript.Read(Dose));

        Assert.Equal([SupportFault.NoSource], checker.Check(DraftSection.Plan, "Increase lisinopril.", []));
        Assert.Equal([SupportFault.NoSource], checker.Check(DraftSection.Plan, "Increase lisinopril.", [new TranscriptSpan(5, 5000, Speaker.Doctor)]));
        Assert.Equal([SupportFault.NoSource], checker.Check(DraftSection.Plan, "Increase lisinopril.", [new TranscriptSpan(9, 9, Speaker.Doctor)]));
    }

    private static IReadOnlyList<SupportFault> Check(string transcript, DraftSection section, string text)
    {
        var read = Transcript.Read(transcript);
        return new SupportChecker(read).Check(section, text, [.. read.Turns.Select(t => new TranscriptSpan(t.Start, t.End, t.Speaker))]);
    }
}
