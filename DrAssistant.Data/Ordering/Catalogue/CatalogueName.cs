using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>One thing an entry is called: its name, its short name, or a synonym.</summary>
internal sealed class CatalogueName : SpokenName
{
    private CatalogueName(CatalogueEntry entry, string text, string shown, int kind)
        : base(Spelt(text))
        => (Entry, Text, Kind) = (entry, shown, kind);

    public CatalogueEntry Entry { get; }

    public string Text { get; }

    /// <summary>0 for the name itself; a synonym comes after it.</summary>
    public int Kind { get; }

    public static IEnumerable<CatalogueName> Of(CatalogueEntry entry)
    {
        yield return new CatalogueName(entry, entry.Name, entry.Name, 0);
        if (entry.ShortName is { } brief)
        {
            yield return new CatalogueName(entry, brief, entry.Name, 0);
        }

        foreach (var synonym in entry.Synonyms)
        {
            yield return new CatalogueName(entry, synonym, synonym, 1);
        }
    }

    /// <summary>X-ray is one word, whichever way it is written.</summary>
    public static string Spelt(string text)
        => text.Replace("x-ray", "xray", StringComparison.OrdinalIgnoreCase).Replace("x ray", "xray", StringComparison.OrdinalIgnoreCase);
}
