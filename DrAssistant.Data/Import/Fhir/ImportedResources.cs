using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>What is in already, of the resources that one file has or refers to.</summary>
internal sealed class ImportedResources
{
    private const int KeysInOneQuestion = 10_000;

    private readonly Dictionary<ResourceKey, ImportedRow> _known = [];

    public async Task LoadAsync(NpgsqlConnection connection, IEnumerable<ResourceKey> keys, CancellationToken cancellation)
    {
        foreach (var some in keys.Where(key => key.Fits).Chunk(KeysInOneQuestion))
        {
            await using var command = new NpgsqlCommand("""
                SELECT i.source, i.resource_type, i.resource_id, i.target, i.target_id, i.patient_id, i.fingerprint
                FROM unnest($1, $2, $3) AS k (source, resource_type, resource_id)
                JOIN imported_resources i USING (source, resource_type, resource_id)
                """, connection)
            {
                Parameters = { Texts(some, key => key.Source), Texts(some, key => key.Type), Texts(some, key => key.Id) },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            (await reader.ListAsync(Read, cancellation)).ForEach(Add);
        }
    }

    public ImportedRow? Find(ResourceKey key) => _known.GetValueOrDefault(key);

    public IEnumerable<Guid> Targets(string target) => _known.Values.Where(row => row.Target == target).Select(row => row.TargetId);

    public void Add(ImportedRow row) => _known[row.Key] = row;

    public void Forget(ResourceKey key) => _known.Remove(key);

    /// <summary>It was not written after all.</summary>
    public void Forget(FhirEntry entry)
    {
        foreach (var row in entry.Rows.Select(row => row.Value).OfType<ImportedRow>())
        {
            _known.Remove(row.Key);
        }
    }

    private static ImportedRow Read(NpgsqlDataReader row) => new(
        new ResourceKey(row.GetString(0), row.GetString(1), row.GetString(2)),
        row.GetString(3),
        row.GetGuid(4),
        row.GuidOrNull(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6));

    private static NpgsqlParameter Texts(IEnumerable<ResourceKey> keys, Func<ResourceKey, string> part)
        => new() { Value = keys.Select(part).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
