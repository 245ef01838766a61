using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// Writes a row that its writer may not read yet. EF Core adds RETURNING to an INSERT for what the database fills in, and row-level
/// security refuses that to a doctor, who joins the care team of a new patient only by a trigger after the row.
/// </summary>
internal static class InsertWithoutReading
{
    public static async Task InsertAsync<T>(ClinicDb db, T row, CancellationToken cancellation)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is no row.", nameof(row));
        var columns = entity.GetProperties().Where(IsWritten).ToList();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (column, at) in columns.Select((column, at) => (column, at)))
        {
            var value = column.PropertyInfo!.GetValue(row);
            command.Parameters.Add(column.GetRelationalTypeMapping().CreateParameter(command, $"p{at}", value, column.IsNullable));
        }

        command.CommandText = $"INSERT INTO {entity.GetTableName()} ({string.Join(", ", columns.Select(c => c.GetColumnName()))}) "
            + $"VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))})";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What has a value of its own: not the row version, not the times that the database keeps.</summary>
    private static bool IsWritten(IProperty column) => !column.IsShadowProperty() && column.GetDefaultValueSql() is null;
}
