using System.Text;
using System.Text.Json;
using CsvHelper;
using DrAssistant.Portal.Commands;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace DrAssistant.Portal.Tests.Drafting;

/// <summary><c>draft-notes</c> at a terminal: visits in, notes out, no database.</summary>
public sealed class DraftingAFileOfVisits : IDisposable
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();

    private string In => Path.Combine(_folder.Path, "visits.csv");

    private string Out => Path.Combine(_folder.Path, "notes.csv");

    [Fact]
    public async Task writes_a_row_a_visit_and_for_each_sentence_its_places()
    {
        const string before = "😀 ";
        await WriteAsync($"encounter_id,dialogue\nV1,\"{before}{InventedVisits.Knee}\"\nV2,\"{InventedVisits.SmallTalk}\"\n");

        var (code, text, _) = await RunAsync("--in", In, $"--out={Out}", "--engine", "extractive", "--Clinic:DataFolder=elsewhere");

        Assert.Equal(0, code);
        Assert.Contains("2 visits", text, StringComparison.Ordinal);
        Assert.Contains("1 visits with nothing", text, StringComparison.Ordinal);
        var rows = Rows();
        Assert.Equal(["V1", "V2"], rows.Select(r => r["encounter_id"]));
        Assert.Contains("CHIEF COMPLAINT", rows[0]["note"], StringComparison.Ordinal);
        Assert.Contains("meloxicam 15 mg", rows[0]["plan"], StringComparison.Ordinal);
        Assert.Contains("132/80", rows[0]["objective"], StringComparison.Ordinal);
        Assert.Contains("sprain", rows[0]["assessment"], StringComparison.Ordinal);
        Assert.Contains("denies fever", rows[0]["subjective"], StringComparison.Ordinal);
        Assert.Contains("Nobody speaks", rows[1]["note"], StringComparison.Ordinal);
        Assert.Equal(("", "[]"), (rows[1]["subjective"], rows[1]["sentences"]));

        using var sentences = JsonDocument.Parse(rows[0]["sentences"]);
        var runes = (before + InventedVisits.Knee).EnumerateRunes().ToList();
        Assert.All(sentences.RootElement.EnumerateArray().SelectMany(s => s.GetProperty("spans").EnumerateArray()), span =>
            Assert.Equal(span.GetProperty("text").GetString(), string.Concat(runes[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()])));
    }

    [Fact]
    public async Task asks_no_model_that_no_setting_names()
    {
        await WriteAsync("encounter_id,dialogue\n1,[doctor] hello\n");

        var (code, _, errors) = await RunAsync("--in", In, "--out", Out, "--engine", "model");

        Assert.Equal(1, code);
        Assert.Contains("Drafting:Model:Endpoint", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("encounter_id,dialogue\n")]
    [InlineData("id,text\n1,hello\n")]
    [InlineData("encounter_id,dialogue\n1,\"never closed\n")]
    [InlineData("encounter_id,dialogue\n1,a\0b\n")]
    public async Task ends_with_1_where_there_is_no_table_of_visits(string content)
    {
        await WriteAsync(content);

        var (code, _, errors) = await RunAsync("--in", In, "--out", Out);

        Assert.Equal(1, code);
        Assert.NotEmpty(errors);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task ends_with_1_where_it_cannot_begin()
    {
        await WriteAsync("encounter_id,dialogue\n1,[doctor] hello\n");

        Assert.Contains("was not found", (await RunAsync("--in", Path.Combine(_folder.Path, "lost.csv"), "--out", Out)).Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be written", (await RunAsync("--in", In, "--out", Path.Combine(_folder.Path, "no", "notes.csv"))).Errors, StringComparison.Ordinal);
        foreach (var arguments in new string[][] { [], ["--in", In], ["--in", "--out", Out], [In, Out], ["--in", In, "--out", Out, "--more", "x"], ["--in", In, "--out", Out, "--engine", "magic"] })
        {
            var (code, _, errors) = await RunAsync(arguments);
            Assert.Equal(1, code);
            Assert.Contains("draft-notes --in", errors, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private Task WriteAsync(string content) => File.WriteAllTextAsync(In, content, TestContext.Current.CancellationToken);

    private List<Dictionary<string, string>> Rows()
    {
        string[] columns = ["encounter_id", "note", "subjective", "objective", "assessment", "plan", "sentences"];
        using var csv = CsvReader.Create(File.ReadAllBytes(Out), CsvReaderOptions.Default with { Separator = ',' });
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(columns.ToDictionary(c => c, c => csv.GetString(c) ?? "", StringComparer.Ordinal));
        }

        return rows;
    }

    private static async Task<(int Code, string Text, string Errors)> RunAsync(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(new StringBuilder()), new StringWriter(new StringBuilder()));
        await using (output)
        await using (errors)
        {
            var code = await new DraftNotesCommand(() => new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), output, errors).RunAsync(arguments, TestContext.Current.CancellationToken);
            return (code, output.ToString(), errors.ToString());
        }
    }
}
