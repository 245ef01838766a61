using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>
/// What comes before the first question: Elasticsearch is asked for its version. A server that does not answer is done without until it
/// does; one that answers with a no stops the start. The indices are made by whoever fills them.
/// </summary>
internal sealed partial class ElasticOpening(ElasticProbe probe, IOptions<SearchStoreOptions> options, ILogger<ElasticOpening> log)
{
    private static readonly Version Oldest = new(7, 17);

    /// <summary>Says in one line what was found.</summary>
    /// <exception cref="ClinicStartupException">The operator has to put something right; the message says what.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var host = new Uri(options.Value.Elasticsearch.Url).Authority;
        try
        {
            var state = await probe.FindOutAsync(cancellation);
            if (!Version.TryParse(state.Version?.Split('-')[0], out var version) || version < Oldest)
            {
                throw new ClinicStartupException($"Elasticsearch at {host} is of version {state.Version}; the portal needs {Oldest} or newer. {ElasticOptions.UrlKey} names it.");
            }

            Opened(state.Product, state.Version, host, options.Value.Elasticsearch.Prefix, state.Latency.TotalMilliseconds);
        }
        catch (SearchIndexException e) when (e.InnerException is ElasticException { IsOutage: true } away)
        {
            NotOpened(host, ElasticOptions.UrlKey, away.Message);
        }
        catch (SearchIndexException refused)
        {
            throw new ClinicStartupException(Sentence(refused.InnerException as ElasticException, host), refused);
        }
    }

    private static string Sentence(ElasticException? cause, string host) => cause?.Fault switch
    {
        ElasticFault.Unauthorized
            => $"Elasticsearch at {host} refused the portal: {ElasticOptions.ApiKeyKey} (or {ElasticOptions.UsernameKey} and {ElasticOptions.PasswordKey}) must be of a user that may monitor the cluster and manage, read and write the indices that {ElasticOptions.PrefixKey} names.",
        _ => $"What answers at {host} is not Elasticsearch, or not as the portal needs it: {cause?.Message}. {ElasticOptions.UrlKey} names it.",
    };

    [LoggerMessage(LogLevel.Information, "Search: {Product} {Version} at {Host}, indices {Prefix}-*, answers in {Milliseconds:0.0} ms")]
    private partial void Opened(string product, string? version, string host, string prefix, double milliseconds);

    [LoggerMessage(LogLevel.Error, "Search: Elasticsearch at {Host} does not answer. Patients are found; notes, prescriptions, orders and results are not until it does. {Key} names it. {Reason}")]
    private partial void NotOpened(string host, string key, string reason);
}
