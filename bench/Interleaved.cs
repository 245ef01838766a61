using System.Diagnostics;

namespace DrAssistant.Bench;

/// <summary>
/// Times several ways of doing the same thing in turns, in a new order each round, so that what the machine
/// does meanwhile falls on all of them alike. What counts is the ratio to the first one, the floor.
/// </summary>
internal sealed class Interleaved(params (string Name, Func<Task> Act)[] ways)
{
    private readonly double[][] _milliseconds = [.. ways.Select(_ => Array.Empty<double>())];

    public async Task RunAsync(int rounds, int warmUp)
    {
        for (var way = 0; way < ways.Length; way++)
        {
            _milliseconds[way] = new double[rounds];
        }

        var order = Enumerable.Range(0, ways.Length).ToArray();
        var shuffle = new Random(20261124);
        for (var round = -warmUp; round < rounds; round++)
        {
            shuffle.Shuffle(order);
            foreach (var way in order)
            {
                var started = Stopwatch.GetTimestamp();
                await ways[way].Act();
                var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (round >= 0)
                {
                    _milliseconds[way][round] = taken;
                }
            }
        }
    }

    public IEnumerable<Measured> Results()
        => ways.Select((way, index) => new Measured(way.Name, Percentile(index, 0.50), Percentile(index, 0.95),
            Percentile(index, 0.50) / Percentile(0, 0.50), Percentile(index, 0.95) / Percentile(0, 0.95)));

    private double Percentile(int way, double share)
    {
        var sorted = _milliseconds[way].Order().ToArray();
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}

/// <summary>Milliseconds, and the ratios to the floor of the same run.</summary>
internal sealed record Measured(string Name, double Median, double P95, double MedianRatio, double P95Ratio);
