using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>The door to the medicines that can be prescribed.</summary>
public interface IFormulary
{
    /// <summary>
    /// Medicines for what was typed, by generic name, brand or ingredient, misspelt too; the best first, each once. What was withdrawn is not
    /// found. At most <paramref name="count"/>, and never more than 50.
    /// </summary>
    Task<Result<IReadOnlyList<MedicineHit>>> FindAsync(string question, int count, CancellationToken cancellation);

    /// <summary>One medicine with its forms, strengths and limits, also one that was withdrawn.</summary>
    Task<Result<Medicine>> GetAsync(string medicineId, CancellationToken cancellation);
}

/// <summary>A medicine that was found.</summary>
/// <param name="Name">The generic name or brand that was met.</param>
/// <param name="FoundBy">Which of the two it is.</param>
/// <param name="Misspelt">It is not what was typed, but looks or sounds like it.</param>
public sealed record MedicineHit(Medicine Medicine, string Name, MedicineNameKind FoundBy, bool Misspelt);

public enum MedicineNameKind
{
    Generic,
    Brand,
}
