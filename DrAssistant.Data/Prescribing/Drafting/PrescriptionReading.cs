using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Signing;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>Prescriptions as pages show them.</summary>
internal sealed class PrescriptionReading(FormularyStore formulary, PrescriptionSeal seal, TimeProvider time)
{
    private const int MostOfAVisit = 50;

    /// <summary>Null where it is not there, or not the reader's to see.</summary>
    public async Task<PrescriptionView?> OneAsync(ClinicDb db, Guid prescriptionId, Guid? reader, CancellationToken cancellation)
        => (await ViewsAsync(db, db.Prescriptions.Where(p => p.Id == prescriptionId), reader, cancellation)).SingleOrDefault();

    /// <summary>The oldest first.</summary>
    public Task<IReadOnlyList<PrescriptionView>> OfEncounterAsync(ClinicDb db, Guid encounterId, Guid? reader, CancellationToken cancellation)
        => ViewsAsync(db, db.Prescriptions.Where(p => p.EncounterId == encounterId).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).Take(MostOfAVisit), reader, cancellation);

    /// <summary>In this order, those of them that are the reader's to see.</summary>
    public async Task<IReadOnlyList<PrescriptionView>> TheseAsync(ClinicDb db, Guid[] ids, Guid? reader, CancellationToken cancellation)
    {
        var views = (await ViewsAsync(db, db.Prescriptions.Where(p => ids.Contains(p.Id)), reader, cancellation)).ToDictionary(view => view.Id);
        return [.. ids.Where(views.ContainsKey).Select(id => views[id])];
    }

    private async Task<IReadOnlyList<PrescriptionView>> ViewsAsync(ClinicDb db, IQueryable<Prescription> which, Guid? reader, CancellationToken cancellation)
    {
        var rows = await which.AsNoTracking().Include(p => p.Items).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).AsSplitQuery().ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return [];
        }

        Guid[] ids = [.. rows.Select(p => p.Id)], visits = [.. rows.Select(p => p.EncounterId).Distinct()];
        var around = new Around(
            await formulary.CurrentAsync(cancellation),
            await NamesAsync(db, rows, cancellation),
            await db.Encounters.AsNoTracking().Where(e => visits.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancellation),
            await PharmaciesAsync(db, rows, cancellation),
            (await db.Prescriptions.AsNoTracking().Where(p => p.ReplacesId != null && ids.Contains(p.ReplacesId.Value) && p.SignedAt != null)
                .Select(p => new { p.Id, p.ReplacesId }).ToListAsync(cancellation)).ToLookup(p => p.ReplacesId!.Value, p => p.Id));
        return rows.ConvertAll(row => View(row, reader, around));
    }

    private PrescriptionView View(Prescription p, Guid? reader, Around around)
    {
        var draft = p.Status is PrescriptionStatus.Draft;
        var mine = p.DoctorId == reader;
        var mayWrite = draft && mine && around.Visits.GetValueOrDefault(p.EncounterId) is { } visit
            && PrescriptionRefusals.Of(visit, p.DoctorId, time.GetUtcNow(), p.ReplacesId is not null) is null;
        return new PrescriptionView(
            p.Id, p.EncounterId, p.PatientId, p.DoctorId, around.Names.GetValueOrDefault(p.DoctorId) ?? "", p.Status, p.Version, mine, mayWrite, p.CreatedAt, p.UpdatedAt,
            [.. p.Items.OrderBy(i => i.Position).ThenBy(i => i.CreatedAt).ThenBy(i => i.Id).Select((item, n) => LineViews.Of(item, n, around.Formulary, draft) with
            {
                Stopped = Step(item.StoppedAt, item.StoppedBy, around),
                StopReason = item.StopReason,
            })])
        {
            Number = p.Number,
            ValidFrom = p.ValidFrom,
            ValidUntil = p.ValidUntil,
            Advice = p.Notes,
            Pharmacy = p.PharmacyId is { } pharmacy ? around.Pharmacies.GetValueOrDefault(pharmacy) : null,
            SignedAt = p.SignedAt,
            Signature = SignatureOf(p),
            Sent = Step(p.SentAt, p.SentBy, around),
            Dispensed = Step(p.DispensedAt, p.DispensedBy, around),
            Cancelled = Step(p.CancelledAt, p.CancelledBy, around),
            CancelReason = p.CancelReason,
            ReplacesId = p.ReplacesId,
            ReplacedById = around.Replaced[p.Id].Select(id => (Guid?)id).FirstOrDefault(),
            Teleconsult = p is { TeleconsultMode: { } mode, TeleconsultFollowUp: { } followUp } ? new Teleconsult(mode, followUp) : null,
        };
    }

    private PrescriptionSignature? SignatureOf(Prescription p)
        => p is { SignerName: { } name, SignedAt: { } at, ContentDigest: { } digest } && PrescriptionSeal.CodeOf(p) is { } code
            ? new PrescriptionSignature(p.DoctorId, name, p.SignerQualification, p.SignerRegistrationNumber, p.SignerRegistrationCouncil, at, digest, code, seal.Matches(p))
            : null;

    private static PrescriptionStep? Step(DateTimeOffset? at, Guid? by, Around around)
        => at is { } when ? new PrescriptionStep(when, by, by is { } id ? around.Names.GetValueOrDefault(id) : null) : null;

    private static async Task<Dictionary<Guid, string>> NamesAsync(ClinicDb db, List<Prescription> rows, CancellationToken cancellation)
    {
        Guid[] people =
        [
            .. rows.SelectMany(p => new[] { p.DoctorId, p.SentBy, p.DispensedBy, p.CancelledBy }.Concat(p.Items.Select(i => i.StoppedBy)))
                .OfType<Guid>().Distinct(),
        ];
        return await db.Users.AsNoTracking().Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, cancellation);
    }

    private static async Task<Dictionary<Guid, PharmacyLine>> PharmaciesAsync(ClinicDb db, List<Prescription> rows, CancellationToken cancellation)
    {
        Guid[] ids = [.. rows.Select(p => p.PharmacyId).OfType<Guid>().Distinct()];
        return ids.Length == 0
            ? []
            : await db.Database.SqlQuery<PharmacyRow>($"SELECT id, name, phone, address FROM pharmacies WHERE id = ANY ({ids})")
                .ToDictionaryAsync(p => p.Id, p => new PharmacyLine(p.Id, p.Name, p.Phone, p.Address), cancellation);
    }

    private sealed record Around(
        FormularySnapshot Formulary, Dictionary<Guid, string> Names, Dictionary<Guid, Encounter> Visits, Dictionary<Guid, PharmacyLine> Pharmacies,
        ILookup<Guid, Guid> Replaced);

    private sealed record PharmacyRow(Guid Id, string Name, string? Phone, string? Address);
}
