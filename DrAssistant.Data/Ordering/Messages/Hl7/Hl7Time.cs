using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Messages.Hl7;

/// <summary>
/// A time stamp, <c>YYYYMMDDHHMMSS.SSSS+ZZZZ</c>, from the right as much of it as is known. Without a zone it is of the zone in MSH-7,
/// and without one there of the practice's (HL7 2.5.1, 2.A.22).
/// </summary>
internal sealed class Hl7Time(ClinicClock clock, TimeSpan? senders)
{
    private static readonly string[] Formats = ["yyyy", "yyyyMM", "yyyyMMdd", "yyyyMMddHH", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    public static Hl7Time Of(ClinicClock clock, string? msh7) => new(clock, msh7 is null ? null : Parted(msh7).Zone);

    public DateTimeOffset? At(Hl7Segment segment, int field)
    {
        if (segment.Text(field) is not { } text)
        {
            return null;
        }

        var (digits, zone) = Parted(text);
        if (!TryRead(digits, out var shown))
        {
            throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"{segment.Name}-{field} (segment {segment.Number}) is no time."));
        }

        return (zone ?? senders) is { } offset
            ? new DateTimeOffset(shown, offset).ToUniversalTime()
            : clock.At(DateOnly.FromDateTime(shown), TimeOnly.FromDateTime(shown));
    }

    public static DateOnly? Day(Hl7Segment segment, int field)
        => segment.Text(field) is not { } text ? null
            : TryRead(Parted(text).Digits, out var day) && text.Length >= "yyyyMMdd".Length ? DateOnly.FromDateTime(day)
            : throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"{segment.Name}-{field} (segment {segment.Number}) is no day."));

    private static bool TryRead(string digits, out DateTime shown)
        => DateTime.TryParseExact(digits.Split('.')[0], Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out shown) && shown.Year is > 1850 and < 2200;

    private static (string Digits, TimeSpan? Zone) Parted(string text)
    {
        var sign = text.AsSpan().LastIndexOfAny('+', '-');
        return sign > 0 && TimeSpan.TryParseExact(text[(sign + 1)..], "hhmm", CultureInfo.InvariantCulture, out var offset) && offset < TimeSpan.FromHours(15)
            ? (text[..sign], text[sign] == '-' ? -offset : offset)
            : (text, null);
    }
}
