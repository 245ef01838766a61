using DrAssistant.Data.Outbox;

namespace DrAssistant.Data.Alerts;

/// <summary>Tells the admins that a signed note is not what was signed. Once a note and person, however often it is read.</summary>
internal sealed class TamperedNotes(AlertWriter alerts) : IOutboxHandler
{
    public const string Kind = "note.tampered";

    private const string Source = "note.hash";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Kind };

    public Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
        => message.SubjectId is not { } note
            ? Task.CompletedTask
            : alerts.RaiseToAdminsOnceAsync(
                new AlertDraft(
                    AlertType.System,
                    AlertSeverity.Critical,
                    "A signed note does not match its hash",
                    $"Note {note} was changed after it was signed, and not by the portal. The audit trail has who read it since (note.hash-mismatch).")
                {
                    Source = Source,
                    SourceId = note,
                },
                cancellation);
}
