using System.Net;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.AspNetCore.HttpOverrides;

namespace DrAssistant.Portal.Security;

/// <summary>
/// Whose word is taken for where a request comes from. Nobody's by default: a header that anybody can send must not
/// decide which address the audit trail shows (ASVS 4.1.3).
/// </summary>
internal static class TrustedProxies
{
    public const string Key = "Portal:TrustedProxies";

    /// <summary>Takes addresses or networks, parted by commas: <c>10.0.0.5, 172.16.0.0/12</c>.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Configuration[Key] is not { Length: > 0 } setting)
        {
            return;
        }

        var headers = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        headers.KnownIPNetworks.Clear();
        headers.KnownProxies.Clear();
        foreach (var proxy in setting.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                headers.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(proxy, out var network))
            {
                headers.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new ClinicStartupException($"{Key} must hold addresses or networks, such as 10.0.0.5 or 172.16.0.0/12, parted by commas.");
            }
        }

        app.UseForwardedHeaders(headers);
    }
}
