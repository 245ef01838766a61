using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>
/// A folder for sound that a program must read from a file, of the portal's own user alone and gone with this object. A portal that crashes leaves it
/// behind; the next one that starts takes it away, unless another portal of this machine is still at it.
/// </summary>
internal sealed class HearingFolder : IDisposable
{
    private const string Under = "hearing";
    private const string InUse = "in-use";

    private readonly FileStream _held;

    private HearingFolder(string path, FileStream held) => (Path, _held) = (path, held);

    public string Path { get; }

    public static HearingFolder Create(string dataFolder)
    {
        var path = System.IO.Path.Combine(Root(dataFolder), Guid.CreateVersion7().ToString("N"));
        PrivateFiles.CreateFolder(path);
        return new HearingFolder(path, Hold(path, FileMode.CreateNew));
    }

    /// <summary>Takes away what crashes left, and says how many folders that were.</summary>
    public static int Sweep(string dataFolder)
    {
        var root = new DirectoryInfo(Root(dataFolder));
        return root.Exists ? root.GetDirectories().Count(IsTakenAway) : 0;
    }

    public void Dispose()
    {
        _held.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static bool IsTakenAway(DirectoryInfo folder)
    {
        try
        {
            // The lock went with the process that held it.
            Hold(folder.FullName, FileMode.OpenOrCreate).Dispose();
            folder.Delete(recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false; // somebody listens to it now, or it went meanwhile
        }
    }

    private static FileStream Hold(string folder, FileMode mode) => new(System.IO.Path.Combine(folder, InUse), mode, FileAccess.ReadWrite, FileShare.None);

    private static string Root(string dataFolder) => System.IO.Path.Combine(System.IO.Path.GetFullPath(dataFolder), Under);
}
