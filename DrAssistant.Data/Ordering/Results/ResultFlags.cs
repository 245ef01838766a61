namespace DrAssistant.Data.Ordering.Results;

/// <summary>Where a value lies, said only where it is certain.</summary>
internal static class ResultFlags
{
    /// <summary>Against limits in the value's own unit. Critical limits belong to the range (the README of the reference data says how they are meant: inclusive).</summary>
    public static ResultFlag Of(decimal value, string? comparator, ValueLimits limits)
    {
        if (limits.IsEmpty)
        {
            return ResultFlag.Unknown;
        }

        return comparator switch
        {
            null => Exact(value, limits),
            "<" or "<=" => Below(value, comparator == "<", limits),
            _ => Above(value, comparator == ">", limits),
        };
    }

    /// <summary>
    /// What the laboratory itself said (HL7 table 0078, which FHIR's interpretation codes are too). Null where it said nothing that can be used.
    /// </summary>
    public static ResultFlag? OfLaboratory(string? said) => said?.Trim().ToUpperInvariant() switch
    {
        "N" or "NEG" or "ND" or "NR" => ResultFlag.Normal,
        "L" or "<" => ResultFlag.Low,
        "H" or ">" => ResultFlag.High,
        "LL" or "LU" => ResultFlag.CriticalLow,
        "HH" or "HU" or "AA" => ResultFlag.CriticalHigh,
        "A" or "POS" or "DET" or "RR" or "WR" => ResultFlag.Abnormal,
        _ => null,
    };

    /// <summary>Neither hides the other: the worse one is taken, and ours where they are as bad.</summary>
    public static ResultFlag Worse(ResultFlag ours, ResultFlag? laboratory)
        => laboratory is { } theirs && (Rank(theirs) > Rank(ours) || (ours is ResultFlag.Unknown && theirs is not ResultFlag.Unknown)) ? theirs : ours;

    public static int Rank(ResultFlag flag) => flag switch
    {
        ResultFlag.CriticalLow or ResultFlag.CriticalHigh => 2,
        ResultFlag.Low or ResultFlag.High or ResultFlag.Abnormal => 1,
        _ => 0,
    };

    private static ResultFlag Exact(decimal value, ValueLimits limits) => value switch
    {
        _ when value <= limits.CriticalLow => ResultFlag.CriticalLow,
        _ when value >= limits.CriticalHigh => ResultFlag.CriticalHigh,
        _ when value < limits.Low => ResultFlag.Low,
        _ when value > limits.High => ResultFlag.High,
        _ when limits.Low is null && limits.High is null => ResultFlag.Unknown, // not critical, and no more is known
        _ => ResultFlag.Normal,
    };

    private static ResultFlag Below(decimal bound, bool strictly, ValueLimits limits)
    {
        if (bound <= limits.CriticalLow)
        {
            return ResultFlag.CriticalLow;
        }

        if (bound < limits.Low || (strictly && bound == limits.Low))
        {
            return ResultFlag.Low;
        }

        return limits.Low is null or <= 0 && bound <= limits.High ? ResultFlag.Normal : ResultFlag.Unknown;
    }

    private static ResultFlag Above(decimal bound, bool strictly, ValueLimits limits)
    {
        if (bound >= limits.CriticalHigh)
        {
            return ResultFlag.CriticalHigh;
        }

        if (bound > limits.High || (strictly && bound == limits.High))
        {
            return ResultFlag.High;
        }

        return limits.High is null && limits.CriticalHigh is null && bound >= limits.Low ? ResultFlag.Normal : ResultFlag.Unknown;
    }
}

/// <summary>Limits in the unit of the value they judge.</summary>
internal sealed record ValueLimits(decimal? Low, decimal? High, decimal? CriticalLow, decimal? CriticalHigh)
{
    public static ValueLimits None { get; } = new(null, null, null, null);

    public bool IsEmpty => this is { Low: null, High: null, CriticalLow: null, CriticalHigh: null };
}
