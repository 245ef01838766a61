using System.Security.Cryptography;
using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>
/// People of other practices who stand in imported records. They are on the staff list, because a record names who wrote
/// it, but can never sign in.
/// </summary>
internal static class OutsideStaff
{
    public static StaffMember Make(Guid id, string fullName)
    {
        var name = $"external-{id:N}";
        var email = $"{name}@import.invalid";
        return new StaffMember
        {
            Id = id,
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            FullName = fullName,
            Role = StaffRole.Doctor,
            Status = StaffStatus.Inactive,

            // Readable as a hash, and of a format that no hasher has: no password matches it.
            PasswordHash = Convert.ToBase64String([0xFF, .. RandomNumberGenerator.GetBytes(48)]),
            SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
            ConcurrencyStamp = id.ToString(),
        };
    }
}

/// <summary>Stands where a visit names no practitioner. Made when it is first needed, and only once.</summary>
internal sealed class UnknownPractitioner
{
    private readonly StaffMember? _member;
    private readonly ImportedRow? _row;

    /// <summary><paramref name="existing"/> is the one that an earlier import made.</summary>
    public UnknownPractitioner(string name, ImportedRow? existing)
    {
        if (existing is not null)
        {
            Id = existing.TargetId;
            return;
        }

        Id = Guid.CreateVersion7();
        _member = OutsideStaff.Make(Id, name);
        _row = new ImportedRow(KeyOf(name), "users", Id, null, null);
    }

    public Guid Id { get; }

    public static ResourceKey KeyOf(string name) => new("dr-assistant", "Practitioner", name);

    public void AddTo(FhirEntry entry)
    {
        if (_member is not null)
        {
            entry.Add(Tables.Users, _member);
            entry.Add(Tables.Imported, _row!);
        }
    }
}
