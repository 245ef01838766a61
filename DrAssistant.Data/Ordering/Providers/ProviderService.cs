using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Ordering.Providers;

internal sealed class ProviderService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit) : IProviders
{
    private const int Most = 500;
    private const int ShortestReason = 3;
    private const int LongestReason = 200;

    public async Task<Result<IReadOnlyList<ProviderLine>>> ListAsync(bool withWithdrawn, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue) && (withWithdrawn || !user.Can(Permissions.ReadOrders)))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var providers = await db.Providers.AsNoTracking().Where(p => p.IsActive || withWithdrawn)
            .OrderByDescending(p => p.IsActive).ThenBy(p => p.Name).Take(Most).ToListAsync(cancellation);
        return providers.OrderByDescending(p => p.IsActive).ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id).Select(LineOf).ToList();
    }

    public async Task<Result<ProviderLine>> AddAsync(ProviderDraft provider, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        var made = new Provider { Id = Guid.CreateVersion7() };
        if (made.Become(provider) is { } refusal)
        {
            return refusal;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        db.Providers.Add(made);
        return await SaveAsync(db, made, new AuditEntry(AuditAction.Create, "provider.add") { Changes = Changes(null, LineOf(made)) }, cancellation);
    }

    public async Task<Result<ProviderLine>> ChangeAsync(Guid providerId, ProviderDraft provider, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Providers.SingleOrDefaultAsync(p => p.Id == providerId, cancellation) is not { } found)
        {
            return Refusal.NotFound("Provider");
        }

        var was = LineOf(found);
        if (provider.Seen != was.Seen)
        {
            return Overtaken;
        }

        if (found.Become(provider) is { } refusal)
        {
            return refusal;
        }

        var changes = Changes(was, LineOf(found));
        return changes.Count == 0 ? was : await SaveAsync(db, found, new AuditEntry(AuditAction.Update, "provider.change") { Changes = changes }, cancellation);
    }

    public async Task<Result<ProviderLine>> WithdrawAsync(Guid providerId, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason, LongestReason + 1);
        return why.Length is < ShortestReason or > LongestReason
            ? Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(reason))
            : await SetActiveAsync(providerId, isActive: false, new AuditEntry(AuditAction.Update, "provider.withdraw") { Reason = why }, cancellation);
    }

    public async Task<Result<ProviderLine>> RestoreAsync(Guid providerId, CancellationToken cancellation)
        => user.Can(Permissions.ManageCatalogue)
            ? await SetActiveAsync(providerId, isActive: true, new AuditEntry(AuditAction.Update, "provider.restore"), cancellation)
            : Refusal.Forbidden;

    private static Refusal Overtaken { get; } = Refusal.Conflict("Somebody else changed this provider. Open it again.");

    private static ProviderLine LineOf(Provider p) => new(p.Id, p.Name, p.Kind, p.Phone, p.Email, p.Address, p.Facility, p.IsActive, p.UpdatedAt);

    private static List<FieldChange> Changes(ProviderLine? was, ProviderLine now) =>
    [
        .. new FieldChange[]
        {
            new("name", was?.Name, now.Name),
            new("kind", was is null ? null : EnumText.Of(was.Kind), EnumText.Of(now.Kind)),
            new("phone", was?.Phone, now.Phone),
            new("email", was?.Email, now.Email),
            new("address", was?.Address, now.Address),
            new("facility", was?.Facility, now.Facility),
        }.Where(change => change.Before != change.After),
    ];

    private async Task<Result<ProviderLine>> SetActiveAsync(Guid providerId, bool isActive, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Providers.SingleOrDefaultAsync(p => p.Id == providerId, cancellation) is not { } found)
        {
            return Refusal.NotFound("Provider");
        }

        if (found.IsActive == isActive)
        {
            return LineOf(found);
        }

        if (isActive)
        {
            found.Restore();
        }
        else
        {
            found.Withdraw();
        }

        return await SaveAsync(db, found, entry, cancellation);
    }

    private async Task<Result<ProviderLine>> SaveAsync(ClinicDb db, Provider provider, AuditEntry entry, CancellationToken cancellation)
    {
        audit.Add(db, entry with { ResourceType = "provider", ResourceId = provider.Id });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Overtaken;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Invalid("Another provider has this name in its messages already.", nameof(ProviderDraft.Facility));
        }

        return LineOf(provider);
    }
}
