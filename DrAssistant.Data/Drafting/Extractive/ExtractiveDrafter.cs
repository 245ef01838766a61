using DrAssistant.Data.Drafting.Checking;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>From a transcript to a checked draft, on this machine alone.</summary>
internal static class ExtractiveDrafter
{
    public static DraftedNote Draft(DraftRequest request)
    {
        var transcript = Transcript.Read(request.Transcript, request.Breaks);
        var visit = Visit.Read(transcript, request.Chart ?? DraftChart.Nothing);
        if (Emptiness.Of(visit) is { } why)
        {
            return DraftAssembly.Empty(transcript, ExtractiveEngine.Name, ExtractiveEngine.Version, why);
        }

        var pieces = ExtractiveEngine.Propose(visit);
        return DraftAssembly.Of(transcript, [.. pieces, .. SummaryWriter.Write(pieces)], ExtractiveEngine.Name, ExtractiveEngine.Version, request.TranscriptionConfidence);
    }
}
