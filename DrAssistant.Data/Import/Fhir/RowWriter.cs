using Npgsql;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>
/// Writes the rows of many entries in one round trip. If the database refuses any of them, halves are tried, so that only
/// the entry that is to blame stays outside.
/// </summary>
internal sealed class RowWriter(NpgsqlConnection connection, Action<FhirEntry, string> refused)
{
    public async Task WriteAsync(IReadOnlyList<FhirEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
        {
            return;
        }

        try
        {
            await InsertAsync(entries, cancellation);
            return;
        }
        catch (PostgresException e) when (IsAboutTheData(e))
        {
            await using var back = new NpgsqlCommand("ROLLBACK TO SAVEPOINT rows", connection);
            await back.ExecuteNonQueryAsync(cancellation);
            if (entries.Count == 1)
            {
                refused(entries[0], Sentence(e));
                return;
            }
        }

        var half = entries.Count / 2;
        await WriteAsync([.. entries.Take(half)], cancellation);
        await WriteAsync([.. entries.Skip(half)], cancellation);
    }

    private async Task InsertAsync(IReadOnlyList<FhirEntry> entries, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SAVEPOINT rows"));
        var rows = entries.SelectMany(entry => entry.Rows).Distinct().ToLookup(row => row.Table, row => row.Value);
        foreach (var table in Tables.InOrder.Where(rows.Contains))
        {
            batch.BatchCommands.Add(table.Insert([.. rows[table]]));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("RELEASE SAVEPOINT rows"));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    // Class 22 is a value that a column cannot hold, 23 a broken constraint; anything else is no entry's fault.
    private static bool IsAboutTheData(PostgresException e)
        => e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal);

    /// <summary>Never the database's own message: it may quote the patient.</summary>
    private static string Sentence(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => "holds a character that no text can hold",
        PostgresErrorCodes.UniqueViolation when e.ConstraintName == "idx_patients_abha" => "its ABHA number is another patient's of this register",
        PostgresErrorCodes.ForeignKeyViolation => "belongs to something that did not go in",
        _ => $"the database does not take it ({e.SqlState}{(e.ConstraintName is { } name ? $", {name}" : "")})",
    };
}
