using System.Buffers.Binary;

namespace DrAssistant.Data.Recordings;

/// <summary>What sound is, by its own first bytes; a name or a header may say anything.</summary>
internal static class SoundKind
{
    /// <summary>As many bytes tell it.</summary>
    public const int TellingBytes = 12;

    private const int LongestType = 100;

    /// <summary>The type as the portal serves it, with the file ending by which engines know it; null where it is no sound that is taken.</summary>
    public static (string MimeType, string Ending)? Of(ReadOnlySpan<byte> start) => start switch
    {
        [0x1A, 0x45, 0xDF, 0xA3, ..] => ("audio/webm", "webm"), // the head of EBML, of which WebM is one kind
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => ("audio/ogg", "ogg"),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => ("audio/wav", "wav"),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => ("audio/mp4", "m4a"),
        [(byte)'I', (byte)'D', (byte)'3', ..] => ("audio/mpeg", "mp3"),
        _ when IsMpegFrame(start) => ("audio/mpeg", "mp3"),
        _ => null,
    };

    /// <summary>Whether a browser's word for its sound is one that can be taken at all. It is held against the sound itself later.</summary>
    public static bool IsTaken(string mimeType)
    {
        var type = Served(mimeType);
        return mimeType.Length is > 0 and <= LongestType && mimeType.All(c => c is >= ' ' and < '\x7f')
            && type.ToLowerInvariant() is "audio/webm" or "video/webm" or "audio/ogg" or "application/ogg" or "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave"
                or "audio/mp4" or "audio/x-m4a" or "audio/m4a" or "audio/aac" or "video/mp4" or "audio/mpeg" or "audio/mp3";
    }

    /// <summary>The file ending of a type that <see cref="Of"/> gave.</summary>
    public static string EndingOf(string mimeType) => mimeType switch
    {
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        "audio/mp4" => "m4a",
        "audio/mpeg" => "mp3",
        _ => "webm",
    };

    /// <summary>Without what a browser adds to it, such as the codec.</summary>
    public static string Served(string mimeType) => mimeType.Split(';', 2)[0].Trim();

    /// <summary>Eleven bits that are set, MPEG version and layer III that exist, and a bit rate that does (ISO 11172-3, 2.4.2.3).</summary>
    private static bool IsMpegFrame(ReadOnlySpan<byte> start)
    {
        if (start.Length < sizeof(uint))
        {
            return false;
        }

        var head = BinaryPrimitives.ReadUInt32BigEndian(start);
        return head >> 21 == 0x7FF && ((head >> 19) & 3) != 1 && ((head >> 17) & 3) == 1 && ((head >> 12) & 15) is > 0 and < 15 && ((head >> 10) & 3) != 3;
    }
}
