namespace DrAssistant.Data.Notes.Soap;

/// <summary>Vital signs as noted in a visit, in the units of the practice.</summary>
public sealed record VitalSigns
{
    /// <summary>Degrees Celsius.</summary>
    public decimal? Temperature { get; init; }

    /// <summary>Beats a minute.</summary>
    public decimal? HeartRate { get; init; }

    /// <summary>Breaths a minute.</summary>
    public decimal? RespiratoryRate { get; init; }

    public BloodPressure? BloodPressure { get; init; }

    /// <summary>Per cent.</summary>
    public decimal? OxygenSaturation { get; init; }

    /// <summary>Kilograms.</summary>
    public decimal? Weight { get; init; }

    /// <summary>Centimetres.</summary>
    public decimal? Height { get; init; }

    /// <summary>Kilograms a square metre, computed from weight and height.</summary>
    public decimal? Bmi { get; init; }
}

/// <summary>Millimetres of mercury.</summary>
public sealed record BloodPressure(decimal Systolic, decimal Diastolic);
