using System.Globalization;

namespace DrAssistant.Data.Common;

/// <summary>
/// How dates, times and amounts read everywhere in the practice, whatever culture the machine is set to.
/// NHS Common User Interface: a day, a month in letters and a full year cannot be mistaken for one another.
/// </summary>
public static class ClinicFormat
{
    private const char NoBreak = '\u00A0';

    /// <summary><c>05-Nov-2026</c></summary>
    public static string Date(DateOnly day) => day.ToString("dd-MMM-yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>Thu 05-Nov-2026</c>, for the head of a day.</summary>
    public static string DateWithWeekday(DateOnly day) => day.ToString("ddd dd-MMM-yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>09:05</c></summary>
    public static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>9:05 AM</c>, for what a patient takes home.</summary>
    public static string TimeForPatients(TimeOnly time) => time.ToString("h:mm tt", CultureInfo.InvariantCulture);

    /// <summary>An instant as the practice's clock shows it: <c>05-Nov-2026 09:05</c>.</summary>
    public static string DateAndTime(DateTimeOffset instant, ClinicClock clock)
        => clock.Local(instant).ToString("dd-MMM-yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long somebody has waited, in whole minutes begun and ended: <c>22 min</c>, <c>1 h 05 min</c>.</summary>
    public static string Waiting(TimeSpan waited)
    {
        // Two servers' clocks may differ by a moment; nobody has waited a negative time.
        var minutes = (long)Math.Max(0, Math.Floor(waited.TotalMinutes));
        return minutes < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes}{NoBreak}min")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}{NoBreak}h{NoBreak}{minutes % 60:00}{NoBreak}min");
    }

    /// <summary>
    /// ISMP: no zero after the point (5, not 5.0, which is read as 50), always one before it (0.5), and thousands parted.
    /// </summary>
    public static string Number(decimal number) => number.ToString("#,##0.############", CultureInfo.InvariantCulture);

    /// <summary>Number and unit never part at the end of a line: <c>5 mg</c>.</summary>
    public static string Amount(decimal number, string unit) => $"{Number(number)}{NoBreak}{unit}";
}
