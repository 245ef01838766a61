using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Alerts.Delivery;

/// <summary>
/// An alert goes out by the ways that its person chose and the practice has. Each way is a message of its own, so that one that fails is
/// tried again alone; who begins to send puts a row there first, so that nobody is told twice of one alert by one way.
/// </summary>
internal sealed class AlertDelivery(
    IDbContextFactory<ClinicDb> clinic, ClinicDataSources stores, IEnumerable<IAlertChannel> channels, INotificationChoices choices,
    OutboxWriter outbox, ClinicClock clock, IOptions<ClinicOptions> practice) : IOutboxHandler
{
    private const string Raised = "alert.raised";
    private const string Send = "alert.send";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Raised, Send };

    public Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var ways = channels.Where(c => c.IsSetUp).ToList();
        return message.SubjectId is not { } alert || ways.Count == 0 ? Task.CompletedTask
            : message.Kind == Raised ? ChooseAsync(alert, ways, cancellation)
            : SendAsync(alert, message, ways, cancellation);
    }

    private async Task ChooseAsync(Guid id, List<IAlertChannel> ways, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && !a.IsRead, cancellation) is not { } alert)
        {
            return;
        }

        if ((await choices.OfAsync(db, [alert.UserId], cancellation)).GetValueOrDefault(alert.UserId) is not { } chosen)
        {
            return;
        }

        // In quiet hours it waits for their end, and is not sent where it was read until then.
        var at = chosen.IsQuiet(alert.Severity, clock.TimeOf(clock.Now)) ? EndOf(chosen.QuietHours!) : (DateTimeOffset?)null;
        foreach (var way in ways.Where(w => chosen.Wants(alert.Severity, w.Channel)))
        {
            outbox.Add(db, Send, id, ids: new Dictionary<string, string> { ["channel"] = EnumText.Of(way.Channel) }, at: at);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private DateTimeOffset EndOf(QuietHours quiet)
        => clock.At(quiet.To > clock.TimeOf(clock.Now) ? clock.Today : clock.Today.AddDays(1), quiet.To);

    private async Task SendAsync(Guid alert, OutboxMessage message, List<IAlertChannel> ways, CancellationToken cancellation)
    {
        var word = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!.GetValueOrDefault("channel");
        if (ways.Find(w => EnumText.Of(w.Channel) == word) is not { } way
            || await RecipientAsync(alert, cancellation) is not { } person || way.AddressOf(person) is not { } address
            || !await BeginAsync(alert, word!, cancellation))
        {
            return; // not set up any more, read already, nowhere to send it, or sent
        }

        try
        {
            var portal = practice.Value.PublicAddress is { Length: > 0 } known ? new Uri(known) : null;
            await way.SendAsync(address, new AlertNotice(practice.Value.Name, portal), cancellation);
        }
        catch
        {
            await ExecuteAsync("DELETE FROM alert_deliveries WHERE alert_id = $1 AND channel = $2", alert, word!, CancellationToken.None);
            throw;
        }

        await ExecuteAsync("UPDATE alert_deliveries SET sent_at = now() WHERE alert_id = $1 AND channel = $2", alert, word!, CancellationToken.None);
    }

    /// <summary>False where somebody sends it already, or did.</summary>
    private async Task<bool> BeginAsync(Guid alert, string channel, CancellationToken cancellation)
        => await ExecuteAsync("INSERT INTO alert_deliveries (alert_id, channel) VALUES ($1, $2) ON CONFLICT DO NOTHING", alert, channel, cancellation) == 1;

    private async Task<AlertRecipient?> RecipientAsync(Guid alert, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Alerts.Where(a => a.Id == alert && !a.IsRead)
            .Join(db.Users.Where(u => u.Status == Staff.StaffStatus.Active), a => a.UserId, u => u.Id, (_, u) => new AlertRecipient(u.Email, u.PhoneNumber))
            .SingleOrDefaultAsync(cancellation);
    }

    // Outside of any transaction: a portal that dies while it sends has sent, as far as anybody can know.
    private async Task<int> ExecuteAsync(string sql, Guid alert, string channel, CancellationToken cancellation)
    {
        await using var command = stores.Worker.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = alert });
        command.Parameters.Add(new NpgsqlParameter { Value = channel });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
