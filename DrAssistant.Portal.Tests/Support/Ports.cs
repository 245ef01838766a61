using System.Net;
using System.Net.Sockets;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>Ports of this machine for servers of the tests.</summary>
internal static class Ports
{
    /// <summary>One that nobody listens on at the moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
