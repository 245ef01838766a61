using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Common;
using DrAssistant.Portal.Components.Scheduling.Book;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>Registers somebody who is new here, or finds that they are not.</summary>
public partial class RegisterPage(
    IRegistration registration, PatientQuestion question, UnfinishedRegistration unfinished, KeptBooking booking, ICurrentUser user, ClinicClock clock,
    NavigationManager navigation, IJSRuntime script)
{
    private PatientFormState _form = new(new PatientDraft(), clock);
    private DuplicatePanel? _panel;
    private ElementReference _head;
    private ElementReference _done;
    private RegisteredPatient? _registered;
    private Refusal? _refusal;
    private string? _preview;
    private string? _focus;
    private int _sameMobile;
    private bool _focusDone;

    private string SaveAnd => booking.Waits ? "Save and go on booking" : "Save and check in";

    /// <summary>What is to be said of those who look alike stands beside them, and goes when they are answered.</summary>
    private Refusal? Said => _refusal?.Field is nameof(PatientField.ToldApart) ? null : _refusal;

    private bool AtTheDesk => user.Role is StaffRole.Receptionist;

    protected override void OnInitialized()
    {
        if (question.TakeCarried() is { } asked)
        {
            Fill(asked);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await FocusAsync(PatientFormState.IdOf(PatientField.FullName));
        }

        if (_focusDone)
        {
            _focusDone = false;
            await _done.FocusAsync();
        }

        if (_focus is { } id)
        {
            _focus = null;
            await FocusAsync(id);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _registered is null && !_form.Draft.IsEmpty)
        {
            unfinished.Keep(_form.Draft, clock.Now);
        }

        base.Dispose(disposing);
    }

    /// <summary>Back to the booking that waits, with the person who was registered.</summary>
    private void GoOnBooking(RegisteredPatient patient)
    {
        booking.Bring(new PatientHit(patient.Id, patient.Name, patient.Mrn, patient.DateOfBirth, patient.Age, patient.Gender, InCare: false));
        navigation.NavigateTo("/appointments");
    }

    private static string WalkIn(Guid patientId) => $"/queue?walkin={patientId}";

    /// <summary>What was asked for in vain in a search: digits are a telephone, the rest is a name.</summary>
    private void Fill(string asked)
    {
        var isNumber = asked.Count(char.IsDigit) > asked.Length / 2;
        _form.Draft[isNumber ? PatientField.Mobile : PatientField.FullName] = asked;
    }

    private Task SaveAsync(bool checkIn) => SaveAsync(async () =>
    {
        _refusal = null;
        if (!_form.ShowAll())
        {
            Refuse(Refusal.Invalid($"{Words.Count(_form.Faults.Count, "field needs", "fields need")} another look. Nothing is lost."));
            _focus = PatientFormState.IdOf(_form.Faults.Keys.Min());
            return;
        }

        var saved = await registration.RegisterAsync(_form.Draft, CancellationToken.None);
        if (saved.Refusal is { } refusal)
        {
            Refuse(refusal);
            return;
        }

        _registered = saved.Value;
        _focusDone = !checkIn;
        unfinished.Forget();
        if (checkIn && booking.Waits)
        {
            GoOnBooking(_registered!);
        }
        else if (checkIn)
        {
            navigation.NavigateTo(WalkIn(_registered!.Id));
        }
    });

    private void Refuse(Refusal refusal)
    {
        _refusal = refusal;
        var hits = refusal switch
        {
            DuplicatesFound found => found.Hits,
            AbhaInUse inUse => [inUse.By],
            _ => [],
        };
        if (hits.Count > 0)
        {
            _panel?.Show(hits);
        }

        if (Enum.TryParse<PatientField>(refusal.Field, out var field))
        {
            _form.Say(field, refusal.Message);
            _focus = PatientFormState.IdOf(field);
        }
    }

    private void UseRecord(LikelyDuplicate hit)
        => navigation.NavigateTo(user.Can(Permissions.ReadEncounters) ? Words.ChartOf(hit.Id) : Words.EditOf(hit.Id));

    private void Anew()
    {
        if (_registered is null && !_form.Draft.IsEmpty)
        {
            // Clearing can be undone: the text is offered again above the empty form.
            unfinished.Keep(_form.Draft, clock.Now);
        }

        Show(new PatientDraft());
    }

    private void TakeUp(PatientDraft earlier)
    {
        unfinished.Forget();
        Show(earlier);
    }

    private void Show(PatientDraft draft)
    {
        (_form, _registered, _refusal, _sameMobile) = (new PatientFormState(draft, clock), null, null, 0);
        Preview(draft.Photo);
        _focus = PatientFormState.IdOf(PatientField.FullName);
    }

    private void Choose(ReadOnlyMemory<byte> photo)
    {
        _form.Draft.Photo = photo;
        Preview(photo);
    }

    /// <summary>The picture in the page itself: it is not kept anywhere before the patient is.</summary>
    private void Preview(ReadOnlyMemory<byte> photo)
        => _preview = photo.IsEmpty ? null : $"data:image/jpeg;base64,{Convert.ToBase64String(photo.Span)}";

    private async Task FocusAsync(string id)
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./js/registration.js");
        await module.InvokeVoidAsync("focus", id);
    }
}
