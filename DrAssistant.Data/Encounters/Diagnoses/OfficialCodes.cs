using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Encounters.Diagnoses;

/// <summary>A code as an official list has it.</summary>
/// <param name="Code">With its point.</param>
/// <param name="Chapter">1 to 22.</param>
internal sealed record OfficialCode(string Code, string Title, int Chapter);

/// <summary>
/// Reads an official list of ICD-10: WHO's text file of codes (<c>icd10…syst_codes.txt</c> of the metadata download: semicolons; level, T or N,
/// kind, chapter, block, code with marks, code, code without point, title, …), of which the terminal codes count, or a table with commas and the
/// columns <c>code</c> and <c>title</c>.
/// </summary>
internal static partial class OfficialCodes
{
    private const int FieldsOfWho = 9;
    private const int LongestTitle = 400;
    private const string NeitherList =
        "This is no list of ICD-10 codes: neither WHO's text file of codes (lines like \"4;T;X;01;A00;A00.0;A00.0;A000;Cholera …\") nor a table with commas and the columns code and title.";

    public static Result<IReadOnlyList<OfficialCode>> Read(string name, byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var first = text.AsSpan().TrimStart('\uFEFF');
        first = first[..(first.IndexOfAny('\r', '\n') is >= 0 and var end ? end : first.Length)];
        try
        {
            var codes = WhoLine().IsMatch(first) ? Who(text)
                : IsTable(first) ? Table(name, content)
                : null;
            return codes is null ? Refusal.Invalid(NeitherList)
                : codes.Count == 0 ? Refusal.Invalid("There is no code in this list.")
                : codes;
        }
        catch (InvalidDataException wrong)
        {
            return Refusal.Invalid(wrong.Message);
        }
    }

    private static bool IsTable(ReadOnlySpan<char> head)
    {
        var columns = head.ToString().Split(',').Select(c => c.Trim().Trim('"')).ToList();
        return columns.Contains("code") && columns.Contains("title");
    }

    private static List<OfficialCode> Who(string text)
    {
        var codes = new Dictionary<string, OfficialCode>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd('\r')))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            var fields = line.Split(';');
            if (fields.Length < FieldsOfWho || !WhoLine().IsMatch(line))
            {
                throw new InvalidDataException($"Line {number} is not of this list: {FieldsOfWho} fields and more, parted by semicolons, are expected.");
            }

            if (fields[1] == "T")
            {
                Add(codes, fields[6], fields[8], number);
            }
        }

        return [.. codes.Values];
    }

    private static List<OfficialCode> Table(string name, byte[] content)
    {
        var codes = new Dictionary<string, OfficialCode>(StringComparer.Ordinal);
        var number = 1;
        foreach (var (code, title) in ReferenceFile.From(name, content).Read(row => (row.Needed("code"), row.Needed("title"))))
        {
            Add(codes, code, title, ++number);
        }

        return [.. codes.Values];
    }

    private static void Add(Dictionary<string, OfficialCode> codes, string written, string title, int line)
    {
        // A dagger, asterisk or dash says how a code is used, and belongs to none.
        var code = written.Trim().TrimEnd('†', '+', '*', '-', '.').ToUpperInvariant();
        if (!Code().IsMatch(code) || DiagnosisChapters.Of(code) is not { } chapter)
        {
            throw new InvalidDataException($"Line {line}: \"{Cut(written)}\" is no code of ICD-10, such as I10 or E11.9.");
        }

        if (title.Trim() is not { Length: > 0 and <= LongestTitle } words)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {code} needs a title of 1 to {LongestTitle} characters."));
        }

        codes.TryAdd(code, new OfficialCode(code, words, chapter));
    }

    private static string Cut(string text) => text.Length <= 20 ? text : text[..20];

    [GeneratedRegex("^[345];[NT];", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhoLine();

    [GeneratedRegex(@"^[A-Z][0-9][0-9A-Z](\.[0-9]{1,2})?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
