using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DrAssistant.Data.Import.Demo.Papers;

/// <summary>
/// A letter of a few pages as a PDF: A4, the two Helveticas that every reader has (PDF 32000-1, 9.6.2.2), lines from the top down. Letters are those of
/// Windows-1252, the rest becomes question marks: whoever writes here keeps to Latin. Lengths are points.
/// </summary>
internal sealed class DemoPaper
{
    private const double Width = 595;
    private const double Height = 842;
    private const double Margin = 56;
    private const double Lowest = 70;

    private readonly List<StringBuilder> _pages = [];
    private readonly string _foot;
    private double _y;

    /// <summary>A paper with a letterhead.</summary>
    /// <param name="head">Who writes.</param>
    /// <param name="address">One line.</param>
    /// <param name="foot">One line at the end of each page.</param>
    public DemoPaper(string head, string address, string foot)
    {
        _foot = foot;
        Begin();
        Put(Margin, 16, bold: true, head);
        _y -= 15;
        Put(Margin, 9, bold: false, address);
        Rule();
    }

    /// <summary>A heading with room above it.</summary>
    public DemoPaper Heading(string text)
    {
        Go(26);
        Put(Margin, 11.5, bold: true, text);
        return this;
    }

    /// <summary>A paragraph, broken between its words.</summary>
    public DemoPaper Text(string text)
    {
        const int LettersALine = 92;
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length >= LettersALine)
            {
                Line(line.ToString());
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        Line(line.ToString());
        _y -= 4;
        return this;
    }

    /// <summary>A row of a table: each cell begins at its place.</summary>
    public DemoPaper Row(bool bold, params (double At, string Text)[] cells)
    {
        Go(16);
        foreach (var (at, text) in cells)
        {
            Put(Margin + at, 10, bold, text);
        }

        return this;
    }

    /// <summary>A line from margin to margin.</summary>
    public DemoPaper Rule()
    {
        _y -= 8;
        _pages[^1].Append(CultureInfo.InvariantCulture, $"0.6 w 0.35 G {Margin} {_y:0.#} m {Width - Margin} {_y:0.#} l S\n");
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToPdf()
    {
        var kids = string.Join(' ', _pages.Select((_, n) => string.Create(CultureInfo.InvariantCulture, $"{5 + (2 * n)} 0 R")));
        List<byte[]> objects =
        [
            Ascii("<< /Type /Catalog /Pages 2 0 R >>"),
            Ascii(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Count {_pages.Count} /Kids [{kids}] >>")),
            Ascii("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
            Ascii("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"),
        ];
        foreach (var page in _pages)
        {
            objects.Add(Ascii(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {objects.Count + 2} 0 R >>")));
            objects.Add(Packed(page.ToString()));
        }

        return File(objects);
    }

    private static byte[] File(List<byte[]> objects)
    {
        using var pdf = new MemoryStream();
        var places = new List<long>();
        pdf.Write("%PDF-1.4\n"u8);
        foreach (var (number, content) in objects.Index())
        {
            places.Add(pdf.Position);
            pdf.Write(Ascii(string.Create(CultureInfo.InvariantCulture, $"{number + 1} 0 obj\n")));
            pdf.Write(content);
            pdf.Write("\nendobj\n"u8);
        }

        var table = pdf.Position;
        pdf.Write(Ascii(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n")));
        places.ForEach(place => pdf.Write(Ascii(string.Create(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n"))));
        pdf.Write(Ascii(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n")));
        return pdf.ToArray();
    }

    private static byte[] Packed(string content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encoding.Latin1.GetBytes(content));
        }

        return [.. Ascii(string.Create(CultureInfo.InvariantCulture, $"<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n")), .. packed.ToArray(), .. "\nendstream"u8];
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private void Line(string text)
    {
        Go(14);
        Put(Margin, 10, bold: false, text);
    }

    private void Begin()
    {
        _pages.Add(new StringBuilder());
        _y = 36;
        Put(Margin, 8, bold: false, _foot);
        _y = Height - Margin;
    }

    /// <summary>Down the page, or to the next one.</summary>
    private void Go(double down)
    {
        _y -= down;
        if (_y < Lowest)
        {
            Begin();
        }
    }

    private void Put(double x, double size, bool bold, string text)
    {
        var written = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal);
        _pages[^1].Append(CultureInfo.InvariantCulture, $"BT /F{(bold ? 2 : 1)} {size} Tf {x:0.#} {_y:0.#} Td ({written}) Tj ET\n");
    }
}
