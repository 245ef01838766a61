namespace DrAssistant.Data.Drafting;

/// <summary>What a draft is made from.</summary>
/// <param name="Transcript">A line a turn, each beginning with who speaks: <c>[doctor] …</c> or <c>Doctor: …</c>.</param>
/// <param name="TranscriptionConfidence">How sure the transcription was, from 0 to 1; null when it was typed.</param>
public sealed record DraftRequest(string Transcript, DraftChart? Chart = null, double? TranscriptionConfidence = null)
{
    /// <summary>Where in the transcript another recording begins, in ascending order: who speaks is found out for each by itself.</summary>
    public IReadOnlyList<int> Breaks { get; init; } = [];

    public const int LongestTranscript = 400_000;

    public override string ToString() => $"a transcript of {Transcript.Length} signs";
}

/// <summary>What the chart says already: an engine may name things by it, but never state it as said today.</summary>
public sealed record DraftChart(string? Sex, int? AgeInYears, IReadOnlyList<string> Problems, IReadOnlyList<string> Medicines, IReadOnlyList<string> Allergies)
{
    public static DraftChart Nothing { get; } = new(null, null, [], [], []);

    public override string ToString() => $"{Problems.Count} problems, {Medicines.Count} medicines, {Allergies.Count} allergies";
}
