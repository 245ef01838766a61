using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Registration;

internal sealed class PatientPhotoService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, PhotoVault vault, ClinicClock clock) : IPatientPhotos
{
    public async Task<Result<PhotoContent>> ReadAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.PatientPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.PatientId == patientId && p.Content != null, cancellation) is not { } photo)
        {
            return Refusal.NotFound("Photo");
        }

        Note(db, patientId, AuditAction.Read, "photo.read");
        await db.SaveChangesAsync(cancellation);
        return new PhotoContent(photo.MediaType!, vault.Reveal(photo));
    }

    public async Task<Result<DateTimeOffset>> SetAsync(Guid patientId, ReadOnlyMemory<byte> photo, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        if (PhotoContent.MediaTypeOf(photo.Span) is not { Succeeded: true } type)
        {
            return PhotoContent.MediaTypeOf(photo.Span).Refusal!;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (!await db.Patients.AnyAsync(p => p.Id == patientId, cancellation))
        {
            return Refusal.NotFound("Patient");
        }

        if (await db.PatientPhotos.SingleOrDefaultAsync(p => p.PatientId == patientId, cancellation) is { } row)
        {
            (row.MediaType, row.Content, row.ChangedAt, row.ChangedBy) = (type.Value, vault.Seal(patientId, photo.Span), clock.Now, user.Id);
        }
        else
        {
            row = vault.New(patientId, type.Value!, photo.Span, clock.Now, user.Id);
            db.PatientPhotos.Add(row);
        }

        Note(db, patientId, AuditAction.Update, "photo.set");
        outbox.Add(db, "patient.changed", patientId, patientId);
        await db.SaveChangesAsync(cancellation);
        return row.ChangedAt;
    }

    public async Task<Result<bool>> RemoveAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WritePatients))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.PatientPhotos.SingleOrDefaultAsync(p => p.PatientId == patientId && p.Content != null, cancellation) is not { } photo)
        {
            return Refusal.NotFound("Photo");
        }

        (photo.MediaType, photo.Content, photo.ChangedAt, photo.ChangedBy) = (null, null, clock.Now, user.Id);
        Note(db, patientId, AuditAction.Delete, "photo.remove");
        outbox.Add(db, "patient.changed", patientId, patientId);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private void Note(ClinicDb db, Guid patientId, AuditAction action, string what) => audit.Add(
        db, new AuditEntry(action, what) { PatientId = patientId, ResourceType = "patient_photo", ResourceId = patientId });
}

/// <summary>Seals photos and opens them again.</summary>
internal sealed class PhotoVault(PhiCipher cipher)
{
    public byte[] Seal(Guid patientId, ReadOnlySpan<byte> photo) => cipher.ProtectBytes(At(patientId), photo);

    public byte[] Reveal(PatientPhoto photo) => cipher.RevealBytes(At(photo.PatientId), photo.Content);

    public PatientPhoto New(Guid patientId, string mediaType, ReadOnlySpan<byte> photo, DateTimeOffset at, Guid? by) => new()
    {
        PatientId = patientId,
        MediaType = mediaType,
        Content = Seal(patientId, photo),
        ChangedAt = at,
        ChangedBy = by,
    };

    private static FieldAddress At(Guid patientId) => new("patient_photos", "content", patientId);
}
