using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>The door to accounts, for admins: who works here, in which role, and whether they may come in.</summary>
public interface IStaffAccounts
{
    /// <summary>A page of accounts by name.</summary>
    Task<Result<AccountPage>> FindAsync(AccountSearch search, CancellationToken cancellation);

    Task<Result<AccountView>> OpenAsync(Guid accountId, CancellationToken cancellation);

    /// <summary>A new account, and the link with which its person sets a password. No one else ever knows it.</summary>
    Task<Result<AccountInvitation>> CreateAsync(AccountDraft draft, CancellationToken cancellation);

    /// <summary>Saves where the account is still the one that was seen. Another role ends all of the person's sessions.</summary>
    Task<Result<AccountView>> SaveAsync(Guid accountId, AccountDraft draft, CancellationToken cancellation);

    /// <summary>Takes the password away, ends all sessions, and gives a new link.</summary>
    Task<Result<AccountInvitation>> ResetPasswordAsync(Guid accountId, CancellationToken cancellation);

    /// <summary>Takes the second factor away and ends all sessions: the telephone was lost.</summary>
    Task<Result<AccountView>> ResetSecondFactorAsync(Guid accountId, CancellationToken cancellation);

    /// <summary>Active colleagues to whom something can be handed over, by name.</summary>
    Task<Result<IReadOnlyList<AccountLine>>> ColleaguesAsync(Guid accountId, CancellationToken cancellation);

    /// <summary>What the person would leave behind.</summary>
    Task<Result<LeftBehind>> LeftBehindAsync(Guid accountId, CancellationToken cancellation);

    /// <summary>Closes the account and hands over what is left, all of it or nothing.</summary>
    Task<Result<AccountView>> DeactivateAsync(Guid accountId, HandOverDraft handOver, CancellationToken cancellation);

    /// <summary>Opens it again. The password is as it was; where there is none, a new link is needed.</summary>
    Task<Result<AccountView>> ReactivateAsync(Guid accountId, CancellationToken cancellation);
}

public sealed record AccountSearch
{
    /// <summary>In the name, the user name, the e-mail address or the specialty.</summary>
    public string? Text { get; init; }

    public StaffRole? Role { get; init; }

    public StaffStatus? Status { get; init; }

    /// <summary>From 0.</summary>
    public int Page { get; init; }
}

public sealed record AccountPage(IReadOnlyList<AccountLine> Lines, int Total, int Page, int Pages);

public sealed record AccountLine(
    Guid Id, string UserName, string FullName, string Email, StaffRole Role, string? Specialty, StaffStatus Status, DateTimeOffset? LastLoginAt, bool HasSecondFactor,
    string? ProfileImageUrl = null);

public sealed record AccountView(
    Guid Id, string UserName, string Email, string FullName, StaffRole Role, StaffStatus Status, DateTimeOffset? LastLoginAt, DateTimeOffset CreatedAt)
{
    public string? Specialty { get; init; }

    public string? Qualification { get; init; }

    public string? RegistrationNumber { get; init; }

    public string? RegistrationCouncil { get; init; }

    public string? Phone { get; init; }

    /// <summary>Where the portal serves the person's picture.</summary>
    public string? ProfileImageUrl { get; init; }

    /// <summary>Null until the person has chosen a password.</summary>
    public DateTimeOffset? PasswordChangedAt { get; init; }

    public bool HasSecondFactor { get; init; }

    /// <summary>Until when an unused link holds.</summary>
    public DateTimeOffset? LinkExpiresAt { get; init; }

    /// <summary>Another one with every change.</summary>
    public string Version { get; init; } = "";

    public override string ToString() => $"{nameof(AccountView)} {Id}";
}

/// <summary>What the form edits.</summary>
public sealed class AccountDraft
{
    public string UserName { get; set; } = "";

    public string Email { get; set; } = "";

    public string FullName { get; set; } = "";

    public StaffRole Role { get; set; } = StaffRole.Nurse;

    public string? Specialty { get; set; }

    public string? Qualification { get; set; }

    public string? RegistrationNumber { get; set; }

    public string? RegistrationCouncil { get; set; }

    public string? Phone { get; set; }

    /// <summary>The <see cref="AccountView.Version"/> that is being changed.</summary>
    public string? Seen { get; set; }

    public static AccountDraft Of(AccountView account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AccountDraft
        {
            UserName = account.UserName,
            Email = account.Email,
            FullName = account.FullName,
            Role = account.Role,
            Specialty = account.Specialty,
            Qualification = account.Qualification,
            RegistrationNumber = account.RegistrationNumber,
            RegistrationCouncil = account.RegistrationCouncil,
            Phone = account.Phone,
            Seen = account.Version,
        };
    }
}

/// <summary>The secret of a link, which exists nowhere else, and until when it holds.</summary>
public sealed record AccountInvitation(AccountView Account, string Secret, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"{nameof(AccountInvitation)} {Account.Id}";
}

/// <summary>What somebody who leaves leaves behind.</summary>
/// <param name="OpenTasks">Tasks that wait for them.</param>
/// <param name="Appointments">Appointments still to come, with them as the doctor.</param>
/// <param name="Drafts">Notes that only they can sign, oldest first, at most 50.</param>
public sealed record LeftBehind(int OpenTasks, int Appointments, IReadOnlyList<DraftLeft> Drafts);

/// <summary>Whose visit, and when. Nothing of what the note says.</summary>
public sealed record DraftLeft(string? PatientMrn, DateTimeOffset Since);

public enum AppointmentFate
{
    /// <summary>They stay in the book, and reception moves them.</summary>
    Leave,
    Move,
    Cancel,
}

public sealed class HandOverDraft
{
    /// <summary>Who gets the open tasks; null leaves them where they are.</summary>
    public Guid? TasksTo { get; set; }

    public AppointmentFate Appointments { get; set; }

    public Guid? AppointmentsTo { get; set; }

    /// <summary>Why appointments are cancelled: patients are told.</summary>
    public string? CancelReason { get; set; }
}
