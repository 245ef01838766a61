using DrAssistant.Data.Common;

namespace DrAssistant.Data.Documents.Content;

/// <summary>
/// What a file is by its own bytes, and whether it may be kept. Nothing is decoded here: sizes are read from headers, so a file that would
/// fill the memory when it is opened is refused before anything opens it.
/// </summary>
internal static class FileInspection
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The media type of a whole file.</summary>
    public static Result<string> TypeOf(ReadOnlySpan<byte> file) => file switch
    {
        _ when DicomHeader.Begins(file) => Kept(DicomHeader.Objection(file), DocumentTypes.Dicom),
        _ when file.StartsWith("%PDF-"u8) => Kept(PdfObjection(file), DocumentTypes.Pdf),
        _ when file.StartsWith(Png) => Kept(PictureHeaders.OfPng(file), DocumentTypes.Png),
        [0xFF, 0xD8, 0xFF, ..] => Kept(PictureHeaders.OfJpeg(file), DocumentTypes.Jpeg),
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => Kept(PictureHeaders.OfTiff(file), DocumentTypes.Tiff),
        _ => Refusal.Invalid("This file is no PDF, JPEG, PNG, TIFF or DICOM. Save it as one of these and upload it again."),
    };

    private static Result<string> Kept(Refusal? objection, string type) => objection is null ? type : objection;

    private static Result<string> Kept(PictureSize size, string type) => size switch
    {
        { IsWhole: false } => Refusal.Invalid("This picture is cut off or damaged. Take or save it anew."),
        { Pixels: > DocumentLimits.MostPixels } => Refusal.Invalid("This picture has more than 100 megapixels. Scan it at a lower resolution."),
        _ => type,
    };

    private static Refusal? PdfObjection(ReadOnlySpan<byte> file)
    {
        const int Tail = 2048;
        var end = file[^Math.Min(Tail, file.Length)..];
        return 0 switch
        {
            _ when end.IndexOf("%%EOF"u8) < 0 || end.IndexOf("startxref"u8) < 0 => Refusal.Invalid("This PDF is cut off or damaged. Save it anew."),
            _ when IsEncrypted(file) => Refusal.Invalid("This PDF is protected by a password. Save it without one and upload it again."),
            _ => null,
        };
    }

    /// <summary>The trailer, or the dictionary of the stream in its place, names how a PDF is encrypted (ISO 32000-1, 7.6.1). It is never compressed.</summary>
    private static bool IsEncrypted(ReadOnlySpan<byte> file)
    {
        for (var rest = file; rest.IndexOf("/Encrypt"u8) is >= 0 and var at;)
        {
            rest = rest[(at + "/Encrypt"u8.Length)..];
            if (rest.Length > 0 && rest[0] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t' or (byte)'<')
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a picture's header says.</summary>
/// <param name="Pixels">Of its largest page.</param>
/// <param name="IsWhole">False where it ends before it should.</param>
internal readonly record struct PictureSize(long Pixels, bool IsWhole)
{
    public static PictureSize Broken { get; } = new(0, IsWhole: false);
}
