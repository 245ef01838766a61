using DrAssistant.Data.Stores.Objects;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Documents;

/// <summary>Reads a document's bytes from wherever they are: its sealed parts, or the object store.</summary>
internal sealed class DocumentBytes(IDbContextFactory<ClinicDb> clinic, DocumentVault vault, IObjectStore objects)
{
    private const int Window = DocumentLimits.PartLength;

    /// <summary>All of it, from any place on; under the rights of whoever asks.</summary>
    /// <exception cref="ObjectStoreException">The object store has it and does not answer.</exception>
    public async Task<Stream> OpenAsync(PatientDocument document, CancellationToken cancellation)
        => document.ObjectKey is { } key
            ? (await objects.OpenReadAsync(key, cancellation))?.Content ?? throw new ObjectStoreException("A document is not in the object store.")
            : OpenParts(document);

    private WindowedStream OpenParts(PatientDocument document)
    {
        var (id, key) = (document.Id, document.ObjectKey);
        return new WindowedStream(document.ContentLength, Window, async (number, cancellation) =>
        {
            if (key is null && await PartAsync(id, number, cancellation) is { } part)
            {
                return part;
            }

            // The object store may take it while it is being read.
            key ??= await KeyAsync(id, cancellation) ?? throw new ObjectStoreException("A document's parts are gone.");
            return (await objects.ReadRangeAsync(key, (long)number * Window, Window, cancellation))?.Bytes
                ?? throw new ObjectStoreException("A document is not in the object store.");
        });
    }

    /// <summary>All of it at once, of its parts; null when one is missing.</summary>
    public async Task<byte[]?> WholeAsync(ClinicDb db, PatientDocument document, CancellationToken cancellation)
    {
        var whole = new byte[document.ContentLength];
        for (var number = 0; number < document.PartCount; number++)
        {
            var part = await db.DocumentParts.AsNoTracking().Where(p => p.DocumentId == document.Id && p.Number == number).Select(p => p.Content).SingleOrDefaultAsync(cancellation);
            if (part is null)
            {
                return null;
            }

            vault.Part(document.Id, number, part).CopyTo(whole, (long)number * Window);
        }

        return whole;
    }

    private async Task<byte[]?> PartAsync(Guid document, int number, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var part = await db.DocumentParts.AsNoTracking().Where(p => p.DocumentId == document && p.Number == number).Select(p => p.Content).SingleOrDefaultAsync(cancellation);
        return part is null ? null : vault.Part(document, number, part);
    }

    private async Task<string?> KeyAsync(Guid document, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.PatientDocuments.Where(d => d.Id == document).Select(d => d.ObjectKey).SingleOrDefaultAsync(cancellation);
    }
}
