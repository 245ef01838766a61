using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Notes;

internal sealed class ClinicalNoteService(
    IDbContextFactory<ClinicDb> clinic, NoteStore notes, NoteWriter writer, NoteSigner signer, NoteViewer viewer, SecuredBatch batch, ICurrentUser user, AuditTrail audit,
    OutboxWriter outbox, ClinicClock clock) : IClinicalNotes
{
    /// <summary>Whoever is overtaken reads and merges again; more than a handful at one note is a fault and no haste.</summary>
    private const int MostTries = 8;

    public async Task<Result<NoteView>> BeginAsync(NoteStart start, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (start.TemplateId is not null)
        {
            return NoteRefusals.NoTemplate;
        }

        return await NoteOutage.AnswerAsync<NoteView>(async () =>
        {
            await using var db = await clinic.CreateDbContextAsync(cancellation);
            if (await db.Encounters.AsNoTracking().SingleOrDefaultAsync(e => e.Id == start.EncounterId, cancellation) is not { } visit)
            {
                return Refusal.NotFound("Visit");
            }

            if (visit.PatientId != start.PatientId)
            {
                return NoteRefusals.AnothersChart;
            }

            var access = await notes.AccessAsync(cancellation);
            if (await notes.OfEncounterAsync(visit.Id, access, cancellation) is { } there)
            {
                return await ShownAsync(there, cancellation);
            }

            if (visit.Status is EncounterStatus.Cancelled)
            {
                return Refusal.Conflict("This visit was cancelled; no note is written for it.");
            }

            var note = New(visit, me);
            if (await writer.BeginAsync(note, me, access, cancellation))
            {
                await TellListsAsync(note);
                return await viewer.ViewAsync(note, cancellation);
            }

            return await notes.OfEncounterAsync(visit.Id, access, cancellation) is { } faster
                ? await ShownAsync(faster, cancellation)
                : Refusal.Conflict("This note could not be begun. Reload and try again.");
        });
    }

    public async Task<Result<NoteView>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<NoteView>(async ()
            => await notes.OfEncounterAsync(encounterId, await notes.AccessAsync(cancellation), cancellation) is { } note
                ? await ShownAsync(note, cancellation)
                : NoteRefusals.NotFound);
    }

    public async Task<Result<NoteView>> ReadAsync(Guid noteId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<NoteView>(async ()
            => await notes.FindAsync(noteId, cancellation) is { } note ? await ShownAsync(note, cancellation) : NoteRefusals.NotFound);
    }

    public async Task<Result<SavedNote>> SaveAsync(NoteDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (draft.TemplateId is not null)
        {
            return NoteRefusals.NoTemplate;
        }

        var content = NoteContent.Keep(draft.Content);
        return content.Succeeded
            ? await NoteOutage.AnswerAsync(() => MergeAsync(draft, new NoteWriting(content.Value, BaseOf(draft), draft.BasedOn, me, Now)
            {
                Settled = draft.Settled,
                Kept = draft.Kept,
            }, cancellation))
            : content.Refusal;
    }

    public async Task<Result<NoteView>> SignAsync(NoteSigning signing, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.SignNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<NoteView>(async () =>
        {
            var signed = await signer.SignAsync(signing, me, Now, cancellation);
            if (!signed.Succeeded)
            {
                return signed.Refusal;
            }

            await TellListsAsync(signed.Value);
            return await viewer.ViewAsync(signed.Value, cancellation);
        });
    }

    /// <summary>Both stores keep at least milliseconds; what is finer would not come back everywhere as it was.</summary>
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.Now.ToUnixTimeMilliseconds());

    /// <summary>A base that cannot be kept never came from here, and is worth as much as none.</summary>
    private static SoapContent? BaseOf(NoteDraft draft) => draft.Base is { } known && NoteContent.Keep(known) is { Succeeded: true } kept ? kept.Value : null;

    private async Task<Result<SavedNote>> MergeAsync(NoteDraft draft, NoteWriting writing, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await notes.FindAsync(draft.NoteId, access, cancellation) is not { } live)
            {
                return NoteRefusals.NotFound;
            }

            if (NoteRefusals.OfWriting(live, draft) is { } refusal)
            {
                return refusal;
            }

            var merged = NoteMerge.Of(live, writing);
            var saved = merged.IsChanged ? await writer.SaveAsync(live, merged.Note, writing.By, merged.IsText, access, cancellation) : live;
            if (saved is not null)
            {
                return await viewer.SavedAsync(saved, merged, cancellation);
            }
        }

        return Refusal.Conflict("Others are saving this note at the same moment. Try again.");
    }

    /// <summary>A reading is noted before anything is shown. What is not as it was signed is told to the admins.</summary>
    private async Task<NoteView> ShownAsync(ClinicalNote note, CancellationToken cancellation)
    {
        var view = await viewer.ViewAsync(note, cancellation);
        var entry = new AuditEntry(AuditAction.Read, "note.read") { PatientId = note.PatientId, ResourceType = "note", ResourceId = note.Id };
        List<NpgsqlBatchCommand> commands = [audit.Statement(entry)];
        if (view.Signature is { Matches: false })
        {
            commands.Add(audit.Statement(entry with { Event = "note.hash-mismatch", Severity = "critical" }));
            commands.Add(outbox.Later(TamperedNotes.Kind, note.Id, note.PatientId, new Dictionary<string, string>(), TimeSpan.Zero));
        }

        await batch.ReadAsync(commands, (_, _) => Task.FromResult(true), cancellation);
        return view;
    }

    /// <summary>Drafts to sign, timelines, open visits read again.</summary>
    private async Task TellListsAsync(ClinicalNote note)
    {
        await using var db = await clinic.CreateDbContextAsync(CancellationToken.None);
        outbox.Add(db, "note.changed", note.Id, note.PatientId, new Dictionary<string, string> { ["user"] = note.DoctorId.ToString() });
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private ClinicalNote New(Encounter visit, Guid me) => new()
    {
        Id = NoteIds.OfEncounter(visit.Id),
        EncounterId = visit.Id,
        PatientId = visit.PatientId,
        DoctorId = visit.DoctorId,
        CreatedAt = Now,
        UpdatedAt = Now,
        UpdatedBy = me,
        Content = new() { Subjective = visit.ChiefComplaint is { } complaint ? new() { ChiefComplaint = complaint } : null },
    };
}
