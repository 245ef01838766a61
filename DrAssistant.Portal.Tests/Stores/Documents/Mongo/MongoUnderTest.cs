using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>The adapter as the portal puts it together, through libmongoc to whatever server the address names.</summary>
internal sealed class MongoUnderTest : IDisposable
{
    public MongoUnderTest(string uri, string? caFile = null, TimeProvider? time = null)
    {
        var options = Options.Create(new DocumentStoreOptions
        {
            Kind = DocumentStoreOptions.InMongo,
            Mongo = new MongoOptions { Uri = uri, CaFile = caFile, Database = $"clinic_test_{Guid.CreateVersion7():n}" },
        });
        Client = new MongoClient(options, time ?? TimeProvider.System, NullLogger<MongoClient>.Instance);
        Schema = new MongoSchema(Client);
        Probe = new MongoProbe(Client, TimeProvider.System);
        Opening = new MongoOpening(Probe, Schema, options, NullLogger<MongoOpening>.Instance);
        Store = new MongoDocumentStore(Client, Schema, new SystemUser());
    }

    public MongoClient Client { get; }

    public MongoSchema Schema { get; }

    public MongoProbe Probe { get; }

    public MongoOpening Opening { get; }

    public MongoDocumentStore Store { get; }

    public void Dispose()
    {
        Schema.Dispose();
        Client.Dispose();
    }
}
