using System.Text.RegularExpressions;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>
/// What the documents name is there: files, make targets, classes, tables, settings, permissions. A document that names
/// what was renamed or taken away is worse than none.
/// </summary>
public sealed partial class TheDocuments
{
    /// <summary>What a decision turned down is in no source, and the decision has to name it.</summary>
    private static readonly string[] TurnedDown = ["ITicketStore"];

    private static readonly Lazy<string> Sources = new(ReadSources);
    private static readonly Lazy<HashSet<string>> Words = new(() => [.. Word().Matches(Sources.Value).Select(match => match.Value)]);

    public static TheoryData<string> Names => [.. MarkdownDocument.All().Select(document => document.Name)];

    /// <summary>What the data model names is partly PostgreSQL's own; a test beside the migrations holds it to a database.</summary>
    public static TheoryData<string> NamesButTheModels => [.. MarkdownDocument.All().Select(document => document.Name).Where(name => name != "docs/data-model.md")];

    [Fact]
    public void are_found()
        => Assert.Subset(Names.Select(row => row.Data).ToHashSet(), new HashSet<string> { "README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md" });

    [Theory]
    [MemberData(nameof(Names))]
    public void link_to_what_is_there(string name)
    {
        var document = MarkdownDocument.Read(name);

        var lost = document.Links.Where(link => !LeadsSomewhere(document, link)).ToList();

        Assert.Empty(lost);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task name_targets_that_make_knows(string name)
    {
        var document = MarkdownDocument.Read(name);
        var targets = (await Repository.LinesOfAsync("Makefile", TestContext.Current.CancellationToken))
            .Select(line => Target().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.Contains("run", targets);

        var named = document.Quotes.Concat(document.Commands).SelectMany(text => Make().Matches(text)).Select(match => match.Groups["name"].Value);
        var unknown = named.Except(targets).ToList();

        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void name_files_that_are_there(string name)
    {
        var document = MarkdownDocument.Read(name);

        var lost = document.Quotes.Where(quote => IsFile(quote) && !Exists(document, quote)).ToList();

        Assert.Empty(lost);
    }

    [Theory]
    [MemberData(nameof(NamesButTheModels))]
    public void name_what_the_sources_name(string name)
    {
        var document = MarkdownDocument.Read(name);

        var unknown = document.Quotes.Where(quote => !IsFile(quote)).Concat(document.NamesInDiagrams).Where(quote => !IsKnown(quote)).ToHashSet();

        Assert.Empty(unknown);
    }

    [Fact]
    public async Task promise_only_what_a_test_holds()
    {
        var tests = typeof(TheDocuments).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
            .Select(type => type.Name).Append("BannedSymbols.txt").ToHashSet();
        var promises = (await Repository.LinesOfAsync("SECURITY.md", TestContext.Current.CancellationToken))
            .SkipWhile(line => line != "| promise | held by |").Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.NotEmpty(promises);

        var unheld = promises.Where(line => line.Split('|')[^2].Split(',').Any(name => !tests.Contains(name.Trim(' ', '`')))).ToList();

        Assert.Empty(unheld);
    }

    private static bool LeadsSomewhere(MarkdownDocument document, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? document.Name : document.Resolve(Uri.UnescapeDataString(parts[0]));
        if (!Repository.Files.Contains(target) && !Repository.Folders.Contains(target.TrimEnd('/')))
        {
            return false;
        }

        return parts.Length == 1 || MarkdownDocument.Read(target).Anchors.Contains(parts[1]);
    }

    /// <summary>A name with an ending that the repository uses, or a path. What a running portal writes (data/, out/) is not in it.</summary>
    private static bool IsFile(string quote)
        => !quote.StartsWith("data/", StringComparison.Ordinal) && !quote.StartsWith("out/", StringComparison.Ordinal)
            && (FileName().IsMatch(quote) || (FilePath().IsMatch(quote) && quote.Contains('/', StringComparison.Ordinal)));

    /// <summary>From the root, from the document's folder, or from any folder: <c>Patients/Patient.cs</c> names one file.</summary>
    private static bool Exists(MarkdownDocument document, string quote)
    {
        var pattern = new Regex($"(^|/){Regex.Escape(quote.TrimEnd('/')).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return Repository.Files.Concat(Repository.Folders).Any(pattern.IsMatch) || Repository.Files.Contains(document.Resolve(quote));
    }

    /// <summary>
    /// Names that are composed as ours are must be in the sources: each part of a setting, a class and its member, a table, an
    /// address, a command. Other quotes (SQL, words of a screen) are left to the reader.
    /// </summary>
    private static bool IsKnown(string quote) => quote switch
    {
        _ when TurnedDown.Contains(quote) => true,
        _ when Permission().IsMatch(quote) => Permissions.All.Contains(quote),
        _ when Address().IsMatch(quote) => quote.Split('/').Skip(1).All(part => Sources.Value.Contains($"/{part}", StringComparison.Ordinal)),
        _ when Hyphened().IsMatch(quote) => Sources.Value.Contains(quote, StringComparison.Ordinal),
        _ when Composed().IsMatch(quote) => Word().Matches(quote).All(word => Words.Value.Contains(word.Value)),
        _ => true,
    };

    private static string ReadSources()
    {
        string[] endings = [".cs", ".razor", ".sql", ".sh", ".js", ".json", ".yml", ".props", ".targets", ".csproj", ".css", ".txt"];
        string[] names = ["Makefile", "Dockerfile", ".env.example", ".editorconfig"];
        var files = Repository.Files.Where(file => names.Contains(file) || endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));
        return string.Join('\n', files.Select(file => File.ReadAllText(Repository.PathOf(file))));
    }

    [GeneratedRegex(@"^(?<name>[a-z0-9-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();

    [GeneratedRegex(@"(^|[^a-z-])make (-[a-z]+ )*(?<name>[a-z0-9]+[a-z0-9-]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Make();

    [GeneratedRegex(@"^[\w.*/-]+\.(cs|razor|sql|sh|md|yml|props|targets|csproj|sln|css|csv|txt|example)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[\w.*-]+(/[\w.*-]+)*/?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FilePath();

    [GeneratedRegex(@"^(read|write|sign|review|manage|operate):[a-z]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Permission();

    [GeneratedRegex(@"^/[\w{}:/-]+$", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hyphened();

    [GeneratedRegex(@"^([A-Za-z]\w*[:.])*(\w*[a-z0-9][A-Z]\w*|[A-Za-z]+(_[A-Za-z0-9]+)+|[A-Za-z]+:[A-Za-z]+)(\(\))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Composed();

    [GeneratedRegex(@"[A-Za-z]\w*", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
