using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>The panel beside the note. It reads when the patient changes, and again whenever something of this patient does.</summary>
public partial class Essentials(IPatientEssentials essentials, ICurrentUser user)
{
    private (Guid Patient, Guid? Visit)? _shown;
    private PatientEssentials? _read;
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    /// <summary>The visit that is open: what was before it is shown.</summary>
    [Parameter]
    public Guid? EncounterId { get; set; }

    /// <summary>Who it is, for the dialogs; without it nothing is edited from here.</summary>
    [Parameter]
    public ChartBanner? Banner { get; set; }

    /// <summary>False where the vital signs stand in the note beside it.</summary>
    [Parameter]
    public bool WithVitals { get; set; } = true;

    protected override void OnInitialized() => Follow(user.Id);

    protected override Task OnParametersSetAsync()
    {
        if (_shown == (PatientId, EncounterId))
        {
            return Task.CompletedTask;
        }

        // Never one patient's data beside another's note, not even while loading.
        (_shown, _read, _refusal) = ((PatientId, EncounterId), null, null);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change?.PatientId == PatientId;

    protected override Task ReloadAsync() => LoadAsync(
        cancellation => essentials.ReadAsync(PatientId, EncounterId, cancellation),
        read => (_read, _refusal) = (read.Value ?? _read, read.Refusal));
}
