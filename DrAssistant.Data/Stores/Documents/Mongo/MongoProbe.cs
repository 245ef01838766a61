using DrAssistant.Data.Stores.Documents.Mongo.Bson;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>Asks MongoDB how it is: for the line at the start, for admins, and for the readiness of the portal.</summary>
internal sealed class MongoProbe(MongoClient mongo, TimeProvider time) : IDocumentStoreProbe, IHealthCheck
{
    public const string HealthName = "documents";

    private const string Product = "MongoDB";

    public async Task<DocumentStoreState> AskAsync(CancellationToken cancellation)
    {
        try
        {
            return await FindOutAsync(cancellation);
        }
        catch (DocumentStoreException e)
        {
            var fault = e.InnerException is MongoException cause ? cause.Fault : MongoFault.Other;
            return new DocumentStoreState(Product, null, TimeSpan.Zero, fault.ToString());
        }
    }

    /// <summary>Without MongoDB the portal serves everything but notes and documents, so it stays ready, and says that it is less than whole.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => (await AskAsync(cancellationToken)).IsWorking ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded();

    /// <summary>Product, version and latency.</summary>
    /// <exception cref="DocumentStoreException">It does not answer, or refuses.</exception>
    internal Task<DocumentStoreState> FindOutAsync(CancellationToken cancellation) => mongo.ProbeAsync(
        session =>
        {
            var version = session.Run(new BsonDocument { { "buildInfo", 1 } }).Get<string>("version"); // the connection is made here
            var started = time.GetTimestamp();
            session.Run(new BsonDocument { { "ping", 1 } });
            return new DocumentStoreState(Product, version, time.GetElapsedTime(started), null);
        },
        cancellation);
}
