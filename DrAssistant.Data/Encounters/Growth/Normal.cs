namespace DrAssistant.Data.Encounters.Growth;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>
    /// The share of a population below a z-score, 0 to 1; off by less than 0.000001 (Abramowitz and Stegun, Handbook of Mathematical
    /// Functions, 26.2.17).
    /// </summary>
    public static double Below(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }
}
