using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace DrAssistant.E2e.Support;

/// <summary>A real S3 server for one specification: OpenStack Swift from the system's packages (build/packages.sh), on a free port, with a bucket for documents.</summary>
public sealed class S3Server : IAsyncDisposable
{
    private const string Key = "clinic-app";
    private const string Secret = "a secret of the specifications";
    private const string Region = "us-east-1";
    private const string Bucket = "dr-assistant-e2e";
    private const string Account = "swift";
    private const string Script = "swift_node.py";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"drassistant-e2e-s3-{Guid.CreateVersion7():N}");
    private readonly int _port = PortalProcess.FreePort();
    private Process? _server;

    private static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    /// <summary>What makes a portal keep its objects here.</summary>
    public string[] Settings =>
    [
        "--Stores:Objects:Kind=S3", $"--Stores:Objects:S3:Endpoint={Endpoint}", $"--Stores:Objects:S3:Bucket={Bucket}", $"--Stores:Objects:S3:AccessKey={Key}",
        $"--Stores:Objects:S3:SecretKey={Secret}", $"--Stores:Objects:S3:Region={Region}", "--Stores:Objects:S3:PlainBodies=true",
    ];

    private string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        await using (var script = typeof(S3Server).Assembly.GetManifestResourceStream(Script)!)
        await using (var file = File.Create(Path.Combine(_folder, Script)))
        {
            await script.CopyToAsync(file);
        }

        string[] python = ["/usr/bin/python3", "-IB", Path.Combine(_folder, Script), _folder, _port.ToString(CultureInfo.InvariantCulture), Key, Secret, Region];
        if (IsRoot)
        {
            // Swift does not run as root.
            using var chown = Process.Start("/usr/bin/chown", ["-R", $"{Account}:{Account}", _folder]);
            await chown.WaitForExitAsync();
            python = ["/usr/bin/setpriv", "--reuid", Account, "--regid", Account, "--clear-groups", "--no-new-privs", .. python];
        }

        var start = new ProcessStartInfo(python[0], python[1..]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["HOME"] = _folder;
        _server = Process.Start(start) ?? throw new InvalidOperationException("The S3 server did not start.");
        using var most = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        Assert.Equal("listening", await _server.StandardOutput.ReadLineAsync(most.Token));
        using var client = Client();
        await client.PutBucketAsync(Bucket);
    }

    /// <summary>The lengths of all that lies there, in bytes.</summary>
    public async Task<IReadOnlyList<long>> LengthsAsync()
    {
        using var client = Client();
        var listed = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        return [.. (listed.S3Objects ?? []).Select(o => o.Size ?? 0)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }

        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private AmazonS3Client Client() => new(new BasicAWSCredentials(Key, Secret), new AmazonS3Config
    {
        ServiceURL = Endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = Region,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });
}
