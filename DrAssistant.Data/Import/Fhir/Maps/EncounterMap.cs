using DrAssistant.Data.Encounters;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>Encounter: a visit that took place elsewhere.</summary>
internal static class EncounterMap
{
    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "subject") is not { } patientId)
        {
            return;
        }

        var period = entry.Resource.Part("period");
        var start = entry.Time(period, "start", "period.start")?.At;
        var end = entry.Time(period, "end", "period.end")?.At;
        if (start is null)
        {
            entry.Refuse("has no period.start");
        }
        else if (end < start)
        {
            entry.Refuse("ends before it begins");
        }

        if (Status(entry) is not { } status)
        {
            return;
        }

        var encounter = new Encounter
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            DoctorId = Doctor(entry, context) ?? context.UnknownPractitioner(entry),
            EncounterType = TypeOf(entry),
            StartTime = start.GetValueOrDefault(),
            EndTime = end,
            ChiefComplaint = Reason(entry),
            Status = status,
        };
        entry.Add(Tables.Encounters, encounter);
        entry.Becomes("encounters", encounter.Id, patientId);
        context.Add(new Visit(encounter.Id, patientId, encounter.DoctorId, encounter.StartTime, encounter.EndTime));
    }

    /// <summary>Nothing that happened elsewhere is still going on here: nobody could ever close it.</summary>
    private static EncounterStatus? Status(FhirEntry entry)
    {
        var word = entry.Text("status");
        if (word == "planned")
        {
            entry.NoPlace = "Encounter (planned)";
            return null;
        }

        if (word is "arrived" or "triaged" or "in-progress" or "onleave" or "unknown")
        {
            entry.Nearest.Add($"Encounter.status {word}: completed");
        }

        if (word == "entered-in-error")
        {
            entry.Nearest.Add("Encounter.status entered-in-error: cancelled");
        }

        return entry.Word(word, "status",
            ("finished", EncounterStatus.Completed), ("arrived", EncounterStatus.Completed), ("triaged", EncounterStatus.Completed),
            ("in-progress", EncounterStatus.Completed), ("onleave", EncounterStatus.Completed), ("unknown", EncounterStatus.Completed),
            ("cancelled", EncounterStatus.Cancelled), ("entered-in-error", EncounterStatus.Cancelled));
    }

    private static EncounterType TypeOf(FhirEntry entry)
    {
        var code = entry.Resource.Part("class").Text("code");
        switch (code)
        {
            case "AMB":
                return EncounterType.OfficeVisit;
            case "EMER":
                return EncounterType.Emergency;
            case "VR":
                return EncounterType.Telemedicine;
            case "HH":
                return EncounterType.HomeVisit;
            case "FLD":
                entry.Nearest.Add("Encounter.class FLD: home visit");
                return EncounterType.HomeVisit;
            case "IMP" or "ACUTE" or "NONAC" or "OBSENC" or "PRENC" or "SS":
                entry.Nearest.Add($"Encounter.class {code}: office visit");
                return EncounterType.OfficeVisit;
            default:
                entry.Nearest.Add("Encounter.class of another code: office visit");
                return EncounterType.OfficeVisit;
        }
    }

    private static Guid? Doctor(FhirEntry entry, FileContext context)
    {
        // HL7 v3 ParticipationType: PPRF is who did it, ATND who is responsible.
        var participants = entry.Resource.Items("participant")
            .OrderBy(p => p.CodeIn("type", "ParticipationType") switch { "PPRF" => 0, "ATND" => 1, _ => 2 })
            .Select(p => context.Practitioner(entry, p.Part("individual")))
            .ToList();
        var doctor = participants.FirstOrDefault(found => found is not null);
        entry.LeftOut.AddRange(Enumerable.Repeat("Encounter.participant (further)", Math.Max(0, participants.Count - 1)));
        if (doctor is null)
        {
            entry.Nearest.Add("Encounter without a practitioner who is here: the one that stands for them");
        }

        return doctor;
    }

    private static string? Reason(FhirEntry entry)
    {
        var reasons = entry.Resource.Items("reasonCode").Select(r => r.Words())
            .Concat(entry.Resource.Items("reasonReference").Select(r => r.Text("display")))
            .OfType<string>().Distinct().ToList();
        if (reasons.Count > 0)
        {
            entry.LeftOut.AddRange(entry.Resource.Items("type").Select(_ => "Encounter.type"));
            return string.Join("; ", reasons);
        }

        var type = entry.Resource.Items("type").Select(t => t.Words()).FirstOrDefault(words => words is not null);
        if (type is not null)
        {
            entry.Nearest.Add("Encounter.type: the reason of a visit that gives none");
        }

        return type;
    }
}
