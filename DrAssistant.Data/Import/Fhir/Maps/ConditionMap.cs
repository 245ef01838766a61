using DrAssistant.Data.Encounters;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>Condition: an entry of the problem list.</summary>
internal static class ConditionMap
{
    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "subject") is not { } patientId)
        {
            return;
        }

        var visit = context.Visit(entry, patientId);
        var coded = entry.Concept(entry.Resource.Part("code"), "code", Coded.Snomed);
        var onset = entry.Began("onset");
        var abated = entry.Time("abatementDateTime") ?? entry.Ended("abatement") ?? entry.Began("abatement");
        if (abated < onset)
        {
            entry.Refuse("ends before it begins");
        }

        var condition = new Condition
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            EncounterId = visit?.Id,
            Code = coded.Code,
            CodeSystem = coded.System,
            Name = coded.Name,
            Status = Status(entry, abated is not null),
            OnsetAt = onset,
            AbatedAt = abated,
            RecordedAt = entry.Time("recordedDate") ?? onset ?? visit?.Start ?? context.Clock.Now,
            RecordedBy = context.Practitioner(entry, entry.Resource.Part("recorder") ?? entry.Resource.Part("asserter")),
        };
        entry.Add(Tables.Conditions, condition);
        entry.Becomes("conditions", condition.Id, patientId);
    }

    private static ConditionStatus Status(FhirEntry entry, bool hasEnded)
    {
        switch (entry.Resource.CodeIn("verificationStatus", "condition-ver-status"))
        {
            case "entered-in-error":
                return ConditionStatus.EnteredInError;
            case "refuted":
                entry.Nearest.Add("Condition.verificationStatus refuted: inactive");
                return ConditionStatus.Inactive;
            case "unconfirmed" or "provisional" or "differential":
                entry.LeftOut.Add("Condition.verificationStatus (not confirmed)");
                break;
        }

        if (entry.Resource.Part("clinicalStatus") is null)
        {
            entry.Nearest.Add($"Condition without a clinicalStatus: {(hasEnded ? "resolved, as it has ended" : "active")}");
            return hasEnded ? ConditionStatus.Resolved : ConditionStatus.Active;
        }

        return entry.Word(entry.Resource.CodeIn("clinicalStatus", "condition-clinical"), "clinicalStatus",
            ("active", ConditionStatus.Active), ("recurrence", ConditionStatus.Active), ("relapse", ConditionStatus.Active),
            ("inactive", ConditionStatus.Inactive), ("remission", ConditionStatus.Inactive), ("resolved", ConditionStatus.Resolved));
    }
}
