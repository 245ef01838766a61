using System.Threading.Channels;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>
/// A note that was saved is found at once: its id goes to the indexer of this portal without waiting for the outbox, which comes by two
/// minutes later and makes good what was lost on this way.
/// </summary>
internal sealed class SavedNotes
{
    private const int MostWaiting = 1_000;

    private readonly Channel<Guid> _saved = Channel.CreateBounded<Guid>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Saved(Guid note) => _saved.Writer.TryWrite(note);

    /// <summary>Waits for the first, and takes whatever else is there; each once.</summary>
    public async Task<IReadOnlyCollection<Guid>> TakeAsync(CancellationToken cancellation)
    {
        var notes = new HashSet<Guid> { await _saved.Reader.ReadAsync(cancellation) };
        while (notes.Count < Reindexer.Page && _saved.Reader.TryRead(out var more))
        {
            notes.Add(more);
        }

        return notes;
    }
}

/// <summary>Indexes what <see cref="SavedNotes"/> has.</summary>
internal sealed partial class SavedNotesIndexing(SavedNotes saved, IServiceScopeFactory scopes, ILogger<SavedNotesIndexing> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await IndexAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The outbox still owes it, and reports what it cannot do.
                LeftToTheOutbox(e.GetType().Name);
            }
        }
    }

    /// <summary>Waits for a note and indexes it.</summary>
    internal async Task IndexAsync(CancellationToken cancellation)
    {
        var notes = await saved.TakeAsync(cancellation);
        await using var scope = SystemScope.Create(scopes);
        await scope.ServiceProvider.GetRequiredService<SearchIndexer>().WriteAsync(SearchKind.Note, notes, cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Notes that were saved are left to the outbox to be indexed: {Error}.")]
    private partial void LeftToTheOutbox(string error);
}
