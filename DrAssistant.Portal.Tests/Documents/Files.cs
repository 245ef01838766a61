using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SkiaSharp;

namespace DrAssistant.Portal.Tests.Documents;

/// <summary>Files as people bring them, and as attackers do.</summary>
internal static class Files
{
    public static byte[] Png(int width = 40, int height = 30) => Picture(width, height, SKEncodedImageFormat.Png);

    public static byte[] Jpeg(int width = 40, int height = 30) => Picture(width, height, SKEncodedImageFormat.Jpeg);

    /// <summary>A PNG whose header promises a picture of this size, with a true checksum and little behind it.</summary>
    public static byte[] PngBomb(int width, int height)
    {
        var png = Png();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    public static byte[] JpegBomb()
    {
        var jpeg = Jpeg();
        var frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 65_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 65_000);
        return jpeg;
    }

    /// <summary>A TIFF of pages of these sizes, little-endian.</summary>
    public static byte[] Tiff(params (int Width, int Height)[] pages)
    {
        var tiff = new MemoryStream();
        tiff.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        for (var n = 0; n < pages.Length; n++)
        {
            const int Length = 2 + (2 * 12) + 4;
            var page = new byte[Length].AsSpan();
            BinaryPrimitives.WriteUInt16LittleEndian(page, 2);
            Entry(page[2..], 256, pages[n].Width);
            Entry(page[14..], 257, pages[n].Height);
            BinaryPrimitives.WriteUInt32LittleEndian(page[26..], n + 1 < pages.Length ? (uint)(8 + ((n + 1) * Length)) : 0);
            tiff.Write(page);
        }

        return tiff.ToArray();
    }

    public static byte[] Dicom(byte[]? preamble = null)
        => [.. preamble ?? new byte[128], .. "DICM"u8, 2, 0, 0, 0, (byte)'U', (byte)'L', 4, 0, 1, 2, 3, 4, .. RandomNumberGenerator.GetBytes(64)];

    /// <summary>A PDF of one page a text, whose content streams are packed; what is not ASCII is not drawn.</summary>
    public static byte[] Pdf(params string[] pages) => PdfOf([.. pages.Select(text => Packed($"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"))]);

    /// <summary>A PDF whose pages have these content streams.</summary>
    /// <param name="contents">Each a whole stream object: its dictionary and its bytes.</param>
    public static byte[] PdfOf(params byte[][] contents)
    {
        var pdf = new MemoryStream();
        Write(pdf, "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
        Write(pdf, $"2 0 obj\n<< /Type /Pages /Count {contents.Length} /Kids [{string.Join(' ', contents.Select((_, n) => $"{10 + (2 * n)} 0 R"))}] >>\nendobj\n");
        Write(pdf, "3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n");
        for (var n = 0; n < contents.Length; n++)
        {
            Write(pdf, $"{10 + (2 * n)} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {11 + (2 * n)} 0 R >>\nendobj\n");
            Write(pdf, $"{11 + (2 * n)} 0 obj\n");
            pdf.Write(contents[n]);
            Write(pdf, "\nendobj\n");
        }

        Write(pdf, "trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
        return pdf.ToArray();
    }

    public static byte[] Packed(string content) => Packed(Encoding.Latin1.GetBytes(content));

    public static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return [.. Encoding.ASCII.GetBytes($"<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n"), .. packed.ToArray(), .. "\nendstream"u8];
    }

    public static string Hash(ReadOnlySpan<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static void Write(MemoryStream to, string text) => to.Write(Encoding.Latin1.GetBytes(text));

    private static void Entry(Span<byte> entry, ushort tag, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], value);
    }

    private static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.CornflowerBlue);
        using var data = bitmap.Encode(format, 80);
        return data.ToArray();
    }
}
