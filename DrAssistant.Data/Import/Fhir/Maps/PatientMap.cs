using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>Patient: a person on this practice's register, with a number of its own.</summary>
internal static class PatientMap
{
    public static void Map(FhirEntry entry, FileContext context)
    {
        var numbers = Identifiers.Of(entry.Resource).Where(i => i.IsRecordNumber && i.KeyFor(entry.Type).Fits).ToList();
        var born = Born(entry, context);
        var name = HumanName.Of(entry);
        if (name is null)
        {
            entry.Refuse("has no name");
        }

        if (entry.Refusal is not null || name is null || born is not { } birth)
        {
            return;
        }

        if (numbers.Select(i => context.Known.Find(i.KeyFor(entry.Type))).FirstOrDefault(row => row is { Target: "patients" }) is { } met)
        {
            Meet(entry, context, met.TargetId, birth.Day);
            return;
        }

        var patient = new Patient
        {
            Id = Guid.CreateVersion7(),
            FirstName = entry.Fit(name.First, 50, "name.given") ?? "",
            LastName = entry.Fit(name.Last, 50, "name.family") ?? "",
            DateOfBirth = birth.Day,
            DateOfBirthEstimated = !birth.IsWholeDay,
            Gender = GenderOf(entry),
            PreferredLanguage = Language(entry),
            DeceasedAt = Died(entry, context),
            Status = entry.Resource.Flag("active") == false ? PatientStatus.Inactive : PatientStatus.Active,
        };
        context.Vault.Seal(patient, PatientContactMap.Read(entry));
        entry.Add(Tables.Patients, patient);
        entry.Add(Tables.Names, PatientNameIndex.Of(patient.Id, patient.FirstName, patient.LastName));
        entry.Becomes("patients", patient.Id, patient.Id);
        context.AddBirth(patient.Id, patient.DateOfBirth);
        foreach (var key in numbers.Select(i => i.KeyFor(entry.Type)).Where(key => key != entry.Key).Distinct())
        {
            entry.Add(Tables.Imported, new ImportedRow(key, "patients", patient.Id, patient.Id, null));
        }
    }

    /// <summary>The same record number of the same system: the same person, under another id.</summary>
    private static void Meet(FhirEntry entry, FileContext context, Guid patientId, DateOnly born)
    {
        if (context.IsAnother(patientId, born))
        {
            entry.Refuse("its record number is that of a patient with another birthDate");
            return;
        }

        entry.Nearest.Add("Patient: known already by a record number");
        entry.Becomes("patients", patientId, patientId);
    }

    private static FhirTime? Born(FhirEntry entry, FileContext context)
    {
        if (entry.Text("birthDate") is not { } text)
        {
            entry.Refuse("has no birthDate");
            return null;
        }

        if (!FhirTime.TryRead(text, context.Clock, out var born))
        {
            entry.Refuse("birthDate is no date");
            return null;
        }

        if (born.Day > context.Clock.Today)
        {
            entry.Refuse("birthDate lies in the future");
        }

        if (!born.IsWholeDay)
        {
            entry.Nearest.Add("Patient.birthDate: a year or month became its first day, marked as estimated");
        }

        return born;
    }

    private static Gender GenderOf(FhirEntry entry)
    {
        if (entry.Text("gender") is not { } word || word == "unknown")
        {
            entry.Nearest.Add("Patient.gender unknown: other");
            return Gender.Other;
        }

        return entry.Word(word, "gender", ("male", Gender.Male), ("female", Gender.Female), ("other", Gender.Other));
    }

    private static string? Language(FhirEntry entry)
    {
        var languages = entry.Resource.Items("communication").OrderByDescending(c => c.Flag("preferred") == true).ToList();
        entry.LeftOut.AddRange(languages.Skip(1).Select(_ => "Patient.communication (further)"));
        var tag = languages.FirstOrDefault().Part("language").Items("coding").FirstOrDefault().Text("code");
        return entry.Fit(tag, 10, "communication.language");
    }

    private static DateTimeOffset? Died(FhirEntry entry, FileContext context)
    {
        if (entry.Time("deceasedDateTime") is { } at)
        {
            return at;
        }

        if (entry.Resource.Flag("deceasedBoolean") != true)
        {
            return null;
        }

        // Without a date the banner must still say that the person has died.
        entry.Nearest.Add("Patient.deceasedBoolean: died, on a day not known; the day of the import stands");
        return context.Clock.Now;
    }
}
