using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Fhir;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Messages.Fhir;

/// <summary>One DiagnosticReport, or an Observation that stands for itself, read into what every laboratory's message becomes.</summary>
internal sealed class FhirReport(JsonElement report, FhirReports bundle, ClinicClock clock)
{
    private const int Deepest = 5;

    private bool IsReport => report.Text("resourceType") == "DiagnosticReport";

    private string? Status => report.Text("status");

    public ReportedPerson Person()
    {
        var subject = report.Part("subject") ?? throw new UnreadableMessageException("It does not say whose results these are: there is no subject.");
        if (bundle.Find(report, subject.Text("reference")) is not { } patient)
        {
            // A reference that leads nowhere may still name the number.
            return subject.Part("identifier").Text("value") is { } number
                ? new ReportedPerson([number], subject.Text("display"), null, null)
                : throw new UnreadableMessageException("It does not say whose results these are: the patient is not in it.");
        }

        var numbers = patient.Items("identifier").Select(i => i.Text("value")).OfType<string>().Distinct().ToList();
        var name = patient.Items("name").OrderBy(n => n.Text("use") switch { "official" => 0, "usual" => 1, null => 2, "old" or "maiden" => 4, _ => 3 })
            .Select(n => string.Join(' ', n.Texts("given").Append(n.Text("family") ?? "").Where(part => part.Length > 0)) is { Length: > 0 } parts ? parts : n.Text("text"))
            .OfType<string>().FirstOrDefault();
        DateOnly? born = patient.Text("birthDate") is { Length: 10 } day
            ? FhirTime.TryRead(day, clock, out var read) ? read.Day : throw new UnreadableMessageException("The patient's birthDate is no day.")
            : null;
        Gender? sex = patient.Text("gender") switch
        {
            "male" => Gender.Male,
            "female" => Gender.Female,
            "other" => Gender.Other,
            _ => null,
        };
        return new ReportedPerson(numbers, name, born, sex);
    }

    public ReportedGroup Group()
    {
        if (IsReport && Status is not ("registered" or "partial" or "preliminary" or "final" or "amended" or "corrected" or "appended" or "cancelled" or "entered-in-error" or "unknown"))
        {
            throw new UnreadableMessageException("DiagnosticReport.status is none of FHIR R4.");
        }

        var test = FhirCode.Of(report.Part("code")) ?? throw new UnreadableMessageException("It does not say what was tested: there is no code.");
        var findings = IsReport ? report.Items("result").SelectMany(r => Findings(Observation(report, r), 0)).ToList() : Findings(report, 0).ToList();
        if (findings.Count == 0 && Conclusion() is { } conclusion)
        {
            findings.Add(Worded(test, conclusion));
        }
        else if (findings.Count > 0 && Conclusion() is { } words)
        {
            findings[0] = findings[0] with { Comment = findings[0].Comment is { } said ? $"{said}\n{words}" : words };
        }

        return findings.Count > 0 || Status is "registered"
            ? new ReportedGroup(OrderNumbers(), report.Items("identifier").Select(i => i.Text("value")).OfType<string>().FirstOrDefault(), test,
                Status is "final" or "amended" or "corrected" or "appended", Status is "amended" or "corrected", findings)
            : throw new UnreadableMessageException("It has no result.");
    }

    private string? Conclusion() => IsReport ? report.Text("conclusion") : null;

    private Finding Worded(ReportedCode test, string words) => new(
        test, null, null, words, null, null, null, null, null, null, StatusOf(report, Status), Effective(report, null), Time(report, "issued"), null);

    private List<string> OrderNumbers()
    {
        List<string> numbers = [];
        foreach (var request in report.Items("basedOn"))
        {
            var found = bundle.Find(report, request.Text("reference"));
            numbers.AddRange(found.Items("identifier").Append(request.Part("identifier") ?? default).Select(i => i.Text("value")).OfType<string>());
            numbers.AddRange(new[] { found.Part("requisition").Text("value") }.OfType<string>());
        }

        return [.. numbers.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private JsonElement Observation(JsonElement from, JsonElement reference) => bundle.Find(from, reference.Text("reference")) ?? bundle.Find(report, reference.Text("reference"))
        ?? throw new UnreadableMessageException("It names a result that did not come with it.");

    /// <summary>An observation's own value, those of its parts, and those of its members.</summary>
    private IEnumerable<Finding> Findings(JsonElement observation, int depth)
    {
        if (depth > Deepest || observation.Text("resourceType") != "Observation")
        {
            throw new UnreadableMessageException("A result of it is no Observation.");
        }

        var status = observation.Text("status") ?? throw new UnreadableMessageException("An Observation has no status.");
        var test = FhirCode.Of(observation.Part("code")) ?? throw new UnreadableMessageException("An Observation does not say what was tested.");
        var (components, members) = (observation.Items("component").ToList(), observation.Items("hasMember").ToList());
        if (status != "registered" && (components.Count == 0 && members.Count == 0 || FhirValue.HasValue(observation)))
        {
            yield return Of(observation, observation, test, status);
        }

        foreach (var component in status == "registered" ? [] : components)
        {
            yield return Of(component, observation, FhirCode.Of(component.Part("code")) ?? throw new UnreadableMessageException("A component does not say what was tested."), status);
        }

        foreach (var finding in members.SelectMany(member => Findings(Observation(observation, member), depth + 1)))
        {
            yield return finding;
        }
    }

    private Finding Of(JsonElement holder, JsonElement observation, ReportedCode test, string status)
    {
        var said = StatusOf(observation, status);
        var value = FhirValue.Of(holder);
        if (value is { Number: null, Text: null })
        {
            value = said is ResultStatus.Cancelled ? value with { Text = "Withdrawn by the laboratory." }
                : holder.Part("dataAbsentReason").Words() is { } why ? value with { Text = $"No result: {why}" }
                : throw new UnreadableMessageException("An Observation has no value and no reason why.");
        }

        var range = FhirValue.Range(holder, value.Unit);
        var notes = observation.Items("note").Select(n => n.Text("text")).OfType<string>();
        var flag = holder.Items("interpretation").SelectMany(i => i.Items("coding")).Select(c => c.Text("code")).FirstOrDefault(code => code is { Length: <= 20 });
        return new Finding(
            test, value.Number, value.Comparator, value.Text, value.Code, value.Unit, range.Low, range.High, range.Words, flag, said,
            Effective(observation, report), Time(observation, "issued") ?? Time(report, "issued"), string.Join('\n', notes) is { Length: > 0 } words ? words : null, value.Unreadable);
    }

    private ResultStatus StatusOf(JsonElement resource, string? status) => (status, Status) switch
    {
        (_, "entered-in-error" or "cancelled") => ResultStatus.Cancelled,
        ("entered-in-error" or "cancelled", _) => ResultStatus.Cancelled,
        ("amended" or "corrected", _) => ResultStatus.Corrected,
        ("preliminary" or "partial", _) => ResultStatus.Preliminary,
        ("final", "preliminary") => ResultStatus.Preliminary,
        ("final" or "appended", _) => ResultStatus.Final,
        ("unknown", _) => ResultStatus.Preliminary,
        _ => throw new UnreadableMessageException($"The status of {(resource.Text("resourceType") == "Observation" ? "an Observation" : "the report")} is none of FHIR R4."),
    };

    private DateTimeOffset Effective(JsonElement first, JsonElement? second)
        => Time(first, "effectiveDateTime") ?? Time(first, "effectiveInstant") ?? PeriodOf(first)
            ?? (second is { } report ? Time(report, "effectiveDateTime") ?? Time(report, "effectiveInstant") ?? PeriodOf(report) : null)
            ?? Time(first, "issued") ?? (second is { } other ? Time(other, "issued") : null)
            ?? throw new UnreadableMessageException("It does not say when the specimen was taken, and nothing else does.");

    private DateTimeOffset? PeriodOf(JsonElement resource) => resource.Part("effectivePeriod") is { } period ? Time(period, "start") ?? Time(period, "end") : null;

    private DateTimeOffset? Time(JsonElement holder, string name)
        => holder.Text(name) is not { } text ? null
            : FhirTime.TryRead(text, clock, out var read) ? read.At
            : throw new UnreadableMessageException($"{name} is no time.");
}
