using System.Globalization;
using DrAssistant.Data.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Book;

public partial class BookGrid(ClinicClock clock)
{
    private const double TagHeight = 15;

    private BookScale _scale = new(0, 1, 1);

    [Parameter, EditorRequired]
    public IReadOnlyList<BookColumn> Columns { get; set; } = [];

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The columns are the days of one doctor.</summary>
    [Parameter]
    public bool Week { get; set; }

    [Parameter]
    public EventCallback<BookColumn> OnHead { get; set; }

    private ClinicClock Clock => clock;

    /// <summary>The minute of now, where one of the columns is today's and shows it.</summary>
    private int? Now
        => Columns.Any(c => c.Day == clock.Today) && BookTime.MinuteOf(clock.Now, clock.Today, clock) is var minute && minute >= _scale.From && minute <= _scale.To
            ? minute
            : null;

    internal static string Px(double pixels) => pixels.ToString("0.##", CultureInfo.InvariantCulture);

    protected override void OnParametersSet() => _scale = BookScale.Of(Columns, clock);

    /// <summary>The hour is not under the tag of now.</summary>
    private bool IsClear(int hour) => Now is not { } now || Math.Abs(_scale.Top(hour) - _scale.Top(now)) >= TagHeight;
}

/// <summary>The time that the open booking would take, drawn where it would stand.</summary>
public sealed record PickedSlot(ChosenSlot Slot, int Minutes, string? Who)
{
    public override string ToString() => nameof(PickedSlot);
}
