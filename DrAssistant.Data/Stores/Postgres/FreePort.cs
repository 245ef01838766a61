using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>The port of the private cluster: that of the last time while it is free, so that an operator's tools find it again; else any free one.</summary>
internal static class FreePort
{
    private const string Note = "postgres.port";

    public static int Choose(DataFolder folder)
        => int.TryParse(folder.Recall(Note), CultureInfo.InvariantCulture, out var last) && Try(last) is { } same
            ? same
            : Try(0) ?? throw new ClinicStartupException("There is no free port on 127.0.0.1 for PostgreSQL.");

    public static void Remember(DataFolder folder, int port) => folder.Remember(Note, port.ToString(CultureInfo.InvariantCulture));

    private static int? Try(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
