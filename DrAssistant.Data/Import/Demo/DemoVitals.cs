using DrAssistant.Data.Encounters;
using DrAssistant.Data.Import.Demo.People;
using DrAssistant.Data.Import.Demo.Stories;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// A person's measurements: steady from visit to visit, growing in children along the median of the WHO child growth standards
/// and what follows them, and different from usual by what the visit is about.
/// </summary>
internal sealed class DemoVitals(DemoPerson person, int number)
{
    private const decimal DaysOfMonth = 30.4375m;
    private const int WithPressure = 3;
    private const int AdultYears = 18;

    // Age in months, weight in kilograms, length or height in centimetres; girls and boys together, rounded.
    private static readonly (int Months, decimal Weight, decimal Height)[] Growth =
    [
        (0, 3.3m, 49.5m), (1, 4.3m, 54), (2, 5.3m, 57.5m), (4, 6.7m, 63), (6, 7.6m, 66.5m), (9, 8.6m, 71), (12, 9.3m, 75), (18, 10.6m, 81.5m),
        (24, 11.8m, 87), (36, 14, 95.5m), (48, 16, 102.5m), (60, 18, 109), (84, 22.5m, 121), (108, 28, 132), (132, 35, 143), (156, 44, 155), (192, 53, 163),
    ];

    private readonly DemoDice _usual = new("body", number);
    private decimal? _adultHeight;
    private decimal? _adultBmi;
    private decimal? _build;

    /// <summary>What a nurse measures on that day.</summary>
    public VitalSigns Measure(int ageInDays, VitalShift shift, DemoDice dice)
    {
        var years = ageInDays / 365;
        var (weight, height) = Body(ageInDays);
        weight *= 1 + ((shift.WeightPercent + (dice.Between(-8, 8) / 10m)) / 100);
        var (pulse, breaths) = Pace(years, ageInDays);
        var (rounded, tall) = (Math.Round(weight, ageInDays < 730 ? 2 : 1), Math.Round(height, ageInDays < 730 ? 1 : 0));
        return new VitalSigns
        {
            Temperature = 36.7m + (dice.Between(-2, 3) / 10m) + shift.Temperature,
            HeartRate = pulse + dice.Between(-6, 6) + shift.Pulse,
            RespiratoryRate = breaths + dice.Between(-1, 2) + shift.Breaths,
            BloodPressure = years < WithPressure ? null : Pressure(years, shift, dice),
            OxygenSaturation = Math.Min(99, 98 + dice.Between(-1, 1) + shift.Saturation),
            Weight = rounded,
            Height = tall,
            Bmi = years < 2 ? null : Math.Round(rounded / (tall * tall / 10_000), 1),
        };
    }

    /// <summary>The same as rows of the chart.</summary>
    public static IEnumerable<Observation> Rows(VitalSigns vitals, Guid patient, Guid? encounter, Guid nurse, DateTimeOffset at)
    {
        (string Code, string Name, decimal? Value, string Unit)[] measured =
        [
            ("8480-6", "Systolic blood pressure", vitals.BloodPressure?.Systolic, "mm[Hg]"),
            ("8462-4", "Diastolic blood pressure", vitals.BloodPressure?.Diastolic, "mm[Hg]"),
            ("8867-4", "Heart rate", vitals.HeartRate, "/min"),
            ("8310-5", "Body temperature", vitals.Temperature, "Cel"),
            ("9279-1", "Respiratory rate", vitals.RespiratoryRate, "/min"),
            ("59408-5", "Oxygen saturation by pulse oximeter", vitals.OxygenSaturation, "%"),
            ("29463-7", "Body weight", vitals.Weight, "kg"),
            ("8302-2", "Body height or length", vitals.Height, "cm"),
            ("39156-5", "Body mass index", vitals.Bmi, "kg/m2"),
        ];
        return measured.Where(m => m.Value is not null).Select(m => new Observation
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient,
            EncounterId = encounter,
            Category = "vital-signs",
            Code = m.Code,
            CodeSystem = CodeSystems.Loinc,
            Name = m.Name,
            ValueNumber = m.Value,
            Unit = m.Unit,
            EffectiveAt = at,
            RecordedBy = nurse,
        });
    }

    private (decimal Weight, decimal Height) Body(int ageInDays)
    {
        if (ageInDays / 365 >= DemoPanels.GrownUp)
        {
            var height = _adultHeight ??= person.Gender switch
            {
                Gender.Female => _usual.Between(148, 164),
                Gender.Male => _usual.Between(161, 178),
                _ => _usual.Between(155, 170),
            };
            var bmi = _adultBmi ??= (person.Years > 40 ? 23 : 20) + (_usual.Between(-15, 70) / 10m);
            return (bmi * height * height / 10_000, height);
        }

        var build = _build ??= 1 + (_usual.Between(-8, 9) / 100m);
        var (weight, length) = Grown(ageInDays / DaysOfMonth);
        return (weight * build, length * (1 + ((build - 1) / 3)));
    }

    private static (decimal Weight, decimal Height) Grown(decimal months)
    {
        var next = Array.FindIndex(Growth, g => g.Months > months);
        if (next < 0)
        {
            return (Growth[^1].Weight, Growth[^1].Height);
        }

        var (from, to) = (Growth[next - 1], Growth[next]);
        var part = (months - from.Months) / (to.Months - from.Months);
        return (from.Weight + ((to.Weight - from.Weight) * part), from.Height + ((to.Height - from.Height) * part));
    }

    private static (int Pulse, int Breaths) Pace(int years, int ageInDays) => years switch
    {
        < 1 => (ageInDays < 30 ? 136 : 126, ageInDays < 30 ? 44 : 36),
        < 3 => (112, 28),
        < 6 => (98, 24),
        < 12 => (88, 20),
        < AdultYears => (80, 16),
        _ => (76, 15),
    };

    private static BloodPressure Pressure(int years, VitalShift shift, DemoDice dice)
    {
        var (systolic, diastolic) = years < AdultYears ? (88 + (2 * years), 52 + years) : (114 + Math.Min(16, (years - AdultYears) / 4), 74);
        return new BloodPressure(systolic + dice.Between(-5, 5) + shift.Systolic, diastolic + dice.Between(-4, 4) + shift.Diastolic);
    }
}
