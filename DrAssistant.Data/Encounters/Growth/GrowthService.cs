using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Encounters.Growth;

internal sealed class GrowthService(SecuredBatch batch, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IGrowth
{
    private const string Standard = "WHO Child Growth Standards 2006, birth to 60 months";

    private static readonly (GrowthMeasure Measure, VitalSign Sign, string Name)[] Measures =
    [
        (GrowthMeasure.Weight, VitalSign.Weight, "Weight for age"),
        (GrowthMeasure.Height, VitalSign.Height, "Length or height for age"),
        (GrowthMeasure.Bmi, VitalSign.Bmi, "BMI for age"),
        (GrowthMeasure.HeadCircumference, VitalSign.HeadCircumference, "Head circumference for age"),
    ];

    /// <summary>Percentiles of the lines, each with its z-score.</summary>
    private static readonly (int Percentile, double Z)[] Lines = [(3, -1.880794), (15, -1.036433), (50, 0), (85, 1.036433), (97, 1.880794)];

    public async Task<Result<GrowthCharts>> ChartsAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        var noted = new NpgsqlBatchCommand { Parameters = { new() { Value = patientId } } };
        noted.CommandText = audit.Part(
            noted, new AuditEntry(AuditAction.Read, "growth.read") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId }, "patients WHERE patients.id = $1");
        var (person, rows) = await batch.ReadAsync([VitalRows.Person(patientId), VitalRows.Series(patientId, null), noted], async (reader, token) =>
        {
            var people = await reader.ListAsync(VitalRows.PersonOf, token);
            return (people.SingleOrDefault(), await reader.ListAsync(VitalRows.Of, token));
        }, cancellation);
        return person is null ? Refusal.NotFound("Patient") : Charts(person, new VitalValues(person, clock).BySign(rows));
    }

    private GrowthCharts Charts(VitalPerson person, ILookup<VitalSign, VitalValue> values)
    {
        var age = Age.On(clock.Today, person.Born, person.BornEstimated);
        if (person.Gender is Gender.Other)
        {
            return new GrowthCharts(person.Id, age, person.Gender, "The standards are for boys and girls; this record says neither.", Standard, []);
        }

        List<GrowthChart> charts = [.. Measures.Select(m => Chart(m.Measure, m.Name, person, [.. values[m.Sign]]))];
        var nothing = charts.TrueForAll(c => c.Points.Count == 0);
        return nothing && GrowthStandard.Months(person.Born, clock.Today) > GrowthStandard.LastMonth
            ? new GrowthCharts(person.Id, age, person.Gender, "The standards end at 60 months, and nothing was measured before.", Standard, [])
            : new GrowthCharts(person.Id, age, person.Gender, null, Standard, charts)
            {
                Caution = person.BornEstimated ? "The date of birth is estimated: the z-scores are only as good as the age." : null,
            };
    }

    private GrowthChart Chart(GrowthMeasure measure, string name, VitalPerson person, List<VitalValue> values)
    {
        var standard = GrowthStandard.Of(measure);
        List<GrowthPoint> points = [.. values.Select(v => Point(standard, measure, person, v)).OfType<GrowthPoint>()];
        var unit = SignCatalogue.Of(Measures.Single(m => m.Measure == measure).Sign).UnitInWords;
        return new GrowthChart(
            measure, name, unit, points, [.. Lines.Select(line => new GrowthCurve(line.Percentile, standard.Curve(person.Gender, line.Z)))], values.Count - points.Count);
    }

    private GrowthPoint? Point(GrowthStandard standard, GrowthMeasure measure, VitalPerson person, VitalValue value)
    {
        var months = GrowthStandard.Months(person.Born, clock.DayOf(value.At));
        return standard.ZScore(person.Gender, months, value.Value) is not { } z
            ? null
            : new GrowthPoint(
                value.Id, value.At, Math.Round(months, 2), value.Value, Math.Round((decimal)Math.Clamp(z, -99, 99), 2),
                Math.Round((decimal)Normal.Below(z) * 100, 1), GrowthRemarks.Of(measure, z));
    }
}
