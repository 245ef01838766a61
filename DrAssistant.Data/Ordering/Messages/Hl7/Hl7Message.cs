using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Ordering.Messages.Hl7;

/// <summary>
/// One message, taken apart into segments and found whole: it begins with MSH, is the report of results of a version that is read here,
/// and its last segment is ended. What was cut in the middle is refused as a whole, so that half a report is never taken for all of it.
/// </summary>
internal sealed class Hl7Message
{
    private const byte SegmentEnd = (byte)'\r';
    private const byte LineEnd = (byte)'\n';
    private static readonly string[] Versions = ["2.3", "2.3.1", "2.4", "2.5", "2.5.1"];
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Hl7Message(IReadOnlyList<Hl7Segment> segments) => Segments = segments;

    public IReadOnlyList<Hl7Segment> Segments { get; }

    public Hl7Segment Header => Segments[0];

    /// <summary>Takes a message apart.</summary>
    /// <exception cref="UnreadableMessageException">It is not whole, or not one that is read here.</exception>
    public static Hl7Message Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[^1] is not (SegmentEnd or LineEnd))
        {
            throw new UnreadableMessageException("It ends in the middle of a segment: the last one has no carriage return.");
        }

        // The head is ASCII whatever follows: it says how the rest is to be read.
        var head = Encoding.Latin1.GetString(bytes[..Math.Max(0, bytes.IndexOfAny(SegmentEnd, LineEnd))]);
        var separators = Hl7Separators.Of(head);
        var letters = Letters(new Hl7Segment(head, 1, separators, Encoding.Latin1).Text(18));
        string text;
        try
        {
            text = letters.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableMessageException("It has letters that are not in the character set of MSH-18. Without one, UTF-8 is read.");
        }

        var lines = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var message = new Hl7Message([.. lines.Select((line, at) => new Hl7Segment(line, at + 1, separators, letters))]);
        message.RefuseWhatIsNotMeantForUs();
        message.RefuseWhatIsNotWhole();
        return message;
    }

    private static Encoding Letters(string? declared) => declared?.ToUpperInvariant() switch
    {
        null or "ASCII" or "UNICODE UTF-8" or "UTF-8" or "UTF8" => Utf8,
        "8859/1" or "ISO8859-1" or "ISO-8859-1" => Encoding.Latin1,
        _ => throw new UnreadableMessageException("The character set of MSH-18 is not read here. Send ASCII, 8859/1 or UNICODE UTF-8.", notMeantForUs: true),
    };

    private void RefuseWhatIsNotMeantForUs()
    {
        var (type, trigger, version) = (Header.Text(9), Header.Text(9, 2), Header.Text(12));
        if (type != "ORU" || trigger != "R01")
        {
            throw new UnreadableMessageException("It is no report of results (ORU^R01) by MSH-9.", notMeantForUs: true);
        }

        if (!Versions.Contains(version, StringComparer.Ordinal))
        {
            throw new UnreadableMessageException("MSH-12 names no version from 2.3 to 2.5.1.", notMeantForUs: true);
        }
    }

    private void RefuseWhatIsNotWhole()
    {
        if (Header.Text(10) is null)
        {
            throw new UnreadableMessageException("It has no number of its own in MSH-10.");
        }

        if (Segments.FirstOrDefault(s => s.Name.Length != 3 || !s.Name.All(char.IsAsciiLetterOrDigit) || s.Name.Any(char.IsAsciiLetterLower)) is { } odd)
        {
            throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"Line {odd.Number} is no segment."));
        }

        if (Segments.Count(s => s.Name == "PID") != 1)
        {
            throw new UnreadableMessageException("It does not say once whose results these are: exactly one PID segment is read.");
        }

        if (Segments.All(s => s.Name != "OBR"))
        {
            throw new UnreadableMessageException("It has no OBR segment and so no result.");
        }

        if (Segments.FirstOrDefault(s => s.Name == "OBR" && s.Text(4) is null && s.Text(4, 2) is null) is { } nameless)
        {
            throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBR-4 (segment {nameless.Number}) does not say what was tested."));
        }

        if (Segments.FirstOrDefault(s => s.Name == "OBX" && (s.Text(3) is null && s.Text(3, 2) is null || s.Text(11) is null)) is { } cut)
        {
            throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBX (segment {cut.Number}) is not whole: it needs what was tested in OBX-3 and its status in OBX-11."));
        }
    }
}
