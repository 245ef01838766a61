using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DrAssistant.Portal.Tests.Stores.Search.Elastic;

/// <summary>The indices and aliases of the server in the tests, and what is done to them. Refusals are those of a real server, as recorded.</summary>
internal sealed class StoredIndices
{
    private readonly SortedDictionary<string, StoredIndex> _indices = new(StringComparer.Ordinal);

    /// <summary>Ids of documents that are refused whatever is in them.</summary>
    public HashSet<string> Poisoned { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _indices.Keys;

    public IEnumerable<StoredIndex> All => _indices.Values;

    public void Lose() => _indices.Clear();

    public ElasticReply Create(string name, JsonElement body)
    {
        if (!_indices.TryAdd(name, new StoredIndex(name, body)))
        {
            return ElasticReply.Recorded("resource_already_exists", name);
        }

        return new ElasticReply(200, "IndicesCreateResponse", new JsonObject { ["acknowledged"] = true, ["shards_acknowledged"] = true, ["index"] = name });
    }

    public ElasticReply Exists(string names) => new(Resolve(names, out _) is null ? 404 : 200, null, null);

    public ElasticReply Delete(string names, bool ignoreMissing)
    {
        foreach (var name in names.Split(','))
        {
            if (!_indices.Remove(name) && !ignoreMissing)
            {
                return ElasticReply.Recorded("index_not_found", name);
            }
        }

        return ElasticReply.Acknowledged;
    }

    public ElasticReply Refresh(string names)
    {
        if (Resolve(names, out var missing) is not { } indices)
        {
            return ElasticReply.Recorded("index_not_found", missing);
        }

        indices.ForEach(index => index.Refresh());
        return new ElasticReply(200, "RefreshResponse", new JsonObject { ["_shards"] = ElasticReply.Shards(indices.Count) });
    }

    /// <summary>All actions, or none where an index of one is not there.</summary>
    public ElasticReply Switch(JsonElement body)
    {
        foreach (var action in body.GetProperty("actions").EnumerateArray())
        {
            var (name, about) = ElasticMatching.Only(action);
            var pattern = new Regex($"^{Regex.Escape(about.GetProperty("index").GetString()!).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1));
            var met = _indices.Values.Where(index => pattern.IsMatch(index.Name)).ToList();
            if (met.Count == 0)
            {
                return ElasticReply.Recorded("index_not_found", about.GetProperty("index").GetString()!);
            }

            var alias = about.GetProperty("alias").GetString()!;
            met.ForEach(index => _ = name == "add" ? index.Aliases.Add(alias) : index.Aliases.Remove(alias));
        }

        return ElasticReply.Acknowledged;
    }

    public ElasticReply Bulk(IReadOnlyList<(JsonElement Head, JsonElement Body)> items)
    {
        var answers = items.Select(item => Write(item.Head.GetProperty("index"), item.Body)).ToList();
        return new ElasticReply(200, "BulkResponse", new JsonObject
        {
            ["took"] = 1,
            ["errors"] = answers.Exists(answer => answer["error"] is not null),
            ["items"] = new JsonArray([.. answers.Select(answer => new JsonObject { ["index"] = answer })]),
        });
    }

    /// <summary>The indices behind names and aliases; null where one is behind none.</summary>
    public List<StoredIndex>? Resolve(string names, out string missing)
    {
        var found = new List<StoredIndex>();
        foreach (var name in names.Split(','))
        {
            var met = _indices.Values.Where(index => index.Name == name || index.Aliases.Contains(name)).ToList();
            if (met.Count == 0)
            {
                missing = name;
                return null;
            }

            found.AddRange(met);
        }

        missing = "";
        return found;
    }

    private JsonObject Write(JsonElement head, JsonElement source)
    {
        var (alias, id) = (head.GetProperty("_index").GetString()!, head.GetProperty("_id").GetString()!);
        if (_indices.Values.SingleOrDefault(index => index.Aliases.Contains(alias)) is not { } index)
        {
            return Failed("index_not_found", alias, alias, id);
        }

        var (strange, wrong) = index.Problem(source);
        if (strange is not null)
        {
            return Failed("strict_dynamic_mapping", strange, index.Name, id);
        }

        if (wrong is not null || Poisoned.Contains(id))
        {
            return Failed("mapper_parsing", id, index.Name, id);
        }

        var version = head.GetProperty("version").GetInt64();
        Assert.Equal("external", head.GetProperty("version_type").GetString());
        return index.Put(id, version, source) is null
            ? new JsonObject
            {
                ["_index"] = index.Name, ["_id"] = id, ["_version"] = version, ["result"] = "created", ["_shards"] = ElasticReply.Shards(1),
                ["_seq_no"] = 0, ["_primary_term"] = 1, ["status"] = 201,
            }
            : Failed("version_conflict", id, index.Name, id);
    }

    private static JsonObject Failed(string recorded, string about, string index, string id)
    {
        var reply = ElasticReply.Recorded(recorded, about);
        var error = reply.Body!["error"]!.DeepClone().AsObject();
        error.Remove("root_cause");
        return new JsonObject { ["_index"] = index, ["_id"] = id, ["status"] = reply.Status, ["error"] = error };
    }
}
