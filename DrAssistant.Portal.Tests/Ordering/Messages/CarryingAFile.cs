using System.Text;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

public sealed class CarryingAFile(SharedMessagesClinic shared, ClinicDatabase databases) : IClassFixture<SharedMessagesClinic>
{
    private const int Many = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task that_was_left_in_the_middle_goes_on_where_it_stopped_and_files_nothing_twice()
    {
        var clinic = await shared.ResetAsync();
        var content = await ManyAsync(clinic);
        using var killed = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clinic.ReadAsync(content, until: killed.Token, progress: new Until(23, killed)));
        var halfway = Assert.Single(await clinic.Clinic.BehindAsync(db => db.ResultFiles.AsNoTracking().ToListAsync(Cancellation)));
        var results = (await clinic.StandingAsync()).Count;
        clinic.Clinic.Clock.Now = ClinicUnderTest.Eleven + TimeSpan.FromMinutes(1);
        var taken = await clinic.Clinic.Services.GetRequiredService<WaitingFiles>().GoOnAsync(Cancellation);
        var done = await clinic.Clinic.RowAsync<ResultFile>(halfway.Id);

        Assert.Equal((ResultFileStatus.Working, Many, 23), (halfway.Status, halfway.Total, halfway.Filed));
        Assert.Equal((23, 1), (results, taken));
        Assert.Equal((ResultFileStatus.Done, Many, 0, 0, 0), (done.Status, done.Filed, done.Unmatched, done.Refused, done.Repeated));
        Assert.Null(done.Content);
        Assert.Equal(Many, (await clinic.StandingAsync()).Count);
        Assert.Equal(Enumerable.Range(0, Many), (await clinic.MessagesAsync(done.Id)).Select(m => m.Position));
        Assert.Equal(0, await clinic.Clinic.Services.GetRequiredService<WaitingFiles>().GoOnAsync(Cancellation));
    }

    [Fact]
    public async Task that_was_killed_within_a_message_has_none_of_that_message()
    {
        var clinic = await shared.ResetAsync();
        var content = MessagesClinic.Sample("hl7-08-batch.hl7");
        var kept = await clinic.KeepAsync(content);
        using var file = MessageFile.Open(MessageFormat.Hl7v2, content, clinic.Clinic.Days);
        await using var system = clinic.Clinic.AsSystem();
        using var killed = new CancellationTokenSource();
        await killed.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => system.Get<MessageTaking>().TakeAsync(new FileOrigin(kept.Id, MessageFormat.Hl7v2, null), 0, file.Part(0), killed.Token));

        Assert.Empty(await clinic.StandingAsync());
        Assert.Empty(await clinic.MessagesAsync(kept.Id));
        Assert.Equal(0, (await clinic.Clinic.RowAsync<ResultFile>(kept.Id)).Filed);
    }

    [Fact]
    public async Task with_the_same_messages_once_more_files_nothing_again()
    {
        var clinic = await shared.ResetAsync();
        var sample = MessagesClinic.Sample("hl7-01-final.hl7");
        var first = await clinic.ReadAsync(sample);
        var same = await clinic.ReadAsync(sample);
        var framed = await clinic.ReadAsync([0x0B, .. sample, 0x1C, (byte)'\r']);
        var otherLines = await clinic.ReadAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(sample).Replace("\r", "\r\n", StringComparison.Ordinal)));

        Assert.Equal(first.Id, same.Id);
        Assert.Equal((0, 1), (framed.Filed, framed.Repeated));
        Assert.Equal((0, 1), (otherLines.Filed, otherLines.Repeated));
        Assert.Equal(2, (await clinic.StandingAsync()).Count);
    }

    [Fact]
    public async Task with_a_report_that_grew_adds_only_what_is_new()
    {
        var clinic = await shared.ResetAsync();
        var whole = Encoding.UTF8.GetString(MessagesClinic.Sample("hl7-01-final.hl7"));
        var part = string.Join('\r', whole.Split('\r').Where(line => !line.Contains("2951-2", StringComparison.Ordinal)));
        await clinic.ReadAsync(Encoding.UTF8.GetBytes(part.Replace("LAB|F", "LAB|P", StringComparison.Ordinal)));

        var grown = await clinic.ReadAsync(Encoding.UTF8.GetBytes(whole.Replace("G-0001", "G-0001-2", StringComparison.Ordinal)));

        Assert.Equal((1, 0), (grown.Filed, grown.Unmatched));
        Assert.Equal(["2823-3", "2951-2"], (await clinic.StandingAsync()).Select(r => r.Code));
    }

    [Fact]
    public async Task keeps_a_second_final_value_from_taking_the_place_of_the_first()
    {
        var clinic = await shared.ResetAsync();
        await clinic.ReadAsync("hl7-01-final.hl7");

        var second = await clinic.ReadAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(MessagesClinic.Sample("hl7-01-final.hl7"))
            .Replace("G-0001", "G-0099", StringComparison.Ordinal).Replace("|6.3|", "|5.3|", StringComparison.Ordinal)));

        Assert.Equal((0, 1), (second.Filed, second.Unmatched));
        Assert.Equal(UnmatchedOf(await clinic.WaitingAsync()), ["AlreadyFinal"]);
        Assert.Equal(6.3m, (await clinic.StandingAsync())[0].ValueNumber);
    }

    [Fact]
    public async Task of_a_batch_that_was_cut_takes_nothing()
    {
        var clinic = await shared.ResetAsync();
        var batch = Encoding.UTF8.GetString(MessagesClinic.Sample("hl7-08-batch.hl7"));

        var cut = await clinic.ReadAsync(Encoding.UTF8.GetBytes(batch[..batch.IndexOf("BTS", StringComparison.Ordinal)]));
        var counted = await clinic.ReadAsync(Encoding.UTF8.GetBytes(batch.Replace("BTS|2", "BTS|3", StringComparison.Ordinal)));

        Assert.Equal((ResultFileStatus.Refused, "It was cut: a batch begins with BHS and does not end with BTS."), (cut.Status, cut.Problem));
        Assert.Equal((ResultFileStatus.Refused, "It was cut: BTS-1 says 3 messages, and 2 are there."), (counted.Status, counted.Problem));
        Assert.Empty(await clinic.StandingAsync());
    }

    [Fact]
    public async Task seals_what_waits_and_names_no_patient_beside_it()
    {
        var clinic = await shared.ResetAsync();
        await clinic.KeepAsync(MessagesClinic.Sample("hl7-01-final.hl7"));
        await clinic.ReadAsync("hl7-12-another-patient.hl7");

        foreach (var table in new[] { "result_files", "result_messages", "unmatched_results" })
        {
            await using var worker = new NpgsqlConnection(clinic.Clinic.Connections.Worker);
            await worker.OpenAsync(Cancellation);
            await using var ask = new NpgsqlCommand($"SELECT string_agg(t::text, ' ') FROM {table} t", worker);
            var row = Assert.IsType<string>(await ask.ExecuteScalarAsync(Cancellation));
            Assert.False(row.Contains("Kumar", StringComparison.OrdinalIgnoreCase) || row.Contains("005121", StringComparison.Ordinal)
                || row.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes("Nair")), StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task of_the_folder_is_taken_when_it_has_stopped_growing_and_lies_in_done_or_refused_afterwards()
    {
        using var folder = new TemporaryFolder();
        await using var clinic = await MessagesClinic.OpenAsync(databases, new Dictionary<string, string?> { ["Clinic:ResultsInbox"] = folder.Path });
        var inbox = clinic.Clinic.Services.GetRequiredService<ResultsInbox>();
        var (good, cut) = (Path.Combine(folder.Path, "a.hl7"), Path.Combine(folder.Path, "b.json"));
        var content = MessagesClinic.Sample("hl7-01-final.hl7");
        await File.WriteAllBytesAsync(good, content[..50], Cancellation);

        Assert.Equal(0, await inbox.LookAsync(Cancellation));
        await File.WriteAllBytesAsync(good, content, Cancellation);
        Assert.Equal(0, await inbox.LookAsync(Cancellation));
        Assert.Equal(1, await inbox.LookAsync(Cancellation));
        await File.WriteAllBytesAsync(cut, MessagesClinic.Sample("fhir-09-cut.json"), Cancellation);
        await File.WriteAllBytesAsync(good, content, Cancellation);
        Assert.Equal(0, await inbox.LookAsync(Cancellation));
        Assert.Equal(2, await inbox.LookAsync(Cancellation));

        Assert.Empty(Directory.EnumerateFiles(folder.Path));
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(folder.Path, "done"), "a.hl7*").Count());
        Assert.Equal(["b.json"], Directory.EnumerateFiles(Path.Combine(folder.Path, "refused")).Select(Path.GetFileName));
        Assert.Equal(2, (await clinic.StandingAsync()).Count);
    }

    private static IEnumerable<string> UnmatchedOf(IEnumerable<(UnmatchedResult Row, WaitingResult Waiting)> waiting) => waiting.Select(w => w.Row.Why.ToString());

    /// <summary>As many orders of potassium, and a file with a message for each.</summary>
    private static async Task<byte[]> ManyAsync(MessagesClinic clinic)
    {
        var file = new StringBuilder();
        for (var n = 0; n < Many; n++)
        {
            var number = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"OR-26-{500_000 + n}");
            await clinic.OrderAsync(clinic.Meera, number, OrderStatus.Ordered, MessagesClinic.Potassium);
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"MSH|^~\\&|LIS|GANGA|||20261105104500+0530||ORU^R01|M-{n}|P|2.5\rPID|1||DA26-005120-3||Nair^Meera||19800201|F\r");
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"OBR|1|{number}||2823-3^Potassium^LN|||20261105093000\rOBX|1|NM|2823-3^Potassium^LN||4.{n % 10}|mmol/L|||||F\r");
        }

        return Encoding.UTF8.GetBytes(file.ToString());
    }

    /// <summary>Stops the reading after so many messages, as if the portal were stopped.</summary>
    private sealed class Until(int messages, CancellationTokenSource stop) : IProgress<ResultFileProgress>
    {
        public void Report(ResultFileProgress value)
        {
            if (value.Read == messages)
            {
                stop.Cancel();
            }
        }
    }
}
