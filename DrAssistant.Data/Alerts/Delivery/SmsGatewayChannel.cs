using System.Net.Http.Headers;
using System.Net.Http.Json;
using DrAssistant.Data.Staff.Preferences;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Alerts.Delivery;

/// <summary>Text messages by the HTTP gateway of whoever the practice has a contract with.</summary>
internal sealed class SmsGatewayChannel(IOptions<AlertDeliveryOptions> options) : IAlertChannel, IDisposable
{
    private readonly HttpClient _gateway = new() { Timeout = TimeSpan.FromSeconds(5) };

    public AlertChannel Channel => AlertChannel.Sms;

    public bool IsSetUp => options.Value.SmsGateway is not null;

    public string? AddressOf(AlertRecipient person) => person.Phone is { Length: > 0 } phone ? phone : null;

    public async Task SendAsync(string address, AlertNotice notice, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.SmsGateway) { Content = JsonContent.Create(new { to = address, text = notice.Text }) };
        if (options.Value.SmsAuthorization is { Length: > 0 } authorization)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        using var answer = await _gateway.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _gateway.Dispose();
}
