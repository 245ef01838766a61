using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Portal.Components.Encounters.Vitals;

/// <summary>A sign as one reads it out: both pressures of one measurement are one.</summary>
/// <param name="Usual">The usual values of the age; null where none are known.</param>
internal sealed record VitalTile(string Name, string Value, string Unit, ResultFlag Flag, string? Usual, string? Change, DateTimeOffset At);

internal static class VitalTiles
{
    public static IEnumerable<VitalTile> Of(IReadOnlyList<VitalValue> values)
    {
        var systolic = values.FirstOrDefault(v => v.Sign is VitalSign.SystolicPressure);
        var diastolic = values.FirstOrDefault(v => v.Sign is VitalSign.DiastolicPressure && v.At == systolic?.At);
        foreach (var value in values.Where(v => diastolic is null || v.Id != diastolic.Id))
        {
            yield return diastolic is not null && value.Id == systolic?.Id
                ? new VitalTile("BP", $"{VitalsWords.Value(value)}/{VitalsWords.Value(diastolic)}", value.Unit, VitalsWords.Worse(value.Flag, diastolic.Flag), Usual(value, diastolic), null, value.At)
                : new VitalTile(VitalsWords.Short(value.Sign, value.Name), VitalsWords.Value(value), value.Unit, value.Flag, VitalsWords.Range(value.Limits), VitalsWords.Change(value.Change), value.At);
        }
    }

    private static string? Usual(VitalValue systolic, VitalValue diastolic)
        => (systolic.Limits, diastolic.Limits) is ({ UsualLow: { } low, UsualHigh: { } high }, { UsualLow: { } under, UsualHigh: { } over })
            ? $"{ClinicFormat.Number(low)}/{ClinicFormat.Number(under)} to {ClinicFormat.Number(high)}/{ClinicFormat.Number(over)}"
            : null;
}
