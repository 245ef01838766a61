using System.Globalization;
using System.Text;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Senders;

namespace DrAssistant.Data.Ordering.Messages.Hl7;

/// <summary>
/// The acknowledgement of a report (ACK^R01^ACK, HL7 2.5.1 2.9.2): AA when it is kept here, filed or waiting for a person; AE when something in it
/// has to be put right; AR when it is not what is read here at all.
/// </summary>
internal static class Hl7Ack
{
    private const string Accepted = "AA";
    private const string Error = "AE";
    private const string Rejected = "AR";

    public static string Of(byte[] content, ResultFile file, IReadOnlyList<MessageFate> messages, ClinicClock clock)
    {
        var head = HeadOf(content);
        if (file.Status is ResultFileStatus.Refused)
        {
            return One(head, head?.Text(10), Rejected, file.Problem, clock);
        }

        return string.Concat(messages.Select(m => One(
            head, m.ControlId, m.Status is ResultMessageStatus.Refused ? m.ControlId is null ? Rejected : Error : Accepted, m.Problem, clock)));
    }

    private static string One(Hl7Segment? head, string? controlId, string code, string? problem, ClinicClock clock)
    {
        var now = clock.Local(clock.Now).ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        var ack = new StringBuilder();
        ack.Append(CultureInfo.InvariantCulture, $"MSH|^~\\&|DrAssistant||{Escaped(head?.Text(3))}|{Escaped(head?.Text(4))}|{now}||ACK^R01^ACK|{Guid.CreateVersion7():N}|P|2.5.1||||||UNICODE UTF-8\r");
        ack.Append(CultureInfo.InvariantCulture, $"MSA|{code}|{Escaped(controlId)}\r");
        if (problem is not null)
        {
            // Table 0357: 207, an error within the application. The words are for people.
            ack.Append(CultureInfo.InvariantCulture, $"ERR|||207|E||||{Escaped(problem)}\r");
        }

        return ack.ToString();
    }

    private static Hl7Segment? HeadOf(byte[] content)
    {
        try
        {
            var text = Encoding.Latin1.GetString(content).TrimStart('\u000B', '\r', '\n', ' ');
            var line = Array.Find(text.Split('\r', '\n'), l => l.StartsWith("MSH", StringComparison.Ordinal));
            return line is null ? null : new Hl7Segment(line, 1, Hl7Separators.Of(line), Encoding.Latin1);
        }
        catch (UnreadableMessageException)
        {
            return null;
        }
    }

    private static string Escaped(string? text) => (text ?? "")
        .Replace("\\", "\\E\\", StringComparison.Ordinal).Replace("|", "\\F\\", StringComparison.Ordinal).Replace("^", "\\S\\", StringComparison.Ordinal)
        .Replace("&", "\\T\\", StringComparison.Ordinal).Replace("~", "\\R\\", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ');
}
