using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>Something that can be taken from the search.</summary>
/// <param name="Name">Generic, in capitals as it is printed.</param>
/// <param name="Detail">Strength, form, brand.</param>
/// <param name="Aside">How it would be taken, or what comes of choosing it.</param>
/// <param name="Line">What it becomes in the draft.</param>
public sealed record MedicineOption(string Key, string Icon, string Name, string Detail, string? Aside, MedicineLineDraft Line) : IAddOption
{
    /// <summary>Set where it is a favourite: taken by its id, so that its use is counted.</summary>
    public Guid? FavouriteId { get; private init; }

    public bool IsAtHand { get; internal init; }

    internal string Says => $"{Name} {Detail} {Aside}";

    internal static MedicineOption Of(FavouriteMedicine favourite) => Of(favourite.Line, $"own-{favourite.Id:N}", "star") with { FavouriteId = favourite.Id };

    internal static MedicineOption Of(FrequentMedicine often) => Of(often.Line, $"often-{often.Line.Id:N}", "history");

    internal static MedicineOption Of(MedicineHit hit, TypedMedicine typed)
    {
        var medicine = hit.Medicine;
        var brand = hit.FoundBy is MedicineNameKind.Brand ? hit.Name : null;
        var strength = typed.StrengthOf(medicine);
        var form = TypedMedicine.FormOf(medicine, strength);
        var detail = $"{strength ?? string.Join(", ", medicine.Strengths.Take(3))} {form ?? string.Join(", ", medicine.Forms.Take(3))}{(brand is null ? "" : $" ({brand})")}";
        return new MedicineOption($"found-{medicine.Id}", "pill", medicine.GenericName.ToUpperInvariant(), detail, typed.Directions ?? medicine.UsualDose, new MedicineLineDraft
        {
            MedicineId = medicine.Id,
            Name = medicine.GenericName,
            Brand = brand,
            Form = form,
            Strength = strength,
            Dose = typed.DirectionsFor(form),
        });
    }

    internal static MedicineOption FreeText(string text, TypedMedicine typed)
        => new("free", "edit", $"“{text}”", "as free text", "will not be checked", new MedicineLineDraft
        {
            Name = typed.Strength is null ? typed.Name : $"{typed.Name} {typed.Strength}",
            Dose = typed.Directions,
        });

    /// <summary>By the beginning of each word of its generic name or brand. Where a dose is typed, it is not the favourite that is meant.</summary>
    internal static bool Fits(MedicineLineView line, TypedMedicine typed)
    {
        if (typed.Directions is not null)
        {
            return false;
        }

        var names = $"{line.Name} {line.Brand}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return typed.Name.Split(' ').All(word => names.Any(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            && (typed.Strength is not { } strength || line.Strength?.StartsWith(strength, StringComparison.OrdinalIgnoreCase) is true);
    }

    /// <summary>
    /// Whether one medicine was named whole, and <paramref name="line"/> has another beside it: who writes pantoprazole means no pantoprazole + domperidone, however often they sign it.
    /// </summary>
    internal static bool HasMore(MedicineLineView line, TypedMedicine typed)
    {
        var parts = line.Name.Split('+', StringSplitOptions.TrimEntries);
        return parts.Length > 1 && parts.Contains(typed.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static MedicineOption Of(MedicineLineView line, string key, string icon)
        => new(key, icon, line.Name.ToUpperInvariant(), $"{Directions.Product(line)}{(line.Brand is null ? "" : $" ({line.Brand})")}", line.Words ?? Directions.Of(line), Directions.Draft(line, anew: true))
        {
            IsAtHand = true,
        };
}
