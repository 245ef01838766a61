using System.Text.Json;
using DrAssistant.Data.Encounters;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>
/// Observation: a laboratory value becomes the result of an order; anything else that was measured, asked or found stays an
/// observation. Each component of a panel, such as a blood pressure, is a row of its own.
/// </summary>
internal static class ObservationMap
{
    private const string Laboratory = "laboratory";
    private static readonly string[] OfResults = ["interpretation", "referenceRange"];

    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "subject") is not { } patientId)
        {
            return;
        }

        var category = Category(entry, context);
        var visit = context.Visit(entry, patientId);
        var effective = entry.Began("effective") ?? entry.Time("effectiveInstant") ?? entry.Time("issued") ?? visit?.Start;
        if (effective is not { } at)
        {
            entry.Refuse("has no effectiveDateTime");
            return;
        }

        var found = Findings(entry);
        if (found.Count == 0)
        {
            entry.NoPlace = "Observation without a value";
            return;
        }

        if (category == Laboratory)
        {
            ResultMap.Map(entry, context, patientId, visit, at, found);
            return;
        }

        CountWhatOnlyResultsKeep(entry);
        var recorder = context.Practitioner(entry, entry.Resource.Items("performer").FirstOrDefault());
        var status = Status(entry);
        var rows = found.Select(finding => new Observation
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            EncounterId = visit?.Id,
            Category = category,
            Code = finding.Coded.CodeOrAbsent,
            CodeSystem = finding.Coded.SystemOrAbsent,
            Name = finding.Coded.Name,
            ValueNumber = finding.Value.Number,
            ValueText = entry.Fit(finding.Value.Text, 500, "value"),
            Unit = finding.Value.Unit,
            EffectiveAt = at,
            RecordedBy = recorder,
            Status = status,
        }).ToList();
        rows.ForEach(row => entry.Add(Tables.Observations, row));
        entry.Becomes("observations", rows[0].Id, patientId);
    }

    /// <summary>The value of the whole, and that of each part.</summary>
    private static List<Finding> Findings(FhirEntry entry)
    {
        var found = new List<Finding>();
        Find(entry.Resource, "code");
        foreach (var component in entry.Resource.Items("component"))
        {
            if (!Find(component, "component.code"))
            {
                entry.LeftOut.Add("Observation.component without a value");
            }
        }

        return found;

        bool Find(JsonElement holder, string path)
        {
            var value = Measured.Of(entry, holder);
            if (value is not null)
            {
                found.Add(new Finding(entry.Concept(holder.Part("code"), path, Coded.Loinc), value, holder));
            }

            return value is not null;
        }
    }

    /// <summary>HL7 observation-category; a value that a laboratory report lists is a laboratory value whatever else it says not.</summary>
    private static string Category(FhirEntry entry, FileContext context)
    {
        var words = entry.Resource.Items("category").SelectMany(c => c.Items("coding")).Select(c => c.Text("code")).OfType<string>().ToList();
        foreach (var word in words)
        {
            switch (word)
            {
                case "vital-signs" or "social-history" or "survey" or "exam" or "imaging" or "procedure" or Laboratory:
                    return word;
                case "vital-sign":
                    entry.Nearest.Add("Observation.category vital-sign: vital-signs");
                    return "vital-signs";
                case "therapy":
                    entry.Nearest.Add("Observation.category therapy: procedure");
                    return "procedure";
                case "activity":
                    entry.Nearest.Add("Observation.category activity: social-history");
                    return "social-history";
            }
        }

        if (context.Index.ReportOf(entry.Key) is not null)
        {
            entry.Nearest.Add("Observation without a category, in a report: laboratory");
            return Laboratory;
        }

        entry.Nearest.Add("Observation of another category or none: exam");
        return "exam";
    }

    private static RecordStatus Status(FhirEntry entry)
    {
        var word = entry.Text("status");
        if (word is "unknown" or "cancelled")
        {
            entry.Nearest.Add($"Observation.status {word}: {(word == "unknown" ? "final" : "entered in error")}");
        }

        return entry.Word(word, "status",
            ("final", RecordStatus.Final), ("unknown", RecordStatus.Final), ("registered", RecordStatus.Preliminary), ("preliminary", RecordStatus.Preliminary),
            ("amended", RecordStatus.Amended), ("corrected", RecordStatus.Amended),
            ("cancelled", RecordStatus.EnteredInError), ("entered-in-error", RecordStatus.EnteredInError));
    }

    private static void CountWhatOnlyResultsKeep(FhirEntry entry)
        => entry.LeftOut.AddRange(OfResults.Where(name => entry.Resource.Part(name) is not null).Select(name => $"Observation.{name} (no laboratory value)"));
}

/// <summary>One value with what it is the value of, and the JSON that has its reference range.</summary>
internal sealed record Finding(Coded Coded, Measured Value, JsonElement Holder);
