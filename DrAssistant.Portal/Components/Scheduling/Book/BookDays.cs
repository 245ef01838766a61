namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>Which days a view shows. A week begins on Monday; a month is shown in whole weeks.</summary>
internal static class BookDays
{
    public const int Week = 7;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % Week));

    public static DateOnly Step(DateOnly day, BookView view, int by) => view switch
    {
        BookView.Week => day.AddDays(by * Week),
        BookView.Month => day.AddMonths(by),
        _ => day.AddDays(by),
    };

    /// <summary>The first day shown and how many.</summary>
    public static (DateOnly From, int Days) Of(DateOnly day, BookView view)
    {
        if (view is not BookView.Month)
        {
            return (MondayOf(day), Week);
        }

        var first = new DateOnly(day.Year, day.Month, 1);
        var from = MondayOf(first);
        var days = first.AddMonths(1).DayNumber - from.DayNumber;
        return (from, (days + Week - 1) / Week * Week);
    }
}
