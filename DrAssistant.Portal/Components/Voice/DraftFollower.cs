using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Voice;

/// <summary>Base of what shows a part of the draft: renders again when the draft is another. Where a page has no desk, nothing is shown.</summary>
public abstract class DraftFollower : ClinicComponent
{
    private DraftDesk? _heard;

    [CascadingParameter]
    protected DraftDesk? Desk { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_heard, Desk))
        {
            return;
        }

        Leave();
        _heard = Desk;
        _heard?.Follow(Show);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Leave();
        }

        base.Dispose(disposing);
    }

    private void Leave() => _heard?.Leave(Show);

    private void Show() => _ = InvokeAsync(StateHasChanged);
}
