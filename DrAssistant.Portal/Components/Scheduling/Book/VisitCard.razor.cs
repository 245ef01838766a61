using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>What can be done with one appointment. What somebody else did meanwhile is said, and the book is read again.</summary>
public partial class VisitCard(IBooking booking, ClinicClock clock)
{
    /// <summary>Where the focus goes in the panel of a visit: to what can be done, or to closing it.</summary>
    internal const string FirstAct = ".visit-card button|.book-side .iconbtn.end";

    private static readonly string[] CancelReasons = ["The patient asked for it", "The patient is unwell or in hospital", "The doctor is not available", "Booked by mistake"];
    private static readonly string[] MissReasons = ["Did not come, no message", "Could not be reached", "Came too late to be seen"];

    private Step _step;
    private Refusal? _refusal;
    private Guid _shown;
    private string? _focus;

    private enum Step
    {
        Card,
        Cancel,
        Miss,
        Revise,
    }

    [Parameter, EditorRequired]
    public SeenVisit Seen { get; set; } = default!;

    [Parameter]
    public bool CanWrite { get; set; }

    [Parameter]
    public BookScript? Script { get; set; }

    [Parameter]
    public EventCallback<SeenVisit> OnCheckIn { get; set; }

    /// <summary>Lifts the block, for the arrows to move.</summary>
    [Parameter]
    public EventCallback<SeenVisit> OnCarry { get; set; }

    /// <summary>Another time, doctor or length by a form.</summary>
    [Parameter]
    public EventCallback<SeenVisit> OnChange { get; set; }

    [Parameter]
    public EventCallback<ChosenSlot> OnBookHere { get; set; }

    /// <summary>Something was done, or somebody else was faster.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Deed> OnDone { get; set; }

    private BookedVisit Visit => Seen.Visit;

    private DateOnly Day => clock.DayOf(Visit.Start);

    private bool IsOpen => BookWords.IsOpen(Visit);

    private bool CanCheckIn => IsOpen && Day == clock.Today;

    private Refusal? Shown => SaveFailure?.AsRefusal() ?? _refusal;

    private string Who => string.IsNullOrEmpty(Visit.Mrn) ? Visit.Name.Spoken : $"{Visit.Name.Spoken}, {Visit.Mrn}";

    private string When => $"{ClinicFormat.DateWithWeekday(Day)}, {BookTime.Words(Visit.Start, clock)} with {Words.Doctor(Seen.DoctorName)}";

    private string Colour => BookWords.Kind(Visit) switch
    {
        "confirmed" => "info",
        "waiting" => "warn",
        "nurse" => "live",
        "doctor" => "ok",
        "urgent" => "bad",
        "no-show" => "outlined",
        "cancelled" => "struck",
        _ => "",
    };

    protected override void OnParametersSet()
    {
        // Never one patient's question over another's card.
        if (_shown != Visit.AppointmentId)
        {
            (_shown, _step, _refusal) = (Visit.AppointmentId, Step.Card, null);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } selector && Script is not null)
        {
            _focus = null;
            await Script.FocusAsync(selector);
        }
    }

    private void GoTo(Step step)
    {
        (_step, _refusal) = (step, null);
        _focus = step is Step.Revise ? "#revise-reason" : "#why-safe";
    }

    private void BackAsync()
    {
        (_step, _refusal) = (Step.Card, null);
        _focus = FirstAct;
    }

    private Task ConfirmAsync() => DoAsync(() => booking.ConfirmAsync(Visit.AppointmentId, CancellationToken.None), $"{Visit.Name.Spoken} confirmed.", null);

    private Task CancelAsync(string reason)
        => DoAsync(() => booking.CancelAsync(Visit.AppointmentId, reason, CancellationToken.None), $"{Visit.Name.Spoken} cancelled.", null);

    private Task MissAsync(string reason)
        => DoAsync(() => booking.MissAsync(Visit.AppointmentId, reason, CancellationToken.None), $"{Visit.Name.Spoken} marked as no-show.", Revived(Visit.AppointmentId));

    private Task ReviveAsync() => DoAsync(() => booking.ReviveAsync(Visit.AppointmentId, CancellationToken.None), $"{Visit.Name.Spoken} is booked again.", null);

    private Task ReviseAsync((AppointmentType Type, string? Reason) revised)
        => DoAsync(
            () => booking.ReviseAsync(new AppointmentRevision(Visit.AppointmentId, revised.Type, revised.Reason), CancellationToken.None),
            $"{Visit.Name.Spoken}: {BookWords.Of(revised.Type)}.",
            null);

    private Func<Task<Refusal?>> Revived(Guid appointmentId)
        => async () => (await booking.ReviveAsync(appointmentId, CancellationToken.None)).Refusal;

    private Task DoAsync(Func<Task<Result<BookedVisit>>> act, string said, Func<Task<Refusal?>>? undo) => SaveAsync(async () =>
    {
        var done = await act();
        _refusal = done.Refusal;
        if (done.Succeeded)
        {
            _step = Step.Card;
        }
        else if (done.Refusal.Kind is not RefusalKind.Invalid)
        {
            // Somebody else was faster: the card goes back and shows what is so now, with the reason above it.
            _step = Step.Card;
        }

        await OnDone.InvokeAsync(new Deed(done.Succeeded ? said : null, undo));

        // Only now: until the book was read again, the card offers what has just been done.
        _focus = done.Succeeded ? FirstAct : _focus;
    });
}

/// <summary>What was done, in words, and how it is undone where it can be. No words: it was refused.</summary>
public sealed record Deed(string? Said, Func<Task<Refusal?>>? Undo)
{
    public override string ToString() => nameof(Deed);
}
