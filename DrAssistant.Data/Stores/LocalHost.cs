using System.Net;

namespace DrAssistant.Data.Stores;

/// <summary>Whether a store is on this machine, so that nobody listens on the way.</summary>
internal static class LocalHost
{
    /// <summary>Also by its address, IPv4 or IPv6.</summary>
    /// <param name="host">A name, an address, or the path of a socket; with a port or without.</param>
    public static bool Is(string host)
    {
        // A path is the folder of a local socket, and @ an abstract one.
        if (host.StartsWith('/') || host.StartsWith('@'))
        {
            return true;
        }

        return IPAddress.TryParse(host, out var address)
            ? IPAddress.IsLoopback(address)
            : WithoutPort(host) is var name && (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var named) && IPAddress.IsLoopback(named)));
    }

    private static string WithoutPort(string host)
        => host.LastIndexOf(':') is var colon and > 0 ? host[..colon].Trim('[', ']') : host;
}
