using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Data.Encounters.Pregnancy;

/// <summary>How an answer is written, how long it counts, and of whom it is asked.</summary>
internal static class PregnancyFacts
{
    /// <summary>LOINC: pregnancy status.</summary>
    public const string Code = "82810-3";

    public const string Name = "Pregnancy status";

    public const int Youngest = 11;
    public const int Oldest = 55;

    /// <summary>A woman who was not pregnant last month may be this month; nine months and some days after a yes the child is born.</summary>
    private const int NoCountsForDays = 30;
    private const int YesCountsForDays = 300;

    /// <summary>An active diagnosis of ICD-10 Z33 to Z35, or of pregnancy in chapter XV, not older than a pregnancy. Parameter $1 is the patient.</summary>
    public const string DiagnosedSince = """
        SELECT max(x.recorded_at) FROM conditions x
        WHERE x.patient_id = $1 AND x.status = 'active' AND (x.code LIKE 'Z33%' OR x.code LIKE 'Z34%' OR x.code LIKE 'Z35%'
            OR x.code LIKE 'O%' AND x.code NOT LIKE 'O8%' AND x.code NOT LIKE 'O9%') AND x.recorded_at > now() - interval '300 days'
        """;

    public static string Words(PregnancyState state) => state switch
    {
        PregnancyState.Pregnant => "Pregnant",
        PregnancyState.NotPregnant => "Not pregnant",
        _ => "Unknown",
    };

    /// <summary>The later of an answer and a diagnosis, as long as it counts.</summary>
    public static PregnancyState StateOf((string? Text, DateOnly On)? answer, DateOnly? diagnosed, DateOnly today)
    {
        if (diagnosed is { } day && (answer is null || day >= answer.Value.On))
        {
            return PregnancyState.Pregnant;
        }

        var said = answer?.Text?.Trim().ToLowerInvariant() ?? "";
        var old = answer is { } given ? today.DayNumber - given.On.DayNumber : 0;
        return said switch
        {
            "" or "unknown" => PregnancyState.NotKnown,
            _ when said.StartsWith("not", StringComparison.Ordinal) || said is "no" or "negative" => old <= NoCountsForDays ? PregnancyState.NotPregnant : PregnancyState.NotKnown,
            _ when said.StartsWith("pregnant", StringComparison.Ordinal) || said is "yes" or "positive" => old <= YesCountsForDays ? PregnancyState.Pregnant : PregnancyState.NotKnown,
            _ => PregnancyState.NotKnown,
        };
    }

    public static bool IsAsked(Gender sex, int years) => sex is not Gender.Male && years is >= Youngest and <= Oldest;
}
