using System.Text.Json;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Looks, some time after a note was to be written, whether it was. What the audit trail was told and did not come about, because
/// the portal stopped or the store went away in between, it is told as well.
/// </summary>
internal sealed class NoteIntents(NoteStore notes, NoteWriter writer, IDbContextFactory<ClinicDb> clinic, AuditTrail audit, OutboxWriter outbox) : IOutboxHandler
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

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await DoneAsync(noteId, intent, cancellation) is not { } note)
        {
            await TellAsync(db, message, deed, cancellation);
        }
        else if (deed != NoteWriter.Wrote)
        {
            // Open lists hear of it at once, unless the portal stopped just before that.
            outbox.Add(db, "note.changed", note.Id, note.PatientId, new Dictionary<string, string> { ["user"] = note.DoctorId.ToString() });
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The note, where what was intended is done; what was left to do after that is done here.</summary>
    private async Task<ClinicalNote?> DoneAsync(Guid noteId, NoteIntent intent, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        if (await notes.FindAsync(noteId, access, cancellation) is not { } note)
        {
            return null;
        }

        if (intent.Addendum is { } addendum)
        {
            return await notes.HasAddendumAsync(addendum, access, cancellation) ? note : null;
        }

        if (intent.Version != 1 && !NoteStretches.Wrote(note, intent.By, intent.Version))
        {
            return null;
        }

        if (note is { IsAmendment: true, Status: NoteStatus.Signed })
        {
            return await writer.CarryAsync(note, access);
        }

        if (note.Status is not NoteStatus.Draft && note.Version == intent.Version)
        {
            await notes.KeepAsync(note, access, cancellation);
        }

        return note;
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
