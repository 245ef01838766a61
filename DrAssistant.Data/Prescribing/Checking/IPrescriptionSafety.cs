using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Data.Prescribing.Checking;

/// <summary>
/// The door to what a draft is checked for: allergies, the same again, interactions, doses, age, pregnancy, kidneys. A finding that interrupts is signed over with a
/// coded reason and words, or not at all; both are kept with what was shown.
/// </summary>
public interface IPrescriptionSafety
{
    /// <summary>The reasons for which a finding may be signed over, in the order in which they are offered.</summary>
    IReadOnlyList<OverrideReasonWords> Reasons { get; }

    /// <summary>
    /// Checks a draft with what the record knows of its patient, in one round trip. Lines that are being typed can be given along: one with the id of a saved line
    /// stands in its place, others come after it. A line that cannot be read yet is checked as far as it goes.
    /// </summary>
    Task<Result<DraftSafety>> CheckAsync(DraftCheck check, CancellationToken cancellation);

    /// <summary>
    /// Gives the reason for which a finding of the saved draft is signed over; a second time in the place of the first. Refused where the finding is not there any
    /// more, or needs none.
    /// </summary>
    Task<Result<DraftSafety>> OverrideAsync(FindingOverride decision, CancellationToken cancellation);

    /// <summary>What interrupted while a prescription was written and with which reasons it was signed over; of a signed one too.</summary>
    Task<Result<IReadOnlyList<OverriddenFinding>>> OverridesAsync(Guid prescriptionId, CancellationToken cancellation);
}

/// <summary>What is to be checked.</summary>
/// <param name="PatientId">Whose chart the page shows.</param>
/// <param name="Unsaved">Lines as they are typed at this moment; null or empty to check what is saved.</param>
public sealed record DraftCheck(Guid PrescriptionId, Guid PatientId, IReadOnlyList<MedicineLineDraft>? Unsaved = null)
{
    public override string ToString() => $"{nameof(DraftCheck)} {PrescriptionId}";
}

/// <summary>What was found in a draft.</summary>
/// <param name="Report">Findings and what could not be checked. The key of a line is its id as text (<c>Guid.ToString()</c>).</param>
/// <param name="Overridden">The findings that have their reason, by key.</param>
/// <param name="Facts">What of the patient it was checked with.</param>
public sealed record DraftSafety(Guid PrescriptionId, SafetyReport Report, IReadOnlyDictionary<string, OverriddenFinding> Overridden, CheckedFacts Facts)
{
    /// <summary>What has to be answered before it can be signed.</summary>
    public IReadOnlyList<SafetyFinding> Open => [.. Report.Findings.Where(f => f.Interrupts && !Overridden.ContainsKey(f.Key))];

    public override string ToString() => $"{nameof(DraftSafety)} {PrescriptionId}";
}

/// <summary>What the record knew of the patient.</summary>
/// <param name="OtherMedicines">From other prescriptions, taken now or lately.</param>
/// <param name="KidneyOn">The day of the kidney's value; null where there is none.</param>
public sealed record CheckedFacts(
    decimal? WeightKg, DateOnly? WeighedOn, PregnancyState Pregnancy, decimal? Egfr, decimal? CreatinineMgDl, DateOnly? KidneyOn, int OtherMedicines)
{
    public override string ToString() => nameof(CheckedFacts);
}

/// <summary>A doctor's decision about one finding.</summary>
/// <param name="PatientId">Whose chart the page shows.</param>
/// <param name="FindingKey">Of <see cref="SafetyFinding.Key"/>.</param>
/// <param name="Text">3 to 500 characters.</param>
public sealed record FindingOverride(Guid PrescriptionId, Guid PatientId, string FindingKey, OverrideReason Reason, string Text)
{
    public override string ToString() => $"{nameof(FindingOverride)} {PrescriptionId}";
}

/// <summary>A finding that interrupted, as it was shown.</summary>
/// <param name="Reason">Null while nobody gave one.</param>
/// <param name="DataVersion">Of the lists that were asked.</param>
public sealed record OverriddenFinding(
    string Key, string Kind, string Severity, string Title, string Mechanism, string WhatToDo, string Source, string DataVersion, DateTimeOffset ShownAt,
    OverrideReason? Reason, string? Text, DateTimeOffset? At, string? By)
{
    public override string ToString() => $"{nameof(OverriddenFinding)} {Kind}";
}

public sealed record OverrideReasonWords(OverrideReason Reason, string Words);

public enum OverrideReason
{
    BenefitOutweighs,
    ToleratedBefore,
    WillMonitor,
    DoseAdjusted,
    NoAlternative,
    OtherStopped,
    RecordIsWrong,
    SpecialistAdvice,
    DoesNotApply,
}
