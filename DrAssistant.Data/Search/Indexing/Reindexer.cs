using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>
/// Builds a new index beside the one that is asked, while the portal works, and switches at the end. Whatever changes meanwhile is
/// written to both. Where it has come to is noted page by page: after a kill it goes on from there.
/// </summary>
internal sealed class Reindexer(
    ISearchIndex index, SearchBuilds builds, SearchIndexer indexer, SearchCheck check, OutboxWriter outbox,
    IDbContextFactory<ClinicDb> clinic, ClinicDataSources sources)
{
    public const int Page = 200;

    /// <summary>"search", as a number: one portal of a practice builds at a time.</summary>
    private const long Lock = 0x736561726368;

    /// <summary>Goes on with a build that was begun, or begins one; null where another portal is at it.</summary>
    public async Task<ReindexReport?> RunAsync(IProgress<ReindexProgress>? progress, CancellationToken cancellation)
    {
        await using var connection = await sources.Worker.OpenConnectionAsync(cancellation);
        if (!await TakeAsync(connection, cancellation))
        {
            return null;
        }

        try
        {
            var build = await ResumedAsync(cancellation) ?? await builds.BeginAsync(cancellation);
            await index.PrepareAsync(build.Generation, cancellation);
            foreach (var kind in Enum.GetValues<SearchKind>().Where(kind => build.Kind is not { } at || kind >= at))
            {
                build = await FillAsync(build.Kind == kind ? build : build with { Kind = kind, After = null }, progress, cancellation);
            }

            await index.SwitchAsync(build.Generation, cancellation);
            await builds.SwitchAsync(build.Generation, cancellation);
            foreach (var old in await builds.OldAsync(cancellation))
            {
                await index.DropAsync(old, cancellation);
            }

            return new ReindexReport(build.Written, build.Failed, await check.RunAsync(cancellation));
        }
        finally
        {
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = Lock } } };
            await release.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> TakeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Lock } } };
        return (bool)(await take.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>A build by other rules than these is of no use, nor is one whose index was lost after it had begun to be filled.</summary>
    private async Task<SearchBuild?> ResumedAsync(CancellationToken cancellation)
    {
        if (await builds.UnfinishedAsync(cancellation) is not { } begun)
        {
            return null;
        }

        if (begun.Rules == SearchBuilds.Rules && (begun.Kind is null || await index.IsThereAsync(begun.Generation, cancellation)))
        {
            return begun;
        }

        await builds.GiveUpAsync(begun.Generation, cancellation);
        return null;
    }

    private async Task<SearchBuild> FillAsync(SearchBuild build, IProgress<ReindexProgress>? progress, CancellationToken cancellation)
    {
        var kind = build.Kind!.Value;
        var total = await indexer.SourceOf(kind).CountAsync(cancellation);
        for (var done = 0L; await indexer.SourceOf(kind).PageAsync(build.After, Page, cancellation) is { Count: > 0 } page; done += page.Count)
        {
            var ids = page.Select(place => place.Id).ToList();
            var failed = await WriteAsync(build.Generation, kind, ids, cancellation);
            build = build with { After = page[^1], Written = build.Written + ids.Count - failed, Failed = build.Failed + failed };
            await builds.NoteAsync(build, cancellation);
            progress?.Report(new ReindexProgress(kind, Math.Min(done + page.Count, total), total));
        }

        await builds.NoteAsync(build, cancellation);
        return build;
    }

    /// <summary>How many could not be written. They are owed through the outbox: it tries again, and reports what never succeeds.</summary>
    private async Task<int> WriteAsync(int generation, SearchKind kind, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        try
        {
            var refused = await index.WriteAsync(generation, await indexer.ReadAsync(kind, ids, cancellation), cancellation);
            await OweAsync(kind, [.. refused.Select(key => key.Id)], cancellation);
            return refused.Count;
        }
        catch (Exception poison) when (poison is not (OperationCanceledException or SearchIndexException) && ids.Count > 1)
        {
            var failed = 0;
            foreach (var id in ids)
            {
                failed += await WriteAsync(generation, kind, [id], cancellation);
            }

            return failed;
        }
        catch (Exception poison) when (poison is not (OperationCanceledException or SearchIndexException or NpgsqlException { IsTransient: true }))
        {
            await OweAsync(kind, ids, cancellation);
            return 1;
        }
    }

    private async Task OweAsync(SearchKind kind, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        foreach (var id in ids)
        {
            outbox.Add(db, SearchMessages.One, id, ids: SearchMessages.Ids(kind));
        }

        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>How far a build has come.</summary>
public sealed record ReindexProgress(SearchKind Kind, long Done, long Total);

/// <summary>What came of a build, and what a look at both sides found.</summary>
public sealed record ReindexReport(long Written, long Failed, IReadOnlyList<SearchCheckLine> Checked);

/// <summary>One kind, counted on both sides and compared for some.</summary>
public sealed record SearchCheckLine(SearchKind Kind, long Kept, long Found, int Compared, int Differing)
{
    public bool IsRight => Kept == Found && Differing == 0;
}
