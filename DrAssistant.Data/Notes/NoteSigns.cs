using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>The signs of the bedside in the fields of a note.</summary>
internal static class NoteSigns
{
    /// <summary>Without the zeros that a column puts behind it: 38.200 and 38.2 are one value, and have to be one in the hash.</summary>
    public static decimal Plain(decimal value) => value / 1.000000000000000000000000000000m;

    public static decimal? Of(VitalSigns vitals, VitalSign sign) => sign switch
    {
        VitalSign.SystolicPressure => vitals.BloodPressure?.Systolic,
        VitalSign.DiastolicPressure => vitals.BloodPressure?.Diastolic,
        VitalSign.HeartRate => vitals.HeartRate,
        VitalSign.Temperature => vitals.Temperature,
        VitalSign.RespiratoryRate => vitals.RespiratoryRate,
        VitalSign.OxygenSaturation => vitals.OxygenSaturation,
        VitalSign.Weight => vitals.Weight,
        VitalSign.Height => vitals.Height,
        VitalSign.Bmi => vitals.Bmi,
        VitalSign.HeadCircumference => vitals.HeadCircumference,
        VitalSign.Pain => vitals.Pain,
        VitalSign.Glucose => vitals.Glucose,
        _ => null,
    };

    /// <summary>With another value of one sign; null takes it out. A pressure without its upper value is none.</summary>
    public static VitalSigns With(VitalSigns vitals, VitalSign sign, decimal? value) => sign switch
    {
        VitalSign.SystolicPressure => vitals with { BloodPressure = value is { } systolic ? new BloodPressure(systolic, vitals.BloodPressure?.Diastolic) : null },
        VitalSign.DiastolicPressure => vitals with { BloodPressure = vitals.BloodPressure is { } pressure ? pressure with { Diastolic = value } : null },
        VitalSign.HeartRate => vitals with { HeartRate = value },
        VitalSign.Temperature => vitals with { Temperature = value },
        VitalSign.RespiratoryRate => vitals with { RespiratoryRate = value },
        VitalSign.OxygenSaturation => vitals with { OxygenSaturation = value },
        VitalSign.Weight => vitals with { Weight = value },
        VitalSign.Height => vitals with { Height = value },
        VitalSign.Bmi => vitals with { Bmi = value },
        VitalSign.HeadCircumference => vitals with { HeadCircumference = value },
        VitalSign.Pain => vitals with { Pain = value },
        VitalSign.Glucose => vitals with { Glucose = value },
        _ => vitals,
    };

    /// <summary>What was measured counts before what stood there.</summary>
    public static VitalSigns Over(VitalSigns there, VitalSigns measured) => new()
    {
        Temperature = measured.Temperature ?? there.Temperature,
        HeartRate = measured.HeartRate ?? there.HeartRate,
        RespiratoryRate = measured.RespiratoryRate ?? there.RespiratoryRate,
        BloodPressure = measured.BloodPressure ?? there.BloodPressure,
        OxygenSaturation = measured.OxygenSaturation ?? there.OxygenSaturation,
        Weight = measured.Weight ?? there.Weight,
        Height = measured.Height ?? there.Height,
        Bmi = measured.Bmi ?? there.Bmi,
        HeadCircumference = measured.HeadCircumference ?? there.HeadCircumference,
        Pain = measured.Pain ?? there.Pain,
        Glucose = measured.Glucose ?? there.Glucose,
    };
}
