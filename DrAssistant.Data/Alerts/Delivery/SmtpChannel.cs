using System.Net;
using System.Net.Mail;
using DrAssistant.Data.Staff.Preferences;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Alerts.Delivery;

/// <summary>E-mail by the practice's own mail server.</summary>
internal sealed class SmtpChannel(IOptions<AlertDeliveryOptions> options) : IAlertChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public AlertChannel Channel => AlertChannel.Email;

    public bool IsSetUp => options.Value is { SmtpHost.Length: > 0, From.Length: > 0 };

    public string? AddressOf(AlertRecipient person) => MailAddress.TryCreate(person.Email, out var address) ? address.Address : null;

    public async Task SendAsync(string address, AlertNotice notice, CancellationToken cancellation)
    {
        var server = options.Value;
        using var client = new SmtpClient(server.SmtpHost, server.SmtpPort) { EnableSsl = server.SmtpTls };
        if (server.SmtpUser is { Length: > 0 } name)
        {
            client.Credentials = new NetworkCredential(name, server.SmtpPassword);
        }

        using var message = new MailMessage(server.From!, address, notice.Subject, notice.Text);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        await client.SendMailAsync(message, patience.Token);
    }
}
