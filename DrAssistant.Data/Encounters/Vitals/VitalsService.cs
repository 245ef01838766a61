using DrAssistant.Data.Common;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Encounters.Vitals;

internal sealed class VitalsService(ICurrentUser user, VitalsReader reader, VitalsWriter writer, VitalsCorrector corrector) : IVitals
{
    public async Task<Result<VitalsForm>> FormAsync(Guid patientId, CancellationToken cancellation)
        => user.Can(Permissions.WriteVitals) ? await reader.FormAsync(patientId, cancellation) : Refusal.Forbidden;

    public async Task<Result<VitalSet>> RecordAsync(VitalsDraft draft, CancellationToken cancellation)
        => user.Can(Permissions.WriteVitals) && user.Id is { } me ? await writer.RecordAsync(draft, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<VitalSet>> CorrectAsync(VitalCorrection correction, CancellationToken cancellation)
        => user.Can(Permissions.WriteVitals) && user.Id is { } me ? await corrector.CorrectAsync(correction, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<VitalSetPage>> SetsAsync(Guid patientId, Guid? encounterId, DateTimeOffset? before, CancellationToken cancellation)
        => user.Can(Permissions.ReadEncounters) ? await reader.SetsAsync(patientId, encounterId, before, cancellation) : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<VitalValue>>> LatestAsync(Guid patientId, CancellationToken cancellation)
        => user.Can(Permissions.ReadEncounters) ? await reader.LatestAsync(patientId, cancellation) : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<VitalSeries>>> SeriesAsync(Guid patientId, DateOnly? since, CancellationToken cancellation)
        => user.Can(Permissions.ReadEncounters) ? await reader.SeriesAsync(patientId, since, cancellation) : Refusal.Forbidden;
}
