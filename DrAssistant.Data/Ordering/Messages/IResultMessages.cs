using DrAssistant.Data.Ordering.Messages.Files;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>The door by which laboratories send results. Nobody is signed in: a key is all there is.</summary>
public interface IResultMessages
{
    /// <summary>Whose key it is. Null, and nothing more, for what never was a key or was revoked.</summary>
    Task<KnownSender?> KnowAsync(string? key, CancellationToken cancellation);

    /// <summary>Reads what a laboratory sent and answers as its standard wants. What was begun is carried to its end, also when the sender hangs up.</summary>
    Task<SenderAnswer> ReceiveAsync(KnownSender sender, MessageFormat format, byte[] content, SenderPlace place, CancellationToken cancellation);
}

/// <summary>A laboratory whose key was shown. Only <see cref="IResultMessages.KnowAsync"/> makes one.</summary>
public sealed class KnownSender
{
    internal KnownSender(Guid id, Guid providerId) => (Id, ProviderId) = (id, providerId);

    internal Guid Id { get; }

    internal Guid ProviderId { get; }
}

/// <summary>Where a request comes from, for the audit trail.</summary>
public sealed record SenderPlace(string? IpAddress, string? UserAgent);

/// <summary>What the sender is told: an HL7 acknowledgement, or a FHIR OperationOutcome.</summary>
/// <param name="Taken">Whether all of it is kept here now, filed or in the work-list; what was refused is the sender's to put right.</param>
public sealed record SenderAnswer(bool Taken, string Text)
{
    public override string ToString() => nameof(SenderAnswer);
}

/// <summary>What became of a file: counts, and no patient.</summary>
public sealed record ResultFileLine(
    Guid Id, string? Name, string? Sender, MessageFormat Format, ResultFileStatus Status, int? Total, int Filed, int Unmatched, int Refused, int Repeated,
    string? Problem, DateTimeOffset ReceivedAt, DateTimeOffset? FinishedAt)
{
    public int Read => Filed + Unmatched + Refused + Repeated;
}
