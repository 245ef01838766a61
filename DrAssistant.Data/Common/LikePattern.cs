namespace DrAssistant.Data.Common;

/// <summary>What people type, inside a pattern of LIKE: their signs of per cent and their underscores are meant as such.</summary>
internal static class LikePattern
{
    /// <summary>What goes before a sign that is meant as such. <c>EF.Functions.ILike</c> must be told it, or it tells PostgreSQL that there is none.</summary>
    public const string Escape = "\\";

    public static string Containing(string text) => $"%{Escaped(text)}%";

    public static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
