using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>Looking at vital signs: one round trip each, with its audit event.</summary>
internal sealed class VitalsReader(SecuredBatch batch, AuditTrail audit, ClinicClock clock)
{
    private const int SetsAPage = 20;

    public Task<Result<VitalsForm>> FormAsync(Guid patientId, CancellationToken cancellation)
        => ReadAsync(patientId, "vitals.form", [VitalRows.Latest(patientId)], (person, rows) =>
        {
            var age = Age.On(clock.Today, person.Born, person.BornEstimated);
            var last = new VitalValues(person, clock).Latest(rows).ToDictionary(v => v.Sign);
            return new VitalsForm(patientId, age, person.Gender,
            [
                .. SignCatalogue.All
                    .Where(sign => sign.Sign is not VitalSign.Bmi)
                    .Select(sign => (sign, Range: VitalRanges.For(sign.Code, sign.Unit, age, person.Gender)))
                    .Where(x => x.Range is not null)
                    .Select(x => new VitalField(x.sign.Sign, x.sign.Name, x.sign.Units, x.Range!.Limits, last.GetValueOrDefault(x.sign.Sign))),
            ])
            {
                Checks = draft => VitalChecks.Before(draft, last, person, clock),
            };
        }, cancellation);

    public Task<Result<VitalSetPage>> SetsAsync(Guid patientId, Guid? encounterId, DateTimeOffset? before, CancellationToken cancellation)
        => ReadAsync(patientId, "vitals.read", [VitalRows.Moments(patientId, encounterId, before, SetsAPage)], (person, rows) =>
        {
            var moments = rows.Select(r => r.At).Distinct().ToList();
            var shown = moments.Take(SetsAPage).ToHashSet();
            return new VitalSetPage(
                new VitalValues(person, clock).Sets(rows.Where(r => shown.Contains(r.At))),
                moments.Count > SetsAPage ? moments[SetsAPage - 1] : null);
        }, cancellation);

    public Task<Result<IReadOnlyList<VitalValue>>> LatestAsync(Guid patientId, CancellationToken cancellation)
        => ReadAsync(patientId, "vitals.read", [VitalRows.Latest(patientId)], (person, rows) => new VitalValues(person, clock).Latest(rows), cancellation);

    public Task<Result<IReadOnlyList<VitalSeries>>> SeriesAsync(Guid patientId, DateOnly? since, CancellationToken cancellation)
    {
        DateTimeOffset? from = since is { } day ? clock.DayBounds(day).From : null;
        return ReadAsync<IReadOnlyList<VitalSeries>>(patientId, "vitals.read", [VitalRows.Series(patientId, from)], (person, rows) =>
        {
            var bySign = new VitalValues(person, clock).BySign(rows);
            return
            [
                .. SignCatalogue.All
                    .Where(sign => bySign.Contains(sign.Sign))
                    .Select(sign => new VitalSeries(sign.Sign, sign.Name, sign.UnitInWords, [.. bySign[sign.Sign]], Bands(sign, person, [.. bySign[sign.Sign]]))),
            ];
        }, cancellation);
    }

    /// <summary>A set as it is recorded now; null where it is not the reader's to see.</summary>
    public async Task<VitalSet?> SetAsync(VitalPerson person, Guid setId, CancellationToken cancellation)
    {
        var rows = await batch.ReadAsync([VitalRows.OfSet(person.Id, setId)], (reader, token) => reader.ListAsync(VitalRows.Of, token), cancellation);
        return new VitalValues(person, clock).Sets(rows).SingleOrDefault();
    }

    private async Task<Result<T>> ReadAsync<T>(
        Guid patientId, string deed, Npgsql.NpgsqlBatchCommand[] commands, Func<VitalPerson, List<VitalRow>, T> show, CancellationToken cancellation)
    {
        // The audit event is written where the patient's row is read: who may not see it leaves a trace of nothing seen.
        var entry = new AuditEntry(AuditAction.Read, deed) { PatientId = patientId, ResourceType = "patient", ResourceId = patientId };
        var noted = new Npgsql.NpgsqlBatchCommand();
        noted.Parameters.Add(new Npgsql.NpgsqlParameter { Value = patientId });
        noted.CommandText = audit.Part(noted, entry, "patients WHERE patients.id = $1");
        var (person, rows) = await batch.ReadAsync([VitalRows.Person(patientId), .. commands, noted], async (reader, token) =>
        {
            var people = await reader.ListAsync(VitalRows.PersonOf, token);
            return (people.SingleOrDefault(), await reader.ListAsync(VitalRows.Of, token));
        }, cancellation);
        return person is null ? Refusal.NotFound("Patient") : show(person, rows);
    }

    /// <summary>The bands that the values lie in, each with the days of this patient's life between which it holds.</summary>
    private IReadOnlyList<VitalBand> Bands(SignEntry sign, VitalPerson person, IReadOnlyList<VitalValue> values)
    {
        var (first, last) = (clock.DayOf(values[0].At), clock.DayOf(values[^1].At));
        return
        [
            .. VitalRanges.Of(sign.Code, person.Gender)
                .Select(range => (Range: range, From: VitalRanges.FirstDay(person.Born, range.FromYears), To: range.ToYears > 200 ? (DateOnly?)null : VitalRanges.FirstDay(person.Born, range.ToYears)))
                .Where(band => band.From <= last && (band.To is null || band.To > first))
                .Select(band => new VitalBand(band.From, band.To, band.Range.Limits)),
        ];
    }
}
