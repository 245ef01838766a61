using DrAssistant.Data.Common;

namespace DrAssistant.Data.Drafting;

/// <summary>The one door to drafts of notes. A draft is a proposal; it writes nothing.</summary>
public interface INoteDrafting
{
    /// <summary>By the engine that the practice has chosen. Refused where a model was chosen and does not answer; nothing is drafted by another in its place unasked.</summary>
    Task<Result<DraftedNote>> DraftAsync(DraftRequest request, CancellationToken cancellation);

    /// <summary>By the engine of this machine, whatever the practice has chosen.</summary>
    Task<Result<DraftedNote>> DraftHereAsync(DraftRequest request, CancellationToken cancellation);
}
