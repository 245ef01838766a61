using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DrAssistant.E2e.Support;

/// <summary>The portal as a practice runs it: the published program in a process of its own, with a new data folder.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromMinutes(4);
    private const string Database = "clinic";
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(30);

    // A practice in whose zone it is late in the morning: at any hour that somebody runs the specifications, there is a day behind it and a day ahead.
    private readonly string _zone = ZoneInWhichItIs(hour: 11);

    private readonly Queue<string> _lastLines = new();
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"drassistant-e2e-{Guid.CreateVersion7():N}");
    private Process? _portal;
    private string _folder = "";
    private string[] _settings = [];

    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The demo practice's password, made for this data folder alone.</summary>
    public string DemoPassword => Secret("demo-password");

    /// <summary>Starts the portal that was published to <paramref name="folder"/> on a free port, and returns when it answers.</summary>
    public async Task StartAsync(string folder, params string[] settings)
    {
        Directory.CreateDirectory(_data);
        (_folder, _settings) = (folder, settings);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort()}"));
        _portal = Start(folder);
        await AnswersAsync();
    }

    /// <summary>Ends the program as a power cut does, without a word. Its data stay.</summary>
    public async Task KillAsync()
    {
        _portal!.Kill();
        await _portal.WaitForExitAsync();
        _portal.Dispose();
    }

    /// <summary>Starts it again at the same address on the same data.</summary>
    public async Task StartAgainAsync()
    {
        _portal = Start(_folder);
        await AnswersAsync();
    }

    /// <summary>What makes another portal one of the same practice: this one's database, keys and keys of forms.</summary>
    public IEnumerable<string> SettingsOfAnother() =>
    [
        $"--ConnectionStrings:ClinicOwner={Connection("clinic_owner", "clinic-owner")}",
        $"--ConnectionStrings:Clinic={Connection("clinic_app", "clinic-app")}",
        $"--ConnectionStrings:ClinicWorker={WorkerConnection}",
        $"--Clinic:KeyRing={Path.Combine(_data, "keys", "keyring.json")}",
        $"--Clinic:MasterKey={Path.Combine(_data, "keys", "master.json")}",
        $"--Clinic:FormKeys={Path.Combine(_data, "dataprotection")}",
    ];

    /// <summary>To its own PostgreSQL, as background work may.</summary>
    public string WorkerConnection => Connection("clinic_worker", "clinic-worker");

    /// <summary>Runs a statement on its own PostgreSQL, as background work may.</summary>
    public async Task RunSqlAsync(string sql)
    {
        var start = new ProcessStartInfo("psql", ["-v", "ON_ERROR_STOP=1", "-q", "-h", "127.0.0.1", "-p", Port(), "-U", "clinic_worker", "-d", Database, "-c", sql]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = Secret("clinic-worker");
        using var psql = Process.Start(start) ?? throw new InvalidOperationException("psql did not start.");
        var words = await psql.StandardError.ReadToEndAsync();
        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0)
        {
            throw new InvalidOperationException(words);
        }
    }

    /// <summary>Asks the portal to stop, as an operator would, so that it also stops its own PostgreSQL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_portal is null)
        {
            return;
        }

        if (!_portal.HasExited)
        {
            using var ask = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_portal.Id}")]);
            await ask.WaitForExitAsync();
            using var patience = new CancellationTokenSource(PatienceAtEnd);
            try
            {
                await _portal.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _portal.Kill(entireProcessTree: true);
            }
        }

        _portal.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>These zones have their sign turned round: Etc/GMT-5 is five hours ahead of Greenwich.</summary>
    private static string ZoneInWhichItIs(int hour)
    {
        var ahead = hour - TimeProvider.System.GetUtcNow().Hour;
        return string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(ahead > 0 ? '-' : '+')}{Math.Abs(ahead)}");
    }

    private Process Start(string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "DrAssistant.Portal"))
        {
            ArgumentList = { $"--urls={Address}", $"--Clinic:DataFolder={_data}", $"--Clinic:TimeZone={_zone}" },
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in _settings)
        {
            start.ArgumentList.Add(setting);
        }

        var portal = Process.Start(start) ?? throw new InvalidOperationException("The portal did not start.");
        portal.OutputDataReceived += (_, line) => Remember(line.Data);
        portal.ErrorDataReceived += (_, line) => Remember(line.Data);
        portal.BeginOutputReadLine();
        portal.BeginErrorReadLine();
        return portal;
    }

    private string Connection(string user, string secret) => $"Host=127.0.0.1;Port={Port()};Database={Database};Username={user};Password={Secret(secret)};SSL Mode=Disable";

    private string Secret(string name) => File.ReadAllText(Path.Combine(_data, "secrets", name)).Trim();

    private string Port() => File.ReadAllText(Path.Combine(_data, "postgres.port")).Trim();

    private async Task AnswersAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var started = Stopwatch.StartNew();
        while (_portal is { HasExited: false } && started.Elapsed < PatienceAtStart)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(200);
        }

        lock (_lastLines)
        {
            throw new InvalidOperationException("The portal did not start. Its last lines:\n" + string.Join('\n', _lastLines));
        }
    }

    private void Remember(string? line)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line ?? "");
            if (_lastLines.Count > 60)
            {
                _lastLines.Dequeue();
            }
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
