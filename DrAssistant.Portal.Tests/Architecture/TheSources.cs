using System.Text;
using System.Text.RegularExpressions;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>What no file of the repository may hold, and how large what it holds may be.</summary>
public sealed partial class TheSources
{
    private const int LinesOfAMethod = 60;
    private const int LinesOfAStyleSheet = 600;

    private static readonly string[] Text =
    [
        ".cs", ".razor", ".css", ".js", ".sql", ".sh", ".md", ".csproj", ".props", ".targets", ".json", ".yml", ".txt", ".html", ".example",
    ];

    private static readonly string[] Texts =
        [.. Repository.Files.Where(file => Text.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))];

    [Fact]
    public void are_finished()
        => Findings.None(Lines(Texts).Where(line => Unfinished().IsMatch(line.Text)).Select(line => $"{line.File}:{line.Number} {line.Text.Trim()}"));

    [Fact]
    public void name_no_machine()
        => Findings.None(Lines(Texts).Where(line => Machine().IsMatch(line.Text)).Select(line => $"{line.File}:{line.Number} {line.Text.Trim()}"));

    [Fact]
    public void make_ids_that_sort_by_time()
        => Findings.None(Lines(Sharp()).Where(line => RandomId().IsMatch(line.Text)).Select(line => $"{line.File}:{line.Number} {line.Text.Trim()}"));

    /// <summary>Pointers belong to the calls into MongoDB's C driver (decision 9).</summary>
    [Fact]
    public void are_safe_but_for_the_c_driver()
        => Findings.None(Lines(Sharp()).Where(line => UnsafeCode().IsMatch(line.Text) && !line.File.StartsWith("DrAssistant.Data/Stores/Documents/Mongo/", StringComparison.Ordinal))
            .Select(line => $"{line.File}:{line.Number} {line.Text.Trim()}"));

    [Fact]
    public void are_utf_8_with_plain_ends_of_lines()
        => Findings.None(Texts.SelectMany(Encoded));

    [Fact]
    public void have_methods_that_fit_on_a_screen()
        => Findings.None(Sharp().SelectMany(TooLong));

    [Fact]
    public void have_style_sheets_to_find_ones_way_in()
        => Findings.None(Texts.Where(file => file.EndsWith(".css", StringComparison.Ordinal))
            .Where(file => File.ReadLines(Repository.PathOf(file)).Count() > LinesOfAStyleSheet));

    [Fact]
    public void hold_the_build_to_the_same_length_of_a_method()
        => Assert.Contains($"MA0051.maximum_lines_per_method = {LinesOfAMethod}", File.ReadAllText(Repository.PathOf(".editorconfig")), StringComparison.Ordinal);

    private static IEnumerable<string> Sharp()
        => Texts.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal));

    private static IEnumerable<(string File, int Number, string Text)> Lines(IEnumerable<string> files)
        => from file in files
           where !file.EndsWith("Architecture/TheSources.cs", StringComparison.Ordinal)
           from line in File.ReadLines(Repository.PathOf(file)).Select((text, index) => (file, index + 1, text))
           select line;

    private static IEnumerable<string> Encoded(string file)
    {
        var bytes = File.ReadAllBytes(Repository.PathOf(file));
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            yield return $"{file} begins with a byte order mark.";
        }

        if (bytes.Contains((byte)'\r'))
        {
            yield return $"{file} has carriage returns.";
        }

        if (bytes.Length > 0 && bytes[^1] != '\n')
        {
            yield return $"{file} does not end with a line end.";
        }
    }

    /// <summary>The layout of the sources is checked elsewhere, so a body is what stands between two braces of one depth.</summary>
    private static IEnumerable<string> TooLong(string file)
    {
        var lines = File.ReadAllLines(Repository.PathOf(file));
        for (var i = 1; i < lines.Length; i++)
        {
            if (Opening().Match(lines[i]) is { Success: true } brace && Signature().IsMatch(lines[i - 1]))
            {
                var length = lines.Skip(i).TakeWhile(line => !line.StartsWith(brace.Groups["indent"].Value + "}", StringComparison.Ordinal)).Count() + 1;
                if (length > LinesOfAMethod)
                {
                    yield return $"{file}:{i} has a method of {length} lines.";
                }
            }
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(^|[\s""'(=])(/(home|root|Users|work|mnt)/|[A-Z]:\\(Users|dev)\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Machine();

    [GeneratedRegex(@"\bGuid\.NewGuid\b", RegexOptions.None, 1000)]
    private static partial Regex RandomId();

    [GeneratedRegex(@"^\s*((public|internal|private|static|sealed|readonly|partial) )*unsafe\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnsafeCode();

    [GeneratedRegex(@"^(?<indent> +)\{$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening();

    // Not a type, and not what begins with a word of control.
    [GeneratedRegex(@"^(?!.*\b(class|record|struct|interface|enum|namespace|new)\b)(?!\s*(if|for|foreach|while|switch|using|lock|catch|try|else|do|finally|get|set|add|remove)\b)(.*\)\s*|\s+where .*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signature();
}
