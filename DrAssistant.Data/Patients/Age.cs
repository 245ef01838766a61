using System.Globalization;

namespace DrAssistant.Data.Patients;

/// <summary>
/// How old a person is on a day: in days under 2 months, in months under 2 years, then in years. A month or year is complete when its
/// day has come; who was born on 29-Feb is a year older on 01-Mar of a year without one. The day of death takes the place of today.
/// </summary>
public readonly record struct Age
{
    private const int MonthsOfAYear = 12;

    private Age(int years, int months, int days, bool estimated) => (Years, Months, Days, Estimated) = (years, months, days, estimated);

    public int Years { get; }

    /// <summary>All complete months of life, not those after the last birthday.</summary>
    public int Months { get; }

    /// <summary>All days of life.</summary>
    public int Days { get; }

    /// <summary>The person knows no date of birth; the record has one that was worked out from an age.</summary>
    public bool Estimated { get; }

    public static Age On(DateOnly day, DateOnly born, bool estimated = false)
    {
        var months = ((day.Year - born.Year) * MonthsOfAYear) + day.Month - born.Month - (day.Day < born.Day ? 1 : 0);
        return new Age(months / MonthsOfAYear, months, day.DayNumber - born.DayNumber, estimated);
    }

    /// <summary><c>38 y</c>, <c>14 m</c>, <c>12 d</c>, and <c>~38 y</c> when estimated.</summary>
    public string Short => Worded("d", "m", "y", plural: "");

    /// <summary>For a screen reader and for print: <c>38 years</c>, <c>about 38 years</c>.</summary>
    public string Long => Worded("day", "month", "year", plural: "s");

    public override string ToString() => Short;

    private string Worded(string day, string month, string year, string plural)
    {
        // An imported record may know of somebody before they were born; the screen must still open.
        if (Days < 0)
        {
            return "not yet born";
        }

        var (number, unit) = Months switch
        {
            < 2 => (Days, day),
            < 2 * MonthsOfAYear => (Months, month),
            _ => (Years, year),
        };
        var about = (Estimated, plural) switch
        {
            (false, _) => "",
            (true, "") => "~",
            _ => "about ",
        };
        var ending = number == 1 ? "" : plural;
        return string.Create(CultureInfo.InvariantCulture, $"{about}{number} {unit}{ending}");
    }
}
