using System.Globalization;
using System.Net;
using DrAssistant.Data.Ordering.Results;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Common;

/// <summary>What all charts draw alike.</summary>
internal static class Plot
{
    public static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Tick(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Line(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"));

    public static string Dot(ResultFlag flag) => flag switch
    {
        ResultFlag.CriticalLow or ResultFlag.CriticalHigh => "spark-critical",
        ResultFlag.Low or ResultFlag.High or ResultFlag.Abnormal => "spark-abnormal",
        _ => "spark-normal",
    };

    /// <summary>Razor keeps the element name "text" for itself.</summary>
    public static MarkupString Label(double x, double y, string anchor, string words)
        => (MarkupString)$"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(words)}</text>";
}
