using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>Body mass index: weight over height squared.</summary>
internal static class BodyMass
{
    private const int Grown = 18;
    private static readonly TimeSpan ChildsHeightHolds = TimeSpan.FromDays(30);

    /// <summary>In kg/m², to one place.</summary>
    public static decimal? Index(decimal kilograms, decimal centimetres)
        => kilograms <= 0 || centimetres <= 0 ? null : Math.Round(kilograms / (centimetres / 100 * (centimetres / 100)), 1, MidpointRounding.AwayFromZero);

    /// <summary>Whether a height that was measured earlier still says how tall somebody is: a grown person stays, a child grows.</summary>
    public static bool HeightHolds(DateOnly born, DateOnly measured, DateOnly now)
        => Age.On(measured, born).Years >= Grown || (now.DayNumber - measured.DayNumber <= ChildsHeightHolds.Days && now >= measured);
}
