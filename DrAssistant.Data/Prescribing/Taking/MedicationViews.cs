using DrAssistant.Data.Encounters;

namespace DrAssistant.Data.Prescribing.Taking;

/// <summary>A patient's medications.</summary>
/// <param name="Past">How many of those that are not taken any more, 1 to 200.</param>
/// <param name="Prescriptions">How many prescriptions, 1 to 200.</param>
/// <param name="Sought">A prescription that has to be among them, as far as 200 reach.</param>
public sealed record MedicationsQuery(Guid PatientId, int Past = 10, int Prescriptions = 20, Guid? Sought = null);

/// <summary>What a patient takes, what they took, and the papers.</summary>
/// <param name="Taken">Prescribed, not stopped, not past their course; each once, the latest first; at most 200.</param>
/// <param name="Past">Taken once and not any more, what ended last first.</param>
/// <param name="PastCount">How many of those there are.</param>
/// <param name="Prescriptions">The newest first: what was signed, and the drafts of visits. A draft that was given up is none.</param>
/// <param name="PrescriptionCount">How many of those there are.</param>
public sealed record PatientMedications(
    Guid PatientId,
    IReadOnlyList<PatientMedicine> Taken,
    IReadOnlyList<PatientMedicine> Past,
    int PastCount,
    IReadOnlyList<PrescriptionView> Prescriptions,
    int PrescriptionCount)
{
    public override string ToString() => $"{nameof(PatientMedications)} {PatientId}";
}

/// <summary>A medicine as its latest prescription says it is taken.</summary>
/// <param name="Name">The generic name, or free text.</param>
/// <param name="Since">When it was prescribed first, in whatever strength.</param>
/// <param name="PrescribedOn">The day of the latest prescription.</param>
/// <param name="EndsOn">The last day of the course, where it is known.</param>
/// <param name="DoctorName">Who prescribed it last.</param>
public sealed record PatientMedicine(
    Guid ItemId, Guid PrescriptionId, Guid EncounterId, string Name, DateOnly Since, DateOnly PrescribedOn, DateOnly? EndsOn, string DoctorName)
{
    public string? Strength { get; init; }

    public string? Form { get; init; }

    public string? Brand { get; init; }

    /// <summary>Dose, how often and how long, in plain words.</summary>
    public required string How { get; init; }

    public string? Instructions { get; init; }

    /// <summary>The visit in which it was prescribed.</summary>
    public required EncounterType VisitType { get; init; }

    public required DateTimeOffset VisitStart { get; init; }

    /// <summary>Null where it was not stopped: its course ended.</summary>
    public PrescriptionStep? Stopped { get; init; }

    public string? StopReason { get; init; }

    public override string ToString() => $"{nameof(PatientMedicine)} {ItemId}";
}
