using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DrAssistant.Data.Stores;

/// <summary>How long the stores take, for whoever listens to the meter.</summary>
internal static class StoreMetrics
{
    public const string MeterName = "DrAssistant.Stores";
    public const string DurationName = "drassistant.store.duration";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>(DurationName, "s", "Time that a store took for one operation, waiting for a connection included.");

    /// <summary>One operation that has ended, well or not.</summary>
    /// <param name="store">The store and its product, such as documents.mongo.</param>
    /// <param name="operation">What it was asked to do, never with what.</param>
    /// <param name="outcome">ok, refused, or unavailable.</param>
    public static void Record(string store, string operation, string outcome, TimeSpan took)
        => Duration.Record(took.TotalSeconds, new TagList { { "store", store }, { "operation", operation }, { "outcome", outcome } });
}
