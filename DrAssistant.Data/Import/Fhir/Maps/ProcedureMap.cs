using DrAssistant.Data.Encounters;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>Procedure: something done to or for the patient.</summary>
internal static class ProcedureMap
{
    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "subject") is not { } patientId)
        {
            return;
        }

        var visit = context.Visit(entry, patientId);
        var coded = entry.Concept(entry.Resource.Part("code"), "code", Coded.Snomed);
        var started = entry.Began("performed") ?? visit?.Start;
        var ended = entry.Ended("performed");
        if (started is null)
        {
            entry.Refuse("has no performedDateTime or performedPeriod");
        }
        else if (ended < started)
        {
            entry.Refuse("ends before it begins");
        }

        if (Status(entry) is not { } status)
        {
            return;
        }

        var procedure = new Procedure
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            EncounterId = visit?.Id,
            Code = coded.Code,
            CodeSystem = coded.System,
            Name = coded.Name,
            Reason = Reason(entry),
            StartedAt = started.GetValueOrDefault(),
            EndedAt = ended,
            Status = status,
            RecordedBy = context.Practitioner(entry, entry.Resource.Items("performer").FirstOrDefault().Part("actor")),
        };
        entry.Add(Tables.Procedures, procedure);
        entry.Becomes("procedures", procedure.Id, patientId);
    }

    private static ProcedureStatus? Status(FhirEntry entry)
    {
        var word = entry.Text("status");
        if (word is "preparation" or "on-hold")
        {
            entry.NoPlace = $"Procedure ({word})";
            return null;
        }

        if (word is "in-progress" or "unknown")
        {
            entry.Nearest.Add($"Procedure.status {word}: completed");
        }

        return entry.Word(word, "status",
            ("completed", ProcedureStatus.Completed), ("in-progress", ProcedureStatus.Completed), ("unknown", ProcedureStatus.Completed),
            ("not-done", ProcedureStatus.NotDone), ("stopped", ProcedureStatus.Stopped), ("entered-in-error", ProcedureStatus.EnteredInError));
    }

    private static string? Reason(FhirEntry entry)
    {
        var reasons = entry.Resource.Items("reasonCode").Select(r => r.Words())
            .Concat(entry.Resource.Items("reasonReference").Select(r => r.Text("display")))
            .OfType<string>().Distinct().ToList();
        return reasons.Count == 0 ? null : entry.Fit(string.Join("; ", reasons), 255, "reason");
    }
}
