using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Data.Stores.Documents;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Notes;

/// <summary>Beginning a note, and saving what is written in it.</summary>
internal sealed class NoteDrafting(IDbContextFactory<ClinicDb> clinic, NoteStore notes, NoteWriter writer, NoteReading reading, NoteViewer viewer,
    NoteTextService texts, NotePresenceHub hub, NotePresence presence)
{
    /// <summary>Whoever is overtaken reads and merges again; more than a handful at one note is a fault and no haste.</summary>
    private const int MostTries = 8;

    public async Task<Result<NoteView>> BeginAsync(NoteStart start, Guid me, DateTimeOffset now, CancellationToken cancellation)
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
        var earlier = await notes.AllOfEncounterAsync(visit.Id, access, cancellation);
        if (NoteStore.Counting(earlier) is { Status: not NoteStatus.EnteredInError } there)
        {
            return await reading.ShownAsync(there, access, cancellation);
        }

        if (visit.Status is EncounterStatus.Cancelled)
        {
            return Refusal.Conflict("This visit was cancelled; no note is written for it.");
        }

        var template = start.TemplateId is { } id ? await texts.ContentAsync(id, cancellation) : new SoapContent();
        if (template is null)
        {
            return NoteRefusals.NoTemplate;
        }

        var note = New(visit, NoteIds.OfEncounter(visit.Id, earlier.Count), template, start.TemplateId, me, now);
        if (await writer.BeginAsync(note, me, access, cancellation))
        {
            await reading.TellListsAsync(note);
            return await viewer.ViewAsync(note, cancellation);
        }

        return await notes.OfEncounterAsync(visit.Id, access, cancellation) is { Status: not NoteStatus.EnteredInError } faster
            ? await reading.ShownAsync(faster, access, cancellation)
            : Refusal.Conflict("This note could not be begun. Reload and try again.");
    }

    public async Task<Result<SavedNote>> SaveAsync(NoteDraft draft, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var content = NoteContent.Keep(draft.Content);
        if (!content.Succeeded)
        {
            return content.Refusal;
        }

        var writing = Writing(draft, content.Value, me, now);
        if (draft.TemplateId is { } template)
        {
            if (await texts.ContentAsync(template, cancellation) is not { } text)
            {
                return NoteRefusals.NoTemplate;
            }

            writing = writing with { Fill = NoteFields.Of(text), TemplateId = template };
        }

        return await MergeAsync(draft, writing, await notes.AccessAsync(cancellation), cancellation);
    }

    /// <summary>Vital signs are measured anew, so none of an earlier visit is ever put into a note.</summary>
    public async Task<Result<SavedNote>> CopyForwardAsync(
        NoteDraft draft, Guid fromNoteId, IReadOnlyCollection<string>? fields, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var content = NoteContent.Keep(draft.Content);
        if (!content.Succeeded)
        {
            return content.Refusal;
        }

        var access = await notes.AccessAsync(cancellation);
        if (await notes.FindAsync(fromNoteId, access, cancellation) is not { IsAmendment: false } source || source.PatientId != draft.PatientId)
        {
            return Refusal.NotFound("Earlier note");
        }

        if (source.Status is not (NoteStatus.Signed or NoteStatus.Amended))
        {
            return Refusal.Conflict("Only from a signed note is text copied forward.");
        }

        await reading.NoteAsync(source, AuditAction.Read, "note.copy-forward", cancellation);
        var copied = NoteFields.Of(source.Content)
            .Where(field => !field.Key.StartsWith(NoteFields.VitalSigns, StringComparison.Ordinal) && (fields is null || fields.Contains(field.Key)));
        var writing = Writing(draft, content.Value, me, now) with { Fill = copied.ToDictionary(), FilledFrom = new CarriedFrom(source.Id, source.SignedAt ?? source.CreatedAt) };
        return await MergeAsync(draft, writing, access, cancellation);
    }

    public static NoteWriting Writing(NoteDraft draft, SoapContent content, Guid me, DateTimeOffset now)
    {
        // A base that cannot be kept never came from here, and is worth as much as none.
        var known = draft.Base is { } sent && NoteContent.Keep(sent) is { Succeeded: true } kept ? kept.Value : null;
        return new NoteWriting(content, known, draft.BasedOn, me, now) { Settled = draft.Settled, Kept = draft.Kept };
    }

    /// <summary>Merges what was written into the note as it is by now, and saves it.</summary>
    /// <param name="draft">As it came from the page.</param>
    /// <param name="writing">What was written.</param>
    /// <param name="access">Whose notes may be touched.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    /// <param name="forbids">Why it cannot be written into the note as it is by now.</param>
    public async Task<Result<SavedNote>> MergeAsync(
        NoteDraft draft, NoteWriting writing, AccessFilter access, CancellationToken cancellation, Func<ClinicalNote, Refusal?>? forbids = null)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await notes.FindAsync(draft.NoteId, access, cancellation) is not { } live)
            {
                return NoteRefusals.NotFound;
            }

            if ((NoteRefusals.OfWriting(live, draft) ?? forbids?.Invoke(live)) is { } refusal)
            {
                return refusal;
            }

            var merged = NoteMerge.Of(live, writing);
            var saved = merged.IsChanged ? await writer.SaveAsync(live, merged.Note, writing.By, merged.IsText, access, cancellation) : live;
            if (saved is not null)
            {
                if (merged.IsChanged)
                {
                    hub.Tell(saved.Id, saved.Version, presence.Seat);
                }

                return await viewer.SavedAsync(saved, merged, cancellation);
            }
        }

        return Refusal.Conflict("Others are saving this note at the same moment. Try again.");
    }

    /// <summary>What the patient came for is known already; a template fills the rest.</summary>
    private static ClinicalNote New(Encounter visit, Guid id, SoapContent template, string? templateId, Guid me, DateTimeOffset now) => new()
    {
        Id = id,
        EncounterId = visit.Id,
        PatientId = visit.PatientId,
        DoctorId = visit.DoctorId,
        CreatedAt = now,
        UpdatedAt = now,
        UpdatedBy = me,
        Content = visit.ChiefComplaint is { } complaint
            ? template with { Subjective = (template.Subjective ?? new Subjective()) with { ChiefComplaint = complaint } }
            : template,
        Metadata = new NoteMetadata { TemplateUsed = templateId },
    };
}
