using System.Globalization;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// The system user that PostgreSQL runs as. PostgreSQL refuses to run as root, so a portal that runs as root
/// hands it to the system's own user postgres; any other portal runs it as itself.
/// </summary>
internal sealed class ServerAccount
{
    private const string UserName = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    private readonly IReadOnlyList<string> _switch;
    private readonly (uint User, uint Group)? _ids;

    private ServerAccount(IReadOnlyList<string> change, (uint User, uint Group)? ids) => (_switch, _ids) = (change, ids);

    /// <summary>Whether PostgreSQL's files belong to another user than the portal's own.</summary>
    public bool IsAnother => _ids is not null;

    public static ServerAccount Current()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount([], ids: null);
        }

        var (user, group) = Find() ?? throw new ClinicStartupException(
            "The portal runs as root, PostgreSQL refuses to, and there is no system user \"postgres\" to run it as: start the portal as an ordinary user, or create that user (useradd --system postgres).");
        if (Tool("setpriv") is { } setpriv)
        {
            return new ServerAccount([setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"], (user, group));
        }

        return Tool("runuser") is { } runuser
            ? new ServerAccount([runuser, "-u", UserName, "--"], (user, group))
            : throw new ClinicStartupException(
                "The portal runs as root, PostgreSQL refuses to, and neither setpriv nor runuser is here to change the user: start the portal as an ordinary user, or install util-linux.");
    }

    /// <summary>Runs a program as this user.</summary>
    public Task<ProgramOutcome> RunAsync(
        IEnumerable<string> command, string workingFolder, TimeSpan patience, CancellationToken cancellation)
        => PostgresProgram.RunAsync([.. _switch, .. command], workingFolder, patience, cancellation);

    /// <summary>Gives a file or folder to this user.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (_ids is { } ids)
        {
            await ChangeOwnerAsync($"{ids.User}:{ids.Group}", path, cancellation);
        }
    }

    /// <summary>Whether this user may walk through a folder of the portal's, once its group has been allowed to.</summary>
    public async Task<bool> MayPassAsync(string folder, CancellationToken cancellation)
    {
        if (_ids is not { } ids)
        {
            return true;
        }

        await ChangeOwnerAsync($":{ids.Group}", folder, cancellation);
        PrivateFiles.LetGroupPass(folder);
        return (await RunAsync([Tool("test") ?? "test", "-x", folder], "/", Patience, cancellation)).Succeeded;
    }

    private static async Task ChangeOwnerAsync(string owner, string path, CancellationToken cancellation)
    {
        var outcome = await PostgresProgram.RunAsync([Tool("chown") ?? "chown", owner, path], "/", Patience, cancellation);
        if (!outcome.Succeeded)
        {
            throw new ClinicStartupException($"{path} could not be given to the system user {UserName}: {outcome.LastWords}.");
        }
    }

    private static (uint User, uint Group)? Find()
    {
        const string Accounts = "/etc/passwd";
        var account = File.Exists(Accounts)
            ? File.ReadLines(Accounts).Select(line => line.Split(':')).FirstOrDefault(fields => fields is [UserName, _, _, _, ..])
            : null;
        return account is null
            ? null
            : (uint.Parse(account[2], CultureInfo.InvariantCulture), uint.Parse(account[3], CultureInfo.InvariantCulture));
    }

    private static string? Tool(string name)
        => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
