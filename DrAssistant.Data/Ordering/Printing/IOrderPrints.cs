using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Printing;

namespace DrAssistant.Data.Ordering.Printing;

/// <summary>The door to orders on paper.</summary>
public interface IOrderPrints
{
    /// <summary>
    /// The PDF of a signed order: with everything but referrals that was signed together with it, or the letter of a referral with the chosen parts of the chart
    /// as they are now. A cancelled one says so across every page.
    /// </summary>
    Task<Result<OrderPrint>> PdfAsync(Guid orderId, PaperSize size, CancellationToken cancellation);
}

/// <summary>A PDF.</summary>
/// <param name="FileName">Such as OR-26-000018.pdf; it names nobody.</param>
public sealed record OrderPrint(string FileName, ReadOnlyMemory<byte> Pdf)
{
    public override string ToString() => $"{nameof(OrderPrint)} {FileName}";
}
