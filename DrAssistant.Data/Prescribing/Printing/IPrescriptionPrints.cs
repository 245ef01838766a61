using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>The door to prescriptions on paper.</summary>
public interface IPrescriptionPrints
{
    /// <summary>
    /// The PDF of a prescription. A signed one was made once, at signing, and is given as it was made; a cancelled one says so across every page, a draft that it is not
    /// valid. A draft is its doctor's alone, and never kept. Refused where what is kept is not what was signed.
    /// </summary>
    Task<Result<PrescriptionPrint>> PdfAsync(Guid prescriptionId, PaperSize size, CancellationToken cancellation);
}

/// <summary>A PDF.</summary>
/// <param name="FileName">Such as RX-26-000018.pdf; it names nobody.</param>
/// <param name="IsAsMade">Whether it is the file that was made at signing; otherwise it was made anew, of the same words.</param>
public sealed record PrescriptionPrint(string FileName, bool IsAsMade, ReadOnlyMemory<byte> Pdf)
{
    public override string ToString() => $"{nameof(PrescriptionPrint)} {FileName}";
}
