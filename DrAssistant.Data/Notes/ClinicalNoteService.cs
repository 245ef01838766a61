using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Notes;

internal sealed class ClinicalNoteService(
    NoteStore notes, NoteDrafting drafting, NoteTaking drafted, NoteSigner signer, NoteAmending amending, NoteHistory history, NoteReading reading, NoteViewer viewer,
    NotePresenceHub hub, NotePresence presence, ICurrentUser user, ClinicClock clock) : IClinicalNotes
{
    public async Task<Result<NoteView>> BeginAsync(NoteStart start, CancellationToken cancellation)
        => !user.Can(Permissions.WriteNotes) || user.Id is not { } me ? Refusal.Forbidden
            : await NoteOutage.AnswerAsync(() => drafting.BeginAsync(start, me, Now, cancellation));

    public async Task<Result<NoteView>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<NoteView>(async () =>
        {
            var access = await notes.AccessAsync(cancellation);
            return await notes.OfEncounterAsync(encounterId, access, cancellation) is { } note ? await reading.ShownAsync(note, access, cancellation) : NoteRefusals.NotFound;
        });
    }

    public async Task<Result<NoteView>> ReadAsync(Guid noteId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<NoteView>(async () =>
        {
            var access = await notes.AccessAsync(cancellation);
            return await notes.FindAsync(noteId, access, cancellation) is { } note ? await reading.ShownAsync(note, access, cancellation) : NoteRefusals.NotFound;
        });
    }

    public async Task<Result<NoteView>> PrintAsync(Guid noteId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<NoteView>(async () =>
        {
            var access = await notes.AccessAsync(cancellation);
            return await notes.FindAsync(noteId, access, cancellation) is { IsAmendment: false } note ? await reading.PrintedAsync(note, access, cancellation) : NoteRefusals.NotFound;
        });
    }

    public async Task<Result<NoteList>> ListAsync(NoteListQuery query, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<NoteList>(async () =>
        {
            var list = await history.ListAsync(query, cancellation);
            await reading.NoteListAsync(query.PatientId, cancellation);
            return list;
        });
    }

    public async Task<Result<SavedNote>> SaveAsync(NoteDraft draft, CancellationToken cancellation)
        => !user.Can(Permissions.WriteNotes) || user.Id is not { } me ? Refusal.Forbidden
            : await NoteOutage.AnswerAsync(() => drafting.SaveAsync(draft, me, Now, cancellation));

    public async Task<Result<SavedNote>> CopyForwardAsync(NoteDraft draft, Guid fromNoteId, IReadOnlyCollection<string>? fields, CancellationToken cancellation)
        => user.Can(Permissions.WriteNotes) && user.Id is { } me
            ? await NoteOutage.AnswerAsync(() => drafting.CopyForwardAsync(draft, fromNoteId, fields, me, Now, cancellation))
            : Refusal.Forbidden;

    public async Task<Result<SavedNote>> TakeDraftedAsync(NoteDraft draft, DraftTaking taking, CancellationToken cancellation)
        => user.Can(Permissions.WriteNotes) && user.Id is { } me
            ? await NoteOutage.AnswerAsync(() => drafted.TakeAsync(draft, taking, me, Now, cancellation))
            : Refusal.Forbidden;

    public async Task<Result<SavedNote>> PutBackDraftedAsync(NoteDraft draft, DraftPuttingBack back, CancellationToken cancellation)
        => user.Can(Permissions.WriteNotes) && user.Id is { } me
            ? await NoteOutage.AnswerAsync(() => drafted.PutBackAsync(draft, back, me, Now, cancellation))
            : Refusal.Forbidden;

    public async Task<Result<NoteView>> SignAsync(NoteSigning signing, CancellationToken cancellation)
        => user.Can(Permissions.SignNotes) && user.Id is { } me
            ? await DoneAsync(() => signer.SignAsync(signing, me, Now, cancellation), cancellation)
            : Refusal.Forbidden;

    public async Task<Result<NoteView>> AmendAsync(NoteAct act, CancellationToken cancellation)
        => user.Can(Permissions.SignNotes) && user.Id is { } me
            ? await DoneAsync(() => amending.AmendAsync(act, me, Now, cancellation), cancellation)
            : Refusal.Forbidden;

    public async Task<Result<NoteView>> GiveUpAmendmentAsync(NoteAct act, CancellationToken cancellation)
        => user.Can(Permissions.SignNotes) && user.Id is { } me
            ? await DoneAsync(() => amending.GiveUpAsync(act, me, Now, cancellation), cancellation)
            : Refusal.Forbidden;

    public async Task<Result<NoteView>> AddAddendumAsync(AddendumDraft addendum, CancellationToken cancellation)
        => user.Can(Permissions.SignNotes) && user.Id is { } me
            ? await DoneAsync(() => amending.AddAsync(addendum, me, Now, cancellation), cancellation)
            : Refusal.Forbidden;

    public async Task<Result<NoteView>> MarkEnteredInErrorAsync(NoteAct act, CancellationToken cancellation)
        => user.Can(Permissions.SignNotes) && user.Id is { } me
            ? await DoneAsync(() => amending.MarkAsync(act, me, Now, cancellation), cancellation)
            : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<NoteVersionLine>>> VersionsAsync(Guid noteId, CancellationToken cancellation)
        => user.Can(Permissions.ReadNotes)
            ? await OfVersionsAsync<IReadOnlyList<NoteVersionLine>>(noteId, async versions => (await history.LinesAsync(versions, cancellation)).ToList(), cancellation)
            : Refusal.Forbidden;

    public async Task<Result<NoteView>> VersionAsync(Guid noteId, int version, CancellationToken cancellation)
        => user.Can(Permissions.ReadNotes)
            ? await OfVersionsAsync<NoteView>(
                noteId,
                async versions => versions.FirstOrDefault(v => v.Version == version) is { } kept
                    ? (await viewer.ViewAsync(kept, cancellation)) with { MayWrite = false, MaySign = false }
                    : NoteRefusals.NoVersion,
                cancellation)
            : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<FieldDifference>>> DifferencesAsync(Guid noteId, int from, int to, CancellationToken cancellation)
        => user.Can(Permissions.ReadNotes)
            ? await OfVersionsAsync<IReadOnlyList<FieldDifference>>(
                noteId,
                versions => Task.FromResult<Result<IReadOnlyList<FieldDifference>>>(
                    versions.FirstOrDefault(v => v.Version == from) is { } before && versions.FirstOrDefault(v => v.Version == to) is { } after
                        ? NoteHistory.Differences(before, after).ToList()
                        : NoteRefusals.NoVersion),
                cancellation)
            : Refusal.Forbidden;

    /// <summary>Both stores keep at least milliseconds; what is finer would not come back everywhere as it was.</summary>
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.Now.ToUnixTimeMilliseconds());

    /// <summary>An act on a note as a whole: afterwards lists are told, and it is shown as it is now.</summary>
    private Task<Result<NoteView>> DoneAsync(Func<Task<Result<ClinicalNote>>> act, CancellationToken cancellation) => NoteOutage.AnswerAsync<NoteView>(async () =>
    {
        var done = await act();
        if (done.Value is not { } note)
        {
            return done.Refusal!;
        }

        hub.Tell(note.Id, note.Version, presence.Seat);
        await reading.TellListsAsync(note);
        return await reading.WholeAsync(note, await notes.AccessAsync(cancellation), cancellation);
    });

    private Task<Result<T>> OfVersionsAsync<T>(Guid noteId, Func<IReadOnlyList<ClinicalNote>, Task<Result<T>>> ask, CancellationToken cancellation)
        => NoteOutage.AnswerAsync<T>(async () =>
        {
            if (await history.VersionsAsync(noteId, cancellation) is not { } versions)
            {
                return NoteRefusals.NotFound;
            }

            await reading.NoteAsync(versions[0], AuditAction.Read, "note.versions-read", cancellation);
            return await ask(versions);
        });
}
