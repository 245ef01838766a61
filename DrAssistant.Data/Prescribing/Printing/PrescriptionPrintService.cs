using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Objects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Prescribing.Printing;

internal sealed partial class PrescriptionPrintService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, PrescriptionReading reading, SheetWriter writer, PaperVault vault, PrintFonts fonts, PrescriptionPdf pdf,
    IObjectStore objects, AuditTrail audit, ClinicClock clock, ILogger<PrescriptionPrintService> log) : IPrescriptionPrints
{
    private const string Anew = "Made anew from what was signed; nothing is missing.";

    public async Task<Result<PrescriptionPrint>> PdfAsync(Guid prescriptionId, PaperSize size, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPrescriptions))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await reading.OneAsync(db, prescriptionId, user.Id, cancellation) is not { } view || view is { Status: PrescriptionStatus.Draft, IsMine: false })
        {
            return Refusal.NotFound("Prescription");
        }

        if (view.Signature is { Matches: false })
        {
            return Refusal.Conflict("What is kept of this prescription is not what was signed, so it is not printed. Tell an administrator, and write a new one.");
        }

        if (!fonts.CanPrint)
        {
            return Refusal.Unavailable("There is no font to print with on the server. Tell an administrator: the package fonts-noto-core is missing.");
        }

        var print = await PrintAsync(db, view, size, cancellation);
        var what = view.Status is PrescriptionStatus.Draft ? "prescription.preview" : "prescription.print";
        audit.Add(db, new AuditEntry(AuditAction.Read, what)
        {
            PatientId = view.PatientId,
            ResourceType = "prescription",
            ResourceId = view.Id,
            Changes = [new FieldChange("paper", null, EnumText.Of(size))],
        });
        await db.SaveChangesAsync(cancellation);
        return print;
    }

    private async Task<PrescriptionPrint> PrintAsync(ClinicDb db, PrescriptionView view, PaperSize size, CancellationToken cancellation)
    {
        var mark = await MarkAsync(db, view, cancellation);
        var isLost = false;
        if (mark == SheetMark.None
            && await db.PrescriptionPdfs.AsNoTracking().SingleOrDefaultAsync(f => f.PrescriptionId == view.Id && f.Size == size, cancellation) is { } file)
        {
            if (await ReadAsync(file, cancellation) is { } kept)
            {
                return new PrescriptionPrint(await FileNameAsync(db, view, cancellation), IsAsMade: true, kept);
            }

            isLost = true;
        }

        var paper = await db.PrescriptionPapers.AsNoTracking().SingleOrDefaultAsync(p => p.PrescriptionId == view.Id, cancellation);
        var sheet = paper is null ? await writer.WriteAsync(db, view, cancellation) : vault.Open(paper);
        return new PrescriptionPrint(
            await FileNameAsync(db, view, cancellation), IsAsMade: false, pdf.Render(isLost ? sheet with { Foot = $"{sheet.Foot} {Anew}" } : sheet, size, mark));
    }

    private async Task<byte[]?> ReadAsync(PrescriptionPdfFile file, CancellationToken cancellation)
    {
        try
        {
            var content = await objects.ReadAsync(file.ObjectKey, file.ContentSha256, cancellation);
            if (content is null)
            {
                Missing(file.Id);
            }

            return content?.Bytes;
        }
        catch (ObjectStoreException e)
        {
            Away(file.Id, e.Message);
            return null;
        }
    }

    private async Task<SheetMark> MarkAsync(ClinicDb db, PrescriptionView view, CancellationToken cancellation)
    {
        if (view.Status is PrescriptionStatus.Draft)
        {
            return SheetMark.Draft;
        }

        if (view.Status is PrescriptionStatus.Cancelled)
        {
            var when = view.Cancelled is { } step ? $"On {ClinicFormat.DateAndTime(step.At, clock)}." : "It is not valid.";
            var by = await db.Prescriptions.Where(p => p.Id == view.ReplacedById).Select(p => p.Number).FirstOrDefaultAsync(cancellation);
            return SheetMark.Cancelled(by is null ? when : $"{when} Replaced by {by}.");
        }

        return view.Signature is null ? SheetMark.Copy : SheetMark.None;
    }

    private static async Task<string> FileNameAsync(ClinicDb db, PrescriptionView view, CancellationToken cancellation)
        => $"{await db.Prescriptions.Where(p => p.Id == view.Id).Select(p => p.Number).SingleOrDefaultAsync(cancellation) ?? "prescription"}.pdf";

    [LoggerMessage(LogLevel.Warning, "The PDF {FileId} of a prescription is not in the object store; it was made anew.")]
    private partial void Missing(Guid fileId);

    [LoggerMessage(LogLevel.Warning, "The PDF {FileId} of a prescription could not be read, and was made anew: {Error}")]
    private partial void Away(Guid fileId, string error);
}
