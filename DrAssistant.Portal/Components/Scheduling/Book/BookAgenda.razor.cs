using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Book;

public partial class BookAgenda(ClinicClock clock)
{
    private bool _all;

    [Parameter, EditorRequired]
    public IReadOnlyList<BookColumn> Columns { get; set; } = [];

    [Parameter]
    public Guid? DoctorId { get; set; }

    [Parameter]
    public bool CanBook { get; set; }

    [Parameter]
    public IReadOnlySet<Guid> Moved { get; set; } = new HashSet<Guid>();

    [Parameter]
    public EventCallback<Guid> OnDoctor { get; set; }

    [Parameter]
    public EventCallback<ChosenSlot> OnFree { get; set; }

    [Parameter]
    public EventCallback<Guid> OnVisit { get; set; }

    private BookColumn? Shown => Columns.FirstOrDefault(c => c.DoctorId == DoctorId) ?? Columns.FirstOrDefault(c => c.Works) ?? (Columns.Count > 0 ? Columns[0] : null);

    private string Said(BookColumn column)
    {
        var layout = ColumnLayout.Of(column, BookScale.Of([column], clock), clock);
        var parts = new List<string> { $"{column.Visits.Count(BookWords.IsHere)} in the clinic", $"{column.Hours.FreeSlots} free" };
        if (layout.Free.Count > 0)
        {
            parts[^1] += $", next {BookTime.Words(layout.Free[0].From)}";
        }

        if (column.Hours.Late is { TotalMinutes: >= 1 } late)
        {
            parts.Add($"{ClinicFormat.Waiting(late)} late");
        }

        return string.Join(" · ", parts);
    }

    /// <summary>The rows of the day; of today, what is over before now is counted and left out until it is asked for.</summary>
    private (int Over, IReadOnlyList<AgendaRow> Rows) Rows(BookColumn column)
    {
        var scale = BookScale.Of([column], clock);
        var layout = ColumnLayout.Of(column, scale, clock);
        var rows = layout.Visits.Select(v => new AgendaRow(v.From, 1, v.Visit, v.Overlaps, null, false))
            .Concat(layout.Free.SelectMany(r => r.Starts).Select(s => new AgendaRow(s, 2, null, false, null, false)))
            .Concat(layout.Shut.Where(s => s.Words.Length > 0 && (s.Leave || s.From > scale.From)).Select(s => new AgendaRow(s.From, 0, null, false, s.Words, false)));
        if (column.Day == clock.Today)
        {
            rows = rows.Append(new AgendaRow(BookTime.MinuteOf(clock.Now, column.Day, clock), 0, null, false, null, true));
        }

        var ordered = rows.OrderBy(r => r.At).ThenBy(r => r.Order).ToList();
        var over = ordered.Where(r => column.Day == clock.Today && IsOver(r)).ToList();
        return (over.Count, _all ? ordered : [.. ordered.Except(over)]);
    }

    private bool IsOver(AgendaRow row)
        => row.Visit is { Status: AppointmentStatus.Completed or AppointmentStatus.Cancelled or AppointmentStatus.NoShow } visit && visit.End <= clock.Now;

    private sealed record AgendaRow(int At, int Order, BookedVisit? Visit, bool Overlaps, string? Shut, bool Now)
    {
        public override string ToString() => nameof(AgendaRow);
    }
}
