using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Fhir;
using DrAssistant.Data.Ordering.Messages.Hl7;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>How a laboratory writes.</summary>
public enum MessageFormat
{
    Hl7v2,
    Fhir,
}

/// <summary>One message of a file as it was found there.</summary>
/// <param name="Digest">The same for the same content, whatever file it comes in.</param>
/// <param name="Message">Null for what cannot be read; then <paramref name="Problem"/> says why.</param>
internal sealed record MessagePart(byte[] Digest, string? ControlId, string? Facility, LaboratoryMessage? Message, UnreadableMessageException? Problem)
{
    public override string ToString() => nameof(MessagePart);
}

/// <summary>A file, or what was sent at once, with one message or ten thousand. Each is read when its turn comes.</summary>
internal abstract class MessageFile : IDisposable
{
    public abstract int Count { get; }

    /// <summary>Finds the messages; nothing of them is read yet.</summary>
    /// <exception cref="UnreadableMessageException">There are none, or the file as a whole was cut.</exception>
    public static MessageFile Open(MessageFormat format, byte[] bytes, ClinicClock clock)
        => format is MessageFormat.Hl7v2 ? new Hl7File(bytes, clock) : new FhirFile(bytes, clock);

    /// <summary>What it looks like: JSON is FHIR.</summary>
    public static MessageFormat FormatOf(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return text.TrimStart(" \r\n\t"u8).StartsWith("{"u8) ? MessageFormat.Fhir : MessageFormat.Hl7v2;
    }

    public abstract MessagePart Part(int at);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>HL7 v2 messages one after the other, in a batch with its head and its end or without, each in MLLP's frame or without.</summary>
internal sealed class Hl7File : MessageFile
{
    private const byte Start = 0x0B;
    private const byte End = 0x1C;
    private static readonly string[] Ends = ["BTS", "FTS"];

    private readonly byte[] _bytes;
    private readonly ClinicClock _clock;
    private readonly List<Range> _messages = [];

    public Hl7File(byte[] bytes, ClinicClock clock)
    {
        _bytes = [.. bytes.Where(b => b is not (Start or End))];
        _clock = clock;
        var (heads, counted, begun) = (0, new List<int>(), -1);
        foreach (var line in Lines())
        {
            var name = Name(line);
            if (name is "MSH" || Ends.Contains(name) || name is "BHS" or "FHS")
            {
                if (begun >= 0)
                {
                    _messages.Add(begun..line.Start);
                }

                begun = name == "MSH" ? line.Start.Value : -1;
                heads += name == "BHS" ? 1 : 0;
            }
            else if (begun < 0)
            {
                throw new UnreadableMessageException("It does not begin with an MSH segment.");
            }

            if (name == "BTS")
            {
                counted.Add(_messages.Count);
                RefuseAnotherCount(line, counted);
            }
        }

        if (begun >= 0)
        {
            _messages.Add(begun.._bytes.Length);
        }

        if (heads != counted.Count)
        {
            throw new UnreadableMessageException("It was cut: a batch begins with BHS and does not end with BTS.");
        }

        if (_messages.Count == 0)
        {
            throw new UnreadableMessageException("It has no message.");
        }
    }

    public override int Count => _messages.Count;

    public override MessagePart Part(int at)
    {
        var bytes = _bytes[_messages[at]];
        var digest = SHA256.HashData(Canonical(bytes));
        try
        {
            var message = Hl7Report.Read(bytes, _clock);
            return new MessagePart(digest, message.ControlId, message.Facility, message, null);
        }
        catch (UnreadableMessageException e)
        {
            var (control, facility) = Said(bytes);
            return new MessagePart(digest, control, facility, null, e);
        }
    }

    /// <summary>What the head says for itself, also where the rest cannot be read: the answer goes back to that.</summary>
    private static (string? ControlId, string? Facility) Said(byte[] bytes)
    {
        try
        {
            var head = Encoding.Latin1.GetString(bytes).Split('\r', '\n')[0];
            var msh = new Hl7Segment(head, 1, Hl7Separators.Of(head), Encoding.Latin1);
            return (Cut(msh.Text(10), 199), Cut(msh.Text(4) ?? msh.Text(3), 100));
        }
        catch (UnreadableMessageException)
        {
            return default;
        }
    }

    /// <summary>However the lines end on their way here, it is the same message.</summary>
    private static byte[] Canonical(byte[] bytes)
        => Encoding.Latin1.GetBytes(string.Join('\r', Encoding.Latin1.GetString(bytes).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)));

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];

    private void RefuseAnotherCount(Range line, List<int> counted)
    {
        var fields = Encoding.Latin1.GetString(_bytes[line]).Split('|');
        var found = counted[^1] - (counted.Count > 1 ? counted[^2] : 0);
        if (fields.Length > 1 && int.TryParse(fields[1], System.Globalization.CultureInfo.InvariantCulture, out var said) && said != found)
        {
            throw new UnreadableMessageException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"It was cut: BTS-1 says {said} messages, and {found} are there."));
        }
    }

    private string Name(Range line) => Encoding.Latin1.GetString(_bytes.AsSpan(line)[..Math.Min(3, _bytes.AsSpan(line).Length)]);

    private IEnumerable<Range> Lines()
    {
        for (var at = 0; at < _bytes.Length;)
        {
            var end = Array.FindIndex(_bytes, at, b => b is (byte)'\r' or (byte)'\n');
            end = end < 0 ? _bytes.Length : end;
            if (end > at)
            {
                yield return at..end;
            }

            at = end + 1;
        }
    }
}

/// <summary>A FHIR bundle or report, or one a line.</summary>
internal sealed class FhirFile : MessageFile
{
    private readonly ClinicClock _clock;
    private readonly List<(FhirReports? Reports, int At, byte[] Bytes, UnreadableMessageException? Problem)> _parts = [];

    public FhirFile(byte[] bytes, ClinicClock clock)
    {
        _clock = clock;
        var lines = LinesOf(bytes);
        foreach (var line in lines)
        {
            try
            {
                var reports = FhirReports.Open(line);
                _parts.AddRange(Enumerable.Range(0, reports.Count).Select(at => ((FhirReports?)reports, at, Array.Empty<byte>(), (UnreadableMessageException?)null)));
            }
            catch (UnreadableMessageException e) when (lines.Count > 1)
            {
                _parts.Add((null, 0, line.ToArray(), e));
            }
        }
    }

    public override int Count => _parts.Count;

    public override MessagePart Part(int at)
    {
        var (reports, number, bytes, problem) = _parts[at];
        if (reports is null)
        {
            return new MessagePart(SHA256.HashData(bytes), null, null, null, problem);
        }

        string? control = null;
        try
        {
            control = reports.ControlIdOf(number);
            var message = reports.Read(number, _clock);

            // What was read of it: two bundles that say the same are the same, however they are written.
            return new MessagePart(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(message with { ControlId = null })), control, message.Facility, message, null);
        }
        catch (UnreadableMessageException e)
        {
            return new MessagePart(SHA256.HashData(Encoding.UTF8.GetBytes(reports.RawOf(number))), control, null, null, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var reports in _parts.Select(p => p.Reports).OfType<FhirReports>().Distinct())
        {
            reports.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>One line each where the first line is a whole object and others follow; otherwise all of it.</summary>
    private static List<ReadOnlyMemory<byte>> LinesOf(byte[] bytes)
    {
        var first = Array.IndexOf(bytes, (byte)'\n');
        if (first < 0 || !IsWhole(bytes.AsSpan(0, first)) || bytes.AsSpan(first).Trim(" \r\n\t"u8).IsEmpty)
        {
            return [bytes];
        }

        List<ReadOnlyMemory<byte>> lines = [];
        for (var at = 0; at < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            end = end < 0 ? bytes.Length : end;
            if (!bytes.AsSpan(at, end - at).Trim(" \r\t"u8).IsEmpty)
            {
                lines.Add(bytes.AsMemory(at, end - at));
            }

            at = end + 1;
        }

        return lines;
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
