using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>Tells the visits into the charts, in the order in which they happened.</summary>
internal sealed class DemoCharts
{
    private const int DaysUntilOver = 14;

    private readonly Dictionary<int, DemoChart> _charts = [];
    private readonly DemoRecord _record;
    private readonly DemoTeam _team;
    private readonly ClinicClock _clock;
    private readonly DemoMoment _moment;
    private readonly DemoNotes _notes;
    private readonly DemoPrescriptions _prescriptions;

    public DemoCharts(DemoRecord record, DemoTeam team, ClinicClock clock, DemoMoment moment)
    {
        (_record, _team, _clock, _moment) = (record, team, clock, moment);
        var catalogue = new DemoCatalogue();
        _notes = new DemoNotes(catalogue, moment, record);
        _prescriptions = new DemoPrescriptions(catalogue, clock, moment, record);
        Orders = new DemoOrders(catalogue, moment, record);
    }

    public DemoOrders Orders { get; }

    public void Open(DemoHistory history, Patient patient)
        => _charts.Add(history.Number, new DemoChart(history, patient, [.. _record.Allergies.Where(a => a.PatientId == patient.Id)]));

    public void Tell(IEnumerable<DemoSeen> visits)
    {
        foreach (var seen in visits.OrderBy(v => v.Start).ThenBy(v => v.History.Number))
        {
            Tell(_charts[seen.History.Number], seen);
        }

        // What passes is over some time after its last visit, and until then nobody knows when.
        foreach (var condition in _record.Conditions.Where(c => c.AbatedAt is not null))
        {
            var isOver = condition.AbatedAt < _moment.Now;
            (condition.Status, condition.AbatedAt) = isOver ? (ConditionStatus.Resolved, condition.AbatedAt) : (ConditionStatus.Active, null);
        }
    }

    /// <summary>What a nurse measured of somebody who still waits: no visit has begun.</summary>
    public void Measure(DemoHistory history, DateTimeOffset at)
    {
        var chart = _charts[history.Number];
        var vitals = chart.Measure(_moment.Today, history.Next.Visit.Vitals);
        _record.Observations.AddRange(DemoVitals.Rows(vitals, chart.Patient.Id, null, _team.NurseOf(history.Panel), at));
    }

    private void Tell(DemoChart chart, DemoSeen seen)
    {
        var doctor = _team.Doctor(seen.History.Panel);
        var encounter = Encounter(chart, seen, doctor);
        var vitals = chart.Measure(seen.Plan.Day, seen.Plan.Visit.Vitals);
        _record.Observations.AddRange(DemoVitals.Rows(vitals, chart.Patient.Id, encounter, _team.NurseOf(seen.History.Panel), seen.MeasuredAt));
        var prescribed = _prescriptions.Prescribe(chart, seen, encounter, doctor, vitals.Weight ?? 0);

        // The note speaks of what was before this visit, so it comes before the chart learns what the visit brings.
        _notes.Write(chart, seen, encounter, doctor, vitals, prescribed);
        chart.NewResults.Clear();
        chart.Medicines = prescribed.Count == 0 ? chart.Medicines : prescribed;
        Diagnose(chart, seen, encounter, doctor);
        Orders.Order(chart, seen, encounter, doctor);
        Vaccinate(chart, seen, encounter);
    }

    private Guid Encounter(DemoChart chart, DemoSeen seen, Guid doctor)
    {
        var encounter = new Encounter
        {
            Id = Guid.CreateVersion7(),
            AppointmentId = seen.Appointment?.Id,
            DoctorId = doctor,
            PatientId = chart.Patient.Id,
            EncounterType = EncounterType.OfficeVisit,
            StartTime = seen.Start,
            EndTime = seen.End,
            ChiefComplaint = seen.Plan.Visit.Complaint,
            Status = seen.End is null ? EncounterStatus.InProgress : EncounterStatus.Completed,
            CreatedAt = seen.Start,
            UpdatedAt = seen.End ?? seen.Start,
        };
        _record.Encounters.Add(encounter);
        return encounter.Id;
    }

    private void Diagnose(DemoChart chart, DemoSeen seen, Guid encounter, Guid doctor)
    {
        var story = seen.Plan.Story;
        var isCheck = story.Code.StartsWith("Z00", StringComparison.Ordinal);
        if (isCheck || seen.End is null || _record.Conditions.Any(c => c.PatientId == chart.Patient.Id && c.Code == story.Code))
        {
            return;
        }

        _record.Conditions.Add(new Condition
        {
            Id = Guid.CreateVersion7(),
            PatientId = chart.Patient.Id,
            EncounterId = encounter,
            Code = story.Code,
            CodeSystem = CodeSystems.Icd10,
            Name = story.Diagnosis,
            OnsetAt = _clock.At(seen.Plan.Day.AddDays(story.Lasting ? -60 : -4), TimeOnly.MinValue),
            AbatedAt = story.Lasting ? null : seen.Start.AddDays(DaysUntilOver + ((story.Visits.Count - 1 - seen.Plan.Stage) * story.DaysBetween)),
            RecordedAt = seen.Start,
            RecordedBy = doctor,
        });
        if (story.Lasting)
        {
            chart.Conditions.Add(story.Code, story.Diagnosis);
        }
    }

    private void Vaccinate(DemoChart chart, DemoSeen seen, Guid encounter)
    {
        if (seen.End is not { } end)
        {
            return;
        }

        _record.Immunizations.AddRange(seen.Plan.Visit.Vaccines.Select(vaccine => new Immunization
        {
            Id = Guid.CreateVersion7(),
            PatientId = chart.Patient.Id,
            EncounterId = encounter,
            Code = vaccine.Code,
            CodeSystem = CodeSystems.Cvx,
            Name = vaccine.Name,
            GivenAt = end,
            RecordedBy = _team.NurseOf(seen.History.Panel),
        }));
    }
}
