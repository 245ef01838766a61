using System.Globalization;
using System.Text.RegularExpressions;
using DrAssistant.Data.Encounters.Vitals;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>A vital sign that somebody said.</summary>
/// <param name="Value">In the sign's own unit, whatever it was said in.</param>
/// <param name="Unit">UCUM.</param>
public sealed record SpokenMeasure(VitalSign Sign, decimal Value, string Unit)
{
    public override string ToString() => Sign.ToString();
}

/// <summary>
/// Reads vital signs out of a sentence. Only a number that stands with its sign's name counts, and only where its unit is told or cannot be
/// mistaken: a weight without a unit is none, since kilograms and pounds overlap.
/// </summary>
internal static partial class SpokenMeasures
{
    /// <summary>A temperature above this can only be in degrees Fahrenheit, one below only in degrees Celsius; between them nobody lives.</summary>
    private const decimal WarmestCelsius = 45;

    public static IReadOnlyList<SpokenMeasure> Of(string sentence)
    {
        var found = new List<SpokenMeasure>();
        if (Pressure().Match(sentence) is { Success: true } pressure)
        {
            found.Add(new SpokenMeasure(VitalSign.SystolicPressure, Number(pressure, "high"), "mm[Hg]"));
            found.Add(new SpokenMeasure(VitalSign.DiastolicPressure, Number(pressure, "low"), "mm[Hg]"));
        }

        Add(found, VitalSign.HeartRate, HeartRate().Match(sentence), _ => "/min");
        Add(found, VitalSign.RespiratoryRate, Breathing().Match(sentence), _ => "/min");
        Add(found, VitalSign.OxygenSaturation, Oxygen().Match(sentence), _ => "%");
        Add(found, VitalSign.Temperature, Temperature().Match(sentence), match => Number(match, "value") > WarmestCelsius ? "[degF]" : "Cel");
        Add(found, VitalSign.Weight, Weight().Match(sentence), match => match.Groups["unit"].Value.StartsWith('k') ? "kg" : "[lb_av]");
        Add(found, VitalSign.Height, Height().Match(sentence), match => match.Groups["unit"].Value.StartsWith('i') ? "[in_i]" : "cm");
        return [.. found.Select(Own).OfType<SpokenMeasure>()];
    }

    /// <summary>In the unit in which the practice keeps it, so that it can be held against what was measured.</summary>
    private static SpokenMeasure? Own(SpokenMeasure said)
    {
        var sign = SignCatalogue.Of(said.Sign);
        return sign.Own(said.Value, said.Unit) is { } own ? new SpokenMeasure(said.Sign, own, sign.Unit) : null;
    }

    private static void Add(List<SpokenMeasure> found, VitalSign sign, Match match, Func<Match, string> unit)
    {
        if (match.Success)
        {
            found.Add(new SpokenMeasure(sign, Number(match, "value"), unit(match)));
        }
    }

    private static decimal Number(Match match, string group) => decimal.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private const RegexOptions How = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int Patience = 1000;

    [GeneratedRegex(@"\b(blood pressure|bp)\b[^\d.;]{0,40}?\b(?<high>\d{2,3})\s*(/|over)\s*(?<low>\d{2,3})\b", How, Patience)]
    private static partial Regex Pressure();

    [GeneratedRegex(@"\b(heart rate|pulse rate|pulse)\b(?! ox)[^\d.;]{0,30}?\b(?<value>\d{2,3})\b(?!\s*(%|/|percent|over))", How, Patience)]
    private static partial Regex HeartRate();

    [GeneratedRegex(@"\b(respiratory rate|respirations?|breathing rate)\b[^\d.;]{0,30}?\b(?<value>\d{1,2})\b(?!\s*(%|/|percent))", How, Patience)]
    private static partial Regex Breathing();

    [GeneratedRegex(@"\b(oxygen saturation|oxygen level|oxygen|saturation|pulse ox|spo2|o2|satting)\b[^\d.;]{0,30}?\b(?<value>\d{2,3})\b\s*(%|percent)?", How, Patience)]
    private static partial Regex Oxygen();

    [GeneratedRegex(@"\b(temperature|temp)\b[^\d.;]{0,30}?\b(?<value>\d{2,3}(\.\d)?)\b(?!\s*(%|/|percent))", How, Patience)]
    private static partial Regex Temperature();

    [GeneratedRegex(@"\b(weight|weighs|weighed|weighing)\b[^\d.;]{0,30}?\b(?<value>\d{1,3}(\.\d{1,3})?)\s*(?<unit>kilos?|kilograms?|kg|pounds?|lbs?)\b", How, Patience)]
    private static partial Regex Weight();

    [GeneratedRegex(@"\b(height|tall)\b[^\d.;]{0,30}?\b(?<value>\d{2,3}(\.\d)?)\s*(?<unit>centimet(er|re)s?|cm|inches|inch)\b", How, Patience)]
    private static partial Regex Height();
}
