using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Encounters.Growth;

/// <summary>
/// The numbers against what WHO printed in its simplified field tables (girls and boys, z-scores, 2006): a table that was copied wrongly or a
/// formula that is off shows a healthy child as a sick one.
/// </summary>
public sealed class ComparingWithTheStandard
{
    [Theory]
    [InlineData(GrowthMeasure.Weight, Gender.Male, 0, 2.1, 2.5, 2.9, 3.3, 3.9, 4.4, 5.0)]
    [InlineData(GrowthMeasure.Weight, Gender.Male, 12, 6.9, 7.7, 8.6, 9.6, 10.8, 12.0, 13.3)]
    [InlineData(GrowthMeasure.Weight, Gender.Female, 12, 6.3, 7.0, 7.9, 8.9, 10.1, 11.5, 13.1)]
    [InlineData(GrowthMeasure.Weight, Gender.Female, 60, 12.1, 13.7, 15.8, 18.2, 21.2, 24.9, 29.5)]
    [InlineData(GrowthMeasure.Height, Gender.Male, 0, 44.2, 46.1, 48.0, 49.9, 51.8, 53.7, 55.6)]
    [InlineData(GrowthMeasure.Height, Gender.Female, 12, 66.3, 68.9, 71.4, 74.0, 76.6, 79.2, 81.7)]
    [InlineData(GrowthMeasure.Height, Gender.Male, 60, 96.1, 100.7, 105.3, 110.0, 114.6, 119.2, 123.9)]
    [InlineData(GrowthMeasure.Bmi, Gender.Male, 12, 13.4, 14.4, 15.5, 16.8, 18.2, 19.8, 21.6)]
    [InlineData(GrowthMeasure.Bmi, Gender.Female, 60, 11.6, 12.7, 13.9, 15.3, 16.9, 18.8, 21.1)]
    [InlineData(GrowthMeasure.HeadCircumference, Gender.Female, 0, 30.3, 31.5, 32.7, 33.9, 35.1, 36.2, 37.4)]
    [InlineData(GrowthMeasure.HeadCircumference, Gender.Male, 24, 44.2, 45.5, 46.9, 48.3, 49.6, 51.0, 52.3)]
    public void gives_the_printed_values_from_minus_three_to_three_deviations(
        GrowthMeasure measure, Gender sex, int months, double minus3, double minus2, double minus1, double median, double plus1, double plus2, double plus3)
    {
        var standard = GrowthStandard.Of(measure);
        foreach (var (z, printed) in new[] { (-3, minus3), (-2, minus2), (-1, minus1), (0, median), (1, plus1), (2, plus2), (3, plus3) })
        {
            var value = standard.Curve(sex, z).First(p => p.AgeMonths == months).Value;
            Assert.True(Math.Abs((double)value - printed) <= 0.06, $"{z} deviations at {months} months: {value}, printed {printed}");
        }
    }

    [Fact]
    public void goes_over_from_length_to_height_at_two_years()
    {
        var points = GrowthStandard.Of(GrowthMeasure.Height).Curve(Gender.Female, 0).Where(p => p.AgeMonths == 24).Select(p => p.Value);
        Assert.Equal([86.42m, 85.72m], points); // 0.7 cm: a child lying down is longer

        Assert.Equal(0, GrowthStandard.Of(GrowthMeasure.Height).ZScore(Gender.Female, 24, 85.7153m)!.Value, 3);
    }

    [Theory]
    [InlineData(GrowthMeasure.Weight, 6.93, -3)]
    [InlineData(GrowthMeasure.Weight, 6.12, -4)] // beyond three in steps of the distance from two to three: 7.74 - 6.93
    [InlineData(GrowthMeasure.Weight, 14.69, 4)] // 13.34 - 11.99
    [InlineData(GrowthMeasure.Height, 66.24, -4)] // a measure without skewness goes on as it is
    public void counts_beyond_three_deviations_in_whole_steps(GrowthMeasure measure, double value, double z)
        => Assert.Equal(z, GrowthStandard.Of(measure).ZScore(Gender.Male, 12, (decimal)value)!.Value, 1);

    [Fact]
    public void between_two_months_lies_between_them()
    {
        var standard = GrowthStandard.Of(GrowthMeasure.Weight);
        Assert.InRange(standard.ZScore(Gender.Male, 12.5m, 9.7614m)!.Value, -0.01, 0.01); // half way from 9.6479 to 9.8749
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(60.1)]
    public void does_not_go_beyond_its_ages(double months)
        => Assert.Null(GrowthStandard.Of(GrowthMeasure.Weight).ZScore(Gender.Male, (decimal)months, 10));

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1.880794, 0.03)]
    [InlineData(1.036433, 0.85)]
    [InlineData(-3, 0.0013499)]
    public void turns_a_z_score_into_a_percentile(double z, double below) => Assert.Equal(below, Normal.Below(z), 5);

    [Theory]
    [InlineData(GrowthMeasure.Weight, -2.1, "Underweight")]
    [InlineData(GrowthMeasure.Weight, -3.1, "Severely underweight")]
    [InlineData(GrowthMeasure.Height, -2.1, "Stunted")]
    [InlineData(GrowthMeasure.Height, -3.1, "Severely stunted")]
    [InlineData(GrowthMeasure.Bmi, -3.1, "Severely wasted")]
    [InlineData(GrowthMeasure.Bmi, 1.1, "Possible risk of overweight")]
    [InlineData(GrowthMeasure.Bmi, 2.1, "Overweight")]
    [InlineData(GrowthMeasure.Bmi, 3.1, "Obese")]
    [InlineData(GrowthMeasure.Bmi, -2, null)]
    [InlineData(GrowthMeasure.Weight, 5.1, "Can hardly be right: measure again, check the date of birth")]
    [InlineData(GrowthMeasure.Height, 6.1, "Can hardly be right: measure again, check the date of birth")]
    public void calls_it_what_who_calls_it(GrowthMeasure measure, double z, string? remark) => Assert.Equal(remark, GrowthRemarks.Of(measure, z));
}
