namespace DrAssistant.Data.Outbox;

/// <summary>Carries out what an outbox message owes. It may be called more than once for one message.</summary>
internal interface IOutboxHandler
{
    /// <summary>The kinds it takes, such as <c>appointment.changed</c>.</summary>
    IReadOnlySet<string> Kinds { get; }

    Task HandleAsync(OutboxMessage message, CancellationToken cancellation);
}
