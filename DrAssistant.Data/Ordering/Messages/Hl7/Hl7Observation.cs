using System.Globalization;
using System.Text.RegularExpressions;
using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Data.Ordering.Messages.Hl7;

/// <summary>An OBX with the lines that go on with it and the remarks after it.</summary>
internal sealed partial class Hl7Observation(Hl7Segment segment)
{
    private const int LongestUnit = 40;
    private const int LongestFlag = 20;

    private readonly List<string> _lines = segment.Lines(5) is { } first ? [first] : [];

    public List<string> Remarks { get; } = [];

    private string Type => segment.Text(2)?.ToUpperInvariant() ?? "";

    private bool IsProse => Type is "TX" or "FT";

    /// <summary>A longer text comes as one OBX a line; they are one value. Then nothing else is made of the next.</summary>
    public bool GoesOnWith(Hl7Observation next)
    {
        if (!IsProse || next.Type != Type || Key != next.Key)
        {
            return false;
        }

        _lines.AddRange(next._lines);
        return true;
    }

    /// <summary>The value; null for what says only that something was ordered or not asked.</summary>
    public Finding? Finding(Hl7Time times, DateTimeOffset drawn, DateTimeOffset? issued, string? reportStatus)
    {
        // Table 0085. D: the earlier one is to be deleted. W: it was another person's. X: there is none.
        ResultStatus? status = segment.Text(11)!.ToUpperInvariant() switch
        {
            "F" or "U" or "V" => ResultStatus.Final,
            "P" or "R" or "S" or "B" => ResultStatus.Preliminary,
            "C" or "A" => ResultStatus.Corrected,
            "D" or "W" or "X" => ResultStatus.Cancelled,
            "I" or "N" or "O" => null,
            _ => throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBX-11 (segment {segment.Number}) is no status of table 0085.")),
        };
        if (status is not { } said)
        {
            return null;
        }

        var value = Value();
        if (value is { Number: null, Text: null })
        {
            if (said is not ResultStatus.Cancelled)
            {
                throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBX (segment {segment.Number}) has a status in OBX-11 and no value in OBX-5."));
            }

            value = value with { Text = segment.Text(11) is "X" or "x" ? "No result could be obtained." : "Withdrawn by the laboratory." };
        }

        var (low, high, range) = ReportedRange.Read(segment.Lines(7));
        return new Finding(
            Hl7Code.Of(segment, 3)!, value.Number, value.Comparator, value.Text, value.Code, Unit(), low, high, range,
            segment.Text(8) is { Length: <= LongestFlag } flag ? flag : null,
            said is ResultStatus.Final && reportStatus == "P" ? ResultStatus.Preliminary : said,
            times.At(segment, 14) ?? drawn, times.At(segment, 19) ?? issued, Remarks.Count == 0 ? null : string.Join('\n', Remarks), value.Unreadable);
    }

    private string Key => $"{segment.Text(3)}|{segment.Text(3, 2)}|{segment.Text(4)}";

    private string? Unit()
    {
        var unit = segment.Text(6) ?? segment.Text(6, 2);
        return unit?.Length > LongestUnit
            ? throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBX-6 (segment {segment.Number}) has a unit of more than {LongestUnit} characters."))
            : unit;
    }

    private Read Value()
    {
        var text = _lines.Count == 0 ? null : string.Join('\n', _lines);
        if (text is null)
        {
            return new Read();
        }

        switch (Type)
        {
            case "NM":
                return ReportedRange.TryNumber(text, out var number) ? new Read(number) : new Read(Text: text, Unreadable: "It should be a number and is none.");
            case "SN":
                return Structured(text);
            case "CE" or "CWE" or "CNE" or "CF":
                return Coded(text);
            case "ST" when Bounded().Match(text) is { Success: true } bounded && ReportedRange.TryNumber(bounded.Groups["number"].Value, out var inWords) && Unit() is not null:
                return new Read(inWords, bounded.Groups["sign"].Value is { Length: > 0 } sign ? sign : null);
            case "ED" or "RP":
                return new Read(Text: "A document is attached.", Unreadable: "A document that is attached is not taken over. Ask the laboratory for it.");
            default:
                return new Read(Text: text);
        }
    }

    /// <summary>A comparator, a number, and perhaps a sign and another: <c>&lt;^5</c>, <c>^1^:^128</c>.</summary>
    private Read Structured(string text)
    {
        var first = segment.Repetitions(5)[0];
        var (comparator, one, separator, other) = (segment.Part(first, 1), segment.Part(first, 2), segment.Part(first, 3), segment.Part(first, 4));
        if (one is null || !ReportedRange.TryNumber(one, out var number) || other is not null && !ReportedRange.TryNumber(other, out _)
            || comparator is not (null or "=" or "<" or "<=" or ">" or ">="))
        {
            return new Read(Text: text, Unreadable: "It should be a number with a sign and is none.");
        }

        var sign = comparator == "=" ? null : comparator;
        return separator is null && other is null ? new Read(number, sign) : new Read(Text: $"{sign}{one}{separator}{other}");
    }

    private Read Coded(string text)
    {
        var coded = Hl7Code.Of(segment, segment.Repetitions(5)[0]);
        var words = segment.Repetitions(5).Select(r => Hl7Code.Of(segment, r)?.Name).OfType<string>();
        return coded is null ? new Read(Text: text) : new Read(Text: string.Join(", ", words), Code: coded.Codes is [var code, ..] ? code : null);
    }

    [GeneratedRegex(@"^(?<sign><=?|>=?)?\s*(?<number>[+-]?\d+(\.\d+)?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bounded();

    private sealed record Read(decimal? Number = null, string? Comparator = null, string? Text = null, CodeOf? Code = null, string? Unreadable = null);
}
