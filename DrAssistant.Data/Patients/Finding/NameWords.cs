using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// The words of all names, held in memory: likening a misspelt word to the hundreds that share letters with it takes a database milliseconds. What is held is a minute
/// old at most, and says up to which transaction it is whole (<see cref="KnownWords.Mark"/>); the few words that came later are looked for in the database, in the question itself.
/// </summary>
internal sealed partial class NameWords(ClinicDataSources data, TimeProvider time, ILogger<NameWords> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private volatile KnownWords? _known;

    /// <summary>
    /// A condition on <c>name_words</c>: what came since. Above the newest transaction of this server stand only the words of a database that was restored to another server, and
    /// they are old.
    /// </summary>
    /// <param name="mark">The parameter with the mark.</param>
    public static string Since(string mark) => $"added_by >= {mark} AND added_by < pg_snapshot_xmax(pg_current_snapshot())";

    public async ValueTask<KnownWords> LatestAsync(CancellationToken cancellation) => _known ?? await LoadAsync(cancellation);

    /// <summary>Reads all words anew.</summary>
    internal async Task<KnownWords> LoadAsync(CancellationToken cancellation)
    {
        await using var connection = await data.App.OpenConnectionAsync(cancellation);

        // The mark before the words: what is written between the two is then looked for once more, and not missed.
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("SELECT pg_snapshot_xmin(pg_current_snapshot())"), new("SELECT word, is_often FROM name_words") },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var mark = reader.GetFieldValue<ulong>(0);
        await reader.NextResultAsync(cancellation);
        var words = await reader.ListAsync(row => new NameWord(row.GetString(0), row.GetBoolean(1)), cancellation);
        return _known = new KnownWords(new WordTrigrams(words), mark);
    }

    /// <summary>Reads all words anew where there are any that are not held.</summary>
    internal async Task RefreshAsync(CancellationToken cancellation)
    {
        if (_known is not { } known || await AnySinceAsync(known.Mark, cancellation))
        {
            await LoadAsync(cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                NotRead(e.GetType().Name); // the database is away, and with it the search
            }

            await Task.Delay(BetweenLooks, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> AnySinceAsync(ulong mark, CancellationToken cancellation)
    {
        await using var ask = data.App.CreateCommand($"SELECT EXISTS (SELECT FROM name_words WHERE {Since("$1")})");
        ask.Parameters.Add(new NpgsqlParameter { Value = mark, NpgsqlDbType = NpgsqlDbType.Xid8 });
        return (bool)(await ask.ExecuteScalarAsync(cancellation))!;
    }

    [LoggerMessage(LogLevel.Warning, "The words of names could not be read ({Error}); those read before are used, and later ones looked for in the database.")]
    private partial void NotRead(string error);
}

/// <summary>The words of names at one moment.</summary>
/// <param name="Words">Those words.</param>
/// <param name="Mark">All transactions before this one had ended: their words are among these.</param>
internal sealed record KnownWords(WordTrigrams Words, ulong Mark);
