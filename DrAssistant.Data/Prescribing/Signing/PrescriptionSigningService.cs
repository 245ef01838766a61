using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Signing;

internal sealed class PrescriptionSigningService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, PrescriptionSigner signer, PrescriptionFates fates, PrescriptionReplacing replacing, PrescriptionReading reading)
    : IPrescriptionSigning
{
    public async Task<Result<PrescriptionView>> SignAsync(PrescriptionSigning signing, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me
            ? await ThenReadAsync(await signer.SignAsync(signing, me, cancellation), signing.PrescriptionId, me, cancellation)
            : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> SendAsync(Guid prescriptionId, Guid patientId, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me
            ? await ThenReadAsync(await fates.SendAsync(prescriptionId, patientId, me, cancellation), prescriptionId, me, cancellation)
            : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> DispenseAsync(Guid prescriptionId, Guid patientId, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me
            ? await ThenReadAsync(await fates.DispenseAsync(prescriptionId, patientId, me, cancellation), prescriptionId, me, cancellation)
            : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> CancelAsync(Guid prescriptionId, Guid patientId, string? reason, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me
            ? await ThenReadAsync(await fates.CancelAsync(prescriptionId, patientId, reason, me, cancellation), prescriptionId, me, cancellation)
            : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> ReplaceAsync(Guid prescriptionId, Guid patientId, Guid? encounterId, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me
            ? await replacing.ReplaceAsync(prescriptionId, patientId, encounterId, me, cancellation)
            : Refusal.Forbidden;

    public async Task<Result<PrescriptionView>> StopMedicineAsync(Guid prescriptionId, Guid lineId, string reason, CancellationToken cancellation)
        => user.Can(Permissions.WritePrescriptions) && user.Id is { } me
            ? await ThenReadAsync(await fates.StopAsync(prescriptionId, lineId, reason, me, cancellation), prescriptionId, me, cancellation)
            : Refusal.Forbidden;

    private async Task<Result<PrescriptionView>> ThenReadAsync(Refusal? refusal, Guid prescriptionId, Guid me, CancellationToken cancellation)
    {
        if (refusal is not null)
        {
            return refusal;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await reading.OneAsync(db, prescriptionId, me, cancellation) is { } view ? view : PrescriptionRefusals.NotFound;
    }
}
