using System.Text.Json;
using System.Text.Json.Serialization;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Merging;

/// <summary>
/// Calls the functions of the database that carry a merge out and undo it. What is sealed is sealed to its row, so the values that change
/// their row are revealed and sealed anew here, and given along.
/// </summary>
internal sealed class MergeStore(PatientVault vault, PhiCipher cipher)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Choices(IReadOnlyDictionary<MergeField, MergeSide> choices)
        => JsonSerializer.Serialize(choices.ToDictionary(choice => choice.Key.ToString(), choice => choice.Value), Json);

    public static IReadOnlyDictionary<MergeField, MergeSide> Choices(string json)
        => JsonSerializer.Deserialize<Dictionary<string, MergeSide>>(json, Json)!.ToDictionary(choice => Enum.Parse<MergeField>(choice.Key), choice => choice.Value);

    /// <summary>False: somebody else has decided meanwhile.</summary>
    public async Task<bool> CarryOutAsync(ClinicDb db, PatientMerge merge, RecordDetails survivor, RecordDetails merged, string? note, DateTimeOffset now, CancellationToken cancellation)
    {
        var taken = Taken(merge);
        var details = taken.SelectMany(field => merged.Of(field)).ToDictionary(column => column.Key, column => column.Value, StringComparer.Ordinal);
        var before = taken.SelectMany(field => survivor.Of(field)).ToDictionary(column => column.Key, column => column.Value, StringComparer.Ordinal);
        return await AskAsync<bool>(
            db, "SELECT carry_out_merge({0}, {1}, {2}, {3}, {4}, {5}) AS \"Value\"", cancellation,
            Value(merge.Id), Value(note, NpgsqlDbType.Varchar), Value(Sealed(survivor.Id, details), NpgsqlDbType.Jsonb),
            Value(cipher.Protect(Before(merge), JsonSerializer.Serialize(before)), NpgsqlDbType.Bytea),
            Value(taken.Contains(MergeField.Abha) && merged.HasAbha), Value(now));
    }

    public Task<bool> DeclineAsync(ClinicDb db, Guid mergeId, string reason, DateTimeOffset now, CancellationToken cancellation)
        => AskAsync<bool>(db, "SELECT decline_merge({0}, {1}, {2}) AS \"Value\"", cancellation, Value(mergeId), Value(reason), Value(now));

    /// <summary>How many rows went back; null where there is nothing to undo.</summary>
    public Task<int?> UndoAsync(ClinicDb db, PatientMerge merge, RecordDetails survivor, RecordDetails merged, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        var abha = merged.Of(MergeField.Abha)["abha_id"] is { } number ? vault.SealColumn(merged.Id, "abha_id", number)["abha_index"] : null;
        return AskAsync<int?>(
            db, "SELECT undo_merge({0}, {1}, {2}, {3}, {4}) AS \"Value\"", cancellation,
            Value(merge.Id), Value(reason), Value(Sealed(survivor.Id, GivenBack(merge, survivor, merged)), NpgsqlDbType.Jsonb), Value(abha, NpgsqlDbType.Bytea), Value(now));
    }

    public static async Task<int> WrittenSinceAsync(ClinicDb db, Guid mergeId, CancellationToken cancellation)
        => (int)await AskAsync<long>(db, "SELECT written_since_merge({0}) AS \"Value\"", cancellation, Value(mergeId));

    /// <summary>The name that a record had before, or takes on, is a name it is found by.</summary>
    public static async Task AddNameAsync(ClinicDb db, Guid patientId, RecordDetails named, CancellationToken cancellation)
    {
        var terms = PatientNameIndex.Of(patientId, named.FirstName, named.LastName).Terms;
        await db.Database.ExecuteSqlAsync($"INSERT INTO patient_name_index (patient_id, terms) VALUES ({patientId}, {terms})", cancellation);
    }

    /// <summary>Whether the name that the two have now is the one that the merge chose of the other record.</summary>
    public static bool TakesName(PatientMerge merge) => Taken(merge).Contains(MergeField.Name);

    private static List<MergeField> Taken(PatientMerge merge)
        => [.. Choices(merge.Choices).Where(choice => choice.Value is MergeSide.Merged).Select(choice => choice.Key)];

    /// <summary>What the merge took over is given back; what somebody changed since is newer than the merge and stays.</summary>
    private Dictionary<string, string?> GivenBack(PatientMerge merge, RecordDetails survivor, RecordDetails merged)
    {
        var before = JsonSerializer.Deserialize<Dictionary<string, string?>>(cipher.Reveal(Before(merge), merge.Before) ?? "{}")!;
        return Taken(merge).Where(field => survivor.SameAs(merged, field)).SelectMany(field => survivor.Of(field).Keys)
            .ToDictionary(column => column, column => before.GetValueOrDefault(column), StringComparer.Ordinal);
    }

    private string Sealed(Guid patientId, Dictionary<string, string?> clear)
    {
        var row = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (column, text) in clear)
        {
            if (!PatientVault.IsSealed(column))
            {
                row[column] = text;
                continue;
            }

            foreach (var (name, bytes) in vault.SealColumn(patientId, column, text))
            {
                row[name] = bytes is null ? null : $@"\x{Convert.ToHexStringLower(bytes)}";
            }
        }

        return JsonSerializer.Serialize(row);
    }

    private static FieldAddress Before(PatientMerge merge) => new("patient_merges", "before", merge.Id);

    private static NpgsqlParameter Value(object? value, NpgsqlDbType? type = null)
        => type is { } known ? new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = known } : new NpgsqlParameter { Value = value ?? DBNull.Value };

    private static async Task<T> AskAsync<T>(ClinicDb db, string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
        => (await db.Database.SqlQueryRaw<T>(sql, [.. parameters]).ToListAsync(cancellation)).Single();
}
