namespace DrAssistant.Data.Import.Demo;

/// <summary>Whose patients they are mostly; the order is that of the rooms and of the letters of the tokens.</summary>
internal enum DemoPanel
{
    GeneralMedicine,
    Paediatrics,
    Dermatology,
    Cardiology,
}

internal static class DemoPanels
{
    public const int GrownUp = 16;

    public static IReadOnlyList<DemoPanel> All { get; } = Enum.GetValues<DemoPanel>();

    public static char Letter(this DemoPanel panel) => (char)('A' + (int)panel);
}
