namespace DrAssistant.Bench;

/// <summary>The measuring tool measures itself: two identical ways must come out alike before any other number is believed.</summary>
internal static class ControlBench
{
    public static async Task RunAsync()
    {
        var control = new Interleaved(("control", SpinAsync), ("control again", SpinAsync));
        await control.RunAsync(rounds: 200, warmUp: 20);
        Report.Print(control);
    }

    private static Task SpinAsync()
    {
        var sum = 0L;
        for (var i = 0; i < 200_000; i++)
        {
            sum += i * (long)i;
        }

        return sum == 0 ? Task.FromException(new InvalidOperationException("The sum cannot be zero.")) : Task.CompletedTask;
    }
}
