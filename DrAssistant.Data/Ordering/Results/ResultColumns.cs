namespace DrAssistant.Data.Ordering.Results;

/// <summary>A value in statements of other features.</summary>
internal static class ResultColumns
{
    /// <summary>
    /// Two columns: the number, and the words where there is none. What is only known to lie beyond a number (<c>&lt;0.5</c>) is words: without its sign it would be another value.
    /// </summary>
    /// <param name="row">How the statement calls the row of <c>results</c>.</param>
    public static string Value(string row)
        => $"CASE WHEN {row}.comparator IS NULL THEN {row}.value_number END, coalesce({row}.comparator || trim_scale({row}.value_number)::text, {row}.value_text)";
}
