using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Taking;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Prescribing.Medications;

/// <summary>The tab of a chart that says what the patient takes. It reads again whenever a prescription of this patient changes.</summary>
public partial class MedicationsPanel(IPrescriptions prescriptions, IEncounters encounters, ICurrentUser user, NavigationManager navigation, IJSRuntime script)
{
    private const int APage = 20;
    private const int Most = 200;

    private PatientMedications? _read;
    private Refusal? _refusal;
    private PatientMedicine? _stops;
    private PrescriptionView? _repeats;
    private NotRepeated? _notRepeated;
    private int _past = APage / 2;
    private int _papers = APage;
    private bool _found;

    [Parameter, EditorRequired]
    public ChartBanner Patient { get; set; } = default!;

    /// <summary>The prescription that is marked and in sight, as far back as the list goes.</summary>
    [Parameter]
    public Guid? Sought { get; set; }

    private bool MayStop => user.Can(Permissions.WritePrescriptions);

    private bool MayRepeat => user.Can(Permissions.WritePrescriptions) && user.Can(Permissions.WriteEncounters);

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_found && Sought is { } sought && _read?.Prescriptions.Any(p => p.Id == sought) == true)
        {
            _found = true;
            await script.InvokeVoidAsync("clinicShell.inSight", ChartPrescription.IdOf(sought));
        }
    }

    protected override bool Concerns(DayChange change) => change?.PatientId == Patient.PatientId && change.Kind is "prescription.changed";

    protected override Task ReloadAsync() => LoadAsync(
        cancellation => prescriptions.OfPatientAsync(new MedicationsQuery(Patient.PatientId, _past, _papers, Sought), cancellation),
        read => (_read, _refusal) = (read.Value ?? _read, read.Refusal));

    private Task MorePastAsync()
    {
        _past = Math.Min(_past + APage, Most);
        return ReloadAsync();
    }

    private Task MorePapersAsync()
    {
        _papers = Math.Min((_read?.Prescriptions.Count ?? 0) + APage, Most);
        return ReloadAsync();
    }

    private Task StoppedAsync()
    {
        _stops = null;
        return ReloadAsync();
    }

    /// <summary>A prescription is written in a visit: in the one that is going on, or in one that is started for it.</summary>
    private Task RepeatAsync(PrescriptionView prescription) => SaveAsync(async () =>
    {
        _notRepeated = null;
        var mine = await TryAsync(() => encounters.MineAsync(CancellationToken.None));
        if (!mine.Succeeded)
        {
            _notRepeated = new NotRepeated(prescription.Id, mine.Refusal, null);
        }
        else if (mine.Value.FirstOrDefault(visit => visit.PatientId == Patient.PatientId) is { } open)
        {
            await RepeatInAsync(prescription, open.EncounterId);
        }
        else
        {
            _repeats = prescription;
        }
    });

    private Task StartedAsync(PrescriptionView prescription, Guid visit)
    {
        _repeats = null;
        return SaveAsync(() => RepeatInAsync(prescription, visit));
    }

    private async Task RepeatInAsync(PrescriptionView prescription, Guid visit)
    {
        var repeated = await TryAsync(() => new PrescribingDesk(prescriptions).ActAsync(
            new PrescriptionStart(visit, Patient.PatientId), act => prescriptions.RepeatAsync(act, prescription.Id, CancellationToken.None), again: true));
        if (repeated.Succeeded)
        {
            navigation.NavigateTo(Words.PrescribingIn(visit));
            return;
        }

        _notRepeated = new NotRepeated(prescription.Id, repeated.Refusal, visit);
    }

    private sealed record NotRepeated(Guid Prescription, Refusal Why, Guid? Visit);
}
