using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Documents;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Notes;

/// <summary>
/// A doctor's word that a note is finished: what stands between it and the signature is named, the password is asked for again,
/// and from then on it stays what it is.
/// </summary>
internal sealed class NoteSigner(IDbContextFactory<ClinicDb> clinic, NoteStore notes, NoteWriter writer, NoteVitals vitals, PasswordConfirmation password)
{
    public static Refusal Overtaken { get; } = Refusal.Conflict("This note was changed meanwhile. Read it again before you sign it.");

    public async Task<Result<ClinicalNote>> SignAsync(NoteSigning signing, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var access = await notes.AccessAsync(cancellation);
        if (await notes.FindAsync(signing.NoteId, access, cancellation) is not { } draft)
        {
            return NoteRefusals.NotFound;
        }

        if (draft.IsAmendment)
        {
            return InTheWay(draft, signing, me) is { } open ? open : await SignAmendmentAsync(draft, signing.Password, me, now, access, cancellation);
        }

        return (InTheWay(draft, signing, me) ?? await password.AskAsync(signing.Password, cancellation)) is { } refusal
            ? refusal
            : await SignAsync(draft, me, now, access, cancellation);
    }

    /// <summary>The name under which somebody signs now.</summary>
    public async Task<StoredSignature> SignatureOfAsync(Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var person = await db.Users.AsNoTracking().SingleAsync(u => u.Id == me, cancellation);
        return new StoredSignature(me, person.FullName, person.Qualification, person.RegistrationNumber, person.RegistrationCouncil, now);
    }

    private static Refusal? InTheWay(ClinicalNote draft, NoteSigning signing, Guid me)
    {
        if (draft.PatientId != signing.PatientId)
        {
            return NoteRefusals.AnothersChart;
        }

        if (draft.Status is not NoteStatus.Draft)
        {
            return Refusal.Conflict($"This note is {EnumText.Of(draft.Status).Replace('_', ' ')} already.");
        }

        if (!draft.IsAmendment && draft.DoctorId != me)
        {
            return Refusal.Invalid("This visit is another doctor's, and its note is theirs to sign.");
        }

        if (draft.Version != signing.Version)
        {
            return Overtaken;
        }

        var gaps = NoteGaps.Of(draft).Where(gap => !signing.CopiesSeen || gap.Kind is not NoteGapKind.Unchecked).ToList();
        return gaps.Count == 0 ? null : new SigningRefusal(Sentence(gaps), gaps);
    }

    private static string Sentence(IReadOnlyCollection<NoteGap> gaps)
    {
        var named = string.Join(", ", gaps.Select(gap => gap.Label).Distinct());
        return gaps.All(gap => gap.Kind is NoteGapKind.Unchecked)
            ? $"Copied from an earlier note and not checked: {named}. Sign all the same?"
            : $"Not ready to be signed: {named}.";
    }

    private async Task<Result<ClinicalNote>> SignAsync(ClinicalNote draft, Guid me, DateTimeOffset now, AccessFilter access, CancellationToken cancellation)
    {
        var signed = Signed(await vitals.FrozenAsync(draft, cancellation), await SignatureOfAsync(me, now, cancellation));
        return await writer.SignAsync(draft, signed, me, access, cancellation) is { } written ? written : Overtaken;
    }

    /// <summary>The hash is that of the note which comes of it, so that the draft, once signed, says all of what is to be carried over.</summary>
    private async Task<Result<ClinicalNote>> SignAmendmentAsync(
        ClinicalNote draft, string typed, Guid me, DateTimeOffset now, AccessFilter access, CancellationToken cancellation)
    {
        var note = await notes.FindAsync(draft.Amends!.NoteId, access, cancellation);
        if (note is not { Status: NoteStatus.Signed or NoteStatus.Amended } || note.Version != draft.Amends.Version)
        {
            return Refusal.Conflict("The note was changed since this amendment was begun. Give it up and begin anew.");
        }

        var corrected = await vitals.CorrectedAsync(draft, note, cancellation);
        if (NoteHistory.Differences(note, corrected).Count == 0)
        {
            return Refusal.Invalid("Nothing was changed. Change something, or give the amendment up.");
        }

        if (await password.AskAsync(typed, cancellation) is { } refusal)
        {
            return refusal;
        }

        var signature = await SignatureOfAsync(me, now, cancellation);
        var signed = corrected with
        {
            Version = draft.Version + 1,
            Status = NoteStatus.Signed,
            UpdatedAt = now,
            UpdatedBy = me,
            SignedBy = me,
            SignedAt = now,
            Signature = signature with { Hash = NoteHash.Of(NoteAmendments.Carry(note, corrected, signature), signature) },
        };
        return await writer.SignAsync(draft, signed, me, access, cancellation) is { } written ? written : Overtaken;
    }

    private static ClinicalNote Signed(ClinicalNote draft, StoredSignature signature)
    {
        var signed = draft with
        {
            Version = draft.Version + 1,
            Status = NoteStatus.Signed,
            UpdatedAt = signature.At,
            UpdatedBy = signature.By,
            SignedBy = signature.By,
            SignedAt = signature.At,
            Editions = draft.Editions + 1,
            Metadata = draft.Metadata with { CompletionTime = NoteStretches.Seconds(draft, signature.At) },
        };
        return signed with { Signature = signature with { Hash = NoteHash.Of(signed, signature) } };
    }
}
