using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo.Native;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>The adapter for MongoDB through libmongoc over a real socket, against the server of the tests.</summary>
public sealed class MongoDocumentStoreTests(MongoOnTheWire mongo) : DocumentStoreContract, IClassFixture<MongoOnTheWire>
{
    internal override IDocumentStore Store => mongo.Adapter.Store;

    private protected override Task<Guid> VisitAsync(Guid patient) => Task.FromResult(Guid.CreateVersion7());
}

/// <summary>A server of the tests with the adapter connected to it, for one test class.</summary>
public sealed class MongoOnTheWire : IAsyncLifetime
{
    internal WireServer Server { get; } = new();

    internal MongoUnderTest Adapter { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Adapter = new MongoUnderTest(Server.Uri);
        await Adapter.Opening.OpenAsync(TestContext.Current.CancellationToken);
        await Console.Out.WriteLineAsync($"The Mongo adapter of the document store runs through libmongoc {MongoNative.Version} against the in-test server.");
    }

    public async ValueTask DisposeAsync()
    {
        Adapter.Dispose();
        await Server.DisposeAsync();
    }
}
