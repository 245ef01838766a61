using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DrAssistant.Data.Ordering.Messages.Files;

/// <summary>How far a file is.</summary>
public sealed record ResultFileProgress(int Read, int Total);

/// <summary>
/// Reads a kept file message by message, each in a transaction of its own that also counts it. Whoever stops in the middle, or dies, leaves
/// exactly the messages that were read; whoever goes on begins after them.
/// </summary>
internal sealed partial class ResultFileReading(IServiceScopeFactory scopes, ClinicDataSources clinic, ClinicClock clock, ILogger<ResultFileReading> log)
{
    /// <summary>Reads to the end what is left of a file. A file that somebody else is reading is waited for.</summary>
    public async Task<ResultFile> ReadAsync(Guid fileId, AuditOrigin? origin, IProgress<ResultFileProgress>? progress, CancellationToken cancellation)
    {
        // Two portals on one file: the lock goes with its connection, whatever happens to whoever has it.
        await using var turn = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var wait = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended($1, 3207))", turn) { Parameters = { new() { Value = fileId.ToString() } } };
        await wait.ExecuteNonQueryAsync(cancellation);
        try
        {
            return await ReadInTurnAsync(fileId, origin, progress, cancellation);
        }
        finally
        {
            await using var done = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended($1, 3207))", turn) { Parameters = { new() { Value = fileId.ToString() } } };
            await done.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<ResultFile> ReadInTurnAsync(Guid fileId, AuditOrigin? origin, IProgress<ResultFileProgress>? progress, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        var services = scope.ServiceProvider;
        var file = await FileAsync(services, fileId, cancellation);
        if (file.IsFinished)
        {
            return file;
        }

        MessageFile messages;
        try
        {
            messages = MessageFile.Open(file.Format, services.GetRequiredService<ResultFileStore>().ContentOf(file), clock);
        }
        catch (UnreadableMessageException e)
        {
            await ChangeAsync(services, fileId, f => f.Refuse(e.Message, clock.Now), origin, cancellation);
            return await FileAsync(services, fileId, cancellation);
        }

        using (messages)
        {
            await ChangeAsync(services, fileId, f => f.Begin(messages.Count), origin, cancellation);
            var from = new FileOrigin(fileId, file.Format, await services.GetRequiredService<ResultFileStore>().ProviderOfAsync(file, cancellation));
            for (var at = await ReadAlreadyAsync(services, fileId, cancellation); at < messages.Count; at++)
            {
                await TakeAsync(from, at, messages.Part(at), cancellation);
                progress?.Report(new ResultFileProgress(at + 1, messages.Count));
            }
        }

        await ChangeAsync(services, fileId, f => f.Finish(clock.Now), origin, cancellation);
        return await FileAsync(services, fileId, cancellation);
    }

    private async Task TakeAsync(FileOrigin from, int position, MessagePart part, CancellationToken cancellation)
    {
        try
        {
            await using var scope = SystemScope.Create(scopes);
            await scope.ServiceProvider.GetRequiredService<MessageTaking>().TakeAsync(from, position, part, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException and not NpgsqlException { IsTransient: true } && e.InnerException is not NpgsqlException { IsTransient: true })
        {
            // One message must not hold up the rest. Its type alone is kept: what went wrong may quote a patient.
            CouldNotTake(from.FileId, position, e.GetType().Name);
            await using var scope = SystemScope.Create(scopes);
            await scope.ServiceProvider.GetRequiredService<MessageTaking>().GiveUpAsync(
                from, position, part, $"Something went wrong here that nobody thought of ({e.GetType().Name}). Tell whoever runs the portal.", cancellation);
        }
    }

    private static async Task<ResultFile> FileAsync(IServiceProvider services, Guid fileId, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        return await db.ResultFiles.AsNoTracking().SingleAsync(f => f.Id == fileId, cancellation);
    }

    /// <summary>Messages are read in order, so the number of those that were is the place to go on from.</summary>
    private static async Task<int> ReadAlreadyAsync(IServiceProvider services, Guid fileId, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        return await db.ResultMessages.CountAsync(m => m.FileId == fileId, cancellation);
    }

    private static async Task ChangeAsync(IServiceProvider services, Guid fileId, Action<ResultFile> change, AuditOrigin? origin, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        var file = await db.ResultFiles.SingleAsync(f => f.Id == fileId, cancellation);
        change(file);
        if (file.IsFinished)
        {
            services.GetRequiredService<AuditTrail>().Add(db, new AuditEntry(AuditAction.Execute, file.Status is ResultFileStatus.Done ? "result-file.read" : "result-file.refuse")
            {
                ResourceType = file.SenderId is null ? "result_file" : "result_sender",
                ResourceId = file.SenderId ?? file.Id,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{file.Filed} filed, {file.Unmatched} unmatched, {file.Refused} refused, {file.Repeated} repeated"),
                Origin = origin,
                Outcome = file.Status is ResultFileStatus.Done ? AuditOutcome.Done : AuditOutcome.Refused,
            });
        }

        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Error, "Message {Position} of result file {FileId} could not be taken over: {Error}.")]
    private partial void CouldNotTake(Guid fileId, int position, string error);
}
