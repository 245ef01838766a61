using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters.Growth;

/// <summary>The door to growth charts: a child's measurements against the WHO Child Growth Standards, from birth to 60 months.</summary>
public interface IGrowth
{
    /// <summary>
    /// All charts of a patient. Where the standards do not reach (another sex than male or female, only measurements above 60 months), the
    /// charts are empty and <see cref="GrowthCharts.WhyNot"/> says so.
    /// </summary>
    Task<Result<GrowthCharts>> ChartsAsync(Guid patientId, CancellationToken cancellation);
}

/// <summary>A child's growth.</summary>
/// <param name="WhyNot">A sentence, where there is nothing to compare with; null where there is.</param>
/// <param name="Standard">What was compared with, for the foot of the chart.</param>
public sealed record GrowthCharts(Guid PatientId, Age Age, Gender Gender, string? WhyNot, string Standard, IReadOnlyList<GrowthChart> Charts)
{
    /// <summary>What makes the comparison doubtful, such as an estimated date of birth; null where nothing does.</summary>
    public string? Caution { get; init; }

    public override string ToString() => $"{nameof(GrowthCharts)} {PatientId}";
}

/// <summary>One measure against age.</summary>
/// <param name="Name">"Weight for age".</param>
/// <param name="Points">Oldest first. Those above 60 months are not among them.</param>
/// <param name="LeftOut">How many measurements the standard does not reach.</param>
public sealed record GrowthChart(
    GrowthMeasure Measure, string Name, string Unit, IReadOnlyList<GrowthPoint> Points, IReadOnlyList<GrowthCurve> Curves, int LeftOut);

/// <summary>A measurement of the child.</summary>
/// <param name="AgeMonths">In months of 30.4375 days, as WHO counts.</param>
/// <param name="ZScore">Standard deviations from the median, rounded to two places.</param>
/// <param name="Percentile">0 to 100, rounded to one place.</param>
/// <param name="Remark">What WHO calls such a z-score (stunted, overweight), or that it can hardly be right (WHO's limits for implausible values); null otherwise.</param>
public sealed record GrowthPoint(Guid ValueId, DateTimeOffset At, decimal AgeMonths, decimal Value, decimal ZScore, decimal Percentile, string? Remark);

/// <summary>The line of a percentile: 3, 15, 50, 85 or 97.</summary>
public sealed record GrowthCurve(int Percentile, IReadOnlyList<GrowthCurvePoint> Points);

public sealed record GrowthCurvePoint(decimal AgeMonths, decimal Value);

public enum GrowthMeasure
{
    Weight,
    Height,
    Bmi,
    HeadCircumference,
}
