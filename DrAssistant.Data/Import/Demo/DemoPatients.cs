using DrAssistant.Data.Import.Demo.People;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Demo;

/// <summary>Registers the patients: those who came first have the lowest numbers.</summary>
internal sealed class DemoPatients
{
    private static readonly string[] BloodGroups = ["O+", "B+", "A+", "AB+", "O-", "B-", "A-", "AB-"];

    private readonly Dictionary<int, Patient> _byNumber = [];

    public Patient this[int number] => _byNumber[number];

    /// <summary>Registers everybody.</summary>
    /// <param name="histories">Everybody's.</param>
    /// <param name="calendar">The practice's days.</param>
    /// <param name="moment">Now.</param>
    /// <param name="mrn">The MRN of the running-th patient, registered in a year.</param>
    /// <param name="vault">Seals what identifies them.</param>
    /// <param name="record">Where they are put.</param>
    public DemoPatients(
        IEnumerable<DemoHistory> histories, DemoCalendar calendar, DemoMoment moment, Func<int, int, string> mrn, PatientVault vault, DemoRecord record)
    {
        var registered = histories.Select(h => (History: h, At: RegisteredAt(h, calendar, moment))).OrderBy(r => r.At).ThenBy(r => r.History.Number);
        foreach (var (history, at) in registered)
        {
            var patient = Register(history, at, calendar.Today, mrn(record.Patients.Count, calendar.Clock.DayOf(at).Year));
            vault.Seal(patient, DemoContacts.Of(history.Person, history.Number));
            _byNumber.Add(history.Number, patient);
            record.Patients.Add(patient);
            record.Names.Add(PatientNameIndex.Of(patient.Id, patient.FirstName, patient.LastName));
            AskForAllergies(history, patient, record);
        }
    }

    /// <summary>A little before the first visit; who has not been here yet registered by telephone some days ago.</summary>
    private static DateTimeOffset RegisteredAt(DemoHistory history, DemoCalendar calendar, DemoMoment moment)
    {
        var dice = new DemoDice("registration", history.Number);
        if (history.Past is [var first, ..])
        {
            return calendar.Slots(history.Panel, first.Day)[0].Start.AddMinutes(-dice.Between(25, 45));
        }

        var daysAgo = Math.Min(dice.Between(2, 9), Math.Max(0, history.Person.AgeInDays - 1));
        return moment.Now.AddDays(-daysAgo).AddMinutes(-dice.Between(70, 150));
    }

    private static Patient Register(DemoHistory history, DateTimeOffset at, DateOnly today, string mrn)
    {
        var (person, dice) = (history.Person, new DemoDice("patient", history.Number));
        return new Patient
        {
            Id = Guid.CreateVersion7(),
            Mrn = mrn,
            FirstName = person.FirstName,
            LastName = person.LastName,
            DateOfBirth = person.Born(today),
            DateOfBirthEstimated = person.Estimated,
            Gender = person.Gender,
            PreferredLanguage = person.Language,
            BloodGroup = dice.Chance(62) ? BloodGroup(dice) : null,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    /// <summary>About as common as in India: O and B before A, one in twenty negative.</summary>
    private static string BloodGroup(DemoDice dice) => dice.Below(100) switch
    {
        < 35 => BloodGroups[0],
        < 68 => BloodGroups[1],
        < 88 => BloodGroups[2],
        < 95 => BloodGroups[3],
        _ => BloodGroups[dice.Between(4, 7)],
    };

    private static void AskForAllergies(DemoHistory history, Patient patient, DemoRecord record)
    {
        var dice = new DemoDice("allergies", history.Number);
        if (history.IsNew || dice.Chance(10))
        {
            return; // nobody has asked yet
        }

        var at = patient.CreatedAt.AddMinutes(25);
        patient.AllergiesRecordedAt = at;
        if (!dice.Chance(24))
        {
            patient.AllergiesStatus = AllergiesStatus.NoneKnown;
            return;
        }

        var given = history.Past.Append(history.Next).SelectMany(v => v.Story.Visits).SelectMany(v => v.Medicines).Select(m => m.Id).ToHashSet();
        var allergens = dice.Shuffled(DemoAllergies.All.Where(a => !a.Forbids.Any(given.Contains)))
            .DistinctBy(a => a.Substance).Take(dice.Chance(25) ? 2 : 1).ToList();
        patient.AllergiesStatus = AllergiesStatus.Known;
        patient.Allergies = [.. allergens.Select(a => a.Substance)];
        record.Allergies.AddRange(allergens.Select(a => new Allergy
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient.Id,
            Substance = a.Substance,
            Category = a.Category,
            Reaction = a.Reaction,
            Severity = a.Severity,
            RecordedAt = at,
        }));
    }
}
