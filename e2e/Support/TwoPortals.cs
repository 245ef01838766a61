using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace DrAssistant.E2e.Support;

/// <summary>
/// One practice on two portals, behind nginx as docs/operations.md configures it, with one Redis between them. A browser that has the cookie of
/// <see cref="Pin"/> comes to the portal of its name.
/// </summary>
public sealed class TwoPortals : IAsyncLifetime
{
    private const string Sample = "deploy/nginx-portals.conf";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"drassistant-proxy-{Guid.CreateVersion7():N}");
    private readonly int _port = PortalProcess.FreePort();
    private readonly int _redisPort = PortalProcess.FreePort();
    private readonly PortalProcess _one = new();
    private readonly PortalProcess _two = new();
    private Process? _redis;
    private Process? _proxy;

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_port}"));

    public string DemoPassword => _one.DemoPassword;

    /// <summary>The practice's database, for what no browser can bring about: time that passes.</summary>
    public Task PassTimeAsync(string sql) => _one.RunSqlAsync(sql);

    /// <summary>The cookie that sends a browser to one portal, or to the other.</summary>
    public Microsoft.Playwright.Cookie Pin(bool second) => new() { Name = "portal", Value = second ? "two" : "one", Url = Address.ToString() };

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        StartRedis();
        string[] shared =
        [
            "--Stores:Cache:Kind=Redis",
            string.Create(CultureInfo.InvariantCulture, $"--Stores:Cache:Redis:Connection=127.0.0.1:{_redisPort}"),
            "--Portal:TrustedProxies=127.0.0.1",
        ];
        await _one.StartAsync(PublishedPortal.Folder, shared);
        await _two.StartAsync(PublishedPortal.Folder, [.. shared, .. _one.SettingsOfAnother()]);
        await StartProxyAsync();
    }

    public void StartRedis() => _redis = Started("redis-server", "--port", _redisPort.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder);

    /// <summary>As if its machine lost power.</summary>
    public async Task KillRedisAsync()
    {
        _redis!.Kill();
        await _redis.WaitForExitAsync();
        _redis.Dispose();
        _redis = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _proxy, _redis })
        {
            process?.Kill(entireProcessTree: true);
            process?.Dispose();
        }

        await _two.DisposeAsync();
        await _one.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The sample, with ports of this machine in the place of addresses and certificate, and all that nginx writes in one folder.</summary>
    private async Task StartProxyAsync()
    {
        var sample = (await File.ReadAllTextAsync(Path.Combine(Repository(), Sample)))
            .Replace("10.0.0.11:5080", _one.Address.Authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("10.0.0.12:5080", _two.Address.Authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("listen 443 ssl;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{_port};"), StringComparison.Ordinal);
        var lines = sample.Split('\n').Where(line => !line.Contains("ssl_certificate", StringComparison.Ordinal));
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name => $"{name}_temp_path {_folder}/{name};\n"));
        var conf = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(conf, $"daemon off;\nworker_processes 1;\npid {_folder}/nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{string.Join('\n', lines)}\n}}\n");
        _proxy = Started("/usr/sbin/nginx", "-c", conf, "-p", _folder, "-e", Path.Combine(_folder, "error.log"));
        await AnswersAsync();
    }

    private async Task AnswersAsync()
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", _port);
                return;
            }
            catch (SocketException) when (waiting.Elapsed < TimeSpan.FromSeconds(30) && _proxy is { HasExited: false })
            {
                await Task.Delay(50);
            }
        }
    }

    private static Process Started(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Sample)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{Sample} was not found above {AppContext.BaseDirectory}.");
    }
}
