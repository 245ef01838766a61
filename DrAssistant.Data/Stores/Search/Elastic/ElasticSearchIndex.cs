using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>
/// The index in Elasticsearch. Who may find what is asked of PostgreSQL at every question, and is part of the question: whoever has
/// nobody in their care asks nothing. What was written is found within a second.
/// </summary>
internal sealed class ElasticSearchIndex(ElasticClient elastic, SecuredBatch batch, ClinicDataSources clinic, IOptions<SearchStoreOptions> options) : ISearchIndex
{
    private const string AlreadyThere = "resource_already_exists_exception";
    private const int HighestLot = int.MaxValue;

    /// <summary>Nobody waits for it.</summary>
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    private readonly ElasticSchema _schema = new(options.Value.Elasticsearch.Prefix);

    public async Task PrepareAsync(int generation, CancellationToken cancellation)
    {
        foreach (var kind in ElasticSchema.Kinds)
        {
            var made = await elastic.AskAsync(
                new ElasticCall("create", HttpMethod.Put, _schema.Index(kind, generation)) { Json = _schema.Creation(kind, generation), Patience = Patient }, cancellation);
            if (made.Error != AlreadyThere)
            {
                made.Wanted();
            }
        }
    }

    public async Task<bool> IsThereAsync(int generation, CancellationToken cancellation)
    {
        var found = await elastic.AskAsync(new ElasticCall("exists", HttpMethod.Head, _schema.Indices(generation)), cancellation);
        if (found.Status is HttpStatusCode.NotFound)
        {
            return false;
        }

        found.Wanted();
        return true;
    }

    /// <summary>A request that is refused as a whole is parted, until the document is found that is to blame.</summary>
    public async Task<IReadOnlyList<DocumentKey>> WriteAsync(int generation, IReadOnlyCollection<IndexedDocument> documents, CancellationToken cancellation)
    {
        var refused = new List<DocumentKey>();
        foreach (var (row, lines) in ElasticBulk.Requests(documents, _schema, generation))
        {
            var call = new ElasticCall("bulk", HttpMethod.Post, ElasticBulk.Path) { Lines = lines, Patience = Patient };
            var keys = await elastic.AskAsync(call, answer => IsAboutADocument(answer) ? null : ElasticBulk.Refused(answer.Wanted(), row), cancellation);
            refused.AddRange(keys ?? (row.Count == 1 ? [row[0].Key] : await OneByOneAsync(generation, row, cancellation)));
        }

        return refused;
    }

    public async Task<IndexAnswer> FindAsync(IndexQuestion question, CancellationToken cancellation)
    {
        var patients = await PatientsAsync(question.PatientId, cancellation);
        if (patients.Length == 0 || question.Kinds.Count == 0)
        {
            return IndexAnswer.Nothing;
        }

        var answer = await SearchAsync("find", string.Join(',', question.Kinds.Select(_schema.Alias)), ElasticQuery.Question(question, patients), cancellation);
        return new IndexAnswer(
            [.. answer.GetProperty("hits").GetProperty("hits").EnumerateArray()
                .SelectMany(group => group.GetProperty("inner_hits").GetProperty(ElasticQuery.Newest).GetProperty("hits").GetProperty("hits").EnumerateArray())
                .Select(hit => ElasticDocument.Hit(hit.GetProperty("_source"))).OrderBy(hit => hit.Key.Kind)],
            answer.GetProperty("aggregations").GetProperty(ElasticQuery.Kinds).GetProperty("buckets").EnumerateArray()
                .ToDictionary(bucket => EnumText.Parse<SearchKind>(bucket.GetProperty("key").GetString()!), bucket => bucket.GetProperty("doc_count").GetInt64()));
    }

    /// <summary>One step: at no moment is there none, or two.</summary>
    public async Task SwitchAsync(int generation, CancellationToken cancellation)
    {
        if (!await RefreshedAsync(_schema.Indices(generation), cancellation))
        {
            throw new SearchIndexException("The index that is to be asked is gone.");
        }

        var actions = new JsonArray();
        foreach (var kind in ElasticSchema.Kinds)
        {
            actions.Add(new JsonObject { ["remove"] = new JsonObject { ["index"] = _schema.EveryIndex(kind), ["alias"] = _schema.Alias(kind), ["must_exist"] = false } });
            actions.Add(new JsonObject { ["add"] = new JsonObject { ["index"] = _schema.Index(kind, generation), ["alias"] = _schema.Alias(kind) } });
        }

        (await elastic.AskAsync(
            new ElasticCall("switch", HttpMethod.Post, "_aliases") { Json = new JsonObject { ["actions"] = actions }, Patience = Patient }, cancellation)).Wanted();
    }

    /// <summary>Also what the build left in PostgreSQL, where the practice has come from there.</summary>
    public async Task DropAsync(int generation, CancellationToken cancellation)
    {
        (await elastic.AskAsync(
            new ElasticCall("drop", HttpMethod.Delete, $"{_schema.Indices(generation)}?ignore_unavailable=true") { Patience = Patient }, cancellation)).Wanted();
        await PostgresSearchIndex.RemoveAsync(clinic, generation, cancellation);
    }

    public async Task<long> CountAsync(int generation, SearchKind kind, CancellationToken cancellation)
    {
        if (!await RefreshedAsync(_schema.Index(kind, generation), cancellation))
        {
            return 0;
        }

        var call = new ElasticCall("count", HttpMethod.Post, $"{_schema.Index(kind, generation)}/_count") { Json = new JsonObject { ["query"] = ElasticQuery.Findable() } };
        return (await elastic.AskAsync(call, cancellation)).Wanted().GetProperty("count").GetInt64();
    }

    /// <summary>From a place that nobody chose on, and around from the first where that is near the end.</summary>
    public async Task<IReadOnlyList<Guid>> SampleAsync(int generation, SearchKind kind, int count, CancellationToken cancellation)
    {
        if (!await RefreshedAsync(_schema.Index(kind, generation), cancellation))
        {
            return [];
        }

        var lot = Random.Shared.Next(HighestLot);
        var sample = await LotsAsync(generation, kind, lot, before: null, count, cancellation);
        return sample.Count == count ? sample : [.. sample, .. await LotsAsync(generation, kind, from: null, lot, count - sample.Count, cancellation)];
    }

    public async Task<IReadOnlyList<DocumentKey>> DifferingAsync(int generation, IReadOnlyCollection<IndexedDocument> documents, CancellationToken cancellation)
    {
        if (documents.Count == 0 || !await RefreshedAsync(_schema.Indices(generation), cancellation))
        {
            return [.. documents.Select(d => d.Key)];
        }

        var body = new JsonObject
        {
            ["size"] = documents.Count,
            ["query"] = ElasticQuery.Ids(documents.Select(d => d.Key.Id.ToString()).Distinct(StringComparer.Ordinal)),
            ["_source"] = true,
        };
        var kinds = documents.Select(d => d.Key.Kind).Distinct().Select(kind => _schema.Index(kind, generation));
        var kept = (await HitsAsync("compare", string.Join(',', kinds), body, cancellation)).ToDictionary(ElasticDocument.Key);
        return [.. documents.Where(d => !kept.TryGetValue(d.Key, out var source) || !ElasticDocument.IsSame(source, d)).Select(d => d.Key)];
    }

    /// <summary>Whose documents whoever asks may find, or the one that is asked for, if it is among them.</summary>
    private async Task<Guid[]> PatientsAsync(Guid? only, CancellationToken cancellation)
    {
        var care = new NpgsqlBatchCommand("SELECT ARRAY(SELECT p FROM unnest(patients_in_care()) AS p WHERE $1 IS NULL OR p = $1)")
        {
            Parameters = { new() { Value = (object?)only ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } },
        };
        return await batch.ReadAsync(
            [care], async (reader, token) => await reader.ReadAsync(token) ? await reader.GetFieldValueAsync<Guid[]>(0, token) : [], cancellation);
    }

    private async Task<IReadOnlyList<DocumentKey>> OneByOneAsync(int generation, IReadOnlyList<IndexedDocument> documents, CancellationToken cancellation)
    {
        var refused = new List<DocumentKey>();
        foreach (var document in documents)
        {
            refused.AddRange(await WriteAsync(generation, [document], cancellation));
        }

        return refused;
    }

    /// <summary>Malformed, or longer than a server takes: one of them is, and not the way to it.</summary>
    private static bool IsAboutADocument(ElasticAnswer answer) => answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge;

    private async Task<IReadOnlyList<Guid>> LotsAsync(int generation, SearchKind kind, long? from, long? before, int count, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["size"] = count,
            ["query"] = ElasticQuery.Findable(ElasticQuery.Range(ElasticSchema.Lot, from, before)),
            ["sort"] = new JsonArray(ElasticQuery.Sorted(ElasticSchema.Lot), ElasticQuery.Sorted(ElasticSchema.Id)),
            ["_source"] = ElasticDocument.HitFields,
        };
        return [.. (await HitsAsync("sample", _schema.Index(kind, generation), body, cancellation)).Select(source => ElasticDocument.Key(source).Id)];
    }

    private async Task<IEnumerable<JsonElement>> HitsAsync(string operation, string indices, JsonObject body, CancellationToken cancellation)
        => (await SearchAsync(operation, indices, body, cancellation)).GetProperty("hits").GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("_source"));

    /// <summary>All of it or nothing: a part that does not answer must not look like nothing found.</summary>
    private async Task<JsonElement> SearchAsync(string operation, string indices, JsonObject body, CancellationToken cancellation)
    {
        var call = new ElasticCall(operation, HttpMethod.Post, $"{indices}/_search?allow_partial_search_results=false") { Json = body };
        var answer = (await elastic.AskAsync(call, cancellation)).Wanted();
        return answer.GetProperty("timed_out").GetBoolean() ? throw new SearchIndexException("The search index (Elasticsearch) gave up before it was done.") : answer;
    }

    /// <summary>Whatever was written is found from here on; false where the index is gone.</summary>
    private async Task<bool> RefreshedAsync(string indices, CancellationToken cancellation)
    {
        var refreshed = await elastic.AskAsync(new ElasticCall("refresh", HttpMethod.Post, $"{indices}/_refresh") { Patience = Patient }, cancellation);
        if (refreshed.Status is HttpStatusCode.NotFound)
        {
            return false;
        }

        refreshed.Wanted();
        return true;
    }
}
