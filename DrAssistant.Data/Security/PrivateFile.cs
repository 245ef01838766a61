namespace DrAssistant.Data.Security;

/// <summary>Files that only the portal's own account may read, replaced as a whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Writes beside the file and renames, so that a reader, or a crash, meets the old content or the new and nothing between.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Guid.CreateVersion7():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, OwnerOnlyOptions(FileMode.CreateNew, FileAccess.Write)))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>One process at a time, across every process of this machine, until the lock is disposed.</summary>
    public static IDisposable Lock(string path)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var waiting = new SpinWait();
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", OwnerOnlyOptions(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException e) when (e.GetType() == typeof(IOException) && Environment.TickCount64 < until)
            {
                waiting.SpinOnce(sleep1Threshold: 0);
            }
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions OwnerOnlyOptions(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
