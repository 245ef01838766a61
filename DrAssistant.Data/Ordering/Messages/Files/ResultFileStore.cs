using System.Security.Cryptography;
using DrAssistant.Data.Ordering.Messages.Senders;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Ordering.Messages.Files;

/// <summary>Keeps files until they are read: sealed, since they name patients, and each content once.</summary>
internal sealed class ResultFileStore(IDbContextFactory<ClinicDb> clinic, PhiCipher cipher, TimeProvider time)
{
    public const int Largest = 64 * 1024 * 1024;
    public const int LongestName = 255;
    private const string Table = "result_files";
    private const string Column = "content";

    /// <summary>Keeps a file, or finds the one that has this very content already.</summary>
    public async Task<(ResultFile File, bool IsNew)> KeepAsync(KnownSender? sender, string? name, MessageFormat format, byte[] content, CancellationToken cancellation)
    {
        var digest = SHA256.HashData(content);
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.ResultFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Digest == digest, cancellation) is { } known)
        {
            return (known, false);
        }

        var file = new ResultFile
        {
            Id = Guid.CreateVersion7(),
            SenderId = sender?.Id,
            Name = name,
            Digest = digest,
            Format = format,
            ReceivedAt = time.GetUtcNow(),
        };
        file.Keep(cipher.ProtectBytes(new FieldAddress(Table, Column, file.Id), content));
        db.ResultFiles.Add(file);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return (file, true);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // It came twice at one moment.
            await using var again = await clinic.CreateDbContextAsync(cancellation);
            return (await again.ResultFiles.AsNoTracking().SingleAsync(f => f.Digest == digest, cancellation), false);
        }
    }

    public byte[] ContentOf(ResultFile file) => cipher.RevealBytes(new FieldAddress(Table, Column, file.Id), file.Content!);

    /// <summary>The laboratory whose key a file came with.</summary>
    public async Task<Guid?> ProviderOfAsync(ResultFile file, CancellationToken cancellation)
    {
        if (file.SenderId is not { } senderId)
        {
            return null;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Set<ResultSender>().Where(s => s.Id == senderId).Select(s => (Guid?)s.ProviderId).SingleAsync(cancellation);
    }
}
