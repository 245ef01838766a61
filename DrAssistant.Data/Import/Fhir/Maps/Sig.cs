using System.Globalization;
using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>How a medicine is to be taken, in the words of a prescription. What the resource does not say is "as directed".</summary>
internal sealed record Sig(string Dosage, string Frequency, string? Duration, string? Instructions)
{
    private const string AsDirected = "as directed";
    private const int Longest = 50;
    private static readonly string[] Limits = ["maxDosePerPeriod", "maxDosePerAdministration", "maxDosePerLifetime"];

    public static Sig Of(FhirEntry entry)
    {
        var steps = entry.Resource.Items("dosageInstruction").ToList();
        var first = steps.FirstOrDefault();
        var dosage = Dose(first) ?? AsDirected;
        var frequency = Frequent(first);
        var isShort = dosage.Length <= Longest && frequency.Length <= Longest;

        // What does not fit its column is not cut: the instructions take all of it.
        var instructions = steps.SelectMany((step, at) => Further(step, isSaid: at == 0 && isShort)).Distinct().ToList();
        CountUnread(entry, steps);
        return new Sig(
            isShort ? dosage : AsDirected,
            isShort ? frequency : AsDirected,
            Lasting(first),
            instructions.Count == 0 ? null : string.Join("; ", instructions));
    }

    private static string? Dose(JsonElement step)
    {
        var dose = step.Items("doseAndRate").FirstOrDefault();
        return Measured.Written(dose.Part("doseQuantity"))
            ?? (Measured.Written(dose.Part("doseRange").Part("low")) is { } low && Measured.Written(dose.Part("doseRange").Part("high")) is { } high
                ? $"{low} to {high}"
                : null);
    }

    private static string Frequent(JsonElement step)
    {
        var often = step.Part("timing").Part("code").Words() ?? Repeated(step.Part("timing").Part("repeat"));
        var asNeeded = step.Flag("asNeededBoolean") == true
            ? "as needed"
            : step.Part("asNeededCodeableConcept").Words() is { } reason ? $"as needed for {reason}" : null;
        return (often, asNeeded) switch
        {
            (null, null) => AsDirected,
            (_, null) => often,
            (null, _) => asNeeded,
            _ => $"{often}, {asNeeded}",
        };
    }

    /// <summary>FHIR Timing: so many times in so many hours, days, weeks.</summary>
    private static string? Repeated(JsonElement? repeat)
    {
        if (repeat.Number("period") is not { } period || Unit(repeat.Text("periodUnit"), period) is not { } unit)
        {
            return null;
        }

        var times = repeat.Number("frequency") ?? 1;
        var every = period == 1 ? $"every {unit}" : string.Create(CultureInfo.InvariantCulture, $"every {period} {unit}");
        return (times, period, unit) switch
        {
            (1, 1, "day") => "once a day",
            (1, _, _) => every,
            (2, 1, "day") => "twice a day",
            (_, 1, _) => string.Create(CultureInfo.InvariantCulture, $"{times} times a {unit}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{times} times {every}"),
        };
    }

    private static string? Lasting(JsonElement step)
    {
        var bounds = step.Part("timing").Part("repeat").Part("boundsDuration");
        return bounds.Number("value") is { } length && Unit(bounds.Text("code") ?? bounds.Text("unit"), length) is { } unit
            ? string.Create(CultureInfo.InvariantCulture, $"{length} {unit}")
            : Measured.Written(bounds);
    }

    private static string? Unit(string? code, decimal number)
    {
        var one = code switch
        {
            "s" => "second",
            "min" => "minute",
            "h" => "hour",
            "d" => "day",
            "wk" => "week",
            "mo" => "month",
            "a" => "year",
            _ => null,
        };
        return one is null || number == 1 ? one : one + "s";
    }

    private static IEnumerable<string> Further(JsonElement step, bool isSaid)
    {
        var taken = isSaid ? null : $"{Dose(step) ?? AsDirected}, {Frequent(step)}";
        var further = new[]
        {
            step.Text("text"),
            taken,
            step.Part("route").Words() is { } route ? $"route: {route}" : null,
            step.Part("site").Words() is { } site ? $"site: {site}" : null,
            step.Part("method").Words() is { } method ? $"method: {method}" : null,
        };
        return further.Concat(step.Items("additionalInstruction").Select(i => i.Words())).Append(step.Text("patientInstruction")).OfType<string>();
    }

    private static void CountUnread(FhirEntry entry, List<JsonElement> steps)
    {
        foreach (var step in steps)
        {
            entry.LeftOut.AddRange(Limits
                .Where(name => step.Part(name) is not null).Select(name => $"MedicationRequest.dosageInstruction.{name}"));
            entry.LeftOut.AddRange(step.Items("doseAndRate").Where(d => d.Part("rateQuantity") is not null || d.Part("rateRatio") is not null || d.Part("rateRange") is not null)
                .Select(_ => "MedicationRequest.dosageInstruction.doseAndRate.rate"));
        }
    }
}
