using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Objects.S3;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>
/// A real S3 server: OpenStack Swift from the system's packages, one process on free ports of its own; or the one that DRASSISTANT_TEST_S3 names, as in http://KEY:SECRET@host:port.
/// </summary>
public sealed class S3UnderTest : IAsyncLifetime
{
    public const string Bucket = "dr-assistant-tests";

    private const string Region = "us-east-1";
    private const string Account = "swift";
    private const string Script = "swift_node.py";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();
    private readonly Uri? _elsewhere = Environment.GetEnvironmentVariable("DRASSISTANT_TEST_S3") is { Length: > 0 } named ? new Uri(named) : null;
    private readonly int _port = Ports.Free();
    private Process? _server;

    public bool IsOurs => _elsewhere is null;

    public string Endpoint => _elsewhere?.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped) ?? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    private (string Key, string Secret) KeyAndSecret => _elsewhere?.UserInfo.Split(':') is [var key, var secret]
        ? (Uri.UnescapeDataString(key), Uri.UnescapeDataString(secret)) : ("clinic-app", "a secret of the tests");

    /// <summary>A shelf over the server, of which the settings may be others.</summary>
    internal S3Shelf Shelf(Action<S3Options>? change = null)
    {
        var (key, secret) = KeyAndSecret;
        var options = new S3Options { Endpoint = Endpoint, Bucket = Bucket, AccessKey = key, SecretKey = secret, Region = Region, PlainBodies = IsOurs };
        change?.Invoke(options);
        return new S3Shelf(Options.Create(new ObjectStoreOptions { Kind = ObjectStoreOptions.InS3, S3 = options }), TimeProvider.System);
    }

    /// <summary>The client of the tests' own, to look past the shelf.</summary>
    internal AmazonS3Client Client()
    {
        var (key, secret) = KeyAndSecret;
        return new AmazonS3Client(new BasicAWSCredentials(key, secret), new AmazonS3Config
        {
            ServiceURL = Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = Region,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public async ValueTask InitializeAsync()
    {
        if (IsOurs)
        {
            await using (var script = typeof(S3UnderTest).Assembly.GetManifestResourceStream(Script)!)
            await using (var file = File.Create(_folder[Script]))
            {
                await script.CopyToAsync(file, TestContext.Current.CancellationToken);
            }

            await GiveAsync(_folder.Path);
            await RunAsync();
        }

        using var client = Client();
        if ((await client.ListBucketsAsync(TestContext.Current.CancellationToken)).Buckets?.Exists(bucket => bucket.BucketName == Bucket) != true)
        {
            await client.PutBucketAsync(Bucket, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Starts it, or starts it again on the same port with what it had.</summary>
    public async Task RunAsync()
    {
        var (key, secret) = KeyAndSecret;
        string[] python = ["/usr/bin/python3", "-IB", _folder[Script], _folder.Path, _port.ToString(CultureInfo.InvariantCulture), key, secret, Region];
        string[] command = IsRoot ? ["/usr/bin/setpriv", "--reuid", Account, "--regid", Account, "--clear-groups", "--no-new-privs", .. python] : python;
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        // Swift looks for its configuration and its home by these.
        start.Environment["HOME"] = _folder.Path;
        _server = Process.Start(start)!;
        var errors = new System.Text.StringBuilder();
        _server.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        _server.BeginErrorReadLine();
        using var most = new CancellationTokenSource(LongestStart);
        Assert.True(await _server.StandardOutput.ReadLineAsync(most.Token) == "listening", $"The S3 server did not start (packages of build/packages.sh test): {errors}");
    }

    /// <summary>As if somebody pulled the plug.</summary>
    public async Task KillAsync()
    {
        if (_server is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
        }

        _server?.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    /// <summary>Swift does not run as root.</summary>
    private static async Task GiveAsync(string folder)
    {
        if (IsRoot)
        {
            using var chown = Process.Start("/usr/bin/chown", ["-R", $"{Account}:{Account}", folder]);
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, chown.ExitCode);
        }
    }
}
