using System.Text;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Documents.Content;

namespace DrAssistant.Portal.Tests.Documents;

/// <summary>A file is what its bytes say, and only if it may be kept.</summary>
public sealed class WhatMayComeIn
{
    [Fact]
    public void is_known_by_its_own_bytes()
    {
        Assert.Equal(DocumentTypes.Pdf, FileInspection.TypeOf(Files.Pdf("Discharge summary")).Value);
        Assert.Equal(DocumentTypes.Jpeg, FileInspection.TypeOf(Files.Jpeg()).Value);
        Assert.Equal(DocumentTypes.Png, FileInspection.TypeOf(Files.Png()).Value);
        Assert.Equal(DocumentTypes.Tiff, FileInspection.TypeOf(Files.Tiff((2_480, 3_508), (2_480, 3_508))).Value);
        Assert.Equal(DocumentTypes.Dicom, FileInspection.TypeOf(Files.Dicom()).Value);
        Assert.Equal(DocumentTypes.Dicom, FileInspection.TypeOf(Files.Dicom([.. Files.Tiff((10, 10)), .. new byte[90]])).Value);
    }

    [Theory]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("MZ this is a program")]
    [InlineData("PK\u0003\u0004 an archive")]
    [InlineData("plain text")]
    [InlineData("<!-- --> %PDF-1.7 startxref %%EOF")]
    [InlineData("")]
    public void is_nothing_else(string content) => Refused(Encoding.Latin1.GetBytes(content), "is no PDF, JPEG, PNG, TIFF or DICOM");

    [Fact]
    public void bursts_nothing()
    {
        Refused(Files.PngBomb(60_000, 60_000), "100 megapixels");
        Refused(Files.PngBomb(-1, -1), "100 megapixels"); // two to the power of 32 each way
        Refused(Files.JpegBomb(), "100 megapixels");
        Refused(Files.Tiff((10, 10), (40_000, 40_000)), "100 megapixels");
    }

    [Fact]
    public void reaches_to_its_end()
    {
        var pdf = Files.Pdf("Half of it");
        Refused(pdf[..^30], "cut off");
        Refused(Files.Jpeg(400, 300)[..^40], "cut off");
        Refused(Files.Png(400, 300)[..^20], "cut off");
        Refused(Files.Tiff((10, 10))[..20], "cut off");
        Refused([0xFF, 0xD8, 0xFF], "cut off");
        Refused([.. Files.Png()[..8]], "cut off");
        Refused(Files.Dicom()[..134], "cut off");
    }

    [Fact]
    public void is_no_picture_that_bites_its_tail()
    {
        var tiff = Files.Tiff((10, 10));
        tiff[^4] = 8; // the next page is the first one

        Refused(tiff, "cut off");
    }

    [Fact]
    public void hides_no_program_before_a_picture()
        => Refused(Files.Dicom([.. "MZ"u8, .. new byte[126]]), "begins with something that is no picture");

    [Fact]
    public void is_no_PDF_that_needs_a_password()
    {
        var pdf = Encoding.Latin1.GetString(Files.Pdf("Secret")).Replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R", StringComparison.Ordinal);

        Refused(Encoding.Latin1.GetBytes(pdf), "protected by a password");
    }

    [Fact]
    public void survives_whatever_is_left_of_it()
    {
        // Each file cut at each place, and with each byte of its beginning changed: an answer, never an exception.
        foreach (var file in new[] { Files.Pdf("Words"), Files.Jpeg(), Files.Png(), Files.Tiff((10, 10), (10, 10)), Files.Dicom() })
        {
            for (var length = 0; length < Math.Min(file.Length, 400); length++)
            {
                _ = FileInspection.TypeOf(file.AsSpan(0, length));
            }

            for (var at = 0; at < Math.Min(file.Length, 200); at++)
            {
                var changed = file.ToArray();
                changed[at] ^= 0xFF;
                if (FileInspection.TypeOf(changed).Value is { } type)
                {
                    _ = DocumentReading.Of(changed, type);
                }
            }
        }
    }

    private static void Refused(byte[] file, string why)
    {
        var answer = FileInspection.TypeOf(file);
        Assert.Equal(RefusalKind.Invalid, answer.Refusal?.Kind);
        Assert.Contains(why, answer.Refusal!.Message, StringComparison.Ordinal);
    }
}
