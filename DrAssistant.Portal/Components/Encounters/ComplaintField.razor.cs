using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Encounters;

/// <summary>The chief complaint of a visit.</summary>
public partial class ComplaintField(IEncounters encounters)
{
    private string? _seen;
    private string? _text;
    private string? _theirs;
    private Refusal? _refusal;
    private bool _inHand;
    private bool _kept;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    [Parameter]
    public EventCallback<VisitHead> Changed { get; set; }

    /// <summary>Reads the visit again, and answers with it.</summary>
    [Parameter, EditorRequired]
    public Func<Task<VisitHead?>> Again { get; set; } = default!;

    protected override void OnParametersSet()
    {
        // A live change never moves the line that is being typed in; it is met when this line is kept.
        if (!_inHand && _theirs is null && _refusal is null)
        {
            (_seen, _text) = (Visit.ChiefComplaint, Visit.ChiefComplaint);
        }
    }

    private void Leave() => _inHand = false;

    private Task KeepAsync(string? typed) => SaveAsync(async () =>
    {
        var text = string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
        (_text, _refusal, _theirs) = (text, null, null);
        if (text == _seen)
        {
            return;
        }

        _kept = false;
        var revised = await encounters.ReviseComplaintAsync(new ComplaintChange(Visit.EncounterId, _seen, text), CancellationToken.None);
        _refusal = revised.Refusal;
        if (revised.Succeeded)
        {
            (_seen, _text, _kept) = (revised.Value.ChiefComplaint, revised.Value.ChiefComplaint, true);
            await Changed.InvokeAsync(revised.Value);
        }
        else if (revised.Refusal.Kind is RefusalKind.Conflict)
        {
            if (await Again() is { Status: EncounterStatus.InProgress } now && now.ChiefComplaint != _seen)
            {
                (_theirs, _seen) = (now.ChiefComplaint ?? "", now.ChiefComplaint);
            }
        }
    });

    private void TakeTheirs() => (_text, _theirs, _refusal) = (_seen, null, null);

    private Task KeepMineAsync() => KeepAsync(_text);
}
