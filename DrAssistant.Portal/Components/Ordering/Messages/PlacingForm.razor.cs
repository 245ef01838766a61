using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Messages;

/// <summary>Finds the patient by two identifiers and chooses the ordered test.</summary>
public partial class PlacingForm
{
    private string _mrn = "";
    private DateOnly? _born;
    private Guid? _item;
    private string _reason = "";

    [Parameter]
    public WaitingCandidate? Candidate { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    [Parameter]
    public bool Saving { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<Identifiers> OnFind { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<Choice> OnAttach { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnCancel { get; set; }

    private Task FindAsync()
    {
        _item = null;
        return _born is { } born ? OnFind.InvokeAsync(new Identifiers(_mrn, born)) : Task.CompletedTask;
    }

    private Task AttachAsync() => _item is { } item ? OnAttach.InvokeAsync(new Choice(item, _reason)) : Task.CompletedTask;

    /// <summary>What says who a patient is.</summary>
    public sealed record Identifiers(string Mrn, DateOnly Born)
    {
        public override string ToString() => nameof(Identifiers);
    }

    public sealed record Choice(Guid ItemId, string? Reason);
}
