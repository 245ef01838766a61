namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>Morning, afternoon, night: patterns and the codes that say the same.</summary>
internal static class SigPatterns
{
    private const string Unreadable = "";

    /// <summary>The parts are so many of the dose; none above zero is no frequency.</summary>
    public static SigFrequency Frequency(IReadOnlyList<decimal> parts)
    {
        // Five times a day are told apart by nothing that a patient could follow, unless they are all alike.
        var code = CodeOf(parts);
        return new SigFrequency(code, code == Unreadable ? 0 : parts.Count(p => p > 0)) { Amounts = parts };
    }

    /// <summary>Where only times of the day were said: <c>1 tab morning and night</c>. Null where none was.</summary>
    public static SigFrequency? OfTimesOfDay(IReadOnlyList<string> codes)
    {
        var said = codes.Distinct().ToList();
        return said.Count switch
        {
            0 => null,
            1 when said[0] is "MORNING" => new SigFrequency("OM", 1),
            1 when said[0] is "NIGHT" => new SigFrequency("ON", 1),
            1 => new SigFrequency("OD", 1),
            _ when said.Contains("EVENING") => Frequency([Of("MORNING"), Of("AFTERNOON"), Of("EVENING"), Of("NIGHT")]),
            _ => Frequency([Of("MORNING"), Of("AFTERNOON"), Of("NIGHT")]),
        };

        decimal Of(string code) => said.Contains(code) ? 1 : 0;
    }

    /// <summary>The pattern that a code stands for, as Indian prescriptions draw it; null where it has none.</summary>
    public static string? Of(SigFrequency frequency) => frequency.Code switch
    {
        _ when frequency.AsNeeded || frequency.Once || frequency.EveryDays > 1 => null,
        "OD" or "OM" => "1-0-0",
        "BD" => "1-0-1",
        "TDS" => "1-1-1",
        "QID" => "1-1-1-1",
        "HS" or "ON" => "0-0-1",
        _ => null,
    };

    private static string CodeOf(IReadOnlyList<decimal> parts) => string.Join('-', parts) switch
    {
        "1-0-1" => "BD",
        "1-1-1" => "TDS",
        "1-1-1-1" => "QID",
        "1-1-1-1-1" => "FIVE_DAILY",
        "1-0-0" => "OM",
        "0-0-1" => "HS",
        _ => parts.Count == 3 ? "PATTERN_3" : parts.Count == 4 ? "PATTERN_4" : Unreadable,
    };
}
