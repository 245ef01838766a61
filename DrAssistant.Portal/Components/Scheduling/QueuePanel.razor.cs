using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>
/// The waiting room of today, lane by lane. The same for everybody, without complaint or value; only clinical roles get the way to the chart.
/// </summary>
public partial class QueuePanel
{
    private readonly IScheduling _scheduling;
    private readonly ICurrentUser _user;
    private readonly ClinicOptions _practice;
    private readonly QueueDesk _desk;
    private readonly HashSet<Guid> _recorded = [];
    private DayBook? _book;
    private Refusal? _refusal;
    private Guid? _doctor;
    private string _lane = "waiting";
    private Undoable? _undo;
    private bool _walkIn;
    private Guid? _walkInOf;
    private QueueEntry? _checkingIn;
    private QueueEntry? _measuring;

    public QueuePanel(IScheduling scheduling, IQueue queue, IBooking booking, ICurrentUser user, IOptions<ClinicOptions> practice)
    {
        ArgumentNullException.ThrowIfNull(practice);
        (_scheduling, _user, _practice) = (scheduling, user, practice.Value);
        _desk = new QueueDesk(queue, booking, user, ActAsync, entry => (_checkingIn, _undo) = (entry, null), entry => (_measuring, _undo) = (entry, null), this);
    }

    /// <summary>Instead of "Queue", where the queue is a part of another page.</summary>
    [Parameter]
    public string? Heading { get; set; }

    /// <summary>A patient who has just been registered and came without an appointment.</summary>
    [Parameter]
    public Guid? WalkIn { get; set; }

    private QueueBoard? Board => _book is { } book ? new QueueBoard(book, _doctor, Clock.Now) : null;

    protected override Task OnInitializedAsync()
    {
        (_walkIn, _walkInOf) = (WalkIn is not null && _user.Can(Permissions.WriteAppointments), WalkIn);
        Follow(null);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change)
        => change.Kind.StartsWith("appointment", StringComparison.Ordinal) || change.Kind.StartsWith("encounter", StringComparison.Ordinal);

    protected override Task ReloadAsync()
        => LoadAsync(
            cancellation => _scheduling.DayAsync(Clock.Today, cancellation),
            read => (_book, _refusal) = (read.Value is { } book ? Seen(book) : _book, read.Succeeded ? _refusal : read.Refusal));

    private void Recorded(Guid appointmentId)
    {
        _recorded.Add(appointmentId);
        _measuring = null;
    }

    private static string Pressed(bool on) => on ? "true" : "false";

    private static IEnumerable<(string Id, string Name, int Count)> Lanes(QueueBoard board) =>
    [
        ("arrived", "Arrived", board.Arrived.Count),
        ("waiting", "Waiting", board.Waiting.Count),
        ("nurse", "Nurse", board.WithNurse.Count),
        ("doctor", "Doctor", board.Rooms.Count),
        ("done", "Done", board.Done.Count),
    ];

    /// <summary>A doctor sees of a colleague's queue only patients of their own: what is not all must not look like all.</summary>
    private DayBook Seen(DayBook book) => _user.Role is not StaffRole.Doctor
        ? book
        : book with { Doctors = [.. book.Doctors.Where(d => d.DoctorId == _user.Id || QueueBoard.InHouse(d) > 0)] };

    private string WaitColour(TimeSpan waited) => waited.TotalMinutes >= _practice.WaitLongMinutes ? "badt" : "";

    private string NobodyYet(QueueBoard board)
    {
        var first = board.Expected.Count == 0 ? null : board.Expected[0].Visit;
        return first is null
            ? "Nobody has arrived, and nobody is booked today."
            : $"Nobody has arrived yet. First booked {ClinicFormat.Time(TimeOnly.FromDateTime(Clock.Local(first.Start).DateTime))}, {first.Name.Spoken}.";
    }

    /// <summary>What can be undone is done at once; a refusal says who was faster, and the board is read again either way.</summary>
    private Task ActAsync(Func<Task<Result<BookedVisit>>> act, Func<BookedVisit, Undoable?> undo) => SaveAsync(async () =>
    {
        _undo = null;
        var visit = await act();
        _refusal = visit.Refusal;
        await ReloadAsync();
        if (visit.Succeeded)
        {
            _undo = undo(visit.Value);
        }
    });

    private Task UndoAsync() => _undo is { } undo ? ActAsync(undo.Back, _ => null) : Task.CompletedTask;
}
