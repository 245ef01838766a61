using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Reference;

/// <summary>
/// Brings the formulary, the order catalogue with its ranges and sets, and the codes of diagnoses up to date with the files of this build. A file that has not changed costs one
/// query; what was written by somebody else is left alone.
/// </summary>
internal sealed class ReferenceDataLoader(ClinicDataSources clinic)
{
    private const int LongestSource = 255;

    /// <summary>Says how many rows were written.</summary>
    public async Task<int> LoadAsync(CancellationToken cancellation)
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        return await LoadAsync(connection, "formulary_medicines", ReferenceFile.Formulary, MedicineRow.Of, cancellation)
            + await LoadCatalogueAsync(connection, cancellation)
            + await LoadAsync(connection, "reference_ranges", ReferenceFile.ReferenceRanges, RangeRow.Of, cancellation)
            + await LoadAsync(connection, "order_sets", ReferenceFile.OrderSets, OrderSetRow.Of, cancellation)
            + await LoadAsync(connection, "diagnosis_codes", ReferenceFile.DiagnosisCodes, Diagnosis, cancellation, key: "code");
    }

    private static async Task<int> LoadCatalogueAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var written = 0;
        foreach (var (file, row) in CatalogueFiles.All)
        {
            written += await LoadAsync(connection, "order_catalogue", file, row, cancellation);
        }

        return written;
    }

    private static async Task<int> LoadAsync<T>(
        NpgsqlConnection connection, string table, ReferenceFile file, Func<ReferenceRow, string, T> row, CancellationToken cancellation, string key = "id")
    {
        if (await IsLoadedAsync(connection, table, file, cancellation))
        {
            return 0;
        }

        var rows = file.Read(r => row(r, Source(file, r)));
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await BulkWrite.UpsertAsync(connection, table, key, rows, cancellation, $"({table}.source IS NULL OR starts_with({table}.source, '{file.Name} '))");
        await RetireOthersAsync(connection, table, file, cancellation);
        await transaction.CommitAsync(cancellation);
        return rows.Count;
    }

    private static async Task<bool> IsLoadedAsync(NpgsqlConnection connection, string table, ReferenceFile file, CancellationToken cancellation)
    {
        await using var ask = new NpgsqlCommand($"""
            SELECT EXISTS (SELECT FROM {table} WHERE starts_with(source, $1))
               AND NOT EXISTS (SELECT FROM {table} WHERE starts_with(source, $2) AND NOT starts_with(source, $1) AND is_active)
            """, connection)
        {
            Parameters = { new() { Value = file.Version }, new() { Value = $"{file.Name} " } },
        };
        return await ask.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>What has left the file can no longer be chosen; old prescriptions and orders still name it.</summary>
    private static async Task RetireOthersAsync(NpgsqlConnection connection, string table, ReferenceFile file, CancellationToken cancellation)
    {
        await using var retire = new NpgsqlCommand(
            $"UPDATE {table} SET is_active = false WHERE starts_with(source, $2) AND NOT starts_with(source, $1) AND is_active", connection)
        {
            Parameters = { new() { Value = file.Version }, new() { Value = $"{file.Name} " } },
        };
        await retire.ExecuteNonQueryAsync(cancellation);
    }

    private static string Source(ReferenceFile file, ReferenceRow row)
    {
        var source = $"{file.Version}; starter list, not reviewed by a clinician";
        source = file.Name == ReferenceFile.Formulary.Name && row.Text("source_note") is { } note ? $"{source}; {note}" : source;
        return source.Length <= LongestSource ? source : source[..LongestSource];
    }

    private static DiagnosisRow Diagnosis(ReferenceRow row, string source)
    {
        var code = row.Needed("code");
        return new DiagnosisRow(
            code, row.Needed("title"), row.Several("synonyms") ?? [],
            DiagnosisChapters.Of(code) ?? throw new InvalidDataException($"{code} stands in no chapter of ICD-10."), source);
    }

    private sealed record DiagnosisRow(string Code, string Title, IReadOnlyList<string> Synonyms, int Chapter, string Source)
    {
        public bool IsActive { get; } = true;
    }
}
