using DrAssistant.Data.Ordering.Messages;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Messages;

/// <summary>Who may send results. Revoking asks first.</summary>
public partial class SenderKeys
{
    private SenderLine? _revoking;

    [Parameter]
    public IReadOnlyList<SenderLine>? Senders { get; set; }

    [Parameter]
    public bool Saving { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<SenderLine> OnRevoke { get; set; }

    private Task RevokeAsync(SenderLine sender)
    {
        _revoking = null;
        return OnRevoke.InvokeAsync(sender);
    }
}
