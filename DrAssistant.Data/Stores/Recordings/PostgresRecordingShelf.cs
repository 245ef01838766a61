using System.Runtime.CompilerServices;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Stores.Recordings;

/// <summary>
/// The bucket in PostgreSQL: a row a file and rows of chunks, written in one transaction. Read as whoever asks, under the same row-level security as the recording;
/// written and taken away by the practice's own work.
/// </summary>
internal sealed class PostgresRecordingShelf(ClinicDataSources clinic, SecuredBatch batch, TimeProvider time) : IRecordingShelf
{
    private const int PageLength = 500;

    public string Name => "recordings.postgres";

    public Task<string> OpenAsync(CancellationToken cancellation) => Task.FromResult("in PostgreSQL");

    public Task PutAsync(string key, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation) => AnsweredAsync(async () =>
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var to = new ChunkingStream(Chunks.Length, (n, data, token) => WriteAsync(connection, key, n, data, token));
        await write(to, cancellation);
        await to.CompleteAsync(cancellation);
        await using var file = new NpgsqlCommand("INSERT INTO recording_files (id, length, chunk_size, upload_date) VALUES ($1, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = key }, new() { Value = to.Written }, new() { Value = Chunks.Length }, new() { Value = time.GetUtcNow() } },
        };
        await file.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    });

    public Task<long?> LengthAsync(string key, CancellationToken cancellation) => AnsweredAsync(() => batch.ReadAsync(
        [new NpgsqlBatchCommand("SELECT length FROM recording_files WHERE id = $1") { Parameters = { new() { Value = key } } }],
        async (reader, token) => await reader.ReadAsync(token) ? reader.GetInt64(0) : (long?)null,
        cancellation));

    public Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellation) => AnsweredAsync(async () =>
    {
        var (first, last) = Chunks.Of(offset, length);
        var ask = new NpgsqlBatchCommand("SELECT data FROM recording_chunks WHERE files_id = $1 AND n BETWEEN $2 AND $3 ORDER BY n")
        {
            Parameters = { new() { Value = key }, new() { Value = first }, new() { Value = last } },
        };
        var chunks = await batch.ReadAsync([ask], (reader, token) => reader.ListAsync(row => row.GetFieldValue<byte[]>(0), token), cancellation);
        return Chunks.Cut(chunks, first, offset, length);
    });

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation) => AnsweredAsync(async () =>
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var delete = new NpgsqlCommand("""
            WITH chunks AS (DELETE FROM recording_chunks WHERE files_id = $1)
            DELETE FROM recording_files WHERE id = $1
            """, connection) { Parameters = { new() { Value = key } } };
        return await delete.ExecuteNonQueryAsync(cancellation) > 0;
    });

    public Task<string?> ProblemAsync(CancellationToken cancellation) => Task.FromResult<string?>(null); // the database has a health check of its own

    public async IAsyncEnumerable<ShelvedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = "";
        while (true)
        {
            var page = await PageAsync(after, cancellation);
            foreach (var lying in page)
            {
                yield return lying;
            }

            if (page.Count < PageLength)
            {
                yield break;
            }

            after = page[^1].Key;
        }
    }

    /// <summary>None: a file and its chunks are one transaction.</summary>
    public Task<int> SweepUnfinishedAsync(DateTimeOffset before, CancellationToken cancellation) => Task.FromResult(0);

    private Task<List<ShelvedObject>> PageAsync(string after, CancellationToken cancellation) => AnsweredAsync(async () =>
    {
        await using var ask = clinic.Worker.CreateCommand($"SELECT id, upload_date FROM recording_files WHERE id > $1 ORDER BY id LIMIT {PageLength}");
        ask.Parameters.Add(new NpgsqlParameter { Value = after });
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => new ShelvedObject(row.GetString(0), row.Instant(1)), cancellation);
    });

    private static async Task WriteAsync(NpgsqlConnection connection, string key, int number, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        await using var chunk = new NpgsqlCommand("INSERT INTO recording_chunks (files_id, n, data) VALUES ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = key }, new() { Value = number }, new() { Value = data.ToArray() } },
        };
        await chunk.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A database that is away is a shelf that is away.</summary>
    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (NpgsqlException e)
        {
            throw new IOException("The bucket of recordings (PostgreSQL) does not answer.", e);
        }
    }
}
