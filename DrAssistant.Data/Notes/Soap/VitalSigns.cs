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

    /// <summary>Centimetres.</summary>
    public decimal? HeadCircumference { get; init; }

    /// <summary>0 to 10, as the patient says.</summary>
    public decimal? Pain { get; init; }

    /// <summary>Capillary, milligrams a decilitre.</summary>
    public decimal? Glucose { get; init; }
}

/// <summary>Millimetres of mercury. The lower one is null where it could not be heard.</summary>
public sealed record BloodPressure(decimal Systolic, decimal? Diastolic);
