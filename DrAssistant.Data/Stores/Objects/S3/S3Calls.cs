using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DrAssistant.Data.Stores.Objects.S3;

/// <summary>
/// The way to the server for everything that asks it: each try has an end, what fails for the server's sake is tried again, and after some failures
/// a circuit breaker answers in its place for a while. Everything that goes wrong comes out as a <see cref="ShelfException"/>.
/// Whatever is asked here can be asked twice: keys are made for one object, parts have numbers, and what is begun twice is swept away.
/// </summary>
internal sealed class S3Calls : IDisposable
{
    private const int MoreTries = 2;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortAnswer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(3);

    private readonly AmazonS3Client _client;
    private readonly ResiliencePipeline _short;
    private readonly ResiliencePipeline _long;
    private readonly ResiliencePipeline _probe;

    public S3Calls(S3Options options, TimeProvider time)
    {
        _client = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), Configuration(options));
        var breaker = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(Breaker()).Build();
        _short = Pipeline(breaker, ShortAnswer, time);
        _long = Pipeline(breaker, LongAnswer, time);
        _probe = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(Probe).Build();
    }

    /// <summary>A question with a short answer.</summary>
    public Task<T> AskAsync<T>(Func<AmazonS3Client, CancellationToken, Task<T>> ask, CancellationToken cancellation) => RunAsync(_short, ask, cancellation);

    /// <summary>What carries a body, up to some MiB, one way or the other.</summary>
    public Task<T> CarryAsync<T>(Func<AmazonS3Client, CancellationToken, Task<T>> ask, CancellationToken cancellation) => RunAsync(_long, ask, cancellation);

    /// <summary>Once, and past the breaker: whether the server is back is what this asks.</summary>
    public Task<T> ProbeAsync<T>(Func<AmazonS3Client, CancellationToken, Task<T>> ask, CancellationToken cancellation) => RunAsync(_probe, ask, cancellation);

    public void Dispose() => _client.Dispose();

    private async Task<T> RunAsync<T>(ResiliencePipeline pipeline, Func<AmazonS3Client, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                async (work, token) =>
                {
                    try
                    {
                        return await work(_client, token);
                    }
                    catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException and not ShelfException)
                    {
                        token.ThrowIfCancellationRequested(); // a connection that was cut because nobody waits any more is no failure of the server's
                        throw Told(e);
                    }
                },
                ask, cancellation);
        }
        catch (BrokenCircuitException e)
        {
            throw new ShelfException("The S3 server did not answer lately, and is left alone for a moment.", e) { IsOutage = true };
        }
        catch (TimeoutRejectedException e)
        {
            throw new ShelfException("The S3 server did not answer in time.", e) { IsOutage = true };
        }
    }

    private static ShelfException Told(Exception e) => e switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } s3
            => new ShelfException($"The S3 server refused the portal's access key, or its user may not do this ({Word(s3)}): see {S3Options.AccessKeyKey} and {S3Options.SecretKeyKey}.", e),
        AmazonS3Exception { StatusCode: HttpStatusCode.InsufficientStorage } s3 => new ShelfException($"The S3 server is full ({Word(s3)}).", e),
        AmazonS3Exception { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout } s3
            => new ShelfException($"The S3 server is in trouble ({Word(s3)}).", e) { IsOutage = true },
        AmazonS3Exception { StatusCode: >= HttpStatusCode.Continue } s3 => new ShelfException($"The S3 server refused: {Word(s3)}.", e),
        _ => new ShelfException($"The S3 server does not answer ({(e.InnerException ?? e).GetType().Name}).", e) { IsOutage = true },
    };

    /// <summary>The server's own word for it, as far as it is one.</summary>
    private static string Word(AmazonS3Exception e)
        => e.ErrorCode is { Length: > 0 and < 60 } code && code.All(char.IsAsciiLetterOrDigit) ? $"{(int)e.StatusCode} {code}" : $"{(int)e.StatusCode}";

    private static AmazonS3Config Configuration(S3Options options) => new()
    {
        ServiceURL = options.Endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = options.Region,
        AllowAutoRedirect = false,
        MaxErrorRetry = 0, // tries are counted in one place, above
        Timeout = System.Threading.Timeout.InfiniteTimeSpan, // and so is time
        RequestChecksumCalculation = options.PlainBodies ? RequestChecksumCalculation.WHEN_REQUIRED : RequestChecksumCalculation.WHEN_SUPPORTED,
        ResponseChecksumValidation = options.PlainBodies ? ResponseChecksumValidation.WHEN_REQUIRED : ResponseChecksumValidation.WHEN_SUPPORTED,
    };

    private static ResiliencePipeline Pipeline(ResiliencePipeline breaker, TimeSpan most, TimeProvider time)
        => new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<ShelfException>(e => e.IsOutage),
                MaxRetryAttempts = MoreTries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = BetweenTries,
                UseJitter = true,
            })
            .AddPipeline(breaker).AddTimeout(most).Build();

    private static CircuitBreakerStrategyOptions Breaker() => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<ShelfException>(e => e.IsOutage).Handle<TimeoutRejectedException>(),
        FailureRatio = 0.5,
        MinimumThroughput = 4,
        SamplingDuration = Sampling,
        BreakDuration = Break,
    };
}
