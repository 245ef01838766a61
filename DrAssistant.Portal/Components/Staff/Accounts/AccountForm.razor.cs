using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Staff.Accounts;

/// <summary>What is known of somebody who works here, field by field.</summary>
public partial class AccountForm
{
    private static readonly AccountField[] Fields =
    [
        new(nameof(AccountDraft.FullName), "Full name", "As on prescriptions and lists: Dr. Asha Rao", 100, d => d.FullName, (d, v) => d.FullName = v ?? ""),
        new(nameof(AccountDraft.UserName), "User name", "For signing in; letters, digits, dots", 50, d => d.UserName, (d, v) => d.UserName = v ?? ""),
        new(nameof(AccountDraft.Email), "E-mail", "Signs in as well", 100, d => d.Email, (d, v) => d.Email = v ?? "", "email"),
        new(nameof(AccountDraft.Phone), "Telephone", "98450 11827", 25, d => d.Phone, (d, v) => d.Phone = v, "tel"),
        new(nameof(AccountDraft.Specialty), "Specialty", "General medicine", 50, d => d.Specialty, (d, v) => d.Specialty = v),
        new(nameof(AccountDraft.Qualification), "Qualification", "MBBS, MD (Medicine)", 100, d => d.Qualification, (d, v) => d.Qualification = v),
        new(nameof(AccountDraft.RegistrationNumber), "Registration number", "Stands on every prescription", 50, d => d.RegistrationNumber, (d, v) => d.RegistrationNumber = v),
        new(nameof(AccountDraft.RegistrationCouncil), "Council", "Karnataka Medical Council", 100, d => d.RegistrationCouncil, (d, v) => d.RegistrationCouncil = v),
    ];

    [Parameter, EditorRequired]
    public AccountDraft Draft { get; set; } = new();

    [Parameter]
    public bool IsNew { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    [Parameter]
    public bool Saving { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSave { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    private string HintOf(AccountField field)
        => field.Name is nameof(AccountDraft.Qualification) && Draft.Role is StaffRole.Nurse ? "GNM, or BSc Nursing" : field.Hint;

    /// <summary>What only a doctor signs with is asked of a doctor, a qualification of a nurse too; what is there is always shown.</summary>
    private bool IsAsked(AccountField field) => field.Name switch
    {
        _ when Draft.Role is StaffRole.Doctor || !string.IsNullOrEmpty(field.Get(Draft)) => true,
        nameof(AccountDraft.Qualification) => Draft.Role is StaffRole.Nurse,
        nameof(AccountDraft.Specialty) or nameof(AccountDraft.RegistrationNumber) or nameof(AccountDraft.RegistrationCouncil) => false,
        _ => true,
    };

    private sealed record AccountField(
        string Name, string Label, string Hint, int Longest, Func<AccountDraft, string?> Get, Action<AccountDraft, string?> Set, string Type = "text");
}
