using System.Diagnostics;
using System.Globalization;

namespace DrAssistant.Bench.Search;

/// <summary>A way of asking, and its questions.</summary>
internal sealed record Asking(string Name, IReadOnlyList<string> Questions, Func<string, Task> Ask)
{
    /// <summary>Asks every question in every way, in a new order each round, and prints how long each way took; a line called floor is what the lines of the same ending are held against.</summary>
    public static async Task<Dictionary<string, double[]>> MeasureAsync(Asking[] ways, int rounds)
    {
        var dice = new Random(20261130);
        var taken = ways.ToDictionary(way => way.Name, _ => new List<(string Question, double Milliseconds)>(), StringComparer.Ordinal);
        for (var round = -1; round < rounds; round++)
        {
            var order = ways.SelectMany(way => way.Questions.Select(question => (way, question))).ToArray();
            dice.Shuffle(order);
            foreach (var (way, question) in order)
            {
                var started = Stopwatch.GetTimestamp();
                await way.Ask(question);
                if (round >= 0)
                {
                    taken[way.Name].Add((question, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
                }
            }
        }

        var times = taken.ToDictionary(t => t.Key, t => t.Value.Select(one => one.Milliseconds).ToArray(), StringComparer.Ordinal);
        foreach (var way in ways)
        {
            var floor = ways.FirstOrDefault(f => f.Name.StartsWith("floor", StringComparison.Ordinal) && f.Name.EndsWith(way.Name[way.Name.LastIndexOf(',')..], StringComparison.Ordinal));
            Print(way.Name, times[way.Name], floor is null ? null : times[floor.Name]);
            var slow = taken[way.Name].GroupBy(t => t.Question, StringComparer.Ordinal).MaxBy(g => Percentile([.. g.Select(t => t.Milliseconds)], 0.5))!;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    slowest: '{slow.Key}' p50 {Percentile([.. slow.Select(t => t.Milliseconds)], 0.5):F1} ms"));
        }

        return times;
    }

    public static void Print(string name, double[] times, double[]? floor)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-44} p50 {Percentile(times, 0.5),8:F2} ms{Ratio(times, floor, 0.5)}  p95 {Percentile(times, 0.95),8:F2} ms{Ratio(times, floor, 0.95)}  worst {times.Max(),8:F1} ms"));

    public static double Percentile(double[] times, double share) => times.Order().ElementAt((int)Math.Ceiling(share * times.Length) - 1);

    private static string Ratio(double[] times, double[]? floor, double share)
        => floor is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Percentile(times, share) / Percentile(floor, share):F2}x)");
}
