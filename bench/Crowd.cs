using System.Globalization;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Bench;

/// <summary>Many people of a practice with their first page open, doing nothing: circuits without browsers, twelve a person.</summary>
internal sealed partial class Crowd : IAsyncDisposable
{
    private const int Each = 12;
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<HubClient> _circuits = [];
    private readonly List<Task> _reading = [];
    private readonly CancellationTokenSource _end = new();
    private Task _pinging = Task.CompletedTask;

    /// <summary>Those that are still connected.</summary>
    public int Open => _circuits.Count(c => c.State is WebSocketState.Open);

    public static async Task<Crowd> ComeAsync(PortalProcess portal, int circuits)
    {
        var crowd = new Crowd();
        var people = (circuits + Each - 1) / Each;
        await portal.RunSqlAsync(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email, security_stamp)
            SELECT gen_random_uuid(), 'crowd' || n, 'crowd' || n || '@clinic.example', 'Nurse ' || n, 'nurse', u.password_hash, 'CROWD' || n, 'CROWD' || n || '@CLINIC.EXAMPLE', 'x'
            FROM generate_series(1, {people}) AS n, users u WHERE u.username = 'mary.thomas'
            """));
        crowd._pinging = crowd.PingAsync();
        for (var person = 1; person <= people; person++)
        {
            await crowd.SignInAsync(portal, string.Create(CultureInfo.InvariantCulture, $"crowd{person}"), Math.Min(Each, circuits - crowd._circuits.Count));
        }

        return crowd;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pinging;
        _circuits.ForEach(c => c.Dispose());
        await Task.WhenAll(_reading);
        _end.Dispose();
    }

    private async Task SignInAsync(PortalProcess portal, string name, int circuits)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        using var form = await client.GetAsync(new Uri("/account/sign-in", UriKind.Relative));
        var forgery = CookiesOf(form);
        var typed = new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = System.Net.WebUtility.HtmlDecode(Token().Match(await form.Content.ReadAsStringAsync()).Groups["token"].Value),
            ["Form.Name"] = name,
            ["Form.Password"] = portal.DemoPassword,
        };
        using var signedIn = await PostAsync(client, typed, forgery);
        var cookies = $"{forgery}; {CookiesOf(signedIn)}";
        for (var i = 0; i < circuits; i++)
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, "/");
            get.Headers.Add("Cookie", cookies);
            get.Headers.Add("Accept", "text/html");
            using var page = await client.SendAsync(get);
            var circuit = await HubClient.ConnectAsync(portal.Address, cookies, portal.Address.GetLeftPart(UriPartial.Authority), Patience);
            if (!await circuit.StartCircuitAsync(portal.Address, await page.Content.ReadAsStringAsync()))
            {
                throw new InvalidOperationException($"The portal gave {name} no circuit.");
            }

            _circuits.Add(circuit);
            _reading.Add(ReadAsync(circuit));
        }
    }

    /// <summary>One address may try thirty times a minute: a crowd has to wait at the door.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Dictionary<string, string> typed, string cookies)
    {
        while (true)
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in") { Content = new FormUrlEncodedContent(typed) };
            post.Headers.Add("Cookie", cookies);
            var answer = await client.SendAsync(post);
            if (answer.StatusCode is not System.Net.HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(10));
        }
    }

    private static async Task ReadAsync(HubClient circuit)
    {
        try
        {
            await circuit.ClosedAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(BetweenPings);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                foreach (var circuit in _circuits.ToList().Where(c => c.State is WebSocketState.Open))
                {
                    await circuit.PingAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static string CookiesOf(HttpResponseMessage answer)
        => string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.EndsWith('=')));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
