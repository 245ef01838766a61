using DrAssistant.Data.Outbox;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Stores.Objects;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// Makes the paper of a prescription that was signed: first its words, which need the database alone, then the PDFs, which are tried again until the object store takes them.
/// </summary>
internal sealed class PaperMaking(
    IDbContextFactory<ClinicDb> clinic, PrescriptionReading reading, SheetWriter writer, PaperVault vault, PrintFonts fonts, PrescriptionPdf pdf, IObjectStore objects,
    OutboxWriter outbox) : IOutboxHandler
{
    /// <summary>The words are kept, and the PDFs are owed.</summary>
    internal const string Owed = "prescription.paper";

    private const string Changed = "prescription.changed";
    private const string Pdf = "application/pdf";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Changed, Owed };

    public Task HandleAsync(OutboxMessage message, CancellationToken cancellation) => message.SubjectId switch
    {
        { } prescription when message.Kind == Owed => PrintAsync(prescription, cancellation),
        { } prescription => WriteAsync(prescription, cancellation),
        null => Task.CompletedTask,
    };

    private async Task WriteAsync(Guid prescription, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);

        // A draft changes with every line that is typed; that there is nothing to do is found in one question.
        if (!await db.Prescriptions.AnyAsync(p => p.Id == prescription && p.Signature != null && !db.PrescriptionPapers.Any(made => made.PrescriptionId == p.Id), cancellation)
            || await reading.OneAsync(db, prescription, reader: null, cancellation) is not { Signature.Matches: true } view)
        {
            return;
        }

        db.PrescriptionPapers.Add(vault.Seal(view.Id, view.PatientId, await writer.WriteAsync(db, view, cancellation)));
        outbox.Add(db, Owed, view.Id, view.PatientId);
        await OnceAsync(db, cancellation);
    }

    private async Task PrintAsync(Guid prescription, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (!fonts.CanPrint || await db.PrescriptionPapers.AsNoTracking().SingleOrDefaultAsync(p => p.PrescriptionId == prescription, cancellation) is not { } paper)
        {
            return;
        }

        var sheet = vault.Open(paper);
        var made = await db.PrescriptionPdfs.Where(f => f.PrescriptionId == prescription).Select(f => f.Size).ToListAsync(cancellation);
        foreach (var size in Enum.GetValues<PaperSize>().Except(made))
        {
            await using var content = new MemoryStream(pdf.Render(sheet, size, SheetMark.None));
            var kept = await objects.PutAsync(content, Pdf, cancellation);
            db.PrescriptionPdfs.Add(new PrescriptionPdfFile
            {
                Id = Guid.CreateVersion7(),
                PrescriptionId = prescription,
                PatientId = paper.PatientId,
                Size = size,
                ObjectKey = kept.Key,
                ContentLength = kept.Length,
                ContentSha256 = kept.Sha256,
            });
            if (!await OnceAsync(db, cancellation))
            {
                await objects.DeleteAsync(kept.Key, cancellation);
            }
        }
    }

    /// <summary>False where another portal did the same at the same time: what it made counts.</summary>
    private static async Task<bool> OnceAsync(ClinicDb db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
