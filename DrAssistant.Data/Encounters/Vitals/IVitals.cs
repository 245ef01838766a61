using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>
/// The door to vital signs: recording, correcting, looking at them. A nurse records them before the doctor comes; open pages hear it
/// as <c>vitals.changed</c>. Nothing is deleted: a wrong value is marked as entered in error and stays.
/// </summary>
public interface IVitals
{
    /// <summary>What can be recorded for this patient: the signs that fit the age, each with its units, limits and last value.</summary>
    Task<Result<VitalsForm>> FormAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>
    /// Records a set. Impossible values, and values to be asked about (a weight more than 20 % from the last one), are refused by a
    /// <see cref="VitalsQuestioned"/>; one that was asked about is recorded once its <see cref="VitalEntryDraft.Answer"/> says why it is right,
    /// and the answer is kept with it. BMI is computed from weight and height. The same draft sent twice records once. Without an encounter the
    /// set is filed with the next visit of the day.
    /// </summary>
    Task<Result<VitalSet>> RecordAsync(VitalsDraft draft, CancellationToken cancellation);

    /// <summary>
    /// Marks a value as entered in error, with a reason, and puts the right one in its place where there is one. A BMI that was computed from it
    /// goes with it.
    /// </summary>
    Task<Result<VitalSet>> CorrectAsync(VitalCorrection correction, CancellationToken cancellation);

    /// <summary>Sets, newest first, a page of 20; of one visit, or of all. Values entered in error are in them, marked.</summary>
    Task<Result<VitalSetPage>> SetsAsync(Guid patientId, Guid? encounterId, DateTimeOffset? before, CancellationToken cancellation);

    /// <summary>The latest value of each sign, whenever it was measured.</summary>
    Task<Result<IReadOnlyList<VitalValue>>> LatestAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>
    /// The values of every sign that was measured since <paramref name="since"/> (null: ever), oldest first, with the bands of usual
    /// values at the ages that the patient had. At most the latest 500 values a sign.
    /// </summary>
    Task<Result<IReadOnlyList<VitalSeries>>> SeriesAsync(Guid patientId, DateOnly? since, CancellationToken cancellation);
}

/// <summary>What is measured. BMI is computed and cannot be entered.</summary>
public enum VitalSign
{
    SystolicPressure,
    DiastolicPressure,
    HeartRate,
    Temperature,
    RespiratoryRate,
    OxygenSaturation,
    Weight,
    Height,
    Bmi,
    HeadCircumference,
    Pain,
    Glucose,
}

/// <summary>What can be recorded for somebody of this age and sex.</summary>
public sealed record VitalsForm(Guid PatientId, Age Age, Gender Gender, IReadOnlyList<VitalField> Fields)
{
    internal Func<VitalsDraft, IReadOnlyList<VitalQuestion>> Checks { get; init; } = _ => [];

    /// <summary>What would be asked about these values, so that it is asked in the field; recording asks once more.</summary>
    public IReadOnlyList<VitalQuestion> Ask(VitalsDraft draft) => Checks(draft);

    /// <summary>The BMI of a weight in kg and a height in cm, to one place.</summary>
    public static decimal? Bmi(decimal kilograms, decimal centimetres) => BodyMass.Index(kilograms, centimetres);

    public override string ToString() => $"{nameof(VitalsForm)} {PatientId}";
}

/// <summary>A sign of the form.</summary>
/// <param name="Name">"Weight", as it stands on screen.</param>
/// <param name="Units">The units that it can be typed in, the practice's own first; what is kept is in the first one.</param>
/// <param name="Limits">For this age and sex; null where none is known.</param>
/// <param name="Last">The value measured before, with its day.</param>
public sealed record VitalField(VitalSign Sign, string Name, IReadOnlyList<VitalUnit> Units, VitalLimits? Limits, VitalValue? Last);

/// <summary>A unit in words ("°C") and in UCUM ("Cel").</summary>
public sealed record VitalUnit(string Words, string Ucum);

/// <summary>
/// Limits in the sign's own unit. Outside the plausible ones a value is refused; outside the usual ones it is low or high, from the critical
/// ones on, these included, critical.
/// </summary>
public sealed record VitalLimits(
    decimal? PlausibleLow, decimal? PlausibleHigh, decimal? UsualLow, decimal? UsualHigh, decimal? CriticalLow, decimal? CriticalHigh);

/// <summary>A set as it is typed. The form edits this directly.</summary>
public sealed class VitalsDraft
{
    /// <summary>The set's id from the start, so that a form that is sent twice records once.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid PatientId { get; set; }

    /// <summary>The visit that it was measured in; null before there is one.</summary>
    public Guid? EncounterId { get; set; }

    /// <summary>When it was measured; null is now. Not in the future, not before birth.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Those without a value are left out; at least one has one.</summary>
    public IList<VitalEntryDraft> Entries { get; init; } = [];
}

public sealed class VitalEntryDraft
{
    public const int LongestAnswer = 200;

    public VitalSign Sign { get; set; }

    public decimal? Value { get; set; }

    /// <summary>UCUM, one of the field's units; null is the first.</summary>
    public string? Unit { get; set; }

    /// <summary>Why a value that was asked about is right, 3 to 200 characters: "Weighed again".</summary>
    public string? Answer { get; set; }
}

/// <summary>A value that is wrong.</summary>
/// <param name="Reason">3 to 200 characters: "Read from the wrong line".</param>
/// <param name="Right">What was measured, in the unit of the value; null where nothing was.</param>
/// <param name="Answer">Why <paramref name="Right"/> is right, where it was asked about.</param>
public sealed record VitalCorrection(Guid ValueId, string Reason, decimal? Right = null, string? Answer = null);

/// <summary>Values that were measured together.</summary>
/// <param name="By">Who measured; null where it was taken over from elsewhere.</param>
public sealed record VitalSet(
    Guid Id, Guid PatientId, Guid? EncounterId, DateTimeOffset At, Guid? ById, string? By, IReadOnlyList<VitalValue> Values)
{
    public override string ToString() => $"{nameof(VitalSet)} {Id}";
}

/// <summary>Sets, and from when on to ask for older ones; null when that was everything.</summary>
public sealed record VitalSetPage(IReadOnlyList<VitalSet> Sets, DateTimeOffset? Before);

/// <summary>One value.</summary>
/// <param name="Unit">In words, such as °C; empty for a score.</param>
/// <param name="Flag">Where it lies for the age that the patient had, and the sex.</param>
public sealed record VitalValue(Guid Id, VitalSign Sign, string Name, decimal Value, string Unit, ResultFlag Flag, DateTimeOffset At, string? By)
{
    public Guid? EncounterId { get; init; }

    /// <summary>How much it differs from the one before, in the same unit; null for the first.</summary>
    public decimal? Change { get; init; }

    /// <summary>For the age that the patient had; null where none are known.</summary>
    public VitalLimits? Limits { get; init; }

    /// <summary>Why a value that was asked about was recorded.</summary>
    public string? Answer { get; init; }

    /// <summary>Set where the value is wrong; then it counts nowhere.</summary>
    public VitalError? Error { get; init; }

    /// <summary>The value that this one replaces.</summary>
    public Guid? Replaces { get; init; }

    public override string ToString() => $"{nameof(VitalValue)} {Id}";
}

/// <summary>Who said that a value is wrong, when and why.</summary>
public sealed record VitalError(DateTimeOffset At, string? By, string Reason);

/// <summary>A sign over time.</summary>
public sealed record VitalSeries(VitalSign Sign, string Name, string Unit, IReadOnlyList<VitalValue> Values, IReadOnlyList<VitalBand> Bands);

/// <summary>Usual limits between two days of the patient's life; a child grows from one band into the next.</summary>
/// <param name="To">The day on which the next band begins; null for the last one.</param>
public sealed record VitalBand(DateOnly From, DateOnly? To, VitalLimits Limits);

/// <summary>Values that cannot be, or that have to be answered for. Nothing was recorded.</summary>
public sealed record VitalsQuestioned(string Message, IReadOnlyList<VitalQuestion> Questions) : Refusal(RefusalKind.Invalid, Message);

/// <summary>What is the matter with a value.</summary>
/// <param name="CanBeAnswered">False: the value cannot be, and has to be changed. True: an answer records it.</param>
public sealed record VitalQuestion(VitalSign Sign, string Message, bool CanBeAnswered);
