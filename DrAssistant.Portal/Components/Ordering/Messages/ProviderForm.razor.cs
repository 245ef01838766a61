using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Providers;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Messages;

/// <summary>An entry of the directory, to be written or changed.</summary>
public partial class ProviderForm
{
    [Parameter, EditorRequired]
    public ProviderDraft Draft { get; set; } = new();

    [Parameter]
    public Refusal? Refusal { get; set; }

    [Parameter]
    public bool Saving { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSave { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnCancel { get; set; }

    private string? Wrong(string field) => Refusal is { } refusal && refusal.Field == field ? refusal.Message : null;
}
