namespace DrAssistant.Data.Patients.Finding;

/// <summary>Index terms of names in the language of <c>tsquery</c>. Words are as people write them, so they are quoted.</summary>
internal static class NameQuery
{
    /// <summary>A term that no name has.</summary>
    public const string NoTerm = "'~'";

    /// <summary>Of nothing: what nobody meets, for an empty question would be met by everybody.</summary>
    public static string AnyOf(IEnumerable<string> conditions) => string.Join(" | ", conditions) is { Length: > 0 } any ? $"({any})" : NoTerm;

    public static string AllOf(IEnumerable<string> conditions) => $"({string.Join(" & ", conditions)})";

    /// <summary>What begins so: a term of its own where it is short.</summary>
    public static string Beginning(string start) => PatientNameIndex.BeginningOf(start) is { } term ? Is(term) : $"{Is(start)}:*";

    public static string Is(string term) => $"'{term.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
