using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Patients.Merging;

internal sealed class MergingService(
    IDbContextFactory<ClinicDb> clinic,
    ICurrentUser user,
    AuditTrail audit,
    OutboxWriter outbox,
    MergeComparer comparer,
    MergeStore store,
    MergeReading reading,
    TimeProvider time) : IPatientMerging
{
    private const int ShortestReason = 10;
    private const int LongestReason = 500;

    public async Task<Result<MergeComparison>> CompareAsync(Guid survivorId, Guid mergedId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.RequestMerges))
        {
            return Refusal.Forbidden;
        }

        if (survivorId == mergedId)
        {
            return Refusal.Invalid("That is one record, not two. Choose another patient to compare it with.");
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await SidesAsync(db, survivorId, mergedId, cancellation) is not var (survivor, merged))
        {
            return Refusal.NotFound("One of the two patients");
        }

        var obstacles = await comparer.ObstaclesAsync(db, survivor, merged, cancellation);
        var open = await db.PatientMerges.AsNoTracking()
            .Where(m => m.Status == MergeStatus.Asked && ((m.SurvivorId == survivorId && m.MergedId == mergedId) || (m.SurvivorId == mergedId && m.MergedId == survivorId)))
            .Select(m => (Guid?)m.Id).FirstOrDefaultAsync(cancellation);
        audit.Add(db, About("merge.compare", AuditAction.Read, survivorId, mergedId));
        await db.SaveChangesAsync(cancellation);
        return comparer.Compare(survivor, merged, obstacles, open);
    }

    public async Task<Result<Guid>> AskAsync(MergeDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.RequestMerges) || user.Id is not { } asker)
        {
            return Refusal.Forbidden;
        }

        if (Reason(draft.Reason, out var why) is { } refusal)
        {
            return refusal;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (draft.SurvivorId == draft.MergedId || await SidesAsync(db, draft.SurvivorId, draft.MergedId, cancellation) is not var (survivor, merged))
        {
            return Refusal.NotFound("One of the two patients");
        }

        if (await comparer.ObstaclesAsync(db, survivor, merged, cancellation) is [var first, ..])
        {
            return Refusal.Conflict(first);
        }

        var merge = new PatientMerge
        {
            Id = Guid.CreateVersion7(),
            SurvivorId = draft.SurvivorId,
            MergedId = draft.MergedId,
            Choices = MergeStore.Choices(MergeComparer.Settled(survivor.Details, merged.Details, draft.Choices)),
            Reason = why,
            AskedBy = asker,
            AskedAt = time.GetUtcNow(),
        };
        db.PatientMerges.Add(merge);
        audit.Add(db, About("merge.ask", AuditAction.Create, draft.SurvivorId, draft.MergedId, merge.Id, why));
        outbox.Add(db, "alert.changed", subjectId: null, draft.SurvivorId);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Conflict("The merge of these two records is asked for already. An administrator decides.");
        }

        return merge.Id;
    }

    public Task<Result<IReadOnlyList<MergeLine>>> ListAsync(CancellationToken cancellation) => reading.ListAsync(cancellation);

    public Task<Result<MergeRequest>> OpenAsync(Guid mergeId, CancellationToken cancellation) => reading.OpenAsync(mergeId, cancellation);

    public Task<Result<MergeRequest>> ApproveAsync(Guid mergeId, string? note, CancellationToken cancellation)
        => DecideAsync(mergeId, MergeStatus.Asked, async (db, merge) =>
        {
            if (await SidesAsync(db, merge.SurvivorId, merge.MergedId, cancellation) is not var (survivor, merged))
            {
                return Refusal.NotFound("One of the two patients");
            }

            if (await comparer.ObstaclesAsync(db, survivor, merged, cancellation) is [var first, ..])
            {
                return Refusal.Conflict(first);
            }

            if (!await store.CarryOutAsync(db, merge, survivor.Details, merged.Details, PlainText.Of(note, LongestReason), time.GetUtcNow(), cancellation))
            {
                return await TooLateAsync(db, mergeId, cancellation);
            }

            if (MergeStore.TakesName(merge))
            {
                await MergeStore.AddNameAsync(db, merge.SurvivorId, merged.Details, cancellation);
            }

            Told(db, merge, "merge.approve", PlainText.Of(note, LongestReason));
            return null;
        }, cancellation);

    public async Task<Result<MergeRequest>> DeclineAsync(Guid mergeId, string reason, CancellationToken cancellation)
        => !user.Can(Permissions.ApproveMerges) ? Refusal.Forbidden
            : Reason(reason, out var why) is { } refusal ? refusal
            : await DecideAsync(mergeId, MergeStatus.Asked, async (db, merge) =>
        {
            if (!await store.DeclineAsync(db, mergeId, why, time.GetUtcNow(), cancellation))
            {
                return await TooLateAsync(db, mergeId, cancellation);
            }

            audit.Add(db, About("merge.decline", AuditAction.Update, merge.SurvivorId, merge.MergedId, merge.Id, why));
            outbox.Add(db, "alert.changed", subjectId: null, merge.SurvivorId);
            return null;
        }, cancellation);

    public async Task<Result<MergeRequest>> UndoAsync(Guid mergeId, string reason, CancellationToken cancellation)
        => !user.Can(Permissions.ApproveMerges) ? Refusal.Forbidden
            : Reason(reason, out var why) is { } refusal ? refusal
            : await DecideAsync(mergeId, MergeStatus.Approved, async (db, merge) =>
        {
            if (await db.PatientMerges.AnyAsync(m => m.Status == MergeStatus.Approved && m.MergedId == merge.SurvivorId, cancellation))
            {
                return Refusal.Conflict("The record that stayed was itself merged into another one later. Undo that merge first.");
            }

            if (await SidesAsync(db, merge.SurvivorId, merge.MergedId, cancellation) is not var (survivor, merged)
                || await store.UndoAsync(db, merge, survivor.Details, merged.Details, why, time.GetUtcNow(), cancellation) is null)
            {
                return await TooLateAsync(db, mergeId, cancellation);
            }

            Told(db, merge, "merge.undo", why);
            return null;
        }, cancellation);

    /// <summary>One transaction: the check, the act, its entry in the trail and what is owed to open screens.</summary>
    private async Task<Result<MergeRequest>> DecideAsync(
        Guid mergeId, MergeStatus from, Func<ClinicDb, PatientMerge, Task<Refusal?>> act, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ApproveMerges))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.PatientMerges.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mergeId, cancellation) is not { } merge)
        {
            return Refusal.NotFound("Merge");
        }

        if (merge.Status != from)
        {
            return await TooLateAsync(db, mergeId, cancellation);
        }

        try
        {
            if (await act(db, merge) is { } refusal)
            {
                // What stands in the way may be that somebody decided a moment ago: then that is the answer.
                return await db.PatientMerges.AnyAsync(m => m.Id == mergeId && m.Status == from, cancellation)
                    ? refusal
                    : await TooLateAsync(db, mergeId, cancellation);
            }

            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.RestrictViolation or PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.UniqueViolation)
        {
            return Refusal.Conflict("Something in one of the two records changed at this moment. Nothing was moved. Look again and try once more.");
        }

        return await reading.OpenAsync(mergeId, cancellation);
    }

    private async Task<Refusal> TooLateAsync(ClinicDb db, Guid mergeId, CancellationToken cancellation)
    {
        var line = await reading.LineAsync(db, mergeId, cancellation);
        return Refusal.Conflict(line is null ? "This request is gone." : reading.SaidBefore(line));
    }

    private async Task<(RecordSide Survivor, RecordSide Merged)?> SidesAsync(ClinicDb db, Guid survivorId, Guid mergedId, CancellationToken cancellation)
        => await comparer.ReadAsync(db, survivorId, cancellation) is { } survivor && await comparer.ReadAsync(db, mergedId, cancellation) is { } merged
            ? (survivor, merged)
            : null;

    /// <summary>Every open screen that shows one of the two reads again, and so do the book and the bell.</summary>
    private void Told(ClinicDb db, PatientMerge merge, string what, string why)
    {
        audit.Add(db, About(what, AuditAction.Update, merge.SurvivorId, merge.MergedId, merge.Id, why) with { Severity = "high" });
        outbox.Add(db, "patient.changed", merge.SurvivorId, merge.SurvivorId);
        outbox.Add(db, "patient.changed", merge.MergedId, merge.MergedId);
        outbox.Add(db, "appointment.changed", subjectId: null, merge.SurvivorId);
        outbox.Add(db, "alert.changed", subjectId: null, merge.SurvivorId);
    }

    private static AuditEntry About(string what, AuditAction action, Guid survivorId, Guid mergedId, Guid? mergeId = null, string? why = null) => new(action, what)
    {
        PatientId = survivorId,
        PatientIds = [survivorId, mergedId],
        ResourceType = "patient_merge",
        ResourceId = mergeId,
        Reason = string.IsNullOrEmpty(why) ? null : why,
    };

    private static Refusal? Reason(string? typed, out string why)
    {
        why = PlainText.Of(typed, LongestReason);
        return why.EnumerateRunes().Count() < ShortestReason
            ? Refusal.Invalid($"Say why, in at least {ShortestReason} characters.", nameof(MergeDraft.Reason))
            : null;
    }
}
