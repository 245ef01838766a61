using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Ordering.Messages.Files;

/// <summary>
/// The folder into which laboratories' programs put files (<c>Clinic:ResultsInbox</c>). A file is taken when it has stopped growing; once it is read it
/// lies in <c>done</c>, and what could not be read at all in <c>refused</c>.
/// </summary>
internal sealed partial class ResultsInbox(IServiceScopeFactory scopes, ResultFileReading reading, IOptions<ClinicOptions> options, TimeProvider time, ILogger<ResultsInbox> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (long Length, DateTime Written)> _seen = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.ResultsInbox))
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The folder or the database is away: the files wait where they are.
                Paused(e.GetType().Name);
            }

            await Task.Delay(Poll, time, stoppingToken);
        }
    }

    /// <summary>Takes the files that have not changed since the last look, and says how many.</summary>
    internal async Task<int> LookAsync(CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(options.Value.ResultsInbox!);
        if (!folder.Exists)
        {
            folder.Create();
        }

        var files = folder.EnumerateFiles().Where(f => !f.Name.StartsWith('.')).OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();
        var taken = 0;
        foreach (var file in files)
        {
            var now = (file.Length, file.LastWriteTimeUtc);
            if (!_seen.TryGetValue(file.Name, out var before) || before != now || !CanBeRead(file))
            {
                _seen[file.Name] = now;
                continue;
            }

            await TakeAsync(folder, file, cancellation);
            _seen.Remove(file.Name);
            taken++;
        }

        foreach (var gone in _seen.Keys.Except(files.Select(f => f.Name)).ToList())
        {
            _seen.Remove(gone);
        }

        return taken;
    }

    /// <summary>Whoever still writes to it keeps it open.</summary>
    private static bool CanBeRead(FileInfo file)
    {
        try
        {
            using var alone = file.Open(FileMode.Open, FileAccess.Read, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task TakeAsync(DirectoryInfo folder, FileInfo file, CancellationToken cancellation)
    {
        var status = ResultFileStatus.Refused;
        if (file.Length is > 0 and <= ResultFileStore.Largest)
        {
            var content = await File.ReadAllBytesAsync(file.FullName, cancellation);
            await using var scope = SystemScope.Create(scopes);
            var (kept, _) = await scope.ServiceProvider.GetRequiredService<ResultFileStore>().KeepAsync(
                sender: null, PlainText.Of(file.Name, ResultFileStore.LongestName), MessageFile.FormatOf(content), content, cancellation);
            status = (await reading.ReadAsync(kept.Id, origin: null, progress: null, cancellation)).Status;
        }

        var to = Directory.CreateDirectory(Path.Combine(folder.FullName, status is ResultFileStatus.Done ? "done" : "refused"));
        var target = Path.Combine(to.FullName, file.Name);
        file.MoveTo(File.Exists(target) ? $"{target}.{Guid.CreateVersion7():N}" : target);
        Took(status);
    }

    [LoggerMessage(LogLevel.Information, "Took a file from the folder for results: {Status}.")]
    private partial void Took(ResultFileStatus status);

    [LoggerMessage(LogLevel.Warning, "Looking for files with results paused: {Error}.")]
    private partial void Paused(string error);
}
