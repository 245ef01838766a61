using System.Diagnostics;
using System.Text;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Documents.Content;
using DrAssistant.Data.Documents.Content.Pdf;
using SkiaSharp;

namespace DrAssistant.Portal.Tests.Documents;

/// <summary>Enough of them to find a document, and never so many that a portal falls.</summary>
public sealed class TheWordsOfAPdf
{
    [Fact]
    public void stand_page_after_page()
    {
        var read = PdfText.Of(Files.Pdf("Echocardiogram of the left ventricle", "Ejection fraction 55 %"));

        Assert.Equal(2, read.Pages);
        Assert.Equal("Echocardiogram of the left ventricle\nEjection fraction 55 %", read.Words);
    }

    [Fact]
    public void are_parted_where_a_gap_is_and_nowhere_else()
    {
        var read = PdfText.Of(Files.PdfOf(Files.Packed("""
            BT /F1 10 Tf 50 700 Td [(Haemo) 20 (globin) -600 (low)] TJ 0 -14 Td (\(A\\B\)) Tj T* ET
            q 1 0 0 1 0 -100 cm BT /F1 10 Tf 50 700 Td (next) Tj ET Q
            """)));

        Assert.Equal("Haemoglobin low\n(A\\B)\nnext", read.Words);
    }

    [Fact]
    public void are_found_in_what_a_real_writer_makes()
    {
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream))
        using (var face = SKTypeface.FromFile(Directory.EnumerateFiles("/usr/share/fonts", "NotoSans-Regular.*", SearchOption.AllDirectories).First()))
        using (var font = new SKFont(face, 12))
        using (var ink = new SKPaint())
        {
            for (var page = 1; page <= 3; page++)
            {
                var canvas = document.BeginPage(595, 842);
                canvas.DrawText($"Histopathology report {page}", 50, 100, SKTextAlign.Left, font, ink);
                canvas.DrawText("No malignancy seen.", 50, 130, SKTextAlign.Left, font, ink);
                document.EndPage();
            }
        }

        var read = PdfText.Of(stream.ToArray());

        Assert.Equal(3, read.Pages);
        Assert.Contains("Histopathology report 2\nNo malignancy seen.", read.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void are_read_through_a_table_of_characters()
    {
        const string Table = "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <092E> <0002> <0061006E> endbfchar 1 beginbfrange <0010> <0012> <0041> endbfrange";
        var pdf = Encoding.Latin1.GetString(Files.PdfOf(Files.Packed("BT /F1 10 Tf 50 700 Td <000100020010001100120099> Tj ET")))
            .Replace("/Subtype /Type1", "/Subtype /Type0 /ToUnicode 4 0 R", StringComparison.Ordinal)
            .Replace("trailer", $"4 0 obj\n<< /Length {Table.Length} >>\nstream\n{Table}\nendstream\nendobj\ntrailer", StringComparison.Ordinal);

        Assert.Equal("मanABC", PdfText.Of(Encoding.Latin1.GetBytes(pdf)).Words);
    }

    [Fact]
    public void unpack_no_bomb()
    {
        // 400 MB of the same drawing packed into some hundred kilobytes, eight times.
        var bomb = Files.Packed(new byte[400_000_000]);
        var pdf = Files.PdfOf([Files.Packed("BT /F1 12 Tf (before) Tj ET"), .. Enumerable.Repeat(bomb, 8)]);
        Assert.True(pdf.Length < 8_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();

        var read = PdfText.Of(pdf);

        Assert.StartsWith("before", read.Words, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 700_000_000, $"{GC.GetAllocatedBytesForCurrentThread() - before:#,##0} bytes");
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void end_where_a_tree_or_a_form_bites_its_tail()
    {
        var tree = Encoding.Latin1.GetString(Files.Pdf("once")).Replace("/Kids [10 0 R]", "/Kids [2 0 R 10 0 R 2 0 R]", StringComparison.Ordinal);
        var form = Encoding.Latin1.GetString(Files.PdfOf(Files.Packed("BT /F1 12 Tf (page) Tj ET /X Do /X Do")))
            .Replace("/Font <<", "/XObject << /X 5 0 R >> /Font <<", StringComparison.Ordinal)
            .Replace("trailer", "5 0 obj\n<< /Subtype /Form /Length 11 /Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do /X Do\nendstream\nendobj\ntrailer", StringComparison.Ordinal);

        Assert.Equal(("once", 1), (PdfText.Of(Encoding.Latin1.GetBytes(tree)).Words, PdfText.Of(Encoding.Latin1.GetBytes(tree)).Pages));
        Assert.Equal("page", PdfText.Of(Encoding.Latin1.GetBytes(form)).Words);
    }

    [Fact]
    public void are_missing_from_a_file_that_is_nothing_but_noise_and_it_is_kept()
    {
        var noise = new byte[200_000];
        new Random(7).NextBytes(noise);

        var made = DocumentReading.Of([.. "%PDF-1.7\n"u8, .. noise, .. "\nstartxref\n0\n%%EOF"u8], DocumentTypes.Pdf);

        Assert.Null(made.Pages);
        Assert.Null(made.Thumbnail);
    }

    [Theory]
    [InlineData(3_000, 1_500, 320, 160)]
    [InlineData(50, 20, 50, 20)]
    public void give_way_to_a_small_picture_where_it_is_a_picture(int width, int height, int wide, int high)
    {
        foreach (var (file, type) in new[] { (Files.Jpeg(width, height), DocumentTypes.Jpeg), (Files.Png(width, height), DocumentTypes.Png) })
        {
            using var small = SKBitmap.Decode(DocumentReading.Of(file, type).Thumbnail);

            Assert.Equal((wide, high), (small.Width, small.Height));
        }
    }
}
