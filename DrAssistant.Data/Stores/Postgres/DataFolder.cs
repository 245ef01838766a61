using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// The folder in which one portal keeps what it owns: its private database, its secrets, its files.
/// One portal at a time holds it, and a folder that the portal did not make is never taken over.
/// </summary>
internal sealed partial class DataFolder : IDisposable
{
    public const string Key = "Clinic:DataFolder";

    private const string MarkerName = "dr-assistant.folder";
    private const string LockName = "instance.lock";
    private const int SecretBytes = 32;

    private readonly FileStream? _held;

    private DataFolder(string path, string id, FileStream? held) => (Path, Id, _held) = (path, id, held);

    public string Path { get; }

    /// <summary>Given once, when the folder was made; stays when the folder is moved.</summary>
    public string Id { get; }

    private string Secrets => System.IO.Path.Combine(Path, "secrets");

    /// <summary>Makes the folder if need be and holds it until disposed; refuses when another portal holds it.</summary>
    public static DataFolder Take(string? setting)
    {
        var path = Locate(setting);
        try
        {
            PrivateFiles.CreateFolder(path);
            path = Resolve(path);
            Claim(path);
            var held = Hold(path);
            return new DataFolder(path, Identify(path), held);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new ClinicStartupException($"The data folder {path} cannot be used ({failure.Message}): give the portal a folder of its own with {Key}.", failure);
        }
    }

    /// <summary>Looks into a folder that another process may hold.</summary>
    public static DataFolder Look(string? setting)
    {
        var path = Locate(setting);
        if (!File.Exists(Inside(path, MarkerName)))
        {
            throw new ClinicStartupException($"There is no data folder of Dr. Assistant at {path}: start the portal first, or name its folder with {Key}.");
        }

        path = Resolve(path);
        return new DataFolder(path, File.ReadAllText(Inside(path, MarkerName)).Trim(), held: null);
    }

    /// <summary>A random secret of this folder, made when it is first asked for.</summary>
    public string Secret(string name)
    {
        if (ReadSecret(name) is { } known)
        {
            return known;
        }

        PrivateFiles.CreateFolder(Secrets);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        PrivateFiles.Replace(SecretPath(name), secret);
        return secret;
    }

    public string? ReadSecret(string name)
    {
        var path = SecretPath(name);
        if (!File.Exists(path))
        {
            return null;
        }

        var secret = File.ReadAllText(path).Trim();
        return secret.Length >= SecretBytes
            ? secret
            : throw new ClinicStartupException($"The secret {path} is damaged: put it back from a backup.");
    }

    /// <summary>Notes a fact about this folder that a later start needs.</summary>
    public void Remember(string name, string value) => PrivateFiles.Replace(Inside(Path, name), value);

    public string? Recall(string name)
        => File.Exists(Inside(Path, name)) ? File.ReadAllText(Inside(Path, name)).Trim() : null;

    public void Dispose() => _held?.Dispose();

    private static string Locate(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            // $XDG_DATA_HOME, else ~/.local/share
            var share = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return share.Length > 0
                ? Inside(share, "dr-assistant")
                : throw new ClinicStartupException($"This user has no home folder: say where the portal may keep its data with {Key}.");
        }

        // A shell leaves the tilde in --Clinic:DataFolder=~/clinic as it is.
        var path = setting.StartsWith("~/", StringComparison.Ordinal)
            ? Inside(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), setting[2..])
            : setting;
        return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
    }

    /// <summary>The path without links, so that one folder has one name however it is reached.</summary>
    private static string Resolve(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Inside(Resolve(parent), System.IO.Path.GetFileName(path));
        return Directory.ResolveLinkTarget(here, returnFinalTarget: true)?.FullName ?? here;
    }

    private static void Claim(string path)
    {
        var marker = Inside(path, MarkerName);
        if (File.Exists(marker))
        {
            return;
        }

        if (Directory.EnumerateFileSystemEntries(path).Any() && !File.Exists(marker))
        {
            throw new ClinicStartupException($"The folder {path} is not empty and was not made by Dr. Assistant: give the portal a new or empty folder with {Key}.");
        }

        try
        {
            PrivateFiles.Create(marker, "");
            PrivateFiles.CloseFolder(path);
        }
        catch (IOException) when (File.Exists(marker))
        {
            // Another portal started at the same moment; the lock decides which of the two goes on.
        }
    }

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(Inside(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (File.Exists(Inside(path, LockName)))
        {
            throw new ClinicStartupException($"Another portal is already running on the data folder {path}: stop it, or give this one a folder of its own with {Key}.", busy);
        }
    }

    private static string Identify(string path)
    {
        var marker = Inside(path, MarkerName);
        var known = File.ReadAllText(marker).Trim();
        if (Guid.TryParse(known, out _))
        {
            return known;
        }

        var id = Guid.CreateVersion7().ToString();
        PrivateFiles.Replace(marker, id);
        return id;
    }

    private string SecretPath(string name)
        => PlainName().IsMatch(name)
            ? System.IO.Path.Combine(Secrets, name)
            : throw new ArgumentException("A secret's name has small letters, digits and hyphens.", nameof(name));

    private static string Inside(string folder, string name) => System.IO.Path.Combine(folder, name);

    [GeneratedRegex("^[a-z0-9-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName();
}
