using System.Globalization;
using DrAssistant.Bench;

// The measuring tool measures itself: two identical ways must come out alike before any other number is believed.
var control = new Interleaved(("control", SpinAsync), ("control again", SpinAsync));
await control.RunAsync(rounds: 200, warmUp: 20);
foreach (var measured in control.Results())
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{measured.Name,-20} p50 {measured.Median:F3} ms ({measured.MedianRatio:F2}x)  p95 {measured.P95:F3} ms ({measured.P95Ratio:F2}x)"));
}

static Task SpinAsync()
{
    var sum = 0L;
    for (var i = 0; i < 200_000; i++)
    {
        sum += i * (long)i;
    }

    return sum == 0 ? Task.FromException(new InvalidOperationException("The sum cannot be zero.")) : Task.CompletedTask;
}
