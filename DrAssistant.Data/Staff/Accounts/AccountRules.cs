using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>What may stand in an account.</summary>
internal static partial class AccountRules
{
    private static readonly (string Field, string Label, int Longest, Func<AccountDraft, string?> Get)[] Texts =
    [
        (nameof(AccountDraft.FullName), "The name", 100, d => d.FullName),
        (nameof(AccountDraft.Email), "The e-mail address", 100, d => d.Email),
        (nameof(AccountDraft.Specialty), "The specialty", 50, d => d.Specialty),
        (nameof(AccountDraft.Qualification), "The qualification", 100, d => d.Qualification),
        (nameof(AccountDraft.RegistrationNumber), "The registration number", 50, d => d.RegistrationNumber),
        (nameof(AccountDraft.RegistrationCouncil), "The council", 100, d => d.RegistrationCouncil),
    ];

    /// <summary>The first thing that is wrong, beside its field; null where nothing is.</summary>
    public static Refusal? Check(AccountDraft draft)
    {
        if (!UserName().IsMatch(draft.UserName.Trim()))
        {
            return Refusal.Invalid("A user name has 3 to 50 letters, digits, dots, dashes or underscores, and begins with a letter.", nameof(AccountDraft.UserName));
        }

        if (!Email().IsMatch(draft.Email.Trim()))
        {
            return Refusal.Invalid("This is no e-mail address, such as asha.rao@clinic.example.", nameof(AccountDraft.Email));
        }

        if (string.IsNullOrWhiteSpace(draft.FullName))
        {
            return Refusal.Invalid("Give the name as it should stand on prescriptions and lists.", nameof(AccountDraft.FullName));
        }

        foreach (var (field, label, longest, get) in Texts)
        {
            if (get(draft) is { } text && (text.Trim().Length > longest || text.Any(char.IsControl)))
            {
                return Refusal.Invalid(FormattableString.Invariant($"{label} has at most {longest} characters, on one line."), field);
            }
        }

        if (!Enum.IsDefined(draft.Role))
        {
            return Refusal.Invalid("Choose a role.", nameof(AccountDraft.Role));
        }

        // Indian Medical Council Regulations 2002, 1.4.2: a prescription shows the number.
        if (draft.Role is StaffRole.Doctor && string.IsNullOrWhiteSpace(draft.RegistrationNumber))
        {
            return Refusal.Invalid("A doctor cannot sign a prescription without a registration number.", nameof(AccountDraft.RegistrationNumber));
        }

        return string.IsNullOrWhiteSpace(draft.Phone) ? null : PhoneNumber.Parse(draft.Phone, nameof(AccountDraft.Phone)).Refusal;
    }

    /// <summary>Writes what was typed into the account.</summary>
    public static void Fill(StaffMember person, AccountDraft draft)
    {
        person.FullName = draft.FullName.Trim();
        person.Role = draft.Role;
        person.Specialty = Text(draft.Specialty);
        person.Qualification = Text(draft.Qualification);
        person.RegistrationNumber = Text(draft.RegistrationNumber);
        person.RegistrationCouncil = Text(draft.RegistrationCouncil);
        person.PhoneNumber = Text(draft.Phone) is { } phone ? PhoneNumber.Parse(phone).Value?.Text : null;
    }

    /// <summary>What is compared for the audit trail.</summary>
    public static IReadOnlyList<(string Field, string? Value)> Fields(StaffMember person) =>
    [
        ("username", person.UserName), ("email", person.Email), ("full_name", person.FullName), ("role", EnumText.Of(person.Role)),
        ("specialty", person.Specialty), ("qualification", person.Qualification), ("registration_number", person.RegistrationNumber),
        ("registration_council", person.RegistrationCouncil), ("phone", person.PhoneNumber), ("status", EnumText.Of(person.Status)),
    ];

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]{2,49}\z", RegexOptions.NonBacktracking)]
    private static partial Regex UserName();

    [GeneratedRegex(@"^[^\s@]{1,64}@[^\s@]{1,60}\.[^\s@.]{2,24}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
