using DrAssistant.Data.Common;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Prescribing.Favourites;

internal sealed class FavouriteService(ICurrentUser user, FavouriteList favourites, FrequentMedicines frequent, MedicineSets sets) : IFavouriteMedicines
{
    public async Task<Result<IReadOnlyList<FavouriteMedicine>>> ListAsync(CancellationToken cancellation)
        => Me is { } me ? (await favourites.ListAsync(me, cancellation)).ToList() : Refusal.Forbidden;

    public async Task<Result<FavouriteMedicine>> KeepAsync(Guid prescriptionId, Guid lineId, CancellationToken cancellation)
        => Me is { } me ? await favourites.KeepAsync(prescriptionId, lineId, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<Guid>> RemoveAsync(Guid favouriteId, CancellationToken cancellation)
        => Me is { } me ? await favourites.RemoveAsync(favouriteId, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> AddAsync(PrescriptionAct act, Guid favouriteId, CancellationToken cancellation)
        => Me is { } me ? await favourites.AddAsync(act, favouriteId, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<FrequentMedicine>>> FrequentAsync(CancellationToken cancellation)
        => Me is { } me ? (await frequent.OfAsync(me, cancellation)).ToList() : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<MedicineSet>>> SetsAsync(CancellationToken cancellation)
        => Me is { } me ? (await sets.ListAsync(me, cancellation)).ToList() : Refusal.Forbidden;

    public async Task<Result<MedicineSet>> SaveSetAsync(MedicineSetDraft set, CancellationToken cancellation)
        => Me is { } me ? await sets.SaveAsync(set, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<Guid>> RemoveSetAsync(Guid setId, CancellationToken cancellation)
        => Me is { } me ? await sets.RemoveAsync(setId, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> AddSetAsync(PrescriptionAct act, Guid setId, CancellationToken cancellation)
        => Me is { } me ? await sets.AddAsync(act, setId, me, cancellation) : Refusal.Forbidden;

    /// <summary>Who may prescribe; null for everybody else.</summary>
    private Guid? Me => user.Can(Permissions.WritePrescriptions) ? user.Id : null;
}
