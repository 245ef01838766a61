using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>A circuit's browser without the browser: it opens the WebSocket and says what blazor.web.js says.</summary>
internal sealed partial class HubClient : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly ClientWebSocket _socket = new();
    private readonly Queue<object?[]> _received = [];
    private int _calls;

    private HubClient(TimeSpan? patience) => _patience = patience ?? TimeSpan.FromSeconds(15);

    public WebSocketState State => _socket.State;

    /// <summary>With it a browser comes back to its circuit after a lost connection.</summary>
    public string? Secret { get; private set; }

    /// <summary>Opens the WebSocket and shakes hands.</summary>
    /// <exception cref="WebSocketException">The portal refused.</exception>
    public static async Task<HubClient> ConnectAsync(Uri portal, string? cookies, string? origin, TimeSpan? patience = null)
    {
        var client = new HubClient(patience);
        client._socket.Options.CollectHttpResponseDetails = true;
        if (cookies is not null)
        {
            client._socket.Options.SetRequestHeader("Cookie", cookies);
        }

        if (origin is not null)
        {
            client._socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            using var waiting = new CancellationTokenSource(client._patience);
            await client._socket.ConnectAsync(new UriBuilder(portal) { Scheme = "ws", Path = "/_blazor" }.Uri, waiting.Token);
            await client.SendAsync(BlazorPack.Handshake);
            return (await client.ReceiveAsync(whole: _ => true)).AsSpan().SequenceEqual("{}\u001e"u8)
                ? client
                : throw new WebSocketException("The portal did not shake hands.");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Starts a circuit and asks for the components that <paramref name="page"/> names, as the script does.</summary>
    public async Task<bool> StartCircuitAsync(Uri address, string page)
    {
        if (await CallAsync("StartCircuit", new Uri(address, "/").ToString(), address.ToString(), "[]", "") is not string { Length: > 0 } secret)
        {
            return false;
        }

        Secret = secret;

        var operations = new JsonArray([.. MarkersIn(page).Select((marker, i) => (JsonNode)new JsonObject
        {
            ["type"] = "add",
            ["ssrComponentId"] = i + 1,
            ["marker"] = JsonNode.Parse(marker),
        })]);
        if (operations.Count == 0)
        {
            throw new ArgumentException("The page names no component.", nameof(page));
        }

        var batch = new JsonObject { ["batchId"] = 1, ["operations"] = operations };
        await TellAsync("UpdateRootComponents", batch.ToJsonString(), StateIn(page));
        return await SeesAsync(message => message is [1L, _, _, "JS.RenderBatch", ..], message => message is [1L, _, _, "JS.Error", ..] or [7L, ..]);
    }

    /// <summary>Sends a call and waits for its answer; null as well when the portal hangs up.</summary>
    public async Task<object?> CallAsync(string target, params object?[] arguments)
    {
        var id = (++_calls).ToString(null, null);
        await SendAsync(BlazorPack.Invocation(id, target, arguments));
        object?[]? answer = null;
        await SeesAsync(message => (answer = message) is [3L, _, string to, ..] && to == id, message => message is [7L, ..]);
        return answer is [3L, _, _, 3L, var result] ? result : null;
    }

    public Task TellAsync(string target, params object?[] arguments) => SendAsync(BlazorPack.Invocation(null, target, arguments));

    /// <summary>Reads on until a message is <paramref name="wanted"/>; false when the portal hangs up or says <paramref name="no"/>.</summary>
    public async Task<bool> SeesAsync(Predicate<object?[]> wanted, Predicate<object?[]> no)
    {
        try
        {
            while (true)
            {
                while (_received.TryDequeue(out var message))
                {
                    if (wanted(message))
                    {
                        return true;
                    }

                    if (no(message))
                    {
                        return false;
                    }
                }

                var bytes = await ReceiveAsync(whole: b => BlazorPack.IsWhole(b.Span));
                if (bytes.Length == 0)
                {
                    return false;
                }

                foreach (var message in BlazorPack.Messages(bytes))
                {
                    _received.Enqueue(message);
                }
            }
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    /// <summary>That it is still there: who says nothing for half a minute is hung up on.</summary>
    public Task PingAsync() => SendAsync(BlazorPack.Ping);

    /// <summary>Reads until the portal hangs up.</summary>
    public Task ClosedAsync() => SeesAsync(_ => false, _ => false);

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(byte[] bytes)
    {
        using var patience = new CancellationTokenSource(_patience);
        await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, patience.Token);
    }

    private async Task<byte[]> ReceiveAsync(Predicate<ReadOnlyMemory<byte>> whole)
    {
        using var patience = new CancellationTokenSource(_patience);
        var bytes = new List<byte>();
        var buffer = new byte[64 * 1024];
        do
        {
            var part = await _socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return [];
            }

            bytes.AddRange(buffer.AsSpan(0, part.Count));
        }
        while (!whole(bytes.ToArray()));
        return [.. bytes];
    }

    private static IEnumerable<string> MarkersIn(string page)
        => Marker().Matches(page).Select(m => m.Groups["json"].Value).Where(json => JsonDocument.Parse(json).RootElement.TryGetProperty("descriptor", out _));

    private static string StateIn(string page) => PageState().Match(page) is { Success: true } found ? found.Groups["state"].Value : "";

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PageState();
}
