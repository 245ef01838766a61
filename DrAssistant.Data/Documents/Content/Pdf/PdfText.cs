namespace DrAssistant.Data.Documents.Content.Pdf;

/// <summary>The words of a PDF, page by page, for finding it; and how many pages it has. A page that was only scanned has none.</summary>
/// <param name="Pages">0 where they cannot be told.</param>
internal sealed record PdfText(string Words, int Pages)
{
    private const int MostWords = 400_000;
    private const int MostPages = 5_000;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    public override string ToString() => nameof(PdfText);

    public static PdfText Of(byte[] file)
    {
        var deadline = new Deadline(Most);
        var pdf = new PdfFile(file, deadline);
        var pages = PagesOf(pdf);
        var words = new PdfWords(pdf, MostWords, deadline);
        foreach (var page in pages.TakeWhile(_ => !words.IsFull && !deadline.IsOver))
        {
            words.Add(page);
        }

        return new PdfText(words.ToString(), pages.Count);
    }

    /// <summary>In the order of the tree that the catalogue leads to; where there is none, in the order of their numbers.</summary>
    private static List<PdfPage> PagesOf(PdfFile pdf)
    {
        var catalogue = pdf.Objects.Select(o => pdf.DictionaryOf(o.Value)).LastOrDefault(d => pdf.NameOf(d, "Type") == "Catalog");
        var pages = new List<PdfPage>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Collect(pdf, pdf.DictionaryOf(pdf.Get(catalogue, "Pages")), null, pages, seen, 0);
        return pages.Count > 0 ? pages
            : [.. pdf.Objects.OrderBy(o => o.Key).Select(o => pdf.DictionaryOf(o.Value)).Where(d => pdf.NameOf(d, "Type") == "Page").Take(MostPages).Select(d => new PdfPage(d!, pdf.DictionaryOf(pdf.Get(d, "Resources"))))];
    }

    private static void Collect(PdfFile pdf, Dictionary<string, object?>? node, Dictionary<string, object?>? inherited, List<PdfPage> pages, HashSet<object> seen, int depth)
    {
        // A tree that bites its tail is one of the oldest tricks.
        if (node is null || depth > 60 || pages.Count >= MostPages || !seen.Add(node))
        {
            return;
        }

        var resources = pdf.DictionaryOf(pdf.Get(node, "Resources")) ?? inherited;
        if (pdf.Get(node, "Kids") is not List<object?> kids)
        {
            pages.Add(new PdfPage(node, resources));
            return;
        }

        foreach (var kid in kids)
        {
            Collect(pdf, pdf.DictionaryOf(kid), resources, pages, seen, depth + 1);
        }
    }
}

internal sealed record PdfPage(Dictionary<string, object?> Entries, Dictionary<string, object?>? Resources);
