using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>Reads a laboratory's file for whoever runs the portal. The practice itself acts: there is no account at a command line.</summary>
public static class ResultFileImport
{
    /// <summary>Goes on where it stopped, when it was begun before.</summary>
    public static async Task<Result<ResultFileLine>> ReadAsync(IServiceProvider services, string path, IProgress<ResultFileProgress>? progress, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length is 0 or > ResultFileStore.Largest)
        {
            return Refusal.Invalid(file.Exists ? "The file is empty, or larger than 64 megabytes. Cut it between two messages." : "There is no such file.");
        }

        var content = await File.ReadAllBytesAsync(path, cancellation);
        await using var scope = SystemScope.Create(services.GetRequiredService<IServiceScopeFactory>());
        var (kept, _) = await scope.ServiceProvider.GetRequiredService<ResultFileStore>().KeepAsync(
            sender: null, PlainText.Of(file.Name, ResultFileStore.LongestName), MessageFile.FormatOf(content), content, cancellation);
        var read = await services.GetRequiredService<ResultFileReading>().ReadAsync(kept.Id, origin: null, progress, cancellation);
        return read.Status is ResultFileStatus.Refused ? Refusal.Invalid(read.Problem ?? "It cannot be read.") : read.Line(sender: null);
    }
}
