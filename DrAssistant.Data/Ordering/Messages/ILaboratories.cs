using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>The door to who may send results and what came, for whoever keeps the directory. Counts and names of files; no patient.</summary>
public interface ILaboratories
{
    /// <summary>The keys that hold, newest first, then those that were revoked.</summary>
    Task<Result<IReadOnlyList<SenderLine>>> SendersAsync(CancellationToken cancellation);

    /// <summary>Makes a key for a laboratory of the directory. It is in this answer and nowhere else.</summary>
    Task<Result<NewSender>> MakeKeyAsync(Guid providerId, string name, CancellationToken cancellation);

    /// <summary>Whoever has the key sends nothing from the next moment on.</summary>
    Task<Result<SenderLine>> RevokeKeyAsync(Guid senderId, CancellationToken cancellation);

    /// <summary>What came last, with how far it is read and what became of it.</summary>
    Task<Result<IReadOnlyList<ResultFileLine>>> FilesAsync(CancellationToken cancellation);

    /// <summary>The messages of a file that were refused, by their place in it, and why. At most 200.</summary>
    Task<Result<IReadOnlyList<RefusedMessage>>> RefusedAsync(Guid fileId, CancellationToken cancellation);
}

public sealed record SenderLine(Guid Id, Guid ProviderId, string Provider, string Name, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

public sealed record NewSender(SenderLine Sender, string Key)
{
    public override string ToString() => $"{nameof(NewSender)} {Sender.Id}";
}

/// <summary>A message that was not taken.</summary>
/// <param name="Number">Which of the file, from 1.</param>
public sealed record RefusedMessage(int Number, string? ControlId, string? Problem);
