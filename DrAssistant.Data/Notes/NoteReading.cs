using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Notes;

/// <summary>Shows notes, and has it noted who was shown what.</summary>
internal sealed class NoteReading(
    IDbContextFactory<ClinicDb> clinic, NoteStore notes, NoteViewer viewer, NoteVitals vitals, SecuredBatch batch, AuditTrail audit, OutboxWriter outbox)
{
    /// <summary>With what was added to it, and the amendment that somebody has open.</summary>
    public async Task<NoteView> WholeAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
    {
        if (note.IsAmendment || note.Status is NoteStatus.Draft)
        {
            return await viewer.ViewAsync(note, cancellation);
        }

        var addenda = await notes.AddendaAsync(note, access, cancellation);
        var open = NoteAmending.OpenOf(note, await notes.AmendmentsAsync(note, access, cancellation));
        return (await viewer.ViewAsync(note, addenda, open, cancellation)) with { VitalsCorrected = await vitals.WrongSinceAsync(note, cancellation) };
    }

    /// <summary>A reading is noted before anything is shown. What is not as it was signed is told to the admins.</summary>
    public async Task<NoteView> ShownAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
    {
        var view = await WholeAsync(note, access, cancellation);
        await NoteAsync(note, AuditAction.Read, "note.read", cancellation, view.Signature is { Matches: false } || view.Addenda.Any(a => a.Signature.Matches is false));
        return view;
    }

    /// <summary>On paper it has nobody beside it who says that it is a draft, or that it is not what was signed.</summary>
    public async Task<Result<NoteView>> PrintedAsync(ClinicalNote note, AccessFilter access, CancellationToken cancellation)
    {
        if (note.Status is not (NoteStatus.Signed or NoteStatus.Amended))
        {
            return Refusal.Conflict("Only a signed note is printed.");
        }

        var view = await WholeAsync(note, access, cancellation);
        var isTampered = view.Signature is { Matches: false } || view.Addenda.Any(a => a.Signature.Matches is false);
        await NoteAsync(note, AuditAction.Read, isTampered ? "note.read" : "note.print", cancellation, isTampered);
        return isTampered ? Refusal.Conflict("The content of this note does not match its hash, so it is not printed. The admins have been told.") : view;
    }

    public async Task NoteAsync(ClinicalNote note, AuditAction action, string deed, CancellationToken cancellation, bool isTampered = false)
    {
        var entry = new AuditEntry(action, deed) { PatientId = note.PatientId, ResourceType = "note", ResourceId = note.Id };
        List<NpgsqlBatchCommand> commands = [audit.Statement(entry)];
        if (isTampered)
        {
            commands.Add(audit.Statement(entry with { Event = "note.hash-mismatch", Severity = "critical" }));
            commands.Add(outbox.Later(TamperedNotes.Kind, note.Id, note.PatientId, new Dictionary<string, string>(), TimeSpan.Zero));
        }

        await batch.ReadAsync(commands, (_, _) => Task.FromResult(true), cancellation);
    }

    /// <summary>Drafts to sign, timelines, open visits read again.</summary>
    public async Task TellListsAsync(ClinicalNote note)
    {
        await using var db = await clinic.CreateDbContextAsync(CancellationToken.None);
        outbox.Add(db, "note.changed", note.Id, note.PatientId, new Dictionary<string, string> { ["user"] = note.DoctorId.ToString() });
        await db.SaveChangesAsync(CancellationToken.None);
    }

    public async Task NoteListAsync(Guid patientId, CancellationToken cancellation)
    {
        var entry = new AuditEntry(AuditAction.Read, "notes.read") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId };
        await batch.ReadAsync([audit.Statement(entry)], (_, _) => Task.FromResult(true), cancellation);
    }
}
