using DrAssistant.Data.Stores.Documents.Mongo.Native;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// What comes before the first document: MongoDB is asked for its version, and collections, validators and indexes are made.
/// A server that does not answer is waited for by the calls that need it; one that answers with a no stops the start.
/// </summary>
internal sealed partial class MongoOpening(
    MongoProbe probe, MongoSchema schema, IOptions<DocumentStoreOptions> options, ILogger<MongoOpening> log) : IDocumentStoreOpening
{
    /// <summary>Says in one line what was found.</summary>
    /// <exception cref="ClinicStartupException">The operator has to put something right; the message says what.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var hosts = string.Join(", ", MongoAddress.Parse(options.Value.Mongo.Uri)?.Hosts ?? []);
        try
        {
            var state = await probe.FindOutAsync(cancellation);
            await schema.EnsureAsync(cancellation);
            Opened(state.Product, state.Version, hosts, options.Value.Mongo.Database, state.Latency.TotalMilliseconds, MongoNative.Version);
        }
        catch (MongoLibraryMissingException missing)
        {
            throw new ClinicStartupException($"{missing.Message} Or set {DocumentStoreOptions.KindKey} to {DocumentStoreOptions.InPostgres}.", missing);
        }
        catch (DocumentStoreException away) when (away.IsAway)
        {
            NotOpened(hosts, MongoOptions.UriKey, away.InnerException?.Message);
        }
        catch (DocumentStoreException refused)
        {
            throw new ClinicStartupException(Sentence(refused.InnerException as MongoException, hosts), refused);
        }
    }

    private static string Sentence(MongoException? cause, string hosts) => cause?.Fault switch
    {
        MongoFault.Unauthenticated => $"MongoDB at {hosts} refused the user name or the password in {MongoOptions.UriKey} (or the database that knows them, authSource).",
        MongoFault.Unauthorized => $"The user in {MongoOptions.UriKey} may not do what the portal needs in the database that {MongoOptions.DatabaseKey} names; deploy/mongo-user.js shows the rights.",
        MongoFault.DuplicateKey => $"The database that {MongoOptions.DatabaseKey} names holds documents that are not this portal's, or two notes of one encounter.",
        _ => $"MongoDB at {hosts} does not do what the portal needs: {cause?.Message} (code {cause?.Code}). {MongoOptions.UriKey} names it.",
    };

    [LoggerMessage(LogLevel.Information, "Documents: {Product} {Version} at {Hosts}, database {Database}, answers in {Milliseconds:0.0} ms (libmongoc {Driver})")]
    private partial void Opened(string product, string? version, string hosts, string database, double milliseconds, string driver);

    [LoggerMessage(LogLevel.Error, "Documents: MongoDB at {Hosts} does not answer. Notes can be neither read nor written until it does; {Key} names it. {Reason}")]
    private partial void NotOpened(string hosts, string key, string? reason);
}
