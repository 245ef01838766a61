using System.Security.Cryptography;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Fhir;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Hl7;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Ordering.Messages.Senders;

/// <summary>Receives as background work: a laboratory is nobody's account and sees nothing.</summary>
internal sealed class ResultMessageService(IServiceScopeFactory scopes, ResultFileReading reading, ClinicClock clock) : IResultMessages
{
    public async Task<KnownSender?> KnowAsync(string? key, CancellationToken cancellation)
    {
        if (SessionSecret.KeyOf(key) is not { } hash)
        {
            return null;
        }

        await using var scope = SystemScope.Create(scopes);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        var sender = await db.ResultSenders.SingleOrDefaultAsync(s => s.KeyHash == hash && s.RevokedAt == null, cancellation);

        // An index looks for the hash of the key and not for the key; what it found is compared once more in constant time.
        if (sender is null || !CryptographicOperations.FixedTimeEquals(sender.KeyHash, hash))
        {
            return null;
        }

        sender.Use(clock.Now);
        await db.SaveChangesAsync(cancellation);
        return new KnownSender(sender.Id, sender.ProviderId);
    }

    public async Task<SenderAnswer> ReceiveAsync(KnownSender sender, MessageFormat format, byte[] content, SenderPlace place, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        var (kept, isNew) = await scope.ServiceProvider.GetRequiredService<ResultFileStore>().KeepAsync(sender, name: null, format, content, cancellation);

        // It is kept now: whoever hangs up finds it read all the same.
        var file = await reading.ReadAsync(kept.Id, new AuditOrigin(place.IpAddress, place.UserAgent), progress: null, CancellationToken.None);
        var messages = await MessagesAsync(scope.ServiceProvider, file, isNew, cancellation);
        var taken = file.Status is not ResultFileStatus.Refused && messages.All(m => m.Status is not ResultMessageStatus.Refused);
        return new SenderAnswer(taken, format is MessageFormat.Fhir ? FhirOutcome.Of(file, messages) : Hl7Ack.Of(content, file, messages, clock));
    }

    /// <summary>What became of each message; of a content that had come before, that it had.</summary>
    private static async Task<IReadOnlyList<MessageFate>> MessagesAsync(IServiceProvider services, ResultFile file, bool isNew, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        var messages = await db.ResultMessages.AsNoTracking().Where(m => m.FileId == file.Id).OrderBy(m => m.Position)
            .Select(m => new MessageFate(m.Position, m.ControlId, m.Status, m.Problem)).ToListAsync(cancellation);
        return isNew ? messages : messages.ConvertAll(m => m.Status is ResultMessageStatus.Refused ? m : m with { Status = ResultMessageStatus.Repeated });
    }
}

/// <summary>What became of one message, for the answer.</summary>
internal sealed record MessageFate(int Position, string? ControlId, ResultMessageStatus Status, string? Problem);
