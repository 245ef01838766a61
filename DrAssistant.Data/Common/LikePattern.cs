namespace DrAssistant.Data.Common;

/// <summary>What people type, inside a pattern of LIKE: their signs of per cent and their underscores are meant as such.</summary>
internal static class LikePattern
{
    public static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
