using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>A document as Elasticsearch has it: ids, times and hashes, no word.</summary>
internal static class ElasticDocument
{
    /// <summary>What an answer needs of a hit.</summary>
    public static JsonArray HitFields => [ElasticSchema.Kind, ElasticSchema.Id, ElasticSchema.PatientId, ElasticSchema.VisitId, ElasticSchema.At];

    public static JsonObject Of(IndexedDocument document) => new()
    {
        [ElasticSchema.Kind] = EnumText.Of(document.Key.Kind),
        [ElasticSchema.Id] = document.Key.Id.ToString(),
        [ElasticSchema.PatientId] = document.PatientId.ToString(),
        [ElasticSchema.VisitId] = document.VisitId?.ToString(),
        [ElasticSchema.DoctorId] = document.DoctorId?.ToString(),
        [ElasticSchema.At] = Microseconds(document.At),
        [ElasticSchema.Lot] = LotOf(document.Key.Id),
        [ElasticSchema.IsGone] = document.IsGone,
        [ElasticSchema.Terms] = new JsonArray([.. Runs(document.Terms).Select(run => JsonValue.Create(run))]),
    };

    /// <summary>Words that follow one another are one value; where a place is left out a new one begins.</summary>
    public static IEnumerable<string> Runs(IEnumerable<PlacedTerm> terms)
    {
        var run = new StringBuilder();
        var last = 0;
        foreach (var term in terms.OrderBy(t => t.Place))
        {
            if (run.Length > 0 && term.Place != last + 1)
            {
                yield return run.ToString();
                run.Clear();
            }

            run.Append(run.Length > 0 ? " " : "").Append(term.Key);
            last = term.Place;
        }

        if (run.Length > 0)
        {
            yield return run.ToString();
        }
    }

    public static IndexHit Hit(JsonElement source) => new(
        Key(source), Id(source, ElasticSchema.PatientId) ?? throw new JsonException("a hit is nobody's"), Id(source, ElasticSchema.VisitId),
        DateTimeOffset.UnixEpoch.AddTicks(source.GetProperty(ElasticSchema.At).GetInt64() * TimeSpan.TicksPerMicrosecond));

    public static DocumentKey Key(JsonElement source)
        => new(EnumText.Parse<SearchKind>(source.GetProperty(ElasticSchema.Kind).GetString()!), source.GetProperty(ElasticSchema.Id).GetGuid());

    /// <summary>Whether it says what it is to say.</summary>
    public static bool IsSame(JsonElement source, IndexedDocument document)
        => !source.GetProperty(ElasticSchema.IsGone).GetBoolean()
            && Id(source, ElasticSchema.PatientId) == document.PatientId
            && source.GetProperty(ElasticSchema.Terms).EnumerateArray().Select(value => value.GetString()).SequenceEqual(Runs(document.Terms), StringComparer.Ordinal);

    /// <summary>A time as PostgreSQL keeps it, so that both adapters sort and filter alike.</summary>
    public static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A number that nobody chose, by which some documents can be drawn from all.</summary>
    private static int LotOf(Guid id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id.ToByteArray(bigEndian: true), hash);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) >> 1);
    }

    private static Guid? Id(JsonElement source, string field)
        => source.TryGetProperty(field, out var id) && id.ValueKind is JsonValueKind.String ? id.GetGuid() : null;
}
