using System.Text.Json;
using System.Text.Json.Nodes;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>
/// Many documents in one request, each with its version: what is there with the same or a higher one stays. Each item is answered for
/// itself.
/// </summary>
internal static class ElasticBulk
{
    public const string Path = "_bulk?require_alias=true";

    /// <summary>Well below what a server takes at once.</summary>
    private const int MostBytes = 8 * 1024 * 1024;

    private const int Conflict = 409;
    private const int Missing = 404;
    private const int Unauthorized = 403;
    private const int TooMany = 429;
    private const int FirstOfServer = 500;

    /// <summary>Documents in rows that one request takes each.</summary>
    public static IEnumerable<(IReadOnlyList<IndexedDocument> Documents, byte[] Lines)> Requests(IEnumerable<IndexedDocument> documents, ElasticSchema schema, int generation)
    {
        var (row, lines) = (new List<IndexedDocument>(), new MemoryStream());
        foreach (var document in documents)
        {
            var (head, body) = (Line(Head(document, schema, generation)), Line(ElasticDocument.Of(document)));
            if (row.Count > 0 && lines.Length + head.Length + body.Length > MostBytes)
            {
                yield return (row, lines.ToArray());
                (row, lines) = ([], new MemoryStream());
            }

            row.Add(document);
            lines.Write(head);
            lines.Write(body);
        }

        if (row.Count > 0)
        {
            yield return (row, lines.ToArray());
        }
    }

    /// <summary>Those that were refused, for what is in them.</summary>
    /// <exception cref="ElasticException">Not every item was dealt with: the request is to be repeated, or its index is gone.</exception>
    public static IReadOnlyList<DocumentKey> Refused(JsonElement answer, IReadOnlyList<IndexedDocument> documents)
    {
        if (!answer.GetProperty("errors").GetBoolean())
        {
            return [];
        }

        var refused = new List<DocumentKey>();
        foreach (var (item, document) in answer.GetProperty("items").EnumerateArray().Zip(documents))
        {
            var status = item.GetProperty("index").GetProperty("status").GetInt32();
            switch (status)
            {
                case < 300 or Conflict:
                    break;
                case Missing:
                    throw new ElasticException(ElasticFault.Missing, "the index that is written is gone");
                case Unauthorized:
                    throw new ElasticException(ElasticFault.Unauthorized, "the portal's user may not write the index");
                case TooMany or >= FirstOfServer:
                    throw new ElasticException(ElasticFault.Busy, $"it answered {status} for some of the documents");
                default:
                    refused.Add(document.Key);
                    break;
            }
        }

        return refused;
    }

    private static JsonObject Head(IndexedDocument document, ElasticSchema schema, int generation) => new()
    {
        ["index"] = new JsonObject
        {
            ["_index"] = schema.WriteAlias(document.Key.Kind, generation),
            ["_id"] = document.Key.Id.ToString(),
            ["version"] = document.Version,
            ["version_type"] = "external",
        },
    };

    private static byte[] Line(JsonObject json) => [.. JsonSerializer.SerializeToUtf8Bytes(json), (byte)'\n'];
}
