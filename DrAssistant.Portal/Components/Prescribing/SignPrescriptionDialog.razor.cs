using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Prescribing.Signing;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>A doctor's signature under the prescription as it was read.</summary>
public partial class SignPrescriptionDialog(IPrescriptionSigning signing)
{
    private static readonly (TeleconsultMode Mode, string Words)[] Modes = [(TeleconsultMode.Video, "By video"), (TeleconsultMode.Audio, "By telephone"), (TeleconsultMode.Text, "In writing")];

    private IReadOnlyList<OpenPoint> _open = [];
    private IReadOnlyList<BrokenRule> _rules = [];
    private TeleconsultMode? _mode;
    private Refusal? _refusal;
    private string _password = "";
    private bool _followUp;
    private bool _seen;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    [Parameter, EditorRequired]
    public PrescriptionView Draft { get; set; } = default!;

    /// <summary>What no check knows of: the doctor says that they looked.</summary>
    [Parameter]
    public IReadOnlyList<NotChecked> NotChecked { get; set; } = [];

    [Parameter, EditorRequired]
    public EventCallback<PrescriptionView> OnSigned { get; set; }

    /// <summary>To the line that is open.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Guid> OnGo { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private bool IsRemote => Visit.Type is EncounterType.Telemedicine;

    private Refusal? Refused => _refusal ?? SaveFailure?.AsRefusal();

    private Task SignAsync() => SaveAsync(async () =>
    {
        _refusal = IsRemote && _mode is null ? Refusal.Invalid("Say how the consultation is held.")
            : NotChecked.Count > 0 && !_seen ? Refusal.Invalid("Say that you have checked what the portal could not.")
            : _password.Length == 0 ? Refusal.Invalid("Type your password.") : null;
        if (_refusal is not null)
        {
            return;
        }

        var word = new PrescriptionSigning(Draft.Id, Draft.PatientId, Draft.Version, _password, _mode is { } mode && IsRemote ? new Teleconsult(mode, _followUp) : null);
        var signed = await signing.SignAsync(NotChecked.Count == 0 ? word : word with { LookedAt = [.. NotChecked.Select(n => n.Why)] }, CancellationToken.None);

        // A wrong one is not left standing, and a right one is nobody's business any more.
        (_password, _refusal) = ("", signed.Refusal);
        _open = signed.Refusal is PrescriptionNotReady open ? open.Open : [];
        _rules = signed.Refusal is TeleconsultRefused refused ? refused.Rules : [];
        if (signed.Succeeded)
        {
            await OnSigned.InvokeAsync(signed.Value);
        }
    });
}
