using System.Text;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

/// <summary>A practice on Thursday 05-Nov-2026 with Meera and Ravi, whose orders wait for what the samples bring.</summary>
internal sealed class MessagesClinic : IAsyncDisposable
{
    public const string Potassium = "2823-3";

    private MessagesClinic(ClinicUnderTest clinic) => Clinic = clinic;

    public ClinicUnderTest Clinic { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public Guid Meera { get; private set; }

    public Guid Ravi { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<MessagesClinic> OpenAsync(ClinicDatabase databases, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var clinic = new MessagesClinic(await ClinicUnderTest.OpenWithReferenceDataAsync(databases, settings));
        var given = clinic.Clinic.Given;
        (clinic.Asha, clinic.Nila) = (await given.DoctorAsync(), await given.NurseAsync());
        clinic.Meera = await given.PatientAsync(with: p => p.Mrn = "DA26-005120-3");
        clinic.Ravi = await given.PatientAsync("Ravi", "Kumar", "1975-06-15", Gender.Male, with: p => p.Mrn = "DA26-005121-6");
        await given.CareAsync(clinic.Nila, clinic.Meera);
        await clinic.OrdersAsync();
        return clinic;
    }

    /// <summary>A signed order of tests by their LOINC codes.</summary>
    public async Task<Guid> OrderAsync(Guid patient, string number, OrderStatus status, params string[] codes)
    {
        var visit = await Clinic.Given.EncounterAsync(Asha, patient, Clinic.Clock.Now.AddHours(-3));
        var id = Guid.CreateVersion7();
        await Clinic.RunAsync(
            """
            INSERT INTO orders (id, encounter_id, patient_id, doctor_id, order_type, status, ordered_at, number, cancelled_at, cancelled_by, cancel_reason)
            SELECT $1, $2, $3, $4, 'lab', $5, $6, $7, CASE WHEN $5 = 'cancelled' THEN $6 END, CASE WHEN $5 = 'cancelled' THEN $4 END, CASE WHEN $5 = 'cancelled' THEN 'asked twice' END
            """,
            id, visit, patient, Asha.Id, status.ToString().ToLowerInvariant(), Clinic.Clock.Now.AddHours(-2), number);
        foreach (var code in codes)
        {
            await Clinic.RunAsync(
                "INSERT INTO order_items (id, order_id, patient_id, item_code, item_name, code_system) VALUES (gen_random_uuid(), $1, $2, $3, $3, 'http://loinc.org')", id, patient, code);
        }

        return id;
    }

    /// <summary>A sample as a laboratory sends it: each segment of HL7 ends with a carriage return.</summary>
    public static byte[] Sample(string name)
    {
        var text = File.ReadAllText(Repository.PathOf($"DrAssistant.Portal.Tests/Ordering/Samples/{name}"));

        // A file of the sources ends with a line's end; of a message that was cut within a segment it is not part.
        text = name.Contains("cut-in-a-segment", StringComparison.Ordinal) ? text.TrimEnd() : text;
        return Encoding.UTF8.GetBytes(name.EndsWith(".hl7", StringComparison.Ordinal) ? text.ReplaceLineEndings("\r") : text);
    }

    public Task<ResultFile> ReadAsync(string sample) => ReadAsync(Sample(sample), sample);

    public async Task<ResultFile> ReadAsync(byte[] content, string? name = null, CancellationToken? until = null, IProgress<ResultFileProgress>? progress = null)
    {
        var kept = await KeepAsync(content, name);
        return await Clinic.Services.GetRequiredService<ResultFileReading>().ReadAsync(kept.Id, origin: null, progress, until ?? Cancellation);
    }

    public async Task<ResultFile> KeepAsync(byte[] content, string? name = null)
    {
        await using var system = Clinic.AsSystem();
        return (await system.Get<ResultFileStore>().KeepAsync(sender: null, name, MessageFile.FormatOf(content), content, Cancellation)).File;
    }

    public Task<List<ResultMessage>> MessagesAsync(Guid file)
        => Clinic.BehindAsync(db => db.ResultMessages.AsNoTracking().Where(m => m.FileId == file).OrderBy(m => m.Position).ToListAsync(Cancellation));

    /// <summary>What waits in the work-list, with what lies in its ciphertext.</summary>
    public async Task<List<(UnmatchedResult Row, WaitingResult Waiting)>> WaitingAsync()
    {
        await using var system = Clinic.AsSystem();
        var cipher = system.Get<PhiCipher>();
        var rows = await Clinic.BehindAsync(db => db.UnmatchedResults.AsNoTracking().OrderBy(u => u.ReceivedAt).ThenBy(u => u.Position).ToListAsync(Cancellation));
        return rows.ConvertAll(row => (row, WaitingResult.Open(row.Id, row.Content, cipher)));
    }

    /// <summary>The results that stand, those that a newer one took the place of left out.</summary>
    public Task<List<OrderResult>> StandingAsync()
        => Clinic.BehindAsync(db => db.Results.AsNoTracking().Where(r => r.SupersededBy == null).OrderBy(r => r.Code).ToListAsync(Cancellation));

    /// <summary>As it was when it opened: no message, no result, and the orders wait again.</summary>
    public async Task ResetAsync()
    {
        await using var connection = new NpgsqlConnection(Clinic.Connections.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var empty = new NpgsqlCommand("TRUNCATE orders, result_files, outbox_messages, alerts CASCADE", connection);
        await empty.ExecuteNonQueryAsync(Cancellation);
        await OrdersAsync();
    }

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();

    private async Task OrdersAsync()
    {
        await OrderAsync(Meera, "OR-26-000018", OrderStatus.Ordered, Potassium, "2951-2");
        await OrderAsync(Meera, "OR-26-000019", OrderStatus.Ordered, "57021-8");
        await OrderAsync(Meera, "OR-26-000020", OrderStatus.Cancelled, "2345-7");
        await OrderAsync(Ravi, "OR-26-000021", OrderStatus.Ordered, "2160-0");
        await OrderAsync(Meera, "OR-26-000022", OrderStatus.Ordered, "3016-3");
        await OrderAsync(Meera, "OR-26-000023", OrderStatus.Ordered, "3016-3");
        await OrderAsync(Meera, "OR-26-000024", OrderStatus.Ordered, "4548-4");
        await OrderAsync(Meera, "OR-26-000025", OrderStatus.Ordered, "1988-5", "22763-5", "20454-5");
        await OrderAsync(Meera, "OR-26-000026", OrderStatus.Ordered, "600-7");
        await OrderAsync(Meera, "OR-26-000027", OrderStatus.Ordered, "24326-1");
    }
}

/// <summary>One clinic for the tests of a class, which reset it: loading the catalogue takes longer than any of them.</summary>
public sealed class SharedMessagesClinic(ClinicDatabase databases) : IAsyncLifetime
{
    private MessagesClinic? _clinic;

    public async ValueTask InitializeAsync() => _clinic = await MessagesClinic.OpenAsync(databases);

    public ValueTask DisposeAsync() => _clinic?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal async Task<MessagesClinic> ResetAsync()
    {
        await _clinic!.ResetAsync();
        return _clinic;
    }
}
