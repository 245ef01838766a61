using System.Diagnostics;
using System.Threading.Channels;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Outbox;

/// <summary>The way of a change from its commit to the open pages.</summary>
public sealed class LiveChanges(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_in_at_the_desk_is_told_to_its_doctor_and_the_queue_within_a_second_and_to_no_other_doctor()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha, basu) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var feed = clinic.Services.GetRequiredService<IDayFeed>();
        var (hers, his, queue) = (new Listener(), new Listener(), new Listener());
        using var a = feed.Listen(asha.Id, hers.Hear);
        using var b = feed.Listen(basu.Id, his.Hear);
        using var c = feed.Listen(null, queue.Hear);
        await clinic.StartRelayAsync();
        await using var acting = clinic.As(desk);
        var fastest = TimeSpan.MaxValue;

        for (var round = 0; round < 3; round++)
        {
            var patient = await clinic.Given.PatientAsync();
            var visit = await clinic.Given.AppointmentAsync(asha, patient, clinic.At("09:00").AddMinutes(15 * round));
            (await acting.CheckInAsync(visit)).Value();
            var committed = Stopwatch.GetTimestamp();

            Assert.Equal(new DayChange("appointment.changed", visit, asha.Id) { PatientId = patient }, await hers.NextAsync());
            fastest = new[] { fastest, Stopwatch.GetElapsedTime(committed) }.Min();
            Assert.Equal(visit, (await queue.NextAsync()).SubjectId);
        }

        Assert.True(fastest < TimeSpan.FromSeconds(1), $"The fastest of three took {fastest.TotalMilliseconds:F0} ms.");
        Assert.True(his.HeardNothing);

        // The listeners hear first, then the relay settles what it carried out.
        for (var look = 0; look < 200 && (await clinic.OwedAsync()).Count > 0; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), Cancellation);
        }

        Assert.Empty(await clinic.OwedAsync());
    }

    [Fact]
    public async Task The_queue_hears_of_appointments_and_not_of_anybodys_tasks()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var feed = clinic.Services.GetRequiredService<IDayFeed>();
        var (hers, queue) = (new Listener(), new Listener());
        using var a = feed.Listen(asha.Id, hers.Hear);
        using var b = feed.Listen(null, queue.Hear);
        await clinic.StartRelayAsync();
        var task = await clinic.Given.TaskAsync(asha);
        await using var acting = clinic.As(asha);

        (await acting.Get<ITaskList>().CompleteAsync(task, Cancellation)).Value();

        Assert.Equal(new DayChange("task.changed", task, asha.Id), await hers.NextAsync());
        Assert.True(queue.HeardNothing);
    }

    [Fact]
    public async Task A_listener_that_throws_or_never_ends_harms_nobody_else()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var feed = clinic.Services.GetRequiredService<DayFeed>();
        var person = Guid.CreateVersion7();
        var well = new Listener();
        using var throws = feed.Listen(person, _ => throw new InvalidOperationException("at once"));
        using var throwsLater = feed.Listen(person, async _ =>
        {
            await Task.Yield();
            throw new ObjectDisposedException("later");
        });
        using var never = feed.Listen(person, _ => new TaskCompletionSource().Task);
        using var listening = feed.Listen(person, well.Hear);

        feed.Publish(new DayChange("task.changed", null, person));
        feed.Publish(new DayChange("task.changed", null, person));

        await well.NextAsync();
        await well.NextAsync();
    }

    [Fact]
    public async Task Who_stopped_listening_hears_nothing_more()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var feed = clinic.Services.GetRequiredService<DayFeed>();
        var person = Guid.CreateVersion7();
        var (left, stayed) = (new Listener(), new Listener());
        var leaving = feed.Listen(person, left.Hear);
        using var staying = feed.Listen(person, stayed.Hear);
        feed.Publish(new DayChange("task.changed", null, person));
        await left.NextAsync();

        leaving.Dispose();
        leaving.Dispose();
        feed.Publish(new DayChange("alert.changed", null, person));
        feed.Publish(new DayChange("alert.changed", null, null)); // for everybody

        await stayed.NextAsync();
        await stayed.NextAsync();
        await stayed.NextAsync();
        Assert.True(left.HeardNothing);
    }

    [Fact]
    public async Task A_message_that_keeps_failing_is_tried_later_set_aside_after_ten_and_told_to_the_admins_and_holds_nobody_up()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, admin) = (await clinic.Given.DoctorAsync(), await clinic.Given.AdminAsync());
        var (poison, sound) = (await OweAsync(clinic, "not an id"), await OweAsync(clinic, asha.Id.ToString()));
        var relay = clinic.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<OutboxRelay>().Single();

        Assert.Equal(2, await relay.RelayAsync(Cancellation));
        Assert.NotNull((await clinic.RowAsync<OutboxMessage>(sound)).DoneAt);
        Assert.Equal(0, await relay.RelayAsync(Cancellation)); // not due yet
        for (var attempt = 2; attempt <= OutboxRelay.MostAttempts; attempt++)
        {
            clinic.Clock.Now += TimeSpan.FromHours(1);
            Assert.Equal(1, await relay.RelayAsync(Cancellation));
        }

        var parked = await clinic.RowAsync<OutboxMessage>(poison);
        Assert.Equal((10, clinic.Clock.Now, null), (parked.Attempts, parked.ParkedAt, parked.DoneAt));
        Assert.Equal("FormatException", parked.LastError);
        Assert.Equal(1, await relay.RelayAsync(Cancellation)); // the message of the alert
        Assert.Equal(0, await relay.RelayAsync(Cancellation));
        var alert = Assert.Single((await AlertsOfAsync(clinic, admin)).Value());
        Assert.Equal(Data.Alerts.AlertSeverity.High, alert.Severity);
    }

    [Fact]
    public async Task Two_relays_share_the_work_and_carry_nothing_out_twice()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var listener = new Listener();
        using var listening = clinic.Services.GetRequiredService<IDayFeed>().Listen(asha.Id, listener.Hear);
        for (var message = 0; message < 120; message++)
        {
            await OweAsync(clinic, asha.Id.ToString());
        }

        var relay = clinic.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<OutboxRelay>().Single();
        var taken = 0;
        while (taken < 120)
        {
            taken += (await Task.WhenAll(relay.RelayAsync(Cancellation), relay.RelayAsync(Cancellation))).Sum();
        }

        Assert.Equal(120, taken);
        Assert.Empty(await clinic.OwedAsync());
        var heard = new List<Guid?>();
        while (heard.Count < 120)
        {
            heard.Add((await listener.NextAsync()).SubjectId);
        }

        Assert.Equal(120, heard.Distinct().Count());
        Assert.True(listener.HeardNothing);
    }

    private static async Task<Guid> OweAsync(ClinicUnderTest clinic, string user)
    {
        var message = new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            Kind = "task.changed",
            SubjectId = Guid.CreateVersion7(),
            Payload = $$"""{"user": "{{user}}"}""",
            CreatedAt = clinic.Clock.Now,
            AvailableAt = clinic.Clock.Now,
        };
        await clinic.Given.SaveAsync(message);
        return message.Id;
    }

    private static async Task<Data.Common.Result<IReadOnlyList<Data.Alerts.AlertLine>>> AlertsOfAsync(ClinicUnderTest clinic, ClinicPerson person)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<Data.Alerts.IAlerts>().UnreadAsync(Cancellation);
    }

    /// <summary>Keeps what it hears until it is asked for.</summary>
    private sealed class Listener
    {
        private readonly Channel<DayChange> _heard = Channel.CreateUnbounded<DayChange>();

        public bool HeardNothing => _heard.Reader.Count == 0;

        public Task Hear(DayChange change) => _heard.Writer.WriteAsync(change, Cancellation).AsTask();

        public Task<DayChange> NextAsync() => _heard.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }
}
