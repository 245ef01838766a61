using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Portal.Components.Voice;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>Sentences of a draft that lies beside the note go into it here, because what is typed meanwhile must not be lost by it.</summary>
public partial class NoteEditor
{
    /// <summary>The draft of the visit, where the page has one.</summary>
    [CascadingParameter]
    private DraftDesk? Draft { get; set; }

    /// <summary>Why they did not go in; null when they did.</summary>
    internal Task<Refusal?> TakeAsync(DraftTaking taking) => FromDraftAsync(acts => acts.TakeAsync(taking));

    internal Task<Refusal?> PutBackAsync(DraftPuttingBack back) => FromDraftAsync(acts => acts.PutBackAsync(back));

    private async Task<Refusal?> FromDraftAsync(Func<NoteActs, Task<Result<SavedNote>>> act)
    {
        Result<SavedNote>? done = null;
        await SaveAsync(async () =>
        {
            var saved = await act(new NoteActs(_desk, _script, user.Id));
            done = saved;
            if (saved.Succeeded)
            {
                await SavedAsync(saved.Value);
            }
        });
        StateHasChanged();
        return done is { } answer ? answer.Refusal : SaveFailure?.AsRefusal() ?? Refusal.Unavailable("The note is being saved. Try again in a moment.");
    }
}
