using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>One thing a medicine is called: its generic name, the name in brackets behind it, or a brand.</summary>
internal sealed class MedicineName : SpokenName
{
    private MedicineName(Medicine medicine, string text, string shown, MedicineNameKind kind)
        : base(text)
        => (Medicine, Text, Kind) = (medicine, shown, kind);

    public Medicine Medicine { get; }

    public string Text { get; }

    public MedicineNameKind Kind { get; }

    public static IEnumerable<MedicineName> Of(Medicine medicine)
    {
        var name = medicine.GenericName;
        yield return new MedicineName(medicine, name, name, MedicineNameKind.Generic);
        if (name.IndexOf('(', StringComparison.Ordinal) is > 0 and var open && name.EndsWith(')'))
        {
            // The name before the brackets and the one within, each alone: "Salbutamol (albuterol)".
            yield return new MedicineName(medicine, name[..open], name, MedicineNameKind.Generic);
            yield return new MedicineName(medicine, name[(open + 1)..^1], name, MedicineNameKind.Generic);
        }

        foreach (var brand in medicine.Brands)
        {
            yield return new MedicineName(medicine, brand, brand, MedicineNameKind.Brand);
        }
    }
}
