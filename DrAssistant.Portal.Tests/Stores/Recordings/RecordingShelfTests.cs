using System.Security.Cryptography;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Recordings;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Stores.Objects;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Recordings;

/// <summary>The bucket in PostgreSQL does what every shelf does.</summary>
public sealed class PostgresRecordingShelfTests(ClinicDatabase databases) : ObjectStoreContract, IAsyncLifetime
{
    private FreshClinic? _database;
    private ClinicDataSources? _clinic;

    internal override IObjectShelf Shelf => new PostgresRecordingShelf(_clinic!, new SecuredBatch(_clinic!, new SystemUser()), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _database = await databases.NewAsync(Cancellation);
        _clinic = new ClinicDataSources(_database.Connections.App, _database.Connections.Worker);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _clinic!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_no_recording_names_is_nobodys_to_read()
    {
        await using var content = new MemoryStream(RandomNumberGenerator.GetBytes(1000));
        var put = await Store.PutAsync(content, "audio/webm", Cancellation);

        await using var app = _clinic!.App.CreateCommand("SELECT (SELECT count(*) FROM recording_files) + (SELECT count(*) FROM recording_chunks)");

        Assert.Equal(0L, await app.ExecuteScalarAsync(Cancellation));
        Assert.True(await Store.ExistsAsync(put.Key, Cancellation));
    }
}

/// <summary>GridFS does so too, and is laid out as its specification says.</summary>
public sealed class GridFsShelfTests(MongoOnTheWire mongo) : ObjectStoreContract, IClassFixture<MongoOnTheWire>
{
    private readonly GridFsShelf _shelf = new(mongo.Adapter.Client, TimeProvider.System);

    internal override IObjectShelf Shelf => _shelf;

    [Fact]
    public async Task Files_and_chunks_are_laid_out_as_the_specification_says()
    {
        var sound = RandomNumberGenerator.GetBytes(600_000);
        await using var content = new MemoryStream(sound);

        var put = await Store.PutAsync(content, "audio/webm", Cancellation);

        var file = mongo.Server.Documents(GridFsShelf.Files).Single(document => Equals(document["_id"], put.Key));
        var chunks = mongo.Server.Documents(GridFsShelf.Parts).Where(document => Equals(document["files_id"], put.Key)).OrderBy(document => document.Number("n")).ToList();
        Assert.Equal((261_120, put.Key), (file.Number("chunkSize"), file.Get<string>("filename")));
        Assert.IsType<DateTimeOffset>(file["uploadDate"]);
        Assert.Equal([0, 1, 2], chunks.Select(chunk => chunk.Number("n")));
        Assert.All(chunks[..^1], chunk => Assert.Equal(261_120, chunk.Get<byte[]>("data")!.Length));
        Assert.Equal(file.Number("length"), chunks.Sum(chunk => chunk.Get<byte[]>("data")!.Length));

        Assert.True(await Store.DeleteAsync(put.Key, Cancellation));
        Assert.DoesNotContain(mongo.Server.Documents(GridFsShelf.Parts), document => Equals(document["files_id"], put.Key));
    }

    [Fact]
    public async Task Chunks_that_a_crash_left_without_their_file_are_swept_and_no_others()
    {
        await using var content = new MemoryStream(RandomNumberGenerator.GetBytes(300_000));
        var whole = await Store.PutAsync(content, "audio/webm", Cancellation);
        var left = Guid.CreateVersion7().ToString("N");
        foreach (var number in new[] { 0, 1 })
        {
            await mongo.Adapter.Client.WriteAsync("insert", session =>
            {
                session.Insert(GridFsShelf.Parts, new BsonDocument { { "_id", Guid.CreateVersion7() }, { "files_id", left }, { "n", number }, { "data", new byte[10] } }, []);
                return true;
            }, Cancellation);
        }

        Assert.Equal(0, await Shelf.SweepUnfinishedAsync(TimeProvider.System.GetUtcNow().AddHours(-1), Cancellation));
        Assert.Equal(1, await Shelf.SweepUnfinishedAsync(TimeProvider.System.GetUtcNow().AddHours(1), Cancellation));

        Assert.DoesNotContain(mongo.Server.Documents(GridFsShelf.Parts), document => Equals(document["files_id"], left));
        Assert.Equal(300_000, (await Store.ReadAsync(whole.Key, whole.Sha256, Cancellation))!.TotalLength);
    }

    protected override void Dispose(bool disposing)
    {
        _shelf.Dispose();
        base.Dispose(disposing);
    }
}
