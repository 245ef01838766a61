using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>Where a data folder's cluster lives, and how it comes into being: whole or not at all.</summary>
internal sealed class ClusterFolder
{
    public const string SuperuserSecret = "postgres-superuser";
    public const string Superuser = "postgres";

    private const string LocationNote = "postgres.location";
    private const string Unfinished = "cluster.unfinished-";
    private static readonly SearchValues<char> OddCharacters = SearchValues.Create("\"$`\\\n\r");
    private static readonly TimeSpan InitialisingTakesAtMost = TimeSpan.FromMinutes(3);

    private ClusterFolder(string home) => Home = home;

    /// <summary>Belongs to the user that PostgreSQL runs as.</summary>
    public string Home { get; }

    public string Data => Path.Combine(Home, "cluster");

    public string Log => Path.Combine(Home, "postgres.log");

    /// <summary>The major version that made the cluster; null while there is none.</summary>
    public int? Made
    {
        get
        {
            var version = Path.Combine(Data, "PG_VERSION");
            return File.Exists(version) ? int.Parse(File.ReadAllText(version), CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>The place that an earlier start chose.</summary>
    public static ClusterFolder Of(DataFolder folder)
        => new(folder.Recall(LocationNote) ?? Path.Combine(folder.Path, "postgres"));

    /// <summary>Finds the place or chooses it: inside the data folder, or under /var/lib where PostgreSQL's user cannot walk to it.</summary>
    public static async Task<ClusterFolder> PrepareAsync(DataFolder folder, ServerAccount account, CancellationToken cancellation)
    {
        var place = Of(folder);
        if (!Directory.Exists(place.Home) && !await account.MayPassAsync(folder.Path, cancellation))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{folder.Path}\n{folder.Id}")))[..12];
            place = new ClusterFolder(Path.Combine("/var/lib/dr-assistant", hash));
            Directory.CreateDirectory(Path.GetDirectoryName(place.Home)!);
            folder.Remember(LocationNote, place.Home);
        }

        RefuseOddNames(place.Home);
        PrivateFiles.CreateFolder(place.Home);
        await account.OwnAsync(place.Home, cancellation);
        return place;
    }

    /// <summary>Makes the cluster beside its place and renames it when it is complete.</summary>
    public async Task InitialiseAsync(
        PostgresBinaries binaries, ServerAccount account, string password, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        RemoveLeftovers();
        var unfinished = Path.Combine(Home, $"{Unfinished}{Guid.CreateVersion7():N}");
        var passwordFile = unfinished + ".password";
        try
        {
            PrivateFiles.Create(passwordFile, password);
            await account.OwnAsync(passwordFile, cancellation);
            var outcome = await account.RunAsync(
                [binaries.Program("initdb"), .. Arguments(binaries, unfinished, passwordFile, options)], Home, InitialisingTakesAtMost, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!outcome.Succeeded)
            {
                throw new ClinicStartupException($"PostgreSQL could not make its cluster in {Home}: {outcome.LastWords}.");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }

        ServerSettings.Append(Path.Combine(unfinished, "postgresql.conf"), options);
        Directory.Move(unfinished, Data);
    }

    private static IEnumerable<string> Arguments(PostgresBinaries binaries, string target, string passwordFile, EmbeddedPostgresOptions options)
        =>
        [
            $"--pgdata={target}",
            $"--username={Superuser}",
            $"--pwfile={passwordFile}",
            "--auth-host=scram-sha-256",
            "--auth-local=scram-sha-256",
            "--data-checksums",
            "--encoding=UTF8",
            .. Locale(binaries.Major),
            "--no-instructions",
            .. options.Durable ? Array.Empty<string>() : ["--no-sync"],
        ];

    /// <summary>Sorting by code point: an index stays right when the system's language data is upgraded.</summary>
    private static string[] Locale(int major) => (major, OperatingSystem.IsMacOS()) switch
    {
        (>= 17, _) => ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
        (_, true) => ["--locale=C", "--lc-ctype=en_US.UTF-8"],
        _ => ["--locale=C.UTF-8"],
    };

    /// <summary>What a start that was killed half way left behind. The names are ours, and the folder is held.</summary>
    private void RemoveLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(Home, Unfinished + "*"))
        {
            File.Delete(file);
        }

        foreach (var folder in Directory.EnumerateDirectories(Home, Unfinished + "*"))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // An initdb that outlived its portal is still writing there; it goes with the next start.
            }
        }
    }

    /// <summary>pg_ctl hands its paths to a shell in double quotes.</summary>
    private static void RefuseOddNames(string home)
    {
        if (home.AsSpan().ContainsAny(OddCharacters))
        {
            throw new ClinicStartupException($"PostgreSQL cannot be started in {home.ReplaceLineEndings(" ")}: choose a data folder without quotes, dollar signs, backslashes and line ends with {DataFolder.Key}.");
        }
    }
}
