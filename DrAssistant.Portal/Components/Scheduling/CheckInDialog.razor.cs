using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Queue;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>
/// Two identifiers, then the token. It stays open with the token until it is closed: whoever shows it reads its list again at
/// <see cref="OnDone"/> and takes it away at <see cref="OnClose"/>.
/// </summary>
public partial class CheckInDialog(IQueue queue, IJSRuntime script)
{
    private readonly HashSet<Identifier> _others = [];
    private PersonAtDesk? _person;
    private BookedVisit? _checkedIn;
    private Refusal? _refusal;
    private ElementReference _doneButton;
    private string? _note;
    private bool _name = true;
    private string? _focus;

    [Parameter, EditorRequired]
    public BookedVisit Visit { get; set; } = default!;

    [Parameter]
    public string? DoctorName { get; set; }

    /// <summary>Checked in; the dialog still shows the token.</summary>
    [Parameter]
    public EventCallback<BookedVisit> OnDone { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    protected override async Task OnInitializedAsync()
    {
        await IdentifyAsync();

        // Where the answer comes after the dialog was opened; where it comes before, the dialog opens on what has autofocus.
        _focus = "first-identifier";
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } id)
        {
            _focus = null;
            await script.InvokeVoidAsync("clinicDialog.focus", id);
        }
        else if (_checkedIn is not null && _doneButton.Context is not null)
        {
            await _doneButton.FocusAsync();
        }
    }

    private static IEnumerable<(Identifier What, string Label, string Value, bool First)> Lines(PersonAtDesk person)
    {
        var estimated = person.DateOfBirthEstimated ? ", estimated" : "";
        yield return (Identifier.DateOfBirth, "Birth date", $"{ClinicFormat.Date(person.DateOfBirth)} ({person.Age.Short}{estimated})", First: true);
        if (!string.IsNullOrEmpty(person.Mrn))
        {
            yield return (Identifier.Mrn, "MRN", person.Mrn, First: false);
        }

        if (person.PhoneEnd is { } phone)
        {
            yield return (Identifier.Phone, "Phone", $"ends in {phone}", First: false);
        }

        if (person.AbhaEnd is { } abha)
        {
            yield return (Identifier.Abha, "ABHA", $"ends in {abha}", First: false);
        }
    }

    private Task IdentifyAsync() => LoadAsync(
        cancellation => queue.IdentifyAsync(Visit.AppointmentId, cancellation),
        read => (_person, _refusal) = (read.Value, read.Refusal));

    private void Tick(Identifier what, bool fits)
    {
        _note = null;
        if (fits)
        {
            _others.Add(what);
        }
        else
        {
            _others.Remove(what);
        }
    }

    private Task CheckInAsync() => SaveAsync(async () =>
    {
        _note = (_name, _others.Count) switch
        {
            (false, _) => "Ask for the name and tick it. If it does not fit, this is not the patient who is booked.",
            (_, 0) => "Tick one more: ask for the birth date, or compare the number or the phone.",
            _ => null,
        };
        if (_note is not null)
        {
            return;
        }

        var visit = await queue.CheckInAsync(Visit.AppointmentId, [Identifier.Name, .. _others], CancellationToken.None);
        _refusal = visit.Refusal;
        if (visit.Succeeded)
        {
            _checkedIn = visit.Value;
            await OnDone.InvokeAsync(visit.Value);
        }
    });
}
