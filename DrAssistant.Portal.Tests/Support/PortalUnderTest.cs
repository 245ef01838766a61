using System.Net;
using System.Text.RegularExpressions;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>The whole portal on a real port and a real database of its own, as a browser meets it.</summary>
internal sealed partial class PortalUnderTest : WebApplicationFactory<Program>
{
    public const string Password = "a lantern over nine rivers";

    private readonly FreshClinic _database;
    private readonly TemporaryFolder _folder = new();
    private readonly string _environment;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ILoggerProvider? _log;
    private bool _isGuest;

    private PortalUnderTest(FreshClinic database, string environment, IReadOnlyDictionary<string, string> settings, ILoggerProvider? log)
        => (_database, _environment, _settings, _log, Folder) = (database, environment, settings, log, _folder["data"]);

    public Uri Address => ClientOptions.BaseAddress;

    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>The portal's data folder; it may be one that an earlier portal left.</summary>
    public string Folder { get; private set; } = "";

    public CircuitCount Circuits { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PortalUnderTest> OpenAsync(
        ClinicDatabase databases, string environment = "Development", IReadOnlyDictionary<string, string>? settings = null, ILoggerProvider? log = null,
        string? folder = null)
    {
        var portal = new PortalUnderTest(await databases.NewAsync(Cancellation), environment, settings ?? new Dictionary<string, string>(), log);
        portal.Folder = folder ?? portal.Folder;
        portal.UseKestrel(0);
        portal.StartServer();
        return portal;
    }

    /// <summary>Another portal of the same practice: the same database and keys, a data folder of its own.</summary>
    public PortalUnderTest OpenAnother(IReadOnlyDictionary<string, string>? settings = null)
    {
        var shared = new Dictionary<string, string>(settings ?? _settings)
        {
            ["Clinic:KeyRing"] = Path.Combine(Folder, "keys", "keyring.json"),
            ["Clinic:MasterKey"] = Path.Combine(Folder, "keys", "master.json"),
            ["Clinic:FormKeys"] = Path.Combine(Folder, "dataprotection"),
        };
        var portal = new PortalUnderTest(_database, _environment, shared, _log) { _isGuest = true };
        portal.UseKestrel(0);
        portal.StartServer();
        return portal;
    }

    public async Task<Guid> PersonAsync(string userName = "meera.iyer", StaffRole role = StaffRole.Doctor, string fullName = "Meera Iyer")
    {
        var account = new StaffAccount(userName, $"{userName}@clinic.example", fullName, role);
        return (await Services.GetRequiredService<StaffAccounts>().CreateAsync(account, Password)).Value;
    }

    /// <summary>A browser without scripts: it keeps cookies, even secure ones, and follows no redirect by itself.</summary>
    public PlainBrowser Browse() => new(Address);

    public async Task<PlainBrowser> SignedInAsync(string userName = "meera.iyer")
    {
        var browser = Browse();
        using var answer = await browser.SignInAsync(userName, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>A token that belongs to this browser's antiforgery cookie and its person, as any of its pages carries one.</summary>
    public async Task<string> TokenOfAsync(PlainBrowser browser)
    {
        await using var scope = Services.CreateAsyncScope();
        var session = await scope.ServiceProvider.GetRequiredService<ISessions>().FindAsync(browser.Cookie(SessionCookie.Name)!, Cancellation);
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        request.Request.Headers.Cookie = browser.Cookies;
        request.User = SessionIdentity.For(session!, request).ToPrincipal(SessionAuthenticationHandler.SchemeName);
        return Services.GetRequiredService<IAntiforgery>().GetTokens(request).RequestToken!;
    }

    /// <summary>Nobody may connect to this portal's database any more.</summary>
    public async Task BreakDatabaseAsync()
    {
        var admin = new NpgsqlConnectionStringBuilder(_database.Connections.Superuser);
        var name = admin.Database;
        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(admin.ConnectionString) { Database = "postgres", Pooling = false });
        await using var close = server.CreateCommand($"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
        await close.ExecuteNonQueryAsync(Cancellation);
        await using var end = server.CreateCommand($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await end.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>One value, asked as background work.</summary>
    public async Task<T?> AskAsync<T>(string sql, params object[] values)
    {
        await using var ask = Services.GetRequiredService<ClinicDataSources>().Worker.CreateCommand(sql);
        ask.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await ask.ExecuteScalarAsync(Cancellation) is T answer ? answer : default;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!_isGuest)
        {
            await _database.DisposeAsync();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.UseSetting("ConnectionStrings:Clinic", _database.Connections.App);
        builder.UseSetting("ConnectionStrings:ClinicOwner", _database.Connections.Owner);
        builder.UseSetting("ConnectionStrings:ClinicWorker", _database.Connections.Worker);
        builder.UseSetting("Clinic:DataFolder", Folder);
        builder.UseSetting("Clinic:Demo", "false");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging =>
        {
            // A test speaks through its assertions; what it wants to read it hands over a provider for.
            logging.ClearProviders();
            if (_log is not null)
            {
                logging.AddProvider(_log);
            }
        });
        builder.ConfigureTestServices(services => services.AddSingleton(Circuits).AddScoped<CircuitHandler, CircuitCount.Handler>());
    }

    /// <summary>Counts the circuits that were opened, on the server itself.</summary>
    internal sealed class CircuitCount
    {
        private int _opened;

        public int Opened => Volatile.Read(ref _opened);

        /// <summary>After the portal's own handlers: what they refuse is not counted.</summary>
        internal sealed class Handler(CircuitCount count) : CircuitHandler
        {
            public override int Order => 1000;

            public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
            {
                Interlocked.Increment(ref count._opened);
                return Task.CompletedTask;
            }
        }
    }
}

/// <summary>Sends what a browser would send and keeps what it would keep.</summary>
internal sealed partial class PlainBrowser : IDisposable
{
    private readonly Dictionary<string, string> _cookies = [];
    private readonly HttpClient _client;

    public PlainBrowser(Uri address)
        => _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    public string Cookies => string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}"));

    public string? Cookie(string name) => _cookies.GetValueOrDefault(name);

    public void Keep(string name, string value) => _cookies[name] = value;

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
        => SendAsync(HttpMethod.Get, path, content: null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? content = null, params (string Name, string Value)[] headers)
        => SendAsync(HttpMethod.Post, path, content, headers);

    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
        => SendAsync(method, path, content, headers);

    public async Task<string> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Fills in the form at the door and sends it.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string name, string password, string query = "")
    {
        var form = await ReadAsync("/account/sign-in" + query);
        return await PostAsync("/account/sign-in" + query, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = TokenIn(form),
            ["Form.Name"] = name,
            ["Form.Password"] = password,
        }));
    }

    public static string TokenIn(string page) => Token().Match(page) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups["token"].Value) : "";

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", Cookies);
        }

        var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie[..cookie.IndexOf('=')], cookie[(cookie.IndexOf('=') + 1)..cookie.IndexOf(';')]);
            if (value.Length == 0)
            {
                _cookies.Remove(name);
            }
            else
            {
                _cookies[name] = value;
            }
        }

        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
