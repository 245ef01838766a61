using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// Makes accounts on behalf of the practice itself, for demo data and imports. Every rule about names and passwords applies.
/// A scope of its own: Identity works on one context for as long as its scope lives.
/// </summary>
internal sealed class StaffAccounts(IServiceScopeFactory scopes, StaffPasswords passwords, TimeProvider time)
{
    /// <summary>Answers the new person's id, or says which rule stands in the way.</summary>
    public async Task<Result<Guid>> CreateAsync(StaffAccount account, string password)
    {
        await using var scope = SystemScope.Create(scopes);
        var people = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        var person = account.ToStaffMember(time.GetUtcNow());

        // Identity saves the context it was made with, so the entry goes in with the person.
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(
            scope.ServiceProvider.GetRequiredService<ClinicDb>(),
            new AuditEntry(AuditAction.Create, "user.create") { ResourceType = "user", ResourceId = person.Id });

        var made = await people.CreateAsync(person, password);
        return made.Succeeded ? person.Id : Refused(made);
    }

    /// <summary>
    /// Several people who share one password, and so its hash: salting the same password once for each would hide nothing, and
    /// take a good part of a second each. Stops at the first who is refused.
    /// </summary>
    public async Task<Result<IReadOnlyList<Guid>>> CreateSharingAsync(IReadOnlyCollection<StaffAccount> accounts, string password)
    {
        await using var scope = SystemScope.Create(scopes);
        var people = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        var audit = scope.ServiceProvider.GetRequiredService<AuditTrail>();
        var hash = passwords.Hash(password);
        var made = new List<Guid>();
        foreach (var account in accounts)
        {
            var person = account.ToStaffMember(time.GetUtcNow());
            person.PasswordHash = hash;
            foreach (var rule in people.PasswordValidators)
            {
                if (await rule.ValidateAsync(people, person, password) is { Succeeded: false } broken)
                {
                    return Refused(broken);
                }
            }

            audit.Add(
                scope.ServiceProvider.GetRequiredService<ClinicDb>(),
                new AuditEntry(AuditAction.Create, "user.create") { ResourceType = "user", ResourceId = person.Id });
            if (await people.CreateAsync(person) is { Succeeded: false } refused)
            {
                return Refused(refused);
            }

            made.Add(person.Id);
        }

        return made;
    }

    private static Refusal Refused(IdentityResult result) => Refusal.Invalid(string.Join(' ', result.Errors.Select(e => e.Description)));
}

/// <summary>What an account is made from.</summary>
internal sealed record StaffAccount(string UserName, string Email, string FullName, StaffRole Role)
{
    public string? Specialty { get; init; }

    public string? Phone { get; init; }

    public string? Qualification { get; init; }

    public string? RegistrationNumber { get; init; }

    public string? RegistrationCouncil { get; init; }

    public StaffMember ToStaffMember(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = UserName,
        Email = Email,
        FullName = FullName,
        Role = Role,
        Specialty = Specialty,
        PhoneNumber = Phone,
        Qualification = Qualification,
        RegistrationNumber = RegistrationNumber,
        RegistrationCouncil = RegistrationCouncil,
        PasswordChangedAt = now,
    };
}
