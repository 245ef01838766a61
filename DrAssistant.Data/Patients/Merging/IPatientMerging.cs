using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Merging;

/// <summary>
/// The one door to merging two records of one person. Reception and doctors ask, an admin decides, and an admin can undo it at any time.
/// Nobody sees clinical content here: it is kept whole whatever is chosen.
/// </summary>
public interface IPatientMerging
{
    /// <summary>The two records side by side, the first as the one that stays.</summary>
    Task<Result<MergeComparison>> CompareAsync(Guid survivorId, Guid mergedId, CancellationToken cancellation);

    /// <summary>Asks for a merge and tells the admins. Refused in words while something stands in the way.</summary>
    Task<Result<Guid>> AskAsync(MergeDraft draft, CancellationToken cancellation);

    /// <summary>For admins: what waits for a decision, oldest first; then what was decided lately, newest first.</summary>
    Task<Result<IReadOnlyList<MergeLine>>> ListAsync(CancellationToken cancellation);

    /// <summary>A request with the two records as far as its reader may see them; for admins and for who asked.</summary>
    Task<Result<MergeRequest>> OpenAsync(Guid mergeId, CancellationToken cancellation);

    /// <summary>Carries the merge out, whole or not at all, and tells who asked.</summary>
    Task<Result<MergeRequest>> ApproveAsync(Guid mergeId, string? note, CancellationToken cancellation);

    /// <summary>Leaves both records as they are, and tells who asked and why.</summary>
    Task<Result<MergeRequest>> DeclineAsync(Guid mergeId, string reason, CancellationToken cancellation);

    /// <summary>Parts the two again: each has what was its own; what was written since stays with the record that stayed.</summary>
    Task<Result<MergeRequest>> UndoAsync(Guid mergeId, string reason, CancellationToken cancellation);
}

/// <summary>What can differ between two records of one person and has one value afterwards.</summary>
public enum MergeField
{
    Name,
    Born,
    Sex,
    Mobile,
    Email,
    Abha,
    AbhaAddress,
    Address,
    BloodGroup,
    Language,
    Contact,
    Guardian,
}

/// <summary>Whose value of a field stays.</summary>
public enum MergeSide
{
    Survivor,
    Merged,
}

public enum MergeStatus
{
    Asked,
    Approved,
    Declined,
    Undone,
}

/// <summary>What somebody asks for: which record stays, and whose value of each field that differs.</summary>
public sealed record MergeDraft(Guid SurvivorId, Guid MergedId, IReadOnlyDictionary<MergeField, MergeSide> Choices, string Reason)
{
    public override string ToString() => $"{nameof(MergeDraft)} {SurvivorId} {MergedId}";
}

/// <summary>Two records side by side.</summary>
/// <param name="Survivor">The one that stays.</param>
/// <param name="Merged">The one that will lead to it.</param>
/// <param name="Fields">Every field that at least one of them has.</param>
/// <param name="Alike">What speaks for one person, in words.</param>
/// <param name="IsVeryLikely">Enough of it to say so.</param>
/// <param name="Obstacles">What must be put right first, in sentences.</param>
/// <param name="OpenRequest">The request that waits for this pair already.</param>
public sealed record MergeComparison(
    MergeRecord Survivor,
    MergeRecord Merged,
    IReadOnlyList<MergeFieldLine> Fields,
    IReadOnlyList<string> Alike,
    bool IsVeryLikely,
    IReadOnlyList<string> Obstacles,
    Guid? OpenRequest)
{
    public override string ToString() => $"{nameof(MergeComparison)} {Survivor.PatientId} {Merged.PatientId}";
}

/// <summary>One of the two: who it is, and how much there is in it.</summary>
public sealed record MergeRecord(
    Guid PatientId, PersonName Name, string? Mrn, DateTimeOffset Since, PatientStatus Status, int Visits, DateTimeOffset? LastVisit, int Ahead, DateTimeOffset? NextVisit)
{
    public override string ToString() => $"{nameof(MergeRecord)} {PatientId}";
}

/// <summary>A field as both records have it; ABHA numbers are masked.</summary>
/// <param name="Field">Which.</param>
/// <param name="Survivor">Null: not recorded.</param>
/// <param name="Merged">Null: not recorded.</param>
/// <param name="Differs">Only such a field has a choice.</param>
/// <param name="Proposed">The survivor's value, unless only the other has one.</param>
public sealed record MergeFieldLine(MergeField Field, string? Survivor, string? Merged, bool Differs, MergeSide Proposed)
{
    public override string ToString() => $"{nameof(MergeFieldLine)} {Field}";
}

/// <summary>A request as lists show it.</summary>
public sealed record MergeLine(
    Guid Id, MergeStatus Status, PersonName Survivor, string? SurvivorMrn, PersonName Merged, string? MergedMrn, string AskedBy, DateTimeOffset AskedAt, string? DecidedBy, DateTimeOffset? DecidedAt)
{
    public override string ToString() => $"{nameof(MergeLine)} {Id}";
}

/// <summary>A request whole.</summary>
/// <param name="Line">As lists show it.</param>
/// <param name="Comparison">Null where nothing of the records is for this reader any more: the request was declined or undone.</param>
/// <param name="Choices">What was asked for, of each field that differed.</param>
/// <param name="Reason">Why whoever asked thinks so.</param>
/// <param name="DecidedReason">What the admin wrote.</param>
/// <param name="RowsFiled">How many rows were filed anew.</param>
/// <param name="WrittenSince">How many rows would stay with the survivor when it is undone.</param>
/// <param name="UndoneBy">Who undid it.</param>
/// <param name="UndoneAt">When.</param>
/// <param name="UndoneReason">Why.</param>
public sealed record MergeRequest(
    MergeLine Line,
    MergeComparison? Comparison,
    IReadOnlyDictionary<MergeField, MergeSide> Choices,
    string Reason,
    string? DecidedReason,
    int? RowsFiled,
    int WrittenSince,
    string? UndoneBy,
    DateTimeOffset? UndoneAt,
    string? UndoneReason)
{
    public override string ToString() => $"{nameof(MergeRequest)} {Line.Id}";
}
