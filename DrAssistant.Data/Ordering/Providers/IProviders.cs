using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Providers;

/// <summary>The door to the directory of laboratories, imaging centres, clinics and hospitals that orders go to. Whoever reads orders chooses from it; admins keep it.</summary>
public interface IProviders
{
    /// <summary>By name, those that can be chosen first. Withdrawn ones only for whoever keeps the directory.</summary>
    Task<Result<IReadOnlyList<ProviderLine>>> ListAsync(bool withWithdrawn, CancellationToken cancellation);

    Task<Result<ProviderLine>> AddAsync(ProviderDraft provider, CancellationToken cancellation);

    Task<Result<ProviderLine>> ChangeAsync(Guid providerId, ProviderDraft provider, CancellationToken cancellation);

    /// <summary>It can no longer be chosen; old orders still name it. A reason of 3 to 200 characters.</summary>
    Task<Result<ProviderLine>> WithdrawAsync(Guid providerId, string reason, CancellationToken cancellation);

    /// <summary>It can be chosen again.</summary>
    Task<Result<ProviderLine>> RestoreAsync(Guid providerId, CancellationToken cancellation);
}

/// <summary>A provider as it stands in the directory.</summary>
/// <param name="Facility">Its own name for itself in its messages.</param>
/// <param name="Seen">When it was last changed: goes back with a change, so that nobody writes over somebody else's.</param>
public sealed record ProviderLine(
    Guid Id, string Name, ProviderKind Kind, string? Phone, string? Email, string? Address, string? Facility, bool IsActive, DateTimeOffset Seen);

/// <summary>A provider as an admin types it. The form edits this directly.</summary>
public sealed class ProviderDraft
{
    public string? Name { get; set; }

    public ProviderKind Kind { get; set; } = ProviderKind.Laboratory;

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public string? Address { get; set; }

    public string? Facility { get; set; }

    /// <summary>Of the line that is changed.</summary>
    public DateTimeOffset? Seen { get; set; }

    /// <summary>A provider as it is, to be changed.</summary>
    public static ProviderDraft Of(ProviderLine line) => new()
    {
        Name = line.Name,
        Kind = line.Kind,
        Phone = line.Phone,
        Email = line.Email,
        Address = line.Address,
        Facility = line.Facility,
        Seen = line.Seen,
    };
}

public enum ProviderKind
{
    Laboratory,
    Imaging,
    Clinic,
    Hospital,
}
