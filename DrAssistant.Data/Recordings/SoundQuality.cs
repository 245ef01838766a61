using System.Buffers.Binary;
using System.Globalization;

namespace DrAssistant.Data.Recordings;

/// <summary>
/// How sound was made, read from its first bytes: codec, samples a second, channels, and bits a second where that is known. It is told and nothing
/// is decided by it, so that damaged sound yields less and never an error.
/// </summary>
internal static class SoundQuality
{
    public const int Longest = 60;

    private const double BitsAByte = 8;
    private const int Thousand = 1000;
    private const int MostElements = 10_000;

    private static readonly int[] Mpeg1Rates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Mpeg2Rates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Mpeg1Samples = [44_100, 48_000, 32_000];

    /// <summary>In words, such as <c>Opus, 48 kHz, mono, 32 kbit/s</c>; null where nothing of it is known.</summary>
    /// <param name="ending">Of a file of its kind, as <see cref="SoundKind"/> gives it.</param>
    /// <param name="start">The first bytes; the more, the likelier they tell.</param>
    /// <param name="bytes">Of the whole.</param>
    /// <param name="seconds">Of the whole; null or 0 where nobody knows.</param>
    public static string? Of(string ending, ReadOnlySpan<byte> start, long bytes, double? seconds)
    {
        var made = ending switch
        {
            "webm" => OfWebM(start),
            "ogg" => OfOgg(start),
            "wav" => OfWav(start),
            "m4a" => OfMp4(start),
            "mp3" => OfMp3(start),
            _ => new Made(null, 0, 0),
        };
        var bits = made.Bits > 0 ? made.Bits : seconds > 0 ? bytes * BitsAByte / seconds.Value : made.LikelyBits;
        string?[] told =
        [
            made.Codec,
            made.Samples is > 0 and < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{made.Samples / (double)Thousand:0.###} kHz") : null,
            made.Channels switch { 1 => "mono", 2 => "stereo", > 2 and < 256 => $"{made.Channels} channels", _ => null },
            bits is >= Thousand and < 100_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{bits / Thousand:0} kbit/s") : null,
        ];
        var words = string.Join(", ", told.OfType<string>());
        return words.Length is > 0 and <= Longest ? words : null;
    }

    /// <summary>Whether the table of contents of an MP4 file stands in these bytes; it may be behind the sound, at the end.</summary>
    public static bool HasTable(ReadOnlySpan<byte> bytes) => bytes.IndexOf("stsd"u8) >= 0;

    /// <summary>The tracks of a Matroska file (RFC 9559): the codec's id, and what its audio element says.</summary>
    private static Made OfWebM(ReadOnlySpan<byte> start)
    {
        const uint Segment = 0x18538067, Tracks = 0x1654AE6B, Track = 0xAE, Audio = 0xE1, Codec = 0x86, Samples = 0xB5, Channels = 0x9F;
        var made = new Made(null, 0, 1); // one channel where the file does not say it
        for (var elements = 0; elements < MostElements && Element(start, out var id, out var head, out var length); elements++)
        {
            var body = start[head..];
            if (id is Segment or Tracks or Track or Audio)
            {
                start = body; // into it
                continue;
            }

            if (length > (ulong)body.Length)
            {
                break;
            }

            body = body[..(int)length];
            switch (id)
            {
                case Codec when made.Codec is null:
                    made = made with { Codec = CodecOf(body) };
                    break;
                case Samples when made.Samples == 0:
                    made = made with { Samples = FloatOf(body) };
                    break;
                case Channels:
                    made = made with { Channels = body.Length > 0 ? body[^1] : 1 };
                    break;
            }

            start = start[(head + (int)length)..];
        }

        return made.Codec is null ? new Made(null, 0, 0) : made;

        static int FloatOf(ReadOnlySpan<byte> body) => body.Length switch
        {
            sizeof(float) => Whole(BinaryPrimitives.ReadSingleBigEndian(body)),
            sizeof(double) => Whole(BinaryPrimitives.ReadDoubleBigEndian(body)),
            _ => 0,
        };

        static string? CodecOf(ReadOnlySpan<byte> body) => body switch
        {
            _ when body.StartsWith("A_OPUS"u8) => "Opus",
            _ when body.StartsWith("A_VORBIS"u8) => "Vorbis",
            _ when body.StartsWith("A_PCM"u8) => "PCM",
            _ when body.StartsWith("A_AAC"u8) => "AAC",
            _ => null,
        };
    }

    private static int Whole(double number) => number is > 0 and < int.MaxValue ? (int)Math.Round(number) : 0;

    /// <summary>The head of an element (RFC 8794): its id with the marker, where its body begins, and how long that is.</summary>
    private static bool Element(ReadOnlySpan<byte> bytes, out uint id, out int head, out ulong length)
    {
        (id, head, length) = (0, 0, 0);
        if (bytes.IsEmpty || bytes[0] < 0x10)
        {
            return false;
        }

        var idLength = LengthOf(bytes[0]);
        if (bytes.Length <= idLength || bytes[idLength] == 0)
        {
            return false;
        }

        var sizeLength = LengthOf(bytes[idLength]);
        head = idLength + sizeLength;
        if (bytes.Length < head)
        {
            return false;
        }

        foreach (var next in bytes[..idLength])
        {
            id = (id << 8) | next;
        }

        length = (ulong)bytes[idLength] & (0xFFUL >> sizeLength);
        foreach (var next in bytes[(idLength + 1)..head])
        {
            length = (length << 8) | next;
        }

        return true;

        static int LengthOf(byte first) => System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 24 + 1;
    }

    /// <summary>The identification header of Opus (RFC 7845, 5.1) or Vorbis (Vorbis I, 4.2.2), which the first page holds. Opus plays at 48 kHz whatever went in.</summary>
    private static Made OfOgg(ReadOnlySpan<byte> start)
    {
        var page = start[..Math.Min(start.Length, 300)];
        if (page.IndexOf("OpusHead"u8) is >= 0 and var opus && page.Length > opus + 9)
        {
            return new Made("Opus", 48_000, page[opus + 9]);
        }

        return page.IndexOf("\u0001vorbis"u8) is >= 0 and var vorbis && page.Length >= vorbis + 16
            ? new Made("Vorbis", Whole(BinaryPrimitives.ReadUInt32LittleEndian(page[(vorbis + 12)..])), page[vorbis + 11])
            : new Made(null, 0, 0);
    }

    /// <summary>The <c>fmt </c> chunk of a RIFF file: kind, channels, samples and bytes a second.</summary>
    private static Made OfWav(ReadOnlySpan<byte> start)
    {
        var at = 12L;
        while (at + 24 <= start.Length)
        {
            var chunk = start[(int)at..];
            if (chunk.StartsWith("fmt "u8))
            {
                var kind = BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]);
                return new Made(kind is 1 or 3 or 0xFFFE ? "PCM" : null, Whole(BinaryPrimitives.ReadUInt32LittleEndian(chunk[12..])), BinaryPrimitives.ReadUInt16LittleEndian(chunk[10..]))
                {
                    Bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[16..]) * BitsAByte,
                };
            }

            at += 8 + BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        }

        return new Made(null, 0, 0);
    }

    /// <summary>The sample entry <c>mp4a</c> (ISO 14496-12, 12.2.3), where the table of contents is in these bytes.</summary>
    private static Made OfMp4(ReadOnlySpan<byte> start)
    {
        const int ToSamples = 28;
        var table = start.IndexOf("stsd"u8);
        var entry = table < 0 ? -1 : start[table..].IndexOf("mp4a"u8);
        return entry >= 0 && start.Length >= table + entry + ToSamples + sizeof(uint)
            ? new Made("AAC", BinaryPrimitives.ReadUInt16BigEndian(start[(table + entry + ToSamples)..]), AacChannels(start[(table + entry)..]))
            : new Made(null, 0, 0);
    }

    /// <summary>
    /// From the configuration of the decoder (ISO 14496-3, 1.6.2.1) within the descriptors of the entry (ISO 14496-1, 7.2.6): what the entry itself says
    /// of channels is two whatever there are. 0 where it does not tell.
    /// </summary>
    private static int AacChannels(ReadOnlySpan<byte> entry)
    {
        const byte Stream = 3, Decoder = 4, Configuration = 5;
        const int BeforeDescriptors = 8, OfStream = 3, OfDecoder = 13, SampleRateIsSpelledOut = 15;
        var descriptors = entry.IndexOf("esds"u8);
        if (descriptors < 0 || entry.Length < descriptors + BeforeDescriptors)
        {
            return 0;
        }

        var rest = Descriptor(Descriptor(Descriptor(entry[(descriptors + BeforeDescriptors)..], Stream, OfStream), Decoder, OfDecoder), Configuration, 0);
        return rest.Length < 2 || (((rest[0] & 7) << 1) | (rest[1] >> 7)) == SampleRateIsSpelledOut ? 0 : (rest[1] >> 3) & 15;
    }

    /// <summary>What stands in a descriptor behind its own fields; nothing where another one is here.</summary>
    private static ReadOnlySpan<byte> Descriptor(ReadOnlySpan<byte> bytes, byte tag, int fields)
    {
        const int LongestLength = 4;
        if (bytes.IsEmpty || bytes[0] != tag)
        {
            return [];
        }

        var at = 1;
        while (at < bytes.Length && at <= LongestLength && (bytes[at] & 0x80) != 0)
        {
            at++; // the length goes on
        }

        return at + 1 + fields <= bytes.Length ? bytes[(at + 1 + fields)..] : [];
    }

    /// <summary>The first frame (ISO 11172-3, 2.4.2.3, and 13818-3 for half the samples), behind the tags that may stand before it.</summary>
    private static Made OfMp3(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("ID3"u8) && start.Length > 10)
        {
            var tag = 10 + (((start[6] & 0x7F) << 21) | ((start[7] & 0x7F) << 14) | ((start[8] & 0x7F) << 7) | (start[9] & 0x7F));
            start = tag < start.Length ? start[tag..] : [];
        }

        if (start.Length < sizeof(uint) || SoundKind.Of(start) is not { Ending: "mp3" })
        {
            return new Made("MP3", 0, 0);
        }

        var head = BinaryPrimitives.ReadUInt32BigEndian(start);
        var (version, rate, samples) = ((head >> 19) & 3, (int)((head >> 12) & 15), (int)((head >> 10) & 3));
        var halved = version switch { 3 => 1, 2 => 2, _ => 4 };
        var isIndex = start[..Math.Min(start.Length, 64)] is var frame && (frame.IndexOf("Xing"u8) >= 0 || frame.IndexOf("Info"u8) >= 0); // a frame without sound, at a rate of its own
        return new Made("MP3", Mpeg1Samples[samples] / halved, ((head >> 6) & 3) == 3 ? 1 : 2) { LikelyBits = isIndex ? 0 : (version == 3 ? Mpeg1Rates : Mpeg2Rates)[rate] * (double)Thousand };
    }

    /// <summary>What the bytes say of the sound.</summary>
    /// <param name="Samples">A second.</param>
    private sealed record Made(string? Codec, int Samples, int Channels)
    {
        /// <summary>A second; 0 where the sound itself does not tell.</summary>
        public double Bits { get; init; }

        /// <summary>Of one frame; others may have others.</summary>
        public double LikelyBits { get; init; }
    }
}
