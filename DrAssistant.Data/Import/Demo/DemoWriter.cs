using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Import.Demo;

/// <summary>Writes the demo practice, a table a statement: all of it or nothing.</summary>
internal static class DemoWriter
{
    private const int NotesAtOnce = 6;

    /// <summary>In the order of the references between the tables. The caller holds the transaction.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, DemoRecord record, CancellationToken cancellation)
    {
        await WriteAsync("working_hours", record.Hours);
        await WriteAsync("doctor_leave", record.Leaves);
        await WriteAsync("practice_holidays", record.Holidays);
        await WriteAsync("patients", record.Patients);
        await WriteAsync("patient_name_index", record.Names);
        await WriteAsync("allergies", record.Allergies);
        await WriteAsync("appointments", record.Appointments);
        await WriteAsync("queue_tokens", record.Tokens);
        await WriteAsync("encounters", record.Encounters);
        await WriteAsync("observations", record.Observations);
        await WriteAsync("conditions", record.Conditions);
        await WriteAsync("immunizations", record.Immunizations);
        await WriteAsync("prescriptions", record.Prescriptions);
        await WriteAsync("prescription_items", record.Prescriptions.SelectMany(p => p.Items).ToList());
        await WriteAsync("favourite_medicines", record.Favourites);
        await WriteAsync("medicine_sets", record.Sets);
        await WriteAsync("orders", record.Orders);
        await WriteAsync("order_items", record.Orders.SelectMany(o => o.Items).ToList());
        await WriteAsync("results", record.Results);
        await WriteAsync("tasks", record.Tasks);
        await WriteAsync("alerts", record.Alerts);

        Task WriteAsync<T>(string table, IReadOnlyCollection<T> rows) => BulkWrite.InsertAsync(connection, table, rows, cancellation);
    }

    /// <summary>The notes live in the document store, which sees the encounters once they are committed.</summary>
    public static Task WriteNotesAsync(NoteStore notes, DemoRecord record, CancellationToken cancellation)
        => Parallel.ForEachAsync(
            record.Notes,
            new ParallelOptions { MaxDegreeOfParallelism = NotesAtOnce, CancellationToken = cancellation },
            async (note, token) => await notes.TryAddAsync(note, token));
}
