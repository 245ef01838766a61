using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Booking;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>The panel beside the book, and what is done from it. It is not modal: the book stays usable, and what is typed stays typed.</summary>
public partial class BookSide(IBooking booking, KeptBooking kept, ClinicClock clock)
{
    private Side _open;
    private Guid _visit;
    private BookingEditor? _editor;
    private MoveDraft? _move;
    private Refusal? _refusal;
    private Refusal? _undone;
    private Deed? _deed;
    private bool _kept;
    private SeenVisit? _last;
    private string? _focus;
    private bool _focusPatient;

    private enum Side
    {
        Nothing,
        Booking,
        Visit,
        Move,
    }

    [Parameter, EditorRequired]
    public IReadOnlyList<BookColumn> Columns { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<BookDoctor> Doctors { get; set; } = [];

    [Parameter]
    public bool CanWrite { get; set; }

    /// <summary>The book cannot be read: nothing is booked into it.</summary>
    [Parameter]
    public bool Broken { get; set; }

    [Parameter]
    public BookScript? Script { get; set; }

    /// <summary>The book is to be read again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>The panel opened, closed, or shows another time: the book draws it.</summary>
    [Parameter]
    public EventCallback OnShown { get; set; }

    [Parameter]
    public EventCallback<string> OnRegister { get; set; }

    /// <summary>The desk wants to check somebody in.</summary>
    [Parameter]
    public EventCallback<SeenVisit> OnCheckIn { get; set; }

    public bool IsOpen => _open is not Side.Nothing;

    /// <summary>The time that the open booking would take.</summary>
    public PickedSlot? Picked
        => _open is Side.Booking && kept.Form.Draft is { DoctorId: { } doctor, Day: { } day, Start: { } start } draft
            ? new PickedSlot(new ChosenSlot(doctor, day, start), draft.Minutes, kept.Form.Patient?.Name.Spoken)
            : null;

    /// <summary>As it stands; while another day is shown, as it was last seen.</summary>
    private SeenVisit? Seen => SeenVisit.Of(Columns, _visit) ?? (_last?.Visit.AppointmentId == _visit ? _last : null);

    private string Title => _open switch
    {
        Side.Booking => "New appointment",
        Side.Move => "Move the appointment",
        _ => "Appointment",
    };

    public Task OpenBookingAsync() => OpenBookingAsync(null);

    public Task OpenSlotAsync(ChosenSlot slot) => OpenBookingAsync(slot);

    /// <summary>A booking for a doctor's day where no slot was chosen yet.</summary>
    public async Task OpenBookingAsync(ChosenSlot? slot, Guid? doctorId = null, DateOnly? day = null)
    {
        await OpeningAsync();
        var form = kept.Form;
        _kept = _open is Side.Booking && slot is not null && form.Touched;
        if (slot is not null)
        {
            form.Take(slot, clock);
        }
        else if (form.Draft.Day is null || form.Draft.Day < clock.Today || (!form.Touched && day is not null))
        {
            form.Draft.DoctorId = doctorId ?? form.Draft.DoctorId ?? (Doctors is [var first, ..] ? first.Id : null);
            form.Offer(day is { } from && from > clock.Today ? from : clock.Today, clock);
        }

        (_open, _refusal, _undone, _focusPatient) = (Side.Booking, null, null, true);
        await OnShown.InvokeAsync();
        StateHasChanged();
    }

    public async Task OpenVisitAsync(Guid appointmentId)
    {
        await OpeningAsync();
        (_open, _visit, _refusal, _undone, _kept, _focus) = (Side.Visit, appointmentId, null, null, false, VisitCard.FirstAct);
        _last = Seen;
        await OnShown.InvokeAsync();
        StateHasChanged();
    }

    /// <summary>A block was dragged somewhere. It is done at once; only what is refused opens the form, with everything filled in.</summary>
    public async Task DropAsync(BlockDropped dropped)
    {
        ArgumentNullException.ThrowIfNull(dropped);
        if (CanWrite && SeenVisit.Of(Columns, dropped.AppointmentId) is { } seen && MoveDraft.Of(dropped) is var draft && !draft.IsSame(MoveDraft.Of(seen, clock)))
        {
            await MoveAsync(seen, draft);
            StateHasChanged();
        }
    }

    public async Task CloseAsync()
    {
        (_open, _kept) = (Side.Nothing, false);
        await OnShown.InvokeAsync();
        if (Script is not null)
        {
            await Script.ReturnAsync();
        }
    }

    protected override void OnParametersSet() => _last = Seen;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusPatient && _editor is not null)
        {
            _focusPatient = false;
            await _editor.FocusAsync();
        }
        else if (_focus is { } selector && Script is not null)
        {
            _focus = null;
            await Script.FocusAsync(selector);
        }
    }

    private Task OpeningAsync() => _open is Side.Nothing && Script is not null ? Script.RememberAsync() : Task.CompletedTask;

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? CloseAsync() : Task.CompletedTask;

    private Task PickedAsync() => OnShown.InvokeAsync();

    private Task CheckInAsync(SeenVisit seen) => OnCheckIn.InvokeAsync(seen);
}
