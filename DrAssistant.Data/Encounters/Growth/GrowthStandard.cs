using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Encounters.Growth;

/// <summary>
/// The WHO Child Growth Standards (2006) by month, from birth to 60 months: at an age a measure is distributed by L (skewness), M (median) and
/// S (spread). Between two months they are interpolated. WHO, Child Growth Standards: Methods and development, chapter 7.
/// </summary>
internal sealed class GrowthStandard
{
    public const decimal LastMonth = 60;

    /// <summary>From here on children are measured standing, and the standard goes over from length to height.</summary>
    public const decimal StandingFrom = 24;

    // WHO counts a month as a twelfth of a year of 365.25 days.
    private const decimal DaysOfMonth = 30.4375m;

    private static readonly Dictionary<GrowthMeasure, GrowthStandard> ByMeasure = new()
    {
        [GrowthMeasure.Weight] = new(ReferenceFile.WeightForAge, isAdjusted: true),
        [GrowthMeasure.Height] = new(ReferenceFile.LengthHeightForAge, isAdjusted: false),
        [GrowthMeasure.Bmi] = new(ReferenceFile.BmiForAge, isAdjusted: true),
        [GrowthMeasure.HeadCircumference] = new(ReferenceFile.HeadCircumferenceForAge, isAdjusted: false),
    };

    private readonly ILookup<Gender, GrowthRow> _rows;
    private readonly bool _isAdjusted;

    private GrowthStandard(ReferenceFile file, bool isAdjusted)
    {
        _isAdjusted = isAdjusted;
        _rows = file.Read(row => (
                Sex: row.Needed("sex") is "male" ? Gender.Male : Gender.Female,
                Row: new GrowthRow(row.Number("age_months") ?? 0, row.Text("measured"), (double)row.Number("l")!, (double)row.Number("m")!, (double)row.Number("s")!)))
            .ToLookup(x => x.Sex, x => x.Row);
    }

    public static GrowthStandard Of(GrowthMeasure measure) => ByMeasure[measure];

    public static decimal Months(DateOnly born, DateOnly day) => (day.DayNumber - born.DayNumber) / DaysOfMonth;

    /// <summary>The z-score of a value; null where the standard does not reach.</summary>
    public double? ZScore(Gender sex, decimal months, decimal value)
    {
        if (value <= 0 || At(sex, months) is not { } at)
        {
            return null;
        }

        var z = at.ZScore((double)value);
        return _isAdjusted && Math.Abs(z) > 3 ? at.BeyondThree(z, (double)value) : z;
    }

    /// <summary>The value at a z-score, month by month. Where length becomes height the line has two points at one age.</summary>
    public IReadOnlyList<GrowthCurvePoint> Curve(Gender sex, double z)
        => [.. _rows[sex].Select(row => new GrowthCurvePoint(row.Months, Math.Round((decimal)row.ValueAt(z), 2)))];

    private GrowthRow? At(Gender sex, decimal months)
    {
        if (months is < 0 or > LastMonth)
        {
            return null;
        }

        var rows = _rows[sex].Where(row => row.Measured is null || row.Measured == (months < StandingFrom ? "length" : "height")).ToList();
        var before = rows.LastOrDefault(row => row.Months <= months);
        var after = rows.Find(row => row.Months >= months);
        return before is null || after is null ? null : before.Between(after, months);
    }

    /// <summary>The distribution at one age.</summary>
    private sealed record GrowthRow(decimal Months, string? Measured, double L, double M, double S)
    {
        public double ZScore(double value) => L == 0 ? Math.Log(value / M) / S : (Math.Pow(value / M, L) - 1) / (L * S);

        public double ValueAt(double z) => L == 0 ? M * Math.Exp(S * z) : M * Math.Pow(1 + (L * S * z), 1 / L);

        /// <summary>
        /// Far out the formula makes too much of a skewed measure: from the third standard deviation on WHO counts in steps of the distance between
        /// the second and the third.
        /// </summary>
        public double BeyondThree(double z, double value)
        {
            var side = Math.Sign(z);
            var (second, third) = (ValueAt(2 * side), ValueAt(3 * side));
            return (3 * side) + ((value - third) / Math.Abs(third - second));
        }

        public GrowthRow Between(GrowthRow after, decimal months)
        {
            if (after.Months == Months)
            {
                return this;
            }

            var share = (double)((months - Months) / (after.Months - Months));
            return new GrowthRow(months, Measured, Mixed(L, after.L, share), Mixed(M, after.M, share), Mixed(S, after.S, share));
        }

        private static double Mixed(double one, double other, double share) => one + ((other - one) * share);
    }
}
