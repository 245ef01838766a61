using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Components.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>
/// The appointment book: a day with a column a doctor, the week and the month of one. It shows no reason of a visit and nothing clinical.
/// What is shown is in the address; what is done is done in the panel beside it.
/// </summary>
public sealed partial class BookPanel(
    IScheduling scheduling, ICalendars calendars, ICurrentUser user, MyPreferences preferences, KeptBooking kept, PatientQuestion question,
    NavigationManager navigation, IJSRuntime runtime, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Outlined = TimeSpan.FromSeconds(2);

    private IReadOnlyList<BookColumn>? _columns;
    private IReadOnlyList<BookDoctor> _doctors = [];
    private HashSet<Guid> _moved = [];
    private BookScript? _script;
    private BookSide? _side;
    private Refusal? _refusal;
    private DateTimeOffset _readAt;
    private DateOnly? _next;
    private BookView _usual;
    private string _filter = "";
    private bool _narrow;
    private bool _begin = true;

    /// <summary>Who is to be booked as soon as the book is open.</summary>
    [Parameter]
    public Guid? Patient { get; set; }

    private BookAddress At { get; set; } = new(null, null, null);

    private DateOnly Day => At.Day ?? Clock.Today;

    private BookView View => _narrow ? BookView.Day : At.View ?? _usual;

    private bool CanWrite => user.Can(Permissions.WriteAppointments);

    private bool Broken => LoadFailure is not null;

    private string ReadAt => BookTime.Words(_readAt, Clock);

    /// <summary>Whose week it is: who was asked for, the doctor who looks, or the first.</summary>
    private Guid? DoctorId => At.DoctorId is { } asked && _doctors.Any(d => d.Id == asked) ? asked
        : user.Role is StaffRole.Doctor && _doctors.Any(d => d.Id == user.Id) ? user.Id
        : _narrow ? null : _doctors.Count > 0 ? _doctors[0].Id : null;

    private string DoctorName => _doctors.FirstOrDefault(d => d.Id == DoctorId)?.Name ?? "";

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }
    }

    protected override async Task OnInitializedAsync()
    {
        At = BookAddress.Of(navigation.Uri);
        if (Patient is { } patient && CanWrite)
        {
            kept.Want(patient);
        }

        navigation.LocationChanged += Moved;
        Follow(null);
        if (At.View is null && await preferences.GetAsync(CancellationToken.None) is { Succeeded: true } mine)
        {
            _usual = BookAddress.ViewOf(mine.Value.DefaultViews.Schedule) ?? BookView.Day;
        }

        await ReloadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new BookScript(runtime);
            await NarrowAsync(await _script.StartAsync($"./{Assets["js/book.js"]}", new BookHand(DroppedAsync, NarrowAsync)));
            StateHasChanged();
        }

        if (_begin && _columns is not null && _script is { IsReady: true } script)
        {
            _begin = false;
            await script.BeginAsync();
            if (_side is not null && kept.IsWanted())
            {
                await _side.OpenBookingAsync();
            }
        }
    }

    protected override bool Concerns(DayChange change)
        => change.Kind.StartsWith("appointment", StringComparison.Ordinal) || change.Kind.StartsWith("encounter", StringComparison.Ordinal)
            || change.Kind.StartsWith("calendar", StringComparison.Ordinal);

    protected override Task ReloadAsync() => LoadAsync(ReadAsync, Show);

    protected override void Dispose(bool disposing)
    {
        navigation.LocationChanged -= Moved;
        base.Dispose(disposing);
    }

    private async Task<Result<BookRead>> ReadAsync(CancellationToken cancellation)
    {
        var at = At;
        if (View is BookView.Day || _doctors.Count == 0)
        {
            var day = await scheduling.DayAsync(Day, cancellation);
            if (!day.Succeeded)
            {
                return day.Refusal;
            }

            if (View is BookView.Day)
            {
                var columns = BookColumn.Of(day.Value);
                var next = columns.Any(c => c.Works) ? null : await NextAsync(cancellation);
                return new BookRead(at, columns, [.. columns.Select(c => new BookDoctor(c.DoctorId, c.DoctorName, c.Specialty))], day.Value.ReadAt, next);
            }

            _doctors = [.. day.Value.Doctors.Select(d => new BookDoctor(d.DoctorId, d.DoctorName, d.Specialty))];
        }

        if (DoctorId is not { } doctorId)
        {
            return new BookRead(at, [], _doctors, Clock.Now, null);
        }

        var (from, days) = BookDays.Of(Day, View);
        var read = await scheduling.DaysAsync(doctorId, from, days, cancellation);
        return read.Succeeded ? new BookRead(at, BookColumn.Of(read.Value), _doctors, Clock.Now, null) : read.Refusal;
    }

    /// <summary>When the practice works again; asked only where nobody does on this day.</summary>
    private async Task<DateOnly?> NextAsync(CancellationToken cancellation)
    {
        var (_, end) = Clock.DayBounds(Day);
        var free = await calendars.FreeAsync(new SlotQuestion { From = end > Clock.Now ? end : null, Count = 1 }, cancellation);
        return free.Value is [var first, ..] ? Clock.DayOf(first.Start) : null;
    }

    private void Show(Result<BookRead> read)
    {
        _refusal = read.Refusal;
        if (!read.Succeeded || read.Value.At != At)
        {
            return;
        }

        if (_columns is { } before)
        {
            Outline(BookChanges.Between(before, read.Value.Columns));
        }

        (_columns, _doctors, _readAt, _next) = (read.Value.Columns, read.Value.Doctors, read.Value.ReadAt, read.Value.Next);
    }

    private string? Notice(IReadOnlyList<BookColumn> columns)
        => View is not BookView.Day ? null
            : !columns.Any(c => c.Works) && columns.All(c => c.Visits.Count == 0) ? "Nobody works on this day."
            : columns.All(c => c.Visits.Count == 0) ? $"No appointments on this day. {BookWords.FreeWords(columns)}"
            : _filter.Length > 0 && !columns.Any(c => c.Visits.Any(v => BookColumnView.Matches(v, _filter))) ? $"Nobody on this day matches “{_filter}”."
            : null;

    private sealed record BookRead(BookAddress At, IReadOnlyList<BookColumn> Columns, IReadOnlyList<BookDoctor> Doctors, DateTimeOffset ReadAt, DateOnly? Next)
    {
        public override string ToString() => nameof(BookRead);
    }
}
