using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Favourites;

/// <summary>The door to what a doctor prescribes often: favourites with their full directions, what they signed most, and sets of several medicines.</summary>
public interface IFavouriteMedicines
{
    /// <summary>One's own, the most used first; at most 200.</summary>
    Task<Result<IReadOnlyList<FavouriteMedicine>>> ListAsync(CancellationToken cancellation);

    /// <summary>Keeps a line of a prescription as a favourite. One that says the same is there once.</summary>
    Task<Result<FavouriteMedicine>> KeepAsync(Guid prescriptionId, Guid lineId, CancellationToken cancellation);

    /// <summary>Puts a favourite away; prescriptions stay as they are.</summary>
    Task<Result<Guid>> RemoveAsync(Guid favouriteId, CancellationToken cancellation);

    /// <summary>Adds a favourite to the draft: one call, one line. Refused by name where the medicine has left the formulary.</summary>
    Task<Result<PrescriptionView>> AddAsync(PrescriptionAct act, Guid favouriteId, CancellationToken cancellation);

    /// <summary>What one signed most in the last half year, counted by medicine, strength and directions; at most 20.</summary>
    Task<Result<IReadOnlyList<FrequentMedicine>>> FrequentAsync(CancellationToken cancellation);

    /// <summary>One's own sets, then the practice's.</summary>
    Task<Result<IReadOnlyList<MedicineSet>>> SetsAsync(CancellationToken cancellation);

    /// <summary>Keeps the medicines of a prescription as a set, or changes the one of that name: one's own or the practice's.</summary>
    Task<Result<MedicineSet>> SaveSetAsync(MedicineSetDraft set, CancellationToken cancellation);

    Task<Result<Guid>> RemoveSetAsync(Guid setId, CancellationToken cancellation);

    /// <summary>Adds all medicines of a set to the draft, or none: one that has left the formulary is refused by name.</summary>
    Task<Result<PrescriptionView>> AddSetAsync(PrescriptionAct act, Guid setId, CancellationToken cancellation);
}

/// <summary>A medicine with its directions, ready to be prescribed.</summary>
/// <param name="Line">What it becomes in a draft.</param>
/// <param name="Words">How it reads in a list.</param>
/// <param name="Uses">How often it was put into a draft.</param>
/// <param name="IsWithdrawn">The medicine has left the formulary.</param>
public sealed record FavouriteMedicine(Guid Id, MedicineLineView Line, string Words, int Uses, bool IsWithdrawn);

/// <summary>What was signed often.</summary>
/// <param name="Line">As it was signed last; its id and position mean nothing.</param>
public sealed record FrequentMedicine(MedicineLineView Line, string Words, int Times, bool IsWithdrawn);

/// <summary>Several medicines that go together.</summary>
/// <param name="IsOwn">Of the reader; otherwise the practice's.</param>
public sealed record MedicineSet(Guid Id, string Name, bool IsOwn, IReadOnlyList<MedicineLineView> Lines);

/// <summary>A set as it is kept.</summary>
/// <param name="FromPrescriptionId">The prescription, a draft too, whose medicines it gets.</param>
/// <param name="ForThePractice">Every doctor of the practice has it.</param>
public sealed record MedicineSetDraft(string Name, Guid FromPrescriptionId, bool ForThePractice = false)
{
    public const int LongestName = 60;

    public override string ToString() => nameof(MedicineSetDraft);
}
