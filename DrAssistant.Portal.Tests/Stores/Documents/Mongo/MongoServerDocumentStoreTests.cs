using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;
using DrAssistant.Data.Stores.Documents.Mongo.Native;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>The adapter for MongoDB against a real server, in a database that it makes and drops.</summary>
public sealed class MongoServerDocumentStoreTests : DocumentStoreContract, IClassFixture<MongoServer>
{
    private readonly MongoServer _server;

    public MongoServerDocumentStoreTests(MongoServer server)
    {
        _server = server;
        Assert.SkipWhen(server.Adapter is null, $"{MongoServer.Variable} names no server.");
    }

    internal override IDocumentStore Store => _server.Adapter!.Store;

    private protected override Task<Guid> VisitAsync(Guid patient) => Task.FromResult(Guid.CreateVersion7());
}

/// <summary>The server that <see cref="Variable"/> names, where it names one.</summary>
public sealed class MongoServer : IAsyncLifetime
{
    public const string Variable = "DRASSISTANT_TEST_MONGO";

    internal MongoUnderTest? Adapter { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } uri ? new MongoUnderTest(uri) : null;

    public async ValueTask InitializeAsync()
    {
        if (Adapter is null)
        {
            await Console.Out.WriteLineAsync($"The Mongo adapter of the document store did not run against a real server: {Variable} names none.");
            return;
        }

        var found = await Adapter.Probe.FindOutAsync(TestContext.Current.CancellationToken);
        await Adapter.Opening.OpenAsync(TestContext.Current.CancellationToken);
        await Console.Out.WriteLineAsync($"The Mongo adapter of the document store runs through libmongoc {MongoNative.Version} against {found.Product} {found.Version}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Adapter is not null)
        {
            await Adapter.Client.WriteAsync("drop", session => session.Run(new BsonDocument { { "dropDatabase", 1 } }), TestContext.Current.CancellationToken);
            Adapter.Dispose();
        }
    }
}
