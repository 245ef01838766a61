using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Alerts;

/// <summary>By e-mail, to a mail server that listens on a socket of this machine.</summary>
public sealed class SendingAnAlertOut(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_that_there_is_one_and_nothing_of_whom_or_what_and_once()
    {
        await using var mail = new MailServer();
        await using var clinic = await WithMailAsync(mail);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();

        await RaiseAsync(clinic, asha, AlertSeverity.Critical, meera);
        await RelayAllAsync(clinic);
        await RaiseAsync(clinic, asha, AlertSeverity.Critical, meera); // counted, not a new one
        await RelayAllAsync(clinic);

        var letter = Assert.Single(mail.Letters);
        Assert.Contains("There is a new alert for you", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("Potassium", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("NAIR", letter, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(meera.ToString(), letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_tried_again_when_the_server_does_not_take_it_and_then_sent_once()
    {
        await using var mail = new MailServer { Refuses = 2 };
        await using var clinic = await WithMailAsync(mail);
        var asha = await clinic.Given.DoctorAsync();
        await RaiseAsync(clinic, asha, AlertSeverity.Critical, null);

        for (var turn = 0; turn < 4; turn++)
        {
            await RelayAllAsync(clinic);
            clinic.Clock.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Single(mail.Letters);
        Assert.Equal(0, mail.Refuses);
        Assert.Empty(await clinic.OwedAsync());
    }

    [Fact]
    public async Task Waits_for_the_end_of_quiet_hours_and_is_then_sent_of_what_nobody_read()
    {
        await using var mail = new MailServer();
        await using var clinic = await WithMailAsync(mail);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var practice = clinic.Services.GetRequiredService<ClinicClock>();
        var now = practice.TimeOf(practice.Now);
        var quiet = new QuietHours(now.AddHours(-1), now.AddHours(2));
        foreach (var person in new[] { asha, basu })
        {
            await using var choosing = clinic.As(person);
            (await choosing.Get<IPreferences>().ChangeAsync(
                p => p with { NotificationPreferences = p.NotificationPreferences with { QuietHours = quiet } }, Cancellation)).Value();
            await RaiseAsync(clinic, person, AlertSeverity.High, null);
        }

        await RelayAllAsync(clinic);
        clinic.Clock.Now += TimeSpan.FromMinutes(119);
        await RelayAllAsync(clinic);
        Assert.Empty(mail.Letters);
        await using var hers = clinic.As(basu);
        var read = Assert.Single((await hers.Get<IAlerts>().UnreadAsync(Cancellation)).Value());
        (await hers.Get<IAlerts>().AcknowledgeAsync(read.Id, Cancellation)).Value();

        clinic.Clock.Now += TimeSpan.FromMinutes(1);
        await RelayAllAsync(clinic);

        Assert.Single(mail.Letters);
        Assert.Empty(await clinic.OwedAsync());
    }

    [Fact]
    public async Task Is_not_done_where_the_person_does_not_want_it_or_has_read_it_already()
    {
        await using var mail = new MailServer();
        await using var clinic = await WithMailAsync(mail);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using var acting = clinic.As(basu);
        (await acting.Get<IPreferences>().ChangeAsync(p => p with { NotificationPreferences = p.NotificationPreferences with { Email = false } }, Cancellation)).Value();
        await RaiseAsync(clinic, basu, AlertSeverity.Critical, null);
        await RaiseAsync(clinic, asha, AlertSeverity.Low, null);
        await RaiseAsync(clinic, asha, AlertSeverity.Critical, null);
        await using var hers = clinic.As(asha);
        foreach (var alert in (await hers.Get<IAlerts>().UnreadAsync(Cancellation)).Value())
        {
            (await hers.Get<IAlerts>().AcknowledgeAsync(alert.Id, Cancellation)).Value();
        }

        await RelayAllAsync(clinic);

        Assert.Empty(mail.Letters);
    }

    private Task<ClinicUnderTest> WithMailAsync(MailServer mail) => ClinicUnderTest.OpenAsync(databases, settings: new Dictionary<string, string?>
    {
        ["Alerts:SmtpHost"] = "127.0.0.1",
        ["Alerts:SmtpPort"] = mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Alerts:SmtpTls"] = "false",
        ["Alerts:From"] = "portal@clinic.example",
    });

    private static Task RaiseAsync(ClinicUnderTest clinic, ClinicPerson to, AlertSeverity severity, Guid? patient)
        => clinic.Services.GetRequiredService<AlertWriter>().RaiseAsync(
            [to.Id], new AlertDraft(AlertType.LabResult, severity, "Potassium 6.8", "NAIR") { PatientId = patient, Source = "results", SourceId = to.Id }, Cancellation);

    private static async Task RelayAllAsync(ClinicUnderTest clinic)
    {
        while (await clinic.RelayAsync() > 0)
        {
        }
    }

    /// <summary>As much of SMTP (RFC 5321) as it takes to be given a letter.</summary>
    private sealed class MailServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly Task _serving;

        public MailServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public ConcurrentQueue<string> Letters { get; } = new();

        /// <summary>So many letters it does not take at first.</summary>
        public int Refuses { get; set; }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            _listener.Stop();
            await _serving;
            _end.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                    await TalkAsync(client.GetStream());
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The test is over.
            }
        }

        private async Task TalkAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            await using var writer = new StreamWriter(stream, Encoding.ASCII, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 here");
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await writer.WriteLineAsync("354 go on");
                    var letter = new StringBuilder();
                    while (await reader.ReadLineAsync(_end.Token) is { } text && text != ".")
                    {
                        letter.AppendLine(text);
                    }

                    if (Refuses > 0)
                    {
                        Refuses--;
                        await writer.WriteLineAsync("451 not now");
                        continue;
                    }

                    Letters.Enqueue(letter.ToString());
                }

                await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 fine");
            }
        }
    }
}
