using System.Globalization;

namespace DrAssistant.Bench;

internal static class Report
{
    /// <summary>Milliseconds and ratios to the first way, which is the floor.</summary>
    public static void Print(Interleaved measured)
    {
        foreach (var m in measured.Results())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{m.Name,-44} p50 {m.Median,8:F3} ms ({m.MedianRatio:F2}x)  p95 {m.P95,8:F3} ms ({m.P95Ratio:F2}x)"));
        }
    }
}
