using System.Net;
using System.Net.Sockets;

namespace DrAssistant.E2e.Support;

/// <summary>A line to the portal that can be cut and mended, as a cable or a mobile network does: what is on it breaks off, and nothing new gets through.</summary>
public sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _portal;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _listening;
    private bool _cut;

    public CuttableLine(Uri portal)
    {
        _portal = portal;
        _listener.Start();
        _listening = ListenAsync();
    }

    public Uri Address => new UriBuilder(_portal) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _cut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut();
        await _listening;
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The specification is over.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var portal = new TcpClient();
        lock (_lock)
        {
            if (_cut)
            {
                browser.Dispose();
                return;
            }

            _open.AddRange([browser, portal]);
        }

        try
        {
            await portal.ConnectAsync(IPAddress.Loopback, _portal.Port, _end.Token);
            await Task.WhenAny(PumpAsync(browser, portal), PumpAsync(portal, browser));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut.
        }
        finally
        {
            browser.Dispose();
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _end.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut, or one side has said all that it had to say.
        }
    }
}
