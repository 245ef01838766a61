using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting.Extractive;
using DrAssistant.Data.Drafting.Model;
using DrAssistant.Data.Security;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Drafting;

internal sealed class NoteDraftingService(ICurrentUser user, IOptions<DraftingOptions> options, Lazy<ModelDrafter> model) : INoteDrafting
{
    public async Task<Result<DraftedNote>> DraftAsync(DraftRequest request, CancellationToken cancellation)
    {
        if (Refused(request) is { } refusal)
        {
            return refusal;
        }

        return options.Value.UseModel ? await model.Value.DraftAsync(request, cancellation) : await HereAsync(request, cancellation);
    }

    public async Task<Result<DraftedNote>> DraftHereAsync(DraftRequest request, CancellationToken cancellation)
        => Refused(request) is { } refusal ? refusal : await HereAsync(request, cancellation);

    private Refusal? Refused(DraftRequest request)
    {
        if (!user.Can(Permissions.WriteNotes))
        {
            return Refusal.Forbidden;
        }

        return request.Transcript.Length > DraftRequest.LongestTranscript ? Refusal.Invalid("The transcript is too long to draft from. Take a part of it.") : null;
    }

    /// <summary>Not on the thread of the page: a long visit takes some tenths of a second.</summary>
    private static Task<DraftedNote> HereAsync(DraftRequest request, CancellationToken cancellation)
        => Task.Run(() => ExtractiveDrafter.Draft(request), cancellation);
}
