using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Data.Encounters.Pregnancy;

/// <summary>The door to one question and its answer: is she pregnant? Prescriptions are checked with it (LOINC 82810-3).</summary>
public interface IPregnancy
{
    Task<Result<PregnancyAnswer>> ReadAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>Writes down what the patient says today; earlier answers stay. Open pages hear it as <c>vitals.changed</c>.</summary>
    Task<Result<PregnancyAnswer>> RecordAsync(Guid patientId, PregnancyState state, CancellationToken cancellation);
}

/// <summary>What is known now.</summary>
/// <param name="IsAsked">Whether the question makes sense: not of a man, a child or an old woman.</param>
/// <param name="State">Not known where nobody asked, or the answer is too old to count.</param>
/// <param name="Day">Of the answer that counts.</param>
/// <param name="By">Who wrote it down; null where it was taken over, or follows from a diagnosis.</param>
public sealed record PregnancyAnswer(Guid PatientId, bool IsAsked, PregnancyState State, DateOnly? Day, string? By)
{
    public override string ToString() => $"{nameof(PregnancyAnswer)} {PatientId}";
}
