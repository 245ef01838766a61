using System.Text.Json;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Documents;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Looks, some time after a note was to be written, whether it was. What the audit trail was told and did not come about, because
/// the portal stopped or the store went away in between, it is told as well.
/// </summary>
internal sealed class NoteIntents(NoteStore notes, IDbContextFactory<ClinicDb> clinic, AuditTrail audit, OutboxWriter outbox) : IOutboxHandler
{
    public const string Kind = "note.intent";

    /// <summary>Longer than any call to a document store takes, with all that is tried again: whoever wrote has come to an end by then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Kind };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (message.SubjectId is not { } noteId)
        {
            return;
        }

        var intent = NoteIntent.Of(JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!);
        if (intent.Event is not { } deed)
        {
            // Within a stretch of work nobody was told anything: either the version is there, or the page has saved it again since.
            return;
        }

        var access = await notes.AccessAsync(cancellation);
        var note = await notes.FindAsync(noteId, access, cancellation);
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (note is null || !IsDone(note, intent))
        {
            await TellAsync(db, message, deed, cancellation);
        }
        else if (deed != NoteWriter.Wrote)
        {
            await KeepAsync(note, intent, access, cancellation);

            // Open lists hear of it at once, unless the portal stopped just before that.
            outbox.Add(db, "note.changed", note.Id, note.PatientId, new Dictionary<string, string> { ["user"] = note.DoctorId.ToString() });
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static bool IsDone(ClinicalNote note, NoteIntent intent)
        => intent.Version == 1 || NoteStretches.Wrote(note, intent.By, intent.Version);

    /// <summary>What was signed is kept beside the note; a portal that stopped before that had only signed it.</summary>
    private async Task KeepAsync(ClinicalNote note, NoteIntent intent, AccessFilter access, CancellationToken cancellation)
    {
        if (note.Status is not NoteStatus.Draft && note.Version == intent.Version)
        {
            await notes.KeepAsync(note, access, cancellation);
        }
    }

    private async Task TellAsync(ClinicDb db, OutboxMessage message, string deed, CancellationToken cancellation)
    {
        var why = $"{deed} did not come about ({message.Id})";
        if (await db.AuditEvents.AnyAsync(e => e.ResourceId == message.SubjectId && e.Reason == why, cancellation))
        {
            return;
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, "note.not-written")
        {
            PatientId = message.PatientId,
            ResourceType = "note",
            ResourceId = message.SubjectId,
            Outcome = AuditOutcome.Failed,
            Reason = why,
        });
    }
}
