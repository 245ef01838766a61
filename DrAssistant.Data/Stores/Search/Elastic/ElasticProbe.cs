using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>Asks Elasticsearch how it is: for the line at the start, for admins, and for the readiness of the portal.</summary>
internal sealed class ElasticProbe(ElasticClient elastic, TimeProvider time) : ISearchIndexProbe, IHealthCheck
{
    public const string HealthName = "search";

    private const string Product = "Elasticsearch";
    private const string Tagline = "You Know, for Search";

    public async Task<SearchIndexState> AskAsync(CancellationToken cancellation)
    {
        try
        {
            return await FindOutAsync(cancellation);
        }
        catch (SearchIndexException e)
        {
            var fault = e.InnerException is ElasticException cause ? cause.Fault : ElasticFault.Unreachable;
            return new SearchIndexState(Product, null, TimeSpan.Zero, fault.ToString());
        }
    }

    /// <summary>Without it the portal serves everything but searching in clinical text, so it stays ready, and says that it is less than whole.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => (await AskAsync(cancellationToken)).IsWorking ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded();

    /// <summary>Product, version and latency; a red cluster is a problem.</summary>
    /// <exception cref="SearchIndexException">It does not answer, refuses, or is something else.</exception>
    internal async Task<SearchIndexState> FindOutAsync(CancellationToken cancellation)
    {
        var info = (await elastic.ProbeAsync(new ElasticCall("probe", HttpMethod.Get, ""), cancellation)).Wanted(); // the connection is made here
        if (!IsElasticsearch(info, out var version))
        {
            throw new SearchIndexException("What answers is not Elasticsearch.", new ElasticException(ElasticFault.Strange, "what answers is not Elasticsearch"));
        }

        var started = time.GetTimestamp();
        var health = (await elastic.ProbeAsync(new ElasticCall("probe", HttpMethod.Get, "_cluster/health"), cancellation)).Wanted();
        var isRed = health.TryGetProperty("status", out var status) && string.Equals(status.GetString(), "red", StringComparison.OrdinalIgnoreCase);
        return new SearchIndexState(Product, version, time.GetElapsedTime(started), isRed ? "Red" : null);
    }

    private static bool IsElasticsearch(JsonElement info, out string? version)
    {
        version = null;
        if (info.ValueKind is not JsonValueKind.Object || !info.TryGetProperty("tagline", out var tagline) || tagline.GetString() != Tagline
            || !info.TryGetProperty("version", out var about) || !about.TryGetProperty("number", out var number))
        {
            return false;
        }

        version = number.GetString();
        return true;
    }
}
