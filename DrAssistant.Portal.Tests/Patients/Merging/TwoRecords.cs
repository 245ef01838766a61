using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients.Merging;

/// <summary>A clinic with the two whole charts of <c>TwoCharts.sql</c>, as if Meera and Ravi were one person, and two admins.</summary>
internal sealed class TwoRecords : IAsyncDisposable
{
    private TwoRecords(ClinicUnderTest clinic) => Clinic = clinic;

    public static readonly Guid Survivor = TwoCharts.Meera;
    public static readonly Guid Merged = TwoCharts.Ravi;

    public ClinicUnderTest Clinic { get; }

    public ClinicPerson Asha { get; } = new(TwoCharts.Id(Person.Asha)!.Value, StaffRole.Doctor, "Asha");

    public ClinicPerson Basu { get; } = new(TwoCharts.Id(Person.Basu)!.Value, StaffRole.Doctor, "Basu");

    public ClinicPerson Nila { get; } = new(TwoCharts.Id(Person.Nila)!.Value, StaffRole.Nurse, "Nila");

    public ClinicPerson Desk { get; } = new(TwoCharts.Id(Person.Desk)!.Value, StaffRole.Receptionist, "Desk");

    public ClinicPerson Admin { get; } = new(TwoCharts.Id(Person.Admin)!.Value, StaffRole.Admin, "Admin");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TwoRecords> OpenAsync(ClinicDatabase databases)
    {
        var records = new TwoRecords(await ClinicUnderTest.OpenAsync(databases));
        using var script = new StreamReader(typeof(TwoCharts).Assembly.GetManifestResourceStream("TwoCharts.sql")!);
        await records.Clinic.RunAsync(await script.ReadToEndAsync(Cancellation));

        // A signed note and a signed prescription, and a patient whom somebody treats in both records.
        await records.Clinic.RunAsync($"""
            UPDATE clinical_notes SET status = 'signed';
            UPDATE prescriptions SET status = 'signed', signed_at = now();
            UPDATE encounters SET status = 'completed', end_time = start_time + interval '10 minutes';
            INSERT INTO care_team (id, patient_id, user_id, reason) SELECT gen_random_uuid(), '{Merged}', '{records.Asha.Id}', 'colleague';
            UPDATE patients SET allergies = '{"{Penicillin}"}', allergies_status = 'known';
            """);
        return records;
    }

    public ActingPerson As(ClinicPerson person) => Clinic.As(person);

    public async Task<Guid> AskAsync(IReadOnlyDictionary<MergeField, MergeSide>? choices = null, Guid? survivor = null, Guid? merged = null)
    {
        await using var desk = As(Desk);
        return (await desk.Get<IPatientMerging>().AskAsync(
            new MergeDraft(survivor ?? Survivor, merged ?? Merged, choices ?? new Dictionary<MergeField, MergeSide>(), "One card was shown for both"), Cancellation)).Value();
    }

    public async Task<Result<MergeRequest>> ApproveAsync(Guid merge, ClinicPerson? by = null)
    {
        await using var admin = As(by ?? Admin);
        return await admin.Get<IPatientMerging>().ApproveAsync(merge, "Seen both cards", Cancellation);
    }

    public async Task<Result<MergeRequest>> UndoAsync(Guid merge)
    {
        await using var admin = As(Admin);
        return await admin.Get<IPatientMerging>().UndoAsync(merge, "They are two people after all", Cancellation);
    }

    /// <summary>Every table about a patient, and those that follow a merge.</summary>
    public async Task<(List<string> All, List<string> Followed)> TablesAsync() => (
        await ListAsync("""
            SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'patient_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
            """),
        await ListAsync("SELECT t::text FROM filed_by_patient()"));

    /// <summary>Each row of a table about the two, whole, without what the merge itself adds; optionally without whose it is.</summary>
    public Task<List<string>> RowsAsync(string table, bool without = false) => ListAsync($"""
        SELECT (to_jsonb(r){(without ? " - 'patient_id' - 'until'" : "")})::text FROM {table} r
        WHERE r.patient_id IN ('{Survivor}', '{Merged}'){(table == "alerts" ? " AND r.source IS DISTINCT FROM 'merge'" : "")} ORDER BY 1
        """);

    public Task<long> CountAsync(string table, Guid patient) => OneAsync<long>($"SELECT count(*) FROM {table} WHERE patient_id = '{patient}'");

    public async Task<T> OneAsync<T>(string sql) => (T)(await QueryAsync(Clinic.Connections.Superuser!, sql)).Single()!;

    public async Task<List<string>> ListAsync(string sql) => [.. (await QueryAsync(Clinic.Connections.Superuser!, sql)).Cast<string>()];

    /// <summary>As the owner of the server: what no policy hides.</summary>
    public async Task RunBehindAsync(string sql) => await QueryAsync(Clinic.Connections.Superuser!, sql);

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();

    private static async Task<List<object?>> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<object?>();
        while (await reader.ReadAsync(Cancellation))
        {
            rows.Add(reader.GetValue(0));
        }

        return rows;
    }
}
