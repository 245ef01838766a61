using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;

/// <summary>
/// A server on a real socket that speaks MongoDB's wire protocol, for the commands that the portal sends. libmongoc cannot tell it
/// from a mongos. It keeps documents in memory, holds unique indexes and validators, knows a retried write again, and can be made to
/// fail. It proves what the adapter and libmongoc do with what they are sent, and not that MongoDB sends it.
/// </summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Guid, TcpClient> _connections = new();
    private readonly WireCommands _commands = new();
    private readonly ConcurrentQueue<(string Command, WireFault Fault)> _faults = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    public WireServer(X509Certificate2? certificate = null, int port = 0)
    {
        _certificate = certificate;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Uri => $"mongodb://127.0.0.1:{Port}/";

    /// <summary>Whoever connects has to sign in as this person first.</summary>
    public (string Name, string Password)? User { get; init; }

    /// <summary>Every command that came, in order, with the fault that it met.</summary>
    public ConcurrentQueue<BsonDocument> Seen { get; } = new();

    /// <summary>The next command of this name meets the fault, and so do the ones after it if it is given again.</summary>
    public void Next(string command, WireFault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _faults.Enqueue((command, fault));
        }
    }

    public void Heal() => _faults.Clear();

    public IReadOnlyList<BsonDocument> Sent(string command) => [.. Seen.Where(seen => seen.First().Key == command)];

    public IReadOnlyList<BsonDocument> Documents(string collection) => _commands.Documents(collection);

    /// <summary>As another program would write: past the adapter, not past the validators.</summary>
    public BsonDocument Do(BsonDocument command) => _commands.Answer(command);

    /// <summary>The machine is gone: its port is closed, and so is every connection.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }

        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        var id = Guid.CreateVersion7();
        _connections[id] = connection;
        try
        {
            connection.NoDelay = true;
            await using var stream = await SecuredAsync(connection.GetStream());
            var signIn = new WireSignIn(User);
            while (await WireMessage.ReadAsync(stream, _stop.Token) is { } message)
            {
                await AnswerAsync(stream, message, signIn);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side went away, or this one was told to.
        }
        finally
        {
            _connections.TryRemove(id, out _);
            connection.Dispose();
        }
    }

    private async Task<Stream> SecuredAsync(NetworkStream stream)
    {
        if (_certificate is null)
        {
            return stream;
        }

        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secured;
    }

    private async Task AnswerAsync(Stream stream, WireMessage message, WireSignIn signIn)
    {
        var name = message.Command.First().Key;
        var fault = FaultOf(name);
        Seen.Enqueue(message.Command);
        if (fault?.Answer is { } prepared)
        {
            await message.AnswerAsync(stream, prepared, _stop.Token);
            return;
        }

        if (fault?.Stalls == true)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
        }

        if (fault?.DropsBefore == true)
        {
            throw new IOException("Dropped, as asked.");
        }

        var answer = signIn.Answer(message.Command) ?? signIn.Introduced(message.Command, _commands.Answer(message.Command));
        if (fault?.DropsAfter == true)
        {
            throw new IOException("Dropped when it was done, as asked.");
        }

        await message.AnswerAsync(stream, answer, _stop.Token);
    }

    private WireFault? FaultOf(string command)
    {
        lock (_faults)
        {
            return _faults.TryPeek(out var next) && next.Command == command && _faults.TryDequeue(out next) ? next.Fault : null;
        }
    }
}

/// <summary>What happens to a command.</summary>
internal sealed record WireFault
{
    /// <summary>The connection is cut, and nothing was done.</summary>
    public static WireFault Drop { get; } = new() { DropsBefore = true };

    /// <summary>It is done, and the connection is cut before the answer.</summary>
    public static WireFault DropWhenDone { get; } = new() { DropsAfter = true };

    /// <summary>No answer ever comes.</summary>
    public static WireFault Stall { get; } = new() { Stalls = true };

    public bool DropsBefore { get; private init; }

    public bool DropsAfter { get; private init; }

    public bool Stalls { get; private init; }

    public BsonDocument? Answer { get; private init; }

    /// <summary>The server says no in its own words.</summary>
    public static WireFault Error(int code, string name)
        => new() { Answer = new BsonDocument { { "ok", 0.0 }, { "errmsg", name }, { "code", code }, { "codeName", name } } };

    /// <summary>It was written here, and the majority did not say so in time.</summary>
    public static WireFault NotOnMajority { get; } = new()
    {
        Answer = new BsonDocument
        {
            { "ok", 1.0 },
            { "n", 1 },
            { "writeConcernError", new BsonDocument { { "code", 64 }, { "codeName", "WriteConcernFailed" }, { "errmsg", "waiting for replication timed out" } } },
        },
    };
}
