using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>
/// Objects as files in the data folder, each closed to everybody but the portal's own account. A file is written under another name, flushed to the disk and renamed:
/// after a crash it is there as a whole or not at all.
/// </summary>
internal sealed class FileShelf(IOptions<ClinicOptions> clinic, TimeProvider time) : IObjectShelf
{
    private const string Unfinished = ".part";
    private const long LeastFree = 64L * 1024 * 1024;
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan LongestWriting = TimeSpan.FromDays(1);

    public string Name => "objects.files";

    private string Root => Path.GetFullPath(Path.Combine(clinic.Value.DataFolder, "objects"));

    public Task<string> OpenAsync(CancellationToken cancellation)
    {
        PrivateFiles.CreateFolder(Root);
        SweepUnfinished(time.GetUtcNow() - LongestWriting);
        var free = new DriveInfo(Root).AvailableFreeSpace / Megabyte;
        return Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"files in {Root}, {free:#,##0} MB free"));
    }

    public async Task PutAsync(string key, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var path = PathOf(key);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        var unfinished = path + Unfinished;
        try
        {
            await using (var file = new FileStream(unfinished, OwnerOnly()))
            {
                await write(file, cancellation);
                await file.FlushAsync(cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public Task<long?> LengthAsync(string key, CancellationToken cancellation)
    {
        // A folder that is gone is a shelf that is away, not one without objects.
        if (!Directory.Exists(Root))
        {
            throw new DirectoryNotFoundException("The folder of the objects is not there.");
        }

        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? file.Length : (long?)null);
    }

    public async Task<byte[]> ReadAsync(string key, long offset, int length, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(PathOf(key), options: FileOptions.Asynchronous);
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = await RandomAccess.ReadAsync(file, bytes.AsMemory(read), offset + read, cancellation);
            read += more > 0 ? more : throw new EndOfStreamException("The file ends too early.");
        }

        return bytes;
    }

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation)
    {
        var path = PathOf(key);
        var there = File.Exists(path);
        File.Delete(path);
        return Task.FromResult(there);
    }

    public IAsyncEnumerable<ShelvedObject> ListAsync(CancellationToken cancellation)
        => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(Unfinished, StringComparison.Ordinal))
            .Select(file => new ShelvedObject(Path.GetFileName(file), new DateTimeOffset(File.GetLastWriteTimeUtc(file))))
            .ToAsyncEnumerable();

    public Task<int> SweepUnfinishedAsync(DateTimeOffset before, CancellationToken cancellation) => Task.FromResult(SweepUnfinished(before));

    public Task<string?> ProblemAsync(CancellationToken cancellation) => Task.FromResult(Problem());

    private string? Problem()
    {
        try
        {
            return !Directory.Exists(Root) ? "folder missing" : new DriveInfo(Root).AvailableFreeSpace < LeastFree ? "disk full" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.GetType().Name;
        }
    }

    /// <summary>The last digits of a key are random: they spread the files over folders, the first ones are the time.</summary>
    private string PathOf(string key) => Path.Combine(Root, key[^2..], key);

    private int SweepUnfinished(DateTimeOffset before)
    {
        var old = Directory.EnumerateFiles(Root, "*" + Unfinished, SearchOption.AllDirectories).Where(file => File.GetLastWriteTimeUtc(file) < before.UtcDateTime).ToList();
        old.ForEach(File.Delete);
        return old.Count;
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
