using System.Text.Json;

namespace DrAssistant.Data.Common;

/// <summary>An enum's word as the stores write it: <c>CheckedIn</c> is <c>checked_in</c>.</summary>
public static class EnumText
{
    /// <summary>The stored word of <paramref name="value"/>.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
        => Words<TEnum>.ByValue.TryGetValue(value, out var word)
            ? word
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Not a member of its enum.");

    /// <summary>The member whose stored word is <paramref name="word"/>.</summary>
    /// <exception cref="FormatException">The store holds a word that this version does not know.</exception>
    public static TEnum Parse<TEnum>(string word)
        where TEnum : struct, Enum
        => Words<TEnum>.ByWord.TryGetValue(word, out var value)
            ? value
            : throw new FormatException($"'{word}' is no {typeof(TEnum).Name}.");

    private static class Words<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly IReadOnlyDictionary<TEnum, string> ByValue =
            Enum.GetValues<TEnum>().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly IReadOnlyDictionary<string, TEnum> ByWord =
            ByValue.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
