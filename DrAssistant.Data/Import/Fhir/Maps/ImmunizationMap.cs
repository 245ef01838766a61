using DrAssistant.Data.Encounters;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>Immunization: a vaccine given, or noted as not given.</summary>
internal static class ImmunizationMap
{
    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "patient") is not { } patientId)
        {
            return;
        }

        var visit = context.Visit(entry, patientId);
        var coded = entry.Concept(entry.Resource.Part("vaccineCode"), "vaccineCode", Coded.Cvx);
        var given = entry.Time("occurrenceDateTime");
        if (given is null)
        {
            entry.Refuse("has no occurrenceDateTime");
        }

        var immunization = new Immunization
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            EncounterId = visit?.Id,
            Code = coded.CodeOrAbsent,
            CodeSystem = coded.SystemOrAbsent,
            Name = coded.Name,
            GivenAt = given.GetValueOrDefault(),
            Status = entry.Word(entry.Text("status"), "status",
                ("completed", ImmunizationStatus.Completed), ("not-done", ImmunizationStatus.NotDone), ("entered-in-error", ImmunizationStatus.EnteredInError)),
            RecordedBy = context.Practitioner(entry, entry.Resource.Items("performer").FirstOrDefault().Part("actor")),
        };
        entry.Add(Tables.Immunizations, immunization);
        entry.Becomes("immunizations", immunization.Id, patientId);
    }
}
