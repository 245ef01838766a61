using System.Diagnostics;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>Counts what is sent to PostgreSQL on behalf of one flow of a test, whatever other tests do meanwhile.</summary>
internal sealed class RoundTrips : IDisposable
{
    private const string Flow = "DrAssistant.Tests";
    private static readonly ActivitySource Source = new(Flow);

    private readonly ActivityListener _listener;
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly Activity _flow;
    private int _count;

    public RoundTrips()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or Flow,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = sent =>
            {
                // A statement or a batch of them: opening a connection for the first time is an activity too, and no statement.
                if (sent.Source.Name is "Npgsql" && sent.TraceId == _trace && sent.GetTagItem("db.query.text") is not null)
                {
                    Interlocked.Increment(ref _count);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
        var parent = new ActivityContext(_trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        _flow = Source.StartActivity(ActivityKind.Internal, parent, name: "a test's flow")!;
    }

    public int Count => _count;

    public void Dispose()
    {
        _flow.Dispose();
        _listener.Dispose();
    }
}
