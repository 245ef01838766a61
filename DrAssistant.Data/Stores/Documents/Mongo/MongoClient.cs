using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// The way to MongoDB for everything that asks it: through the gate, past a circuit breaker, measured. Connects at the first call.
/// </summary>
internal sealed partial class MongoClient : IDisposable
{
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lazy<(MongoPool Pool, MongoGate Gate)> _way;
    private readonly ResiliencePipeline _writing;
    private readonly ResiliencePipeline _reading;
    private DateTimeOffset? _awaySince;

    public MongoClient(IOptions<DocumentStoreOptions> options, TimeProvider time, ILogger<MongoClient> log)
    {
        (_time, _log) = (time, log);
        _way = new(() =>
        {
            var pool = new MongoPool(options.Value.Mongo, time);
            return (pool, new MongoGate(pool));
        });
        _writing = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(Breaker()).Build();
        _reading = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(AgainIfCut()).AddPipeline(_writing).Build();
    }

    /// <summary>A reading may be repeated; it stops being waited for when it is cancelled.</summary>
    public Task<T> ReadAsync<T>(string operation, Func<MongoSession, T> work, CancellationToken cancellation)
        => AskAsync(_reading, operation, work, isWriting: false, cancellation);

    /// <summary>Never repeated here beyond what libmongoc itself knows to be safe, and waited for once it has begun.</summary>
    public Task<T> WriteAsync<T>(string operation, Func<MongoSession, T> work, CancellationToken cancellation)
        => AskAsync(_writing, operation, work, isWriting: true, cancellation);

    /// <summary>Past the breaker: whether the server is back is what this asks.</summary>
    public Task<T> ProbeAsync<T>(Func<MongoSession, T> work, CancellationToken cancellation)
        => AskAsync(ResiliencePipeline.Empty, "probe", work, isWriting: false, cancellation);

    public void Dispose()
    {
        if (_way.IsValueCreated)
        {
            _way.Value.Gate.Dispose();
            _way.Value.Pool.Dispose();
        }
    }

    private async Task<T> AskAsync<T>(ResiliencePipeline pipeline, string operation, Func<MongoSession, T> work, bool isWriting, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var outcome = "unavailable";
        try
        {
            var answer = await pipeline.ExecuteAsync(
                async (ask, token) => await _way.Value.Gate.RunAsync(ask, isWriting, token), work, cancellation);
            outcome = "ok";
            return answer;
        }
        catch (BrokenCircuitException open)
        {
            throw new DocumentStoreException("The document store (MongoDB) does not answer.", open) { IsAway = true, AwaySince = _awaySince };
        }
        catch (MongoException failed) when (failed.IsOutage)
        {
            throw new DocumentStoreException($"The document store (MongoDB) did not answer: {failed.Fault}.", failed)
            {
                IsAway = true, AwaySince = _awaySince, IsOutcomeUnknown = isWriting && failed.IsOutcomeUnknown,
            };
        }
        catch (MongoException failed)
        {
            outcome = "refused";
            throw new DocumentStoreException($"The document store (MongoDB) refused: {failed.Fault} ({failed.Code}).", failed);
        }
        finally
        {
            StoreMetrics.Record("documents.mongo", operation, outcome, _time.GetElapsedTime(started));
        }
    }

    private CircuitBreakerStrategyOptions Breaker() => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<MongoException>(e => e.Fault is MongoFault.Unreachable or MongoFault.TimedOut),
        FailureRatio = 0.5,
        MinimumThroughput = 4,
        SamplingDuration = Sampling,
        BreakDuration = Break,
        OnOpened = _ =>
        {
            _awaySince ??= _time.GetUtcNow();
            Away();
            return ValueTask.CompletedTask;
        },
        OnClosed = _ =>
        {
            _awaySince = null;
            Back();
            return ValueTask.CompletedTask;
        },
    };

    /// <summary>libmongoc has repeated it once; after that, a new primary needs a moment. Where no server is found at all, waiting was part of the search.</summary>
    private static RetryStrategyOptions AgainIfCut() => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<MongoException>(e => e is { Fault: MongoFault.Unreachable, IsOutcomeUnknown: true }),
        MaxRetryAttempts = 2,
        BackoffType = DelayBackoffType.Exponential,
        Delay = BetweenTries,
        UseJitter = true,
    };

    [LoggerMessage(LogLevel.Error, "MongoDB does not answer; notes can be neither read nor written until it does.")]
    private partial void Away();

    [LoggerMessage(LogLevel.Information, "MongoDB answers again.")]
    private partial void Back();
}
