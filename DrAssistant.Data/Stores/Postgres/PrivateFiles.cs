namespace DrAssistant.Data.Stores.Postgres;

/// <summary>Files and folders that nobody but the portal's own user may read.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerEnters = OwnerReadsAndWrites | UnixFileMode.UserExecute;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerEnters);
        }
    }

    /// <summary>Closes a folder that was there before, where it is ours to close; a mounted volume may belong to another user.</summary>
    public static void CloseFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, OwnerEnters);
        }
        catch (UnauthorizedAccessException)
        {
            // What is secret lies in folders of its own, which are closed.
        }
    }

    /// <summary>Lets one group walk through a folder without listing it.</summary>
    public static void LetGroupPass(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OwnerEnters | UnixFileMode.GroupExecute);
        }
    }

    /// <summary>Creates a file that must not be there yet, so that nobody can have put a link in its place.</summary>
    public static void Create(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReadsAndWrites;
        }

        using var file = new FileStream(path, options);
        using var writer = new StreamWriter(file);
        writer.Write(text);
        writer.Flush();
        file.Flush(flushToDisk: true);
    }

    /// <summary>Writes under another name and renames: after a crash the file is the old one or the new one, never half of it.</summary>
    public static void Replace(string path, string text)
    {
        var unfinished = $"{path}.{Guid.CreateVersion7():N}";
        Create(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }
}
