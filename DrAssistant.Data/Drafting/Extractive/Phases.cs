namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Finds where the story ends and the examination begins, and where the doctor begins to decide.</summary>
internal static class Phases
{
    private static readonly string[] ExamBegins =
    [
        "physical exam", "physical examination", "examine you", "your exam", "quick exam", "your vital signs", "your vitals", "the vitals", "vital signs", "on exam", "on examination", "take a look at you", "listen to your", "take a listen", "my exam", "an exam", "verbalize", "exam findings", "my findings",
        "reviewed your vitals", "look at your vitals",
    ];

    private static readonly string[] DecisionsBegin =
    [
        "assessment and plan", "my assessment", "my plan", "the plan", "first problem", "first issue", "my impression", "the impression", "what does this all mean", "what does all this mean", "what does that all mean", "what does all that mean", "treatment plan", "your plan", "first diagnosis", "what we are going to do", "what i would like to do", "what i want to do",
        "my recommendation", "next steps", "for your assessment", "for the assessment", "impression",
    ];

    private static readonly string[] Acts = ["order", "prescribe", "refer", "start", "put you", "recommend", "schedule", "increase", "get an", "get a", "give you", "send you", "continue", "write you"];

    public static void Mark(List<Utterance> said)
    {
        var phase = VisitPhase.Story;
        for (var i = 0; i < said.Count; i++)
        {
            var late = i > said.Count / 3;
            phase = said[i].Speaker != Speaker.Patient ? Next(phase, said[i], late) : phase;
            said[i].Phase = phase;
        }
    }

    private static VisitPhase Next(VisitPhase phase, Utterance one, bool late)
    {
        if (phase == VisitPhase.Decisions)
        {
            return phase;
        }

        if (!one.IsQuestion && (one.SaysAny(DecisionsBegin) || (phase == VisitPhase.Findings && Decides(one))))
        {
            return late || one.Says("assessment and plan") ? VisitPhase.Decisions : phase;
        }

        return phase == VisitPhase.Story && !one.Says("review of systems") && (one.SaysAny(ExamBegins) || IsRegionExam(one)) ? VisitPhase.Findings : phase;
    }

    /// <summary>"On your heart exam".</summary>
    private static bool IsRegionExam(Utterance one) => one.Says("exam") && one.Has("region") && !one.IsQuestion;

    private static bool Decides(Utterance one)
        => one.SaysAny("i am going to", "we are going to", "we will", "i will", "i would like to", "i want to", "i would recommend", "i recommend", "let us") && one.SaysAny(Acts) && !one.SaysAny("exam", "listen", "look at");
}
