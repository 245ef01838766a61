using System.Text;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>One thing a medicine is called: its generic name, the name in brackets behind it, or a brand.</summary>
internal sealed class MedicineName
{
    private static readonly char[] Between = [' ', '-', '+', ',', '(', ')', '/', '.', '\''];

    private MedicineName(Medicine medicine, string text, string shown, MedicineNameKind kind)
    {
        (Medicine, Text, Kind) = (medicine, shown, kind);
        Words = WordsOf(text);
        Whole = string.Concat(Words);
        Folded = Fold(Whole);
        FoldedWords = [.. Words.Select(Fold)];
    }

    public Medicine Medicine { get; }

    public string Text { get; }

    public MedicineNameKind Kind { get; }

    public string[] Words { get; }

    /// <summary>All letters and digits, small, without what stands between them.</summary>
    public string Whole { get; }

    /// <summary>The same as one hears it: <c>amoxycillin</c> and <c>amoxicillin</c> are one.</summary>
    public string Folded { get; }

    public string[] FoldedWords { get; }

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

    public static string Key(string? text) => string.Concat(WordsOf(text ?? ""));

    public static string[] WordsOf(string text)
        => [.. text.ToLowerInvariant().Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Spellings that sound alike become one: British and American, Indian and international.</summary>
    public static string Fold(string word)
    {
        var text = word
            .Replace("ph", "f", StringComparison.Ordinal).Replace("ae", "e", StringComparison.Ordinal).Replace("oe", "e", StringComparison.Ordinal)
            .Replace("th", "t", StringComparison.Ordinal).Replace("ch", "k", StringComparison.Ordinal).Replace("ck", "k", StringComparison.Ordinal)
            .Replace("qu", "k", StringComparison.Ordinal).Replace("x", "ks", StringComparison.Ordinal);
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var heard = letter switch { 'y' => 'i', 'z' => 's', 'c' => 'k', 'w' => 'v', 'h' => '\0', _ => letter };
            if (heard != '\0' && (folded.Length == 0 || folded[^1] != heard || char.IsAsciiDigit(heard)))
            {
                folded.Append(heard);
            }
        }

        return folded.ToString();
    }
}
