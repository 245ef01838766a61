using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Portal.Tests.Patients.Registration;

/// <summary>Filled forms of invented people.</summary>
internal static class Drafts
{
    public const string Abha = "91-7070-7202-7023";

    public static PatientDraft Of(string name = "Laxmi Choudhary", string born = "14-Mar-1980", string mobile = "98450 11827", string sex = "female")
    {
        var draft = new PatientDraft();
        draft[PatientField.FullName] = name;
        draft[PatientField.BirthDate] = born;
        draft[PatientField.Mobile] = mobile;
        draft[PatientField.Sex] = sex;
        return draft;
    }

    /// <summary>Every field filled.</summary>
    public static PatientDraft Full()
    {
        var draft = Of();
        draft[PatientField.AbhaNumber] = Abha;
        draft[PatientField.AbhaAddress] = "laxmi.choudhary@abdm";
        draft[PatientField.BloodGroup] = "B+";
        draft[PatientField.Email] = "laxmi@example.org";
        draft[PatientField.Language] = "kn";
        draft[PatientField.AddressLine] = "27, 3rd Cross, HAL 2nd Stage";
        draft[PatientField.Town] = "Bengaluru";
        draft[PatientField.District] = "Bengaluru Urban";
        draft[PatientField.State] = "Karnataka";
        draft[PatientField.Pin] = "560 038";
        draft[PatientField.ContactName] = "Ramesh Choudhary";
        draft[PatientField.ContactRelation] = "Husband";
        draft[PatientField.ContactPhone] = "098450-11828";
        draft[PatientField.GuardianName] = "Savita Choudhary";
        draft[PatientField.GuardianRelation] = "Mother";
        draft[PatientField.GuardianPhone] = "+91 98450 11829";
        draft.AllergiesStatus = AllergiesStatus.Known;
        draft.Allergies.Add(new AllergyDraft { Substance = "Penicillin", Reaction = "Rash", Severity = AllergySeverity.Severe });
        draft.Allergies.Add(new AllergyDraft { Substance = "Eggs" });
        draft.ConsentGiven = true;
        draft.ConsentHow = ConsentHow.Spoken;
        return draft;
    }

    public static LikelyDuplicate Duplicate(string first = "Lakshmi", string last = "Chaudhuri", Likelihood likelihood = Likelihood.VeryLikely) => new(
        Guid.CreateVersion7(), new PersonName(first, last), "SC24-004812-4", new DateOnly(1980, 3, 14), Age.On(new DateOnly(2026, 11, 5), new DateOnly(1980, 3, 14)),
        Gender.Female, PatientStatus.Active, likelihood,
        [new MatchFact(Match.Same, "Same birth date, 14-Mar-1980"), new MatchFact(Match.Alike, "Name sounds alike")],
        RegisteredOn: new DateOnly(2024, 2, 1), LastHere: new DateOnly(2026, 8, 12));
}
