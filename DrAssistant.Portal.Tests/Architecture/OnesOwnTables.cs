using System.Text.RegularExpressions;
using DrAssistant.Data;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>
/// A feature writes its own tables; another's it reads, or asks by its door. What an entity's verb changes is seen by
/// reviewers; this test sees what is added, removed, or written by a statement.
/// </summary>
public sealed partial class OnesOwnTables
{
    /// <summary>Tables that no entity is mapped to, and the folder that writes them.</summary>
    private static readonly Dictionary<string, string> Unmapped = new()
    {
        ["queue_tokens"] = "Scheduling",
        ["alert_deliveries"] = "Alerts",
        ["schema_history"] = "Stores",
        ["clinical_notes"] = "Stores",
        ["note_versions"] = "Stores",
        ["note_amendments"] = "Stores",
        ["note_drafts"] = "Stores",
        ["documents"] = "Stores",
        ["imported_resources"] = "Import",
        ["consents"] = "Patients",
        ["formulary_medicines"] = "Prescribing",
        ["order_catalogue"] = "Ordering",
        ["reference_ranges"] = "Ordering",
        ["order_sets"] = "Ordering",
        ["diagnosis_codes"] = "Encounters",
        ["diagnosis_uses"] = "Encounters",
        ["name_rules"] = "Patients",
        ["search_words"] = "Search",
        ["search_builds"] = "Search",
        ["search_documents"] = "Stores",
        ["recordings"] = "Recordings",
        ["recording_parts"] = "Recordings",
        ["recording_files"] = "Stores",
        ["recording_chunks"] = "Stores",
        ["voice_recordings"] = "Stores",
        ["transcripts"] = "Stores",
    };

    /// <summary>Who writes what is not their own, and why.</summary>
    private static readonly Dictionary<(string Folder, string Table), string> Exceptions = new()
    {
        [("Recordings", "consents")] = "the consent to be recorded is on file in the statement that begins the recording, or neither is",
    };

    /// <summary>An import fills every table, past the rules for people, as background work.</summary>
    private static readonly string[] WritesAll = ["Import"];

    private static readonly Dictionary<string, string> TableOfSet = SetsAndTables().ToDictionary(x => x.Set, x => x.Table);

    private static readonly Dictionary<string, string> OwnerOfTable = SetsAndTables().Select(x => (x.Table, x.Owner))
        .Concat(Unmapped.Select(x => (Table: x.Key, Owner: x.Value))).ToDictionary(x => x.Table, x => x.Owner);

    private static readonly HashSet<string> Tables =
    [
        .. Repository.Files.Where(file => file.EndsWith(".sql", StringComparison.Ordinal))
            .SelectMany(file => Created().Matches(File.ReadAllText(Repository.PathOf(file)))).Select(match => match.Groups["table"].Value),
    ];

    [Fact]
    public void are_all_that_a_feature_writes()
    {
        var writes = Writes().ToList();

        Assert.True(writes.Count > 5, "No write was found where there are many: the patterns of this test do not fit the sources any more.");
        Findings.None(writes
            .Where(write => write.Folder != OwnerOfTable.GetValueOrDefault(write.Table) && !WritesAll.Contains(write.Folder))
            .Where(write => !Exceptions.ContainsKey((write.Folder, write.Table)))
            .Select(write => $"{write.File} writes {write.Table}, which is {OwnerOfTable.GetValueOrDefault(write.Table) ?? "not listed in this test"}'s."));
    }

    [Fact]
    public void have_no_exception_that_is_none()
        => Assert.Empty(Exceptions.Keys.Except(Writes().Select(write => (write.Folder, write.Table))));

    private static IEnumerable<(string File, string Folder, string Table)> Writes()
    {
        foreach (var file in Repository.Files.Where(file => file.StartsWith("DrAssistant.Data/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(Repository.PathOf(file));
            var tables = ByContext().Matches(text).Concat(InBulk().Matches(text))
                .Select(match => TableOfSet.GetValueOrDefault(match.Groups["set"].Value))
                .Concat(BySql().Matches(text).Select(match => match.Groups["table"].Value).Where(Tables.Contains));
            foreach (var table in tables.OfType<string>().Distinct())
            {
                yield return (file, file.Split('/')[1], table);
            }
        }
    }

    private static IEnumerable<(string Set, string Table, string Owner)> SetsAndTables()
    {
        using var db = new ClinicDb(new DbContextOptionsBuilder<ClinicDb>().UseNpgsql("Host=nowhere").Options);
        var sets = typeof(ClinicDb).GetProperties().Where(property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>));
        return
        [
            .. from set in sets
               let entity = set.PropertyType.GetGenericArguments()[0]
               let table = db.Model.FindEntityType(entity)?.GetTableName()
               where table is not null
               select (set.Name, table, entity.Namespace!.StartsWith("DrAssistant.Data.", StringComparison.Ordinal) ? entity.Namespace.Split('.')[2] : "Staff"),
        ];
    }

    [GeneratedRegex(@"\b\w+\.(?<set>[A-Z]\w+)\.(Add|AddRange|AddAsync|AddRangeAsync|Remove|RemoveRange|Update|UpdateRange|Attach)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ByContext();

    [GeneratedRegex(@"\bdb\.(?<set>[A-Z]\w+)\b[^;]*?\.Execute(Update|Delete)Async\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InBulk();

    [GeneratedRegex(@"^CREATE TABLE (?<table>\w+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Created();

    [GeneratedRegex(@"\b(INSERT INTO|DELETE FROM|TRUNCATE|COPY|MERGE INTO|(?<!FOR |DO |BEFORE |ON )UPDATE) (?<table>[a-z_]+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BySql();
}
