using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>One column: what is closed, the blocks, the free slots. Everything that can be chosen comes in the order of the day.</summary>
public partial class BookColumnView(ClinicClock clock)
{
    /// <summary>Two lines of text fit.</summary>
    private const double TallFrom = 34;

    private ColumnLayout _layout = new([], [], []);

    [Parameter, EditorRequired]
    public BookColumn Column { get; set; } = default!;

    [Parameter, EditorRequired]
    public BookScale Scale { get; set; } = default!;

    /// <summary>The minute of now, when this column's day is today.</summary>
    [Parameter]
    public int? Now { get; set; }

    private int Slot => Math.Max(5, Column.Hours.SlotMinutes);

    /// <summary>Where this doctor's slots are counted from.</summary>
    private int Base => Column.Hours.Open.Count > 0 ? BookTime.MinuteOf(Column.Hours.Open[0].From, Column.Day, clock) : Scale.From;

    private IEnumerable<ColumnItem> Items
        => _layout.Visits.Select(v => new ColumnItem(v.From, v.Lane, v, null, null))
            .Concat(CanBook ? _layout.Free.SelectMany(r => r.Starts, (r, s) => new ColumnItem(s, 0, null, s, s == r.From ? r : null)) : [])
            .OrderBy(i => i.At).ThenBy(i => i.Lane);

    internal static bool Matches(BookedVisit visit, string filter)
        => Array.TrueForAll(filter.Split(' ', StringSplitOptions.RemoveEmptyEntries), word =>
            visit.Name.Spoken.Contains(word, StringComparison.CurrentCultureIgnoreCase)
            || visit.Mrn?.Contains(word, StringComparison.OrdinalIgnoreCase) is true
            || string.Equals(visit.Token, word, StringComparison.OrdinalIgnoreCase));

    protected override void OnParametersSet() => _layout = ColumnLayout.Of(Column, Scale, clock);

    private static string Px(double pixels) => BookGrid.Px(pixels);

    private static string LaneOf(PlacedVisit placed)
    {
        if (!placed.Overlaps)
        {
            return "";
        }

        // The first lane is a little wider: it is who was there first.
        var (left, right) = placed.Lanes == 2
            ? placed.Lane == 0 ? (0d, 47d) : (53d, 0d)
            : (placed.Lane * 100d / placed.Lanes, 100d - ((placed.Lane + 1) * 100d / placed.Lanes));
        return string.Create(CultureInfo.InvariantCulture, $"left:calc({left:0.##}% + {(placed.Lane == 0 ? 4 : 1)}px);right:calc({right:0.##}% + {(placed.Lane == placed.Lanes - 1 ? 6 : 1)}px)");
    }

    private static string Word(PlacedVisit placed)
    {
        var visit = placed.Visit;
        var state = BookWords.State(visit);
        return BookWords.Kind(visit) is not "urgent" ? state
            : placed.Overlaps ? visit.Place is QueuePlace.Expected ? "Urgent overlap" : $"Urgent overlap, {state.ToLowerInvariant()}"
            : visit.Place is QueuePlace.Expected ? "Urgent" : $"Urgent · {state}";
    }

    private string Top(int minute) => $"{Px(Scale.Top(minute))}px";

    private string High(int from, int to) => $"{Px(Scale.Span(from, to))}px";

    // A pixel above and below, so that blocks that follow one another are told apart.
    private string TopOf(PlacedVisit placed) => $"{Px(Scale.Top(placed.From) + 1)}px";

    private string HighOf(PlacedVisit placed) => $"{Px(Math.Max(12, Scale.Span(placed.From, placed.To) - 2))}px";

    private bool IsTall(PlacedVisit placed) => Scale.Span(placed.From, placed.To) - 2 >= TallFrom;

    private string Shape(PlacedVisit placed) => $"{(IsTall(placed) ? "tall" : "")} {(placed.Overlaps ? "half" : "")}".Trim();

    private bool Dim(BookedVisit visit) => Filter.Length > 0 && !Matches(visit, Filter);

    private sealed record ColumnItem(int At, int Lane, PlacedVisit? Visit, int? Free, FreeRun? Run);
}
