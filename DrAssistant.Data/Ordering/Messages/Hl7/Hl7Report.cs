using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Messages.Hl7;

/// <summary>An unsolicited report of results (ORU^R01, HL7 2.5.1 chapter 7), read into what every laboratory's message becomes.</summary>
internal static class Hl7Report
{
    private const int LongestControlId = 199;
    private static readonly int[] PatientNumbers = [3, 2, 4];

    /// <summary>Reads one message.</summary>
    /// <exception cref="UnreadableMessageException">It was cut, or is not read here.</exception>
    public static LaboratoryMessage Read(ReadOnlySpan<byte> bytes, ClinicClock clock)
    {
        var message = Hl7Message.Read(bytes);
        var times = Hl7Time.Of(clock, message.Header.Text(7));
        var sent = times.At(message.Header, 7);
        var groups = new List<GroupReading>();
        Hl7Segment? order = null;
        foreach (var segment in message.Segments)
        {
            switch (segment.Name)
            {
                case "ORC":
                    order = segment;
                    break;
                case "OBR":
                    groups.Add(new GroupReading(order, segment, times, sent));
                    order = null;
                    break;
                case "OBX" when groups.Count == 0:
                    throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBX (segment {segment.Number}) stands before any OBR."));
                case "OBX":
                    groups[^1].Add(segment);
                    break;
                case "NTE" when groups.Count > 0:
                    groups[^1].Note(segment);
                    break;
            }
        }

        if (order is not null)
        {
            throw new UnreadableMessageException("It ends after an ORC segment: the results of that order are missing.");
        }

        var control = message.Header.Text(10)!;
        return control.Length > LongestControlId
            ? throw new UnreadableMessageException("Its number in MSH-10 is too long.")
            : new LaboratoryMessage(control, message.Header.Text(4) ?? message.Header.Text(3), Person(message.Segments.Single(s => s.Name == "PID")), [.. groups.Select(g => g.Group())]);
    }

    private static ReportedPerson Person(Hl7Segment pid)
    {
        var numbers = PatientNumbers.SelectMany(field => pid.Repetitions(field).Select(id => pid.Part(id, 1))).OfType<string>().Distinct().ToList();
        var name = pid.Repetitions(5) is [var first, ..]
            ? string.Join(' ', new[] { pid.Part(first, 2), pid.Part(first, 3), pid.Whole(first, 1) }.OfType<string>())
            : "";
        Gender? sex = pid.Text(8)?.ToUpperInvariant() switch
        {
            "M" => Gender.Male,
            "F" => Gender.Female,
            "O" or "A" => Gender.Other,
            _ => null,
        };
        return new ReportedPerson(numbers, name.Length == 0 ? null : name, Hl7Time.Day(pid, 7), sex);
    }

    /// <summary>An OBR with what follows it.</summary>
    private sealed class GroupReading(Hl7Segment? order, Hl7Segment request, Hl7Time times, DateTimeOffset? sent)
    {
        private readonly List<Hl7Observation> _observations = [];
        private readonly List<string> _remarks = [];

        public void Add(Hl7Segment segment)
        {
            var observation = new Hl7Observation(segment);
            if (_observations is not [.., var last] || !last.GoesOnWith(observation))
            {
                _observations.Add(observation);
            }
        }

        public void Note(Hl7Segment note)
        {
            if (note.Lines(3) is not { } words)
            {
                return;
            }

            (_observations is [.., var last] ? last.Remarks : _remarks).Add(words);
        }

        public ReportedGroup Group()
        {
            var status = request.Text(25);
            if (_observations.Count == 0 && status is null or "F" or "P" or "C" or "R")
            {
                throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBR (segment {request.Number}) is followed by no OBX: its results are missing."));
            }

            // Table 0123: X, the results cannot be obtained. Whoever waits for them should know.
            var issued = times.At(request, 22) ?? sent;
            var drawn = times.At(request, 7) ?? issued
                ?? throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"OBR (segment {request.Number}) does not say when the specimen was taken, and nothing else does."));
            var test = Hl7Code.Of(request, 4)!;
            List<Finding> findings = [.. _observations.Select(o => o.Finding(times, drawn, issued, status)).OfType<Finding>()];
            if (findings.Count == 0 && status == "X")
            {
                findings.Add(new Finding(test, null, null, "No result could be obtained.", null, null, null, null, null, null, ResultStatus.Cancelled, drawn, issued, null));
            }

            if (_remarks.Count > 0 && findings.Count > 0)
            {
                findings[0] = findings[0] with { Comment = string.Join('\n', _remarks.Append(findings[0].Comment).OfType<string>()) };
            }

            return new ReportedGroup(OrderNumbers(), request.Text(3) ?? order?.Text(3), test, status is "F" or "C", status == "C", findings);
        }

        private List<string> OrderNumbers() => [.. new[] { order?.Text(2), request.Text(2) }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}

/// <summary>A coded element (CE, CWE): its code and the other one that it may give.</summary>
internal static class Hl7Code
{
    private const int LongestName = 255;
    private const int LongestCode = 50;
    private static readonly int[] Places = [1, 4];

    public static ReportedCode? Of(Hl7Segment segment, int field) => segment.Repetitions(field) is [var first, ..] ? Of(segment, first) : null;

    public static ReportedCode? Of(Hl7Segment segment, string repetition)
    {
        List<CodeOf> codes =
        [
            .. Places.Select(at => segment.Part(repetition, at) is { } code ? new CodeOf(code, System(segment.Part(repetition, at + 2))) : null).OfType<CodeOf>(),
        ];
        if (codes.Find(c => c.Code.Length > LongestCode) is not null)
        {
            throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"{segment.Name} (segment {segment.Number}) has a code of more than {LongestCode} characters."));
        }

        var name = segment.Part(repetition, 2) ?? segment.Part(repetition, 5) ?? segment.Part(repetition, 9) ?? codes.Select(c => c.Code).FirstOrDefault();
        return name is null ? null : new ReportedCode(codes, PlainText.Of(name, LongestName));
    }

    /// <summary>HL7 table 0396, as far as systems have a name of their own here. A laboratory's own codes are of no system that is known.</summary>
    private static string? System(string? name) => name?.ToUpperInvariant() switch
    {
        "LN" => "http://loinc.org",
        "SCT" or "SNM3" or "SNOMED" => "http://snomed.info/sct",
        "UCUM" => "http://unitsofmeasure.org",
        _ => null,
    };
}
