using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>Keeps right who a patient is. Saved is what was changed here; somebody else's save in between is shown beside it.</summary>
public partial class EditPatientPage(
    IRegistration registration, IPatientPhotos photos, ICurrentUser user, ClinicClock clock, NavigationManager navigation, IJSRuntime script)
{
    private Guid? _opened;
    private PatientRecord? _record;
    private PatientFormState? _form;
    private PatientChanged? _changed;
    private Refusal? _refusal;
    private string? _said;
    private string? _focus;
    private string? _leaveTo;
    private bool _leaves;
    private int _sameMobile;

    [Parameter]
    public Guid PatientId { get; set; }

    private bool HasChanges => _form is { } form && form.Draft.HasChanges;

    private string Back => user.Can(Permissions.ReadEncounters) ? Words.ChartOf(PatientId) : "/patients";

    protected override Task OnParametersSetAsync()
    {
        if (_opened == PatientId)
        {
            return Task.CompletedTask;
        }

        // Never one patient's data under another's address, not even while loading.
        (_opened, _record, _form, _changed, _refusal, _said, _sameMobile) = (PatientId, null, null, null, null, null, 0);
        return OpenAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } id)
        {
            _focus = null;
            await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./js/registration.js");
            await module.InvokeVoidAsync("focus", id);
        }
    }

    private static string Status(PatientRecord record) => record.Status switch
    {
        PatientStatus.Inactive => "inactive",
        PatientStatus.Merged => "merged into another record",
        _ => "active",
    };

    private DateOnly Born(PatientRecord record) => new PatientCheck(record.Draft, clock.Today).Birth?.Day ?? clock.Today;

    private Task OpenAsync() => LoadAsync(
        cancellation => registration.OpenAsync(PatientId, cancellation),
        opened =>
        {
            _refusal = opened.Refusal;
            if (opened.Value is { } record)
            {
                Show(record);
            }
        });

    private void Show(PatientRecord record)
    {
        (_record, _changed) = (record, null);
        _form = new PatientFormState(record.Draft, clock);
    }

    private Task SaveAsync() => SaveAsync(async () =>
    {
        (_refusal, _said) = (null, null);
        if (!_form!.ShowAll())
        {
            _refusal = Refusal.Invalid($"{Words.Count(_form.Faults.Count, "field needs", "fields need")} another look. Nothing is lost.");
            _focus = PatientFormState.IdOf(_form.Faults.Keys.Min());
            return;
        }

        var version = _changed?.Now.Version ?? _record!.Version;
        var saved = await registration.SaveAsync(PatientId, _form.Draft, version, CancellationToken.None);
        if (saved.Value is { } record)
        {
            Show(record);
            _said = $"Saved at {ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(clock.Now).DateTime))}.";
            return;
        }

        Refuse(saved.Refusal!);
    });

    private void Refuse(Refusal refusal)
    {
        if (refusal is PatientChanged changed)
        {
            _form!.Draft.Rebase(changed);
            _changed = changed;
            _focus = "reg-changed-head";
            return;
        }

        _refusal = refusal;
        if (Enum.TryParse<PatientField>(refusal.Field, out var field))
        {
            _form!.Say(field, refusal.Message);
            _focus = PatientFormState.IdOf(field);
        }
    }

    /// <summary>The status is saved by itself; what is typed in the form stays, and is saved upon what was opened.</summary>
    private void ShowStatus(PatientRecord record)
        => _record = _record! with { Status = record.Status, InactiveReason = record.InactiveReason };

    private async Task SetPhotoAsync(ReadOnlyMemory<byte> photo)
    {
        var set = await photos.SetAsync(PatientId, photo, CancellationToken.None);
        (_refusal, _record) = (set.Refusal, set.Succeeded ? _record! with { PhotoAt = set.Value } : _record);
    }

    private async Task RemovePhotoAsync()
    {
        var removed = await photos.RemoveAsync(PatientId, CancellationToken.None);
        (_refusal, _record) = (removed.Refusal, removed.Succeeded ? _record! with { PhotoAt = null } : _record);
    }

    private void AskBeforeLeaving(LocationChangingContext context)
    {
        if (HasChanges && !_leaves)
        {
            context.PreventNavigation();
            (_leaveTo, _focus) = (context.TargetLocation, "reg-stay");
            StateHasChanged();
        }
    }

    private void Leave()
    {
        _leaves = true;
        navigation.NavigateTo(_leaveTo!);
    }
}
