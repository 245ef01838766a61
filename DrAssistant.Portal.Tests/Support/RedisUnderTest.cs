using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>A real Redis server from the system's packages, on a free port of its own, that keeps nothing.</summary>
internal sealed class RedisUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort();
    private Process? _server;

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},connectRetry=3");

    public static async Task<RedisUnderTest> StartAsync()
    {
        var redis = new RedisUnderTest();
        await redis.RunAsync();
        return redis;
    }

    /// <summary>Starts it, or starts it again on the same port.</summary>
    public async Task RunAsync()
    {
        _server = Process.Start(new ProcessStartInfo("redis-server")
        {
            ArgumentList = { "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.Path },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        _server.OutputDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        var waiting = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            Assert.True(!_server.HasExited && waiting.Elapsed < TimeSpan.FromSeconds(30), "redis-server does not answer.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Writes what it holds to its disk: a start after this has it again, however old it is by then.</summary>
    public Task RememberAsync() => AskAsync("SAVE", '+');

    /// <summary>Everything that it holds is gone.</summary>
    public Task FlushAsync() => AskAsync("FLUSHALL", '+');

    /// <summary>As if somebody pulled the plug.</summary>
    public async Task KillAsync()
    {
        if (_server is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            if (!server.HasExited)
            {
                server.Kill();
                await server.WaitForExitAsync(CancellationToken.None);
            }

            server.Dispose();
        }

        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await AskAsync("PING", '+');
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task AskAsync(string command, char expected)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{command}\r\n"));
        var answer = new byte[64];
        var length = await client.GetStream().ReadAsync(answer);
        if (length == 0 || answer[0] != expected)
        {
            throw new SocketException((int)SocketError.NoData);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
