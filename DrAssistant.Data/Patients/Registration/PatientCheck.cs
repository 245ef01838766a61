using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// What is wrong with a draft, field by field, in words for the person at the desk: a form asks when a field is left, the service before
/// it saves. What the record has had before is not held against whoever changes something else.
/// </summary>
public sealed record PatientCheck(PatientDraft Draft, DateOnly Today)
{
    private const int LongestNamePart = 50;
    private const int LongestText = 100;
    private const int LongestLine = 200;
    private const int LongestEmail = 254;
    private const int GrownUp = 18;
    private static readonly string[] BloodGroups = ["A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"];

    /// <summary>The day of birth or what is known of it; null while there is none.</summary>
    public BirthDate? Birth => ReadBirth() is { Succeeded: true } birth ? birth.Value : null;

    /// <summary>Under 18 by what was typed; a guardian is asked for.</summary>
    public bool IsChild => Birth is { } birth && Age.On(Today, birth.Day).Years < GrownUp;

    /// <summary>Every field that cannot be saved as it is, in the order of the form.</summary>
    public IReadOnlyDictionary<PatientField, Refusal> Faults()
    {
        var faults = new SortedDictionary<PatientField, Refusal>();
        foreach (var field in Enum.GetValues<PatientField>())
        {
            if (FaultOf(field, needed: true) is { } fault)
            {
                faults[field] = fault;
            }
        }

        return faults;
    }

    /// <summary>What is wrong with one field; while it is being filled, nothing is missing yet.</summary>
    public Refusal? FaultOf(PatientField field, bool needed)
    {
        if (Draft.IsAsOpened(field) && field is not PatientField.Allergies)
        {
            return null;
        }

        var text = Draft.TextOf(field);
        if (text.Length == 0)
        {
            return needed ? MissingFault(field) : null;
        }

        return Shape(field, text);
    }

    /// <summary>What to look at again and may be saved all the same.</summary>
    public string? WarningOf(PatientField field)
    {
        var text = Draft.TextOf(field);
        return field switch
        {
            _ when text.Length == 0 => null,
            PatientField.AbhaNumber => AbhaNumber.Parse(text).Value?.Warning,
            PatientField.AbhaAddress => AbhaAddress.Parse(text).Value?.Warning,
            PatientField.Mobile => PhoneNumber.Parse(text).Value?.Warning,
            _ => null,
        };
    }

    internal Result<BirthDate> ReadBirth() => Draft[PatientField.BirthDate].Trim().Length > 0
        ? BirthDate.Parse(Draft[PatientField.BirthDate], Today, nameof(PatientField.BirthDate))
        : BirthDate.FromAge(Draft[PatientField.Age], Today, nameof(PatientField.Age));

    public override string ToString() => nameof(PatientCheck);

    private Refusal? Shape(PatientField field, string text) => field switch
    {
        PatientField.AbhaNumber => AbhaNumber.Parse(text, field.ToString()).Refusal,
        PatientField.AbhaAddress => AbhaAddress.Parse(text, field.ToString()).Refusal,
        PatientField.FullName => NameFault(text),
        PatientField.Sex => Enum.TryParse<Gender>(text, ignoreCase: true, out _) ? null : Invalid(field, "Choose one."),
        PatientField.BloodGroup => BloodGroups.Contains(text) ? null : Invalid(field, "Choose one of the eight blood groups."),
        PatientField.BirthDate => BirthDate.Parse(text, Today, field.ToString()).Refusal,
        PatientField.Age => Draft[PatientField.BirthDate].Trim().Length > 0 ? null : BirthDate.FromAge(text, Today, field.ToString()).Refusal,
        PatientField.Mobile or PatientField.ContactPhone or PatientField.GuardianPhone => PhoneNumber.Parse(text, field.ToString()).Refusal,
        PatientField.Email => EmailFault(text),
        PatientField.Language => Language.All.Any(l => l.Tag == text) ? null : Invalid(field, "Choose a language of the list."),
        PatientField.Pin => PinCode.Parse(text, field.ToString()).Refusal,
        PatientField.AddressLine => TooLong(field, text, LongestLine),
        PatientField.Allergies => AllergiesFault(),
        _ => TooLong(field, text, LongestText),
    };

    private Refusal? MissingFault(PatientField field) => field switch
    {
        PatientField.FullName => Invalid(field, "Write the patient's name. One word is enough."),
        PatientField.Sex => Invalid(field, "Choose the patient's sex."),
        PatientField.BirthDate when Draft[PatientField.Age].Trim().Length == 0 => Invalid(field, "Write the date of birth, or the age beside it."),
        PatientField.Mobile when !Draft.NoPhone => Invalid(field, "Write the mobile number, or tick that there is none."),
        PatientField.ContactName when Has(PatientField.ContactRelation, PatientField.ContactPhone) => Invalid(field, "Write who is to be called."),
        PatientField.GuardianName when Has(PatientField.GuardianRelation, PatientField.GuardianPhone) => Invalid(field, "Write the guardian's name."),
        _ => null,
    };

    private static Refusal? NameFault(string text)
    {
        if (!text.Any(char.IsLetter))
        {
            return Invalid(PatientField.FullName, "A name has letters.");
        }

        var (first, last) = PersonName.Parted(text);
        return first.Length <= LongestNamePart && last.Length <= LongestNamePart
            ? null
            : Invalid(PatientField.FullName, $"A name has at most {LongestNamePart} characters before its last word, and {LongestNamePart} in it.");
    }

    private static Refusal? EmailFault(string text) => text.Length <= LongestEmail && !text.Any(char.IsWhiteSpace)
        && text.Split('@') is [{ Length: > 0 }, var domain] && domain.Split('.') is { Length: > 1 } parts && Array.TrueForAll(parts, part => part.Length > 0)
            ? null
            : Invalid(PatientField.Email, "An e-mail address looks like name@example.org.");

    private Refusal? AllergiesFault()
    {
        if (Draft.AllergiesStatus is not AllergiesStatus.Known)
        {
            return Draft.Allergies.Any(a => !a.IsEmpty)
                ? Invalid(PatientField.Allergies, "Take the listed allergies away first, or choose “Known”.")
                : null;
        }

        var lines = Draft.Allergies.Where(a => !a.IsEmpty).ToList();
        if (lines.Count == 0 && Draft.AllergiesAreRead)
        {
            return Invalid(PatientField.Allergies, "Write what the patient is allergic to, or choose another answer.");
        }

        return lines.Exists(a => PlainText.Of(a.Substance).Length is 0 or > LongestLine || PlainText.Of(a.Reaction).Length > LongestLine)
            ? Invalid(PatientField.Allergies, $"Write the substance of each allergy, in at most {LongestLine} characters.")
            : null;
    }

    private bool Has(params PatientField[] fields) => Array.Exists(fields, field => Draft.TextOf(field).Length > 0);

    private static Refusal? TooLong(PatientField field, string text, int longest)
        => text.Length <= longest ? null : Invalid(field, $"Shorten this to {longest} characters.");

    private static Refusal Invalid(PatientField field, string message) => Refusal.Invalid(message, field.ToString());
}
