using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Notes;

/// <summary>What can still be done about a signed note: amend it, add to it, or say that it should not have been written.</summary>
internal sealed class NoteAmending(NoteStore notes, NoteWriter writer, NoteSigner signer, PasswordConfirmation password)
{
    private const int ShortestReason = 3;
    private const int LongestReason = 500;

    /// <summary>Begins the draft of an amendment, or finds the one that is open.</summary>
    public async Task<Result<ClinicalNote>> AmendAsync(NoteAct act, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        var found = await SignedAsync(act.NoteId, act.PatientId, access, cancellation);
        if (found.Value is not { } note)
        {
            return found.Refusal!;
        }

        var earlier = await notes.AmendmentsAsync(note, access, cancellation);
        if (earlier.FirstOrDefault(draft => draft.Status is NoteStatus.Signed && draft.Amends?.Version == note.Version) is { } signed)
        {
            // Signed, and the portal stopped before the note followed.
            note = await writer.CarryAsync(signed, access) ?? note;
        }

        if (OpenOf(note, earlier) is { } open)
        {
            return open;
        }

        var why = Reason(act);
        if (!why.Succeeded)
        {
            return why.Refusal;
        }

        var draft = NoteAmendments.Begin(note, earlier.Count + 1, why.Value, me, now);
        return await writer.BeginAsync(draft, me, access, cancellation) || await notes.FindAsync(draft.Id, access, cancellation) is { Status: NoteStatus.Draft }
            ? draft
            : Refusal.Conflict("This note could not be amended just now. Reload and try again.");
    }

    /// <summary>Puts the draft of an amendment away; the answer is the note, as it is.</summary>
    public async Task<Result<ClinicalNote>> GiveUpAsync(NoteAct act, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        if (await notes.FindAsync(act.NoteId, access, cancellation) is not { IsAmendment: true, Amends: { } amends } draft)
        {
            return Refusal.NotFound("Amendment");
        }

        if (draft.PatientId != act.PatientId)
        {
            return NoteRefusals.AnothersChart;
        }

        if (draft.Status is not NoteStatus.EnteredInError)
        {
            if (draft.Status is not NoteStatus.Draft)
            {
                return Refusal.Conflict("This amendment is signed already.");
            }

            if (!await writer.MarkAsync(draft, new StoredError(me, now, PlainText.Of(act.Reason, LongestReason)), access, cancellation))
            {
                return NoteSigner.Overtaken;
            }
        }

        return await notes.FindAsync(amends.NoteId, access, cancellation) is { } note ? note : NoteRefusals.NotFound;
    }

    /// <summary>Adds a paragraph with a signature of its own.</summary>
    public async Task<Result<ClinicalNote>> AddAsync(AddendumDraft addendum, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var text = NoteContent.Plain(addendum.Text).Trim();
        if (text.Length is 0 or > NoteContent.LongestText)
        {
            return Refusal.Invalid($"Write what is to be added, in at most {NoteContent.LongestText} characters.", nameof(addendum.Text));
        }

        if (text.Contains(NoteGaps.Blank, StringComparison.Ordinal))
        {
            return Refusal.Invalid("There is a blank left to fill.", nameof(addendum.Text));
        }

        var access = await notes.AccessAsync(cancellation);
        var found = await SignedAsync(addendum.NoteId, addendum.PatientId, access, cancellation);
        if (found.Value is not { } note)
        {
            return found.Refusal!;
        }

        if (await password.AskAsync(addendum.Password, cancellation) is { } refusal)
        {
            return refusal;
        }

        var signature = await signer.SignatureOfAsync(me, now, cancellation);
        var paragraph = new StoredAddendum(Guid.CreateVersion7(), note.Id, text, signature);
        await writer.AddAsync(note, paragraph with { Signature = signature with { Hash = NoteHash.Of(paragraph) } }, me, access, cancellation);
        return note;
    }

    /// <summary>Says that a note should not have been written. Its content stays, byte by byte.</summary>
    public async Task<Result<ClinicalNote>> MarkAsync(NoteAct act, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        if (await notes.FindAsync(act.NoteId, access, cancellation) is not { IsAmendment: false } note)
        {
            return NoteRefusals.NotFound;
        }

        if (note.PatientId != act.PatientId)
        {
            return NoteRefusals.AnothersChart;
        }

        if (note.Status is NoteStatus.EnteredInError)
        {
            return note;
        }

        var why = Reason(act);
        if (!why.Succeeded)
        {
            return why.Refusal;
        }

        return await writer.MarkAsync(note, new StoredError(me, now, why.Value), access, cancellation) && await notes.FindAsync(note.Id, access, cancellation) is { } marked
            ? marked
            : Refusal.Conflict("This note was changed meanwhile. Read it again first.");
    }

    /// <summary>The draft that somebody has open; one of an earlier version of the note is none.</summary>
    public static ClinicalNote? OpenOf(ClinicalNote note, IEnumerable<ClinicalNote> amendments)
        => amendments.FirstOrDefault(draft => draft.Status is NoteStatus.Draft && draft.Amends?.Version == note.Version);

    private async Task<Result<ClinicalNote>> SignedAsync(Guid noteId, Guid patientId, AccessFilter access, CancellationToken cancellation)
        => await notes.FindAsync(noteId, access, cancellation) switch
        {
            null or { IsAmendment: true } => NoteRefusals.NotFound,
            { } other when other.PatientId != patientId => NoteRefusals.AnothersChart,
            { Status: NoteStatus.Draft } => Refusal.Conflict("This note is a draft. Write in it."),
            { Status: NoteStatus.EnteredInError } => Refusal.Conflict("This note was marked as entered in error."),
            { } note => note,
        };

    private static Result<string> Reason(NoteAct act) => PlainText.Of(act.Reason, LongestReason + 1) is { Length: >= ShortestReason and <= LongestReason } why
        ? why
        : Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(act.Reason));
}
