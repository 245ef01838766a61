using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>Writes the note of an imported visit from what is recorded of it, and nothing else.</summary>
internal static class NoteComposer
{
    private const string SmokingStatus = "72166-2"; // LOINC, Tobacco smoking status NHIS

    /// <summary>Null when nothing is recorded but that the visit took place.</summary>
    public static ClinicalNote? Compose(NotedVisit visit, FactsOfVisit facts)
    {
        if (facts is { Diagnoses: [], Measurements: [], LabResults: [], Medicines: [], Procedures: [], Vaccines: [] })
        {
            return null;
        }

        return new ClinicalNote
        {
            Id = Guid.CreateVersion7(),
            EncounterId = visit.Id,
            PatientId = visit.PatientId,
            DoctorId = visit.DoctorId,
            CreatedAt = visit.Start,
            UpdatedAt = visit.End,
            Status = NoteStatus.Signed,
            SignedBy = visit.DoctorId,
            SignedAt = visit.End,
            Content = Content(visit, facts),
            Metadata = new NoteMetadata { Source = "FHIR import" },
        };
    }

    private static SoapContent Content(NotedVisit visit, FactsOfVisit facts)
    {
        var social = facts.Measurements.Where(m => m.Category == "social-history" || m.Code == SmokingStatus).ToList();
        var vitals = Vitals(facts.Measurements, out var said);
        var others = facts.Measurements.Except(social).Except(said).ToList();
        var procedures = facts.Procedures.Concat(facts.Vaccines.Select(name => $"Immunization: {name}")).ToList();
        return new SoapContent
        {
            Subjective = visit.ChiefComplaint is null && social.Count == 0
                ? null
                : new Subjective { ChiefComplaint = visit.ChiefComplaint, SocialHistory = Joined(social) },
            Objective = vitals is null && others.Count == 0 && facts.LabResults.Count == 0
                ? null
                : new Objective
                {
                    VitalSigns = vitals,
                    PhysicalExam = Joined(others) is { } rest ? new Dictionary<string, string>(StringComparer.Ordinal) { ["general"] = rest } : null,
                    LabResults = OrNull(facts.LabResults),
                },
            Assessment = facts.Diagnoses.Count == 0 ? null : new Assessment { Diagnoses = facts.Diagnoses },
            Plan = procedures.Count == 0 && facts.Medicines.Count == 0
                ? null
                : new Plan { Treatments = OrNull(procedures), Medications = OrNull(facts.Medicines) },
        };
    }

    /// <summary>The vital signs that a note has a place for, by LOINC and in the unit of that place; the last one of a visit counts.</summary>
    private static VitalSigns? Vitals(List<Measurement> all, out List<Measurement> said)
    {
        var used = new List<Measurement>();
        var vitals = new VitalSigns
        {
            Temperature = Last(1, "Cel", "8310-5", "8331-1"),
            HeartRate = Last(0, "/min", "8867-4"),
            RespiratoryRate = Last(0, "/min", "9279-1"),
            BloodPressure = Found("mm[Hg]", "8480-6") is not null && Found("mm[Hg]", "8462-4") is not null
                ? new BloodPressure(Last(0, "mm[Hg]", "8480-6")!.Value, Last(0, "mm[Hg]", "8462-4")!.Value)
                : null,
            OxygenSaturation = Last(0, "%", "59408-5", "2708-6"),
            Weight = Last(1, "kg", "29463-7", "3141-9"),
            Height = Last(1, "cm", "8302-2"),
            Bmi = Last(1, "kg/m2", "39156-5"),
        };
        said = used;
        return used.Count == 0 ? null : vitals;

        decimal? Last(int decimals, string unit, params string[] codes)
        {
            if (Found(unit, codes) is not { } found)
            {
                return null;
            }

            used.Add(found);
            return Math.Round(found.Number!.Value, decimals, MidpointRounding.AwayFromZero);
        }

        Measurement? Found(string unit, params string[] codes)
            => all.FindLast(m => codes.Contains(m.Code) && m.Unit == unit && m.Number is not null);
    }

    private static string? Joined(List<Measurement> measurements)
        => measurements.Count == 0 ? null : string.Join("; ", measurements.Select(m => m.Sentence));

    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
