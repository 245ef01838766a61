using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>The name that a person goes by, of those that a resource gives.</summary>
internal sealed record HumanName(string First, string Last, string Full)
{
    private static readonly string[] ByPreference = ["official", "usual", "", "temp", "nickname", "anonymous", "old", "maiden"];

    public static HumanName? Of(FhirEntry entry)
    {
        var names = entry.Resource.Items("name").OrderBy(name => Rank(name.Text("use"))).ToList();
        entry.LeftOut.AddRange(names.Skip(1).Select(name => $"{entry.Type}.name ({name.Text("use") ?? "further"})"));
        return names.Select(name => Of(name, IsSynthetic(entry.Resource))).OfType<HumanName>().FirstOrDefault();
    }

    private static HumanName? Of(JsonElement name, bool hasDigits)
    {
        var given = Cleaned(string.Join(' ', name.Texts("given")), hasDigits);
        var family = Cleaned(name.Text("family") ?? "", hasDigits);
        if (given.Length == 0 && family.Length == 0)
        {
            given = Cleaned(name.Text("text") ?? "", hasDigits);
        }

        // Many people have one name; it is the first one here, and nobody is given a second.
        var (first, last) = given.Length > 0 ? (given, family) : (family, "");
        var full = string.Join(' ', name.Texts("prefix").Append(first).Append(last).Where(part => part.Length > 0));
        return first.Length == 0 ? null : new HumanName(first, last, full);
    }

    /// <summary>Synthea writes "Blair400", so that nobody takes its people for real ones. A digit of a real name stays.</summary>
    private static string Cleaned(string name, bool hasDigits)
        => hasDigits ? string.Join(' ', name.Split(' ').Select(word => word.TrimEnd("0123456789".ToCharArray()) is { Length: > 0 } kept ? kept : word)) : name;

    private static bool IsSynthetic(JsonElement resource)
        => resource.Part("meta").Items("tag").Any(tag => tag.Text("code")?.StartsWith("synthea", StringComparison.Ordinal) == true)
            || resource.Items("identifier").Any(i => i.Text("system")?.Contains("synthea", StringComparison.Ordinal) == true);

    private static int Rank(string? use) => Array.IndexOf(ByPreference, use ?? "") is var at and >= 0 ? at : ByPreference.Length;
}
