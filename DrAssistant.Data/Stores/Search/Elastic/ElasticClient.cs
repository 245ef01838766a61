using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>The way to Elasticsearch for everything that asks it: repeated where it was cut off or turned away, past a circuit breaker, measured.</summary>
internal sealed partial class ElasticClient : IDisposable
{
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookUpAgain = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _pipeline;

    public ElasticClient(IOptions<SearchStoreOptions> options, TimeProvider time, ILogger<ElasticClient> log)
    {
        (_time, _log) = (time, log);
        var elastic = options.Value.Elasticsearch;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectWithin, PooledConnectionLifetime = LookUpAgain })
        {
            BaseAddress = new Uri(elastic.Url.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.Authorization = SignIn(elastic);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(Again()).AddCircuitBreaker(Breaker()).Build();
    }

    /// <summary>The answer, also where it is a no.</summary>
    /// <exception cref="SearchIndexException">There was none.</exception>
    public Task<ElasticAnswer> AskAsync(ElasticCall call, CancellationToken cancellation) => AskAsync(call, answer => answer, cancellation);

    /// <summary>What <paramref name="read"/> makes of the answer. It may find it wanting, and then the call is repeated.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="read">Throws an <see cref="ElasticException"/> that is an outage where the call should be repeated.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="SearchIndexException">There was no answer.</exception>
    public Task<T> AskAsync<T>(ElasticCall call, Func<ElasticAnswer, T> read, CancellationToken cancellation) => MeasuredAsync(_pipeline, call, read, cancellation);

    /// <summary>Past the breaker: whether the server is back is what this asks.</summary>
    public Task<ElasticAnswer> ProbeAsync(ElasticCall call, CancellationToken cancellation) => MeasuredAsync(ResiliencePipeline.Empty, call, answer => answer, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<T> MeasuredAsync<T>(ResiliencePipeline pipeline, ElasticCall call, Func<ElasticAnswer, T> read, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var outcome = "unavailable";
        try
        {
            var (value, isOk) = await pipeline.ExecuteAsync(
                async (asked, token) => await SendAsync(asked, token) is var answer ? (read(answer), answer.IsOk) : default, call, cancellation);
            outcome = isOk ? "ok" : "refused";
            return value;
        }
        catch (BrokenCircuitException open)
        {
            throw new SearchIndexException("The search index (Elasticsearch) does not answer.", open);
        }
        catch (ElasticException failed)
        {
            throw new SearchIndexException($"The search index (Elasticsearch) did not answer: {failed.Message}.", failed);
        }
        finally
        {
            StoreMetrics.Record("search.elasticsearch", call.Operation, outcome, _time.GetElapsedTime(started));
        }
    }

    private async Task<ElasticAnswer> SendAsync(ElasticCall call, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(call.Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(call.Method, call.Path) { Content = ContentOf(call) };
            using var response = await _http.SendAsync(request, both.Token);
            var body = await response.Content.ReadAsByteArrayAsync(both.Token);
            return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
                ? throw new ElasticException(ElasticFault.Busy, $"it answered {(int)response.StatusCode}")
                : new ElasticAnswer(response.StatusCode, Read(body));
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new ElasticException(ElasticFault.TimedOut, $"nothing came within {call.Patience.TotalSeconds:0.#} s", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new ElasticException(ElasticFault.Unreachable, $"{nameof(ElasticFault.Unreachable)} ({(broken as HttpRequestException)?.HttpRequestError})", broken);
        }
    }

    private static HttpContent? ContentOf(ElasticCall call)
    {
        if (call is { Lines: null, Json: null })
        {
            return null;
        }

        var content = new ByteArrayContent(call.Lines ?? JsonSerializer.SerializeToUtf8Bytes(call.Json));
        content.Headers.ContentType = new MediaTypeHeaderValue(call.Lines is null ? "application/json" : "application/x-ndjson");
        return content;
    }

    /// <summary>An answer to HEAD has none; what is no JSON comes from something between.</summary>
    private static JsonElement Read(byte[] body)
    {
        if (body.Length == 0)
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException strange)
        {
            throw new ElasticException(ElasticFault.Strange, "the answer is no JSON", strange);
        }
    }

    private static AuthenticationHeaderValue? SignIn(ElasticOptions options)
    {
        if (options.ApiKey is { Length: > 0 } key)
        {
            return new AuthenticationHeaderValue("ApiKey", key);
        }

        return options.Username is { Length: > 0 } user
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")))
            : null;
    }

    private CircuitBreakerStrategyOptions Breaker() => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<ElasticException>(e => e.Fault is ElasticFault.Unreachable or ElasticFault.TimedOut),
        FailureRatio = 0.5,
        MinimumThroughput = 4,
        SamplingDuration = Sampling,
        BreakDuration = Break,
        OnOpened = _ =>
        {
            Away();
            return ValueTask.CompletedTask;
        },
        OnClosed = _ =>
        {
            Back();
            return ValueTask.CompletedTask;
        },
    };

    /// <summary>Not after a time-out: whoever asked has waited long enough.</summary>
    private static RetryStrategyOptions Again() => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<ElasticException>(e => e.Fault is ElasticFault.Unreachable or ElasticFault.Busy),
        MaxRetryAttempts = 2,
        BackoffType = DelayBackoffType.Exponential,
        Delay = BetweenTries,
        UseJitter = true,
    };

    [LoggerMessage(LogLevel.Error, "Elasticsearch does not answer; notes, prescriptions, orders and results are not found by their words until it does.")]
    private partial void Away();

    [LoggerMessage(LogLevel.Information, "Elasticsearch answers again.")]
    private partial void Back();
}
