using System.Buffers.Binary;

namespace DrAssistant.Data.Documents.Content;

/// <summary>Sizes of pictures from their headers, and whether they reach to their end.</summary>
internal static class PictureHeaders
{
    private const int PngSignature = 8;
    private const int PngChunkFrame = 12;
    private const int IhdrLength = 13;
    private const int MostTiffPages = 2_000;

    /// <summary>Chunk by chunk to IEND (ISO/IEC 15948, 5.3).</summary>
    public static PictureSize OfPng(ReadOnlySpan<byte> file)
    {
        var pixels = 0L;
        for (long at = PngSignature; at + PngChunkFrame <= file.Length;)
        {
            var chunk = file[(int)at..];
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            var type = chunk[4..8];
            if (at == PngSignature)
            {
                if (length != IhdrLength || !type.SequenceEqual("IHDR"u8) || chunk.Length < PngChunkFrame + IhdrLength)
                {
                    return PictureSize.Broken;
                }

                pixels = Area(BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadUInt32BigEndian(chunk[12..]));
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return new PictureSize(pixels, pixels > 0);
            }

            at += PngChunkFrame + (long)length;
        }

        return PictureSize.Broken;
    }

    /// <summary>Marker by marker to the first frame header (ITU-T T.81, B.1.1 and B.2.2), and an end after it.</summary>
    public static PictureSize OfJpeg(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 4 <= file.Length)
        {
            if (file[at] != 0xFF)
            {
                return PictureSize.Broken;
            }

            var marker = file[at + 1];
            if (marker is 0xFF)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (IsFrame(marker))
            {
                return at + 9 > file.Length ? PictureSize.Broken : Frame(file, at);
            }

            if (length < 2 || marker is 0xDA or 0xD9 or 0xD8)
            {
                return PictureSize.Broken;
            }

            at += 2 + length;
        }

        return PictureSize.Broken;
    }

    /// <summary>Page by page (TIFF 6.0, section 2); every page is measured, for any of them may be the one that bursts.</summary>
    public static PictureSize OfTiff(ReadOnlySpan<byte> file)
    {
        if (file.Length < 8)
        {
            return PictureSize.Broken;
        }

        var isLittle = file[0] == (byte)'I';
        var pixels = 0L;
        var pages = 0;
        for (long at = Long(file, 4, isLittle); at != 0; pages++)
        {
            if (pages >= MostTiffPages || at + 2 > file.Length)
            {
                return PictureSize.Broken;
            }

            var entries = Short(file, (int)at, isLittle);
            var end = at + 2 + (entries * 12L);
            if (entries == 0 || end + 4 > file.Length)
            {
                return PictureSize.Broken;
            }

            pixels = Math.Max(pixels, Page(file.Slice((int)at + 2, entries * 12), isLittle));
            at = Long(file, (int)end, isLittle);
        }

        return new PictureSize(pixels, pages > 0 && pixels > 0);
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static PictureSize Frame(ReadOnlySpan<byte> file, int at)
    {
        var pixels = Area(BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
        return new PictureSize(pixels, pixels > 0 && file[at..].LastIndexOf([(byte)0xFF, (byte)0xD9]) > 0);
    }

    private static long Page(ReadOnlySpan<byte> entries, bool isLittle)
    {
        const int Width = 256;
        const int Height = 257;
        const int ShortType = 3;
        long width = 0, height = 0;
        for (; entries.Length >= 12; entries = entries[12..])
        {
            var tag = Short(entries, 0, isLittle);
            var value = Short(entries, 2, isLittle) == ShortType ? Short(entries, 8, isLittle) : Long(entries, 8, isLittle);
            (width, height) = tag switch
            {
                Width => (value, height),
                Height => (width, value),
                _ => (width, height),
            };
        }

        return Area(width, height);
    }

    /// <summary>No product of two sides of 32 bits is more than can be counted.</summary>
    private static long Area(long width, long height) => (long)Math.Min(long.MaxValue, (decimal)width * height);

    private static ushort Short(ReadOnlySpan<byte> bytes, int at, bool isLittle)
        => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint Long(ReadOnlySpan<byte> bytes, int at, bool isLittle)
        => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
