namespace DrAssistant.Data.Common;

/// <summary>A small picture of a person, as it is shown.</summary>
public sealed record PhotoContent(string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>In bytes.</summary>
    public const int Largest = 400 * 1024;

    /// <summary>What the bytes themselves say they are; a name or a header may say anything.</summary>
    public static Result<string> MediaTypeOf(ReadOnlySpan<byte> content)
    {
        if (content.Length > Largest)
        {
            return Refusal.Invalid("The photo is too large. It may have 400 KB.");
        }

        return content switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
            _ => Refusal.Invalid("This is no photo. Choose a JPEG, PNG or WebP picture."),
        };
    }

    public override string ToString() => nameof(PhotoContent);
}
