using System.Globalization;
using System.Runtime.CompilerServices;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;
using DrAssistant.Data.Stores.Objects;

namespace DrAssistant.Data.Stores.Recordings;

/// <summary>
/// The bucket in MongoDB, in the layout of the GridFS specification (collections recordings.files and recordings.chunks), so that other tools see files in it: sealed ones.
/// The chunks come first and the file last: a file that is there is whole.
/// </summary>
internal sealed class GridFsShelf(MongoClient mongo, TimeProvider time) : IRecordingShelf, IDisposable
{
    public const string Files = "recordings.files";
    public const string Parts = "recordings.chunks";

    private const string Id = "_id";
    private const string FilesId = "files_id";
    private const string Number = "n";
    private const string Data = "data";
    private const string Length = "length";
    private const string ChunkSize = "chunkSize";
    private const string UploadDate = "uploadDate";
    private const int PageLength = 500;

    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _isIndexed;

    public string Name => "recordings.gridfs";

    public async Task<string> OpenAsync(CancellationToken cancellation)
    {
        await IndexedAsync(cancellation);
        return "in GridFS";
    }

    public Task PutAsync(string key, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation) => AnsweredAsync(async () =>
    {
        await IndexedAsync(cancellation);
        try
        {
            await using var to = new ChunkingStream(Chunks.Length, (n, data, token) => InsertAsync(Parts, new BsonDocument
            {
                { Id, Guid.CreateVersion7() }, { FilesId, key }, { Number, n }, { Data, data.ToArray() },
            }, token));
            await write(to, cancellation);
            await to.CompleteAsync(cancellation);
            await InsertAsync(Files, new BsonDocument
            {
                { Id, key }, { Length, to.Written }, { ChunkSize, Chunks.Length }, { UploadDate, MongoDocuments.Milliseconds(time.GetUtcNow()) }, { "filename", key },
            }, cancellation);
            return true;
        }
        catch
        {
            await TryRemoveAsync(key);
            throw;
        }
    });

    public Task<long?> LengthAsync(string key, CancellationToken cancellation) => AnsweredAsync<long?>(async () =>
    {
        var files = await FindAsync(Files, new BsonDocument { { Id, key } }, 1, cancellation);
        return files is [var file] ? file.Number(Length) : null;
    });

    public Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellation) => AnsweredAsync(async () =>
    {
        var (first, last) = Chunks.Of(offset, length);
        var which = new BsonDocument { { FilesId, key }, { Number, new BsonDocument { { "$gte", first }, { "$lte", last } } } };
        var found = await FindAsync(Parts, which, last - first + 1, cancellation);
        return Chunks.Cut([.. found.OrderBy(chunk => chunk.Number(Number)).Select(chunk => chunk.Get<byte[]>(Data) ?? [])], first, offset, length);
    });

    /// <summary>The file goes first: without it, chunks are nobody's.</summary>
    public Task<bool> DeleteAsync(string key, CancellationToken cancellation) => AnsweredAsync(() => RemoveAsync(key, cancellation));

    public Task<string?> ProblemAsync(CancellationToken cancellation) => Task.FromResult<string?>(null); // MongoDB has a health check of its own

    public async IAsyncEnumerable<ShelvedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = "";
        while (true)
        {
            var page = await AnsweredAsync(() => FindAsync(Files, new BsonDocument { { Id, new BsonDocument { { "$gt", after } } } }, PageLength, cancellation, Id));
            foreach (var file in page)
            {
                yield return new ShelvedObject(file.Get<string>(Id) ?? "", file.Get<DateTimeOffset>(UploadDate));
            }

            if (page.Count < PageLength)
            {
                yield break;
            }

            after = page[^1].Get<string>(Id)!;
        }
    }

    /// <summary>Chunks without a file. A key begins with the milliseconds at which it was made (RFC 9562, 5.7), so keys sort by their time.</summary>
    public Task<int> SweepUnfinishedAsync(DateTimeOffset before, CancellationToken cancellation) => AnsweredAsync(async () =>
    {
        var (swept, after) = (0, "");
        var until = before.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        while (true)
        {
            var old = new BsonDocument { { Number, 0 }, { FilesId, new BsonDocument { { "$gt", after }, { "$lt", until } } } };
            var page = await FindAsync(Parts, old, PageLength, cancellation, FilesId, withoutData: true);
            foreach (var key in page.Select(chunk => chunk.Get<string>(FilesId)!))
            {
                if ((await FindAsync(Files, new BsonDocument { { Id, key } }, 1, cancellation)).Count == 0)
                {
                    await RemoveAsync(key, cancellation);
                    swept++;
                }

                after = key;
            }

            if (page.Count < PageLength)
            {
                return swept;
            }
        }
    });

    public void Dispose() => _one.Dispose();

    private Task<bool> InsertAsync(string collection, BsonDocument document, CancellationToken cancellation) => mongo.WriteAsync(
        "insert",
        session =>
        {
            session.Insert(collection, document, MongoConcerns.Writing());
            return true;
        },
        cancellation);

    private Task<List<BsonDocument>> FindAsync(string collection, BsonDocument which, int most, CancellationToken cancellation, string? sort = null, bool withoutData = false)
    {
        var options = MongoConcerns.Reading(most);
        if (sort is not null)
        {
            options.Add("sort", new BsonDocument { { sort, 1 } });
        }

        if (withoutData)
        {
            options.Add("projection", new BsonDocument { { Data, 0 } });
        }

        return mongo.ReadAsync("find", session => session.Find(collection, which, options), cancellation);
    }

    private async Task TryRemoveAsync(string key)
    {
        try
        {
            await RemoveAsync(key, CancellationToken.None);
        }
        catch (DocumentStoreException)
        {
            // It is away. What is left of the file is nobody's, and swept when it is back.
        }
    }

    private Task<bool> RemoveAsync(string key, CancellationToken cancellation) => mongo.WriteAsync(
        "delete",
        session =>
        {
            var there = Delete(session, Files, Id, key) > 0;
            Delete(session, Parts, FilesId, key);
            return there;
        },
        cancellation);

    private static long Delete(MongoSession session, string collection, string field, string key)
        => session.Run(
            new BsonDocument
            {
                { "delete", collection },
                { "deletes", new List<object?> { new BsonDocument { { "q", new BsonDocument { { field, key } } }, { "limit", 0 } } } },
            },
            MongoConcerns.Writing()).Number("n");

    /// <summary>The two indexes that the specification asks for, before the first file.</summary>
    private async Task IndexedAsync(CancellationToken cancellation)
    {
        if (_isIndexed)
        {
            return;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            if (!_isIndexed)
            {
                await mongo.WriteAsync("schema", session => Index(session, Parts, isUnique: true, FilesId, Number) && Index(session, Files, isUnique: false, "filename", UploadDate), cancellation);
                _isIndexed = true;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private static bool Index(MongoSession session, string collection, bool isUnique, string first, string second)
    {
        var index = new BsonDocument { { "key", new BsonDocument { { first, 1 }, { second, 1 } } }, { "name", $"{first}_1_{second}_1" } };
        if (isUnique)
        {
            index.Add("unique", true);
        }

        session.Run(new BsonDocument { { "createIndexes", collection }, { "indexes", new List<object?> { index } } }, MongoConcerns.Writing());
        return true;
    }

    /// <summary>A MongoDB that is away is a shelf that is away.</summary>
    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (DocumentStoreException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
