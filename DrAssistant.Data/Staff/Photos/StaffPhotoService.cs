using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff.Photos;

internal sealed class StaffPhotoService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, PhiCipher cipher, ClinicClock clock) : IStaffPhotos
{
    public async Task<Result<string?>> MyAddressAsync(CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Users.Where(u => u.Id == me).Select(u => u.ProfileImageUrl).SingleOrDefaultAsync(cancellation);
    }

    public async Task<Result<PhotoContent>> ReadAsync(Guid accountId, CancellationToken cancellation)
    {
        if (user.Id is null)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.StaffPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == accountId, cancellation) is { } photo
            ? new PhotoContent(photo.MediaType, cipher.RevealBytes(At(accountId), photo.Content))
            : Refusal.NotFound("Photo");
    }

    public async Task<Result<string>> SetAsync(Guid accountId, ReadOnlyMemory<byte> photo, CancellationToken cancellation)
    {
        if (!MayChange(accountId))
        {
            return Refusal.Forbidden;
        }

        if (PhotoContent.MediaTypeOf(photo.Span) is not { Value: { } type })
        {
            return PhotoContent.MediaTypeOf(photo.Span).Refusal!;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (sealedPhoto, now, me) = (cipher.ProtectBytes(At(accountId), photo.Span), clock.Now, user.Id!.Value);
        var address = string.Create(CultureInfo.InvariantCulture, $"/staff/{accountId}/photo?at={now.ToUnixTimeMilliseconds()}");
        if (!await TellAsync(db, accountId, address, "staff-photo.set", AuditAction.Update, cancellation))
        {
            return Refusal.NotFound("Account");
        }

        if (await db.StaffPhotos.SingleOrDefaultAsync(p => p.UserId == accountId, cancellation) is { } row)
        {
            (row.MediaType, row.Content, row.ChangedAt, row.ChangedBy) = (type, sealedPhoto, now, me);
        }
        else
        {
            db.StaffPhotos.Add(new StaffPhoto { UserId = accountId, MediaType = type, Content = sealedPhoto, ChangedAt = now, ChangedBy = me });
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return address;
    }

    public async Task<Result<bool>> RemoveAsync(Guid accountId, CancellationToken cancellation)
    {
        if (!MayChange(accountId))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.StaffPhotos.Where(p => p.UserId == accountId).ExecuteDeleteAsync(cancellation) == 0)
        {
            return Refusal.NotFound("Photo");
        }

        await TellAsync(db, accountId, null, "staff-photo.remove", AuditAction.Delete, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static FieldAddress At(Guid accountId) => new("staff_photos", "content", accountId);

    private bool MayChange(Guid accountId) => user.Id is { } me && (me == accountId || user.Can(Permissions.ManageUsers));

    /// <summary>The account's row is held by the update: two pictures at once follow one another. False where there is no such account.</summary>
    private async Task<bool> TellAsync(ClinicDb db, Guid accountId, string? address, string what, AuditAction action, CancellationToken cancellation)
    {
        if (await db.Users.Where(u => u.Id == accountId).ExecuteUpdateAsync(u => u.SetProperty(s => s.ProfileImageUrl, address), cancellation) == 0)
        {
            return false;
        }

        audit.Add(db, new AuditEntry(action, what) { ResourceType = "user", ResourceId = accountId });

        // The person's open tabs read again what the top bar shows of them.
        outbox.Add(db, PreferenceService.Changed, accountId, ids: new Dictionary<string, string> { ["user"] = accountId.ToString() });
        return true;
    }
}
