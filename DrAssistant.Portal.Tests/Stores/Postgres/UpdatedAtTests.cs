using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>The time of the last change is the database's own, whatever a statement claims.</summary>
public sealed class UpdatedAtTests(TwoCharts charts) : IClassFixture<TwoCharts>
{
    // Documents of the document store carry the time that the store's caller gives, the same in every adapter.
    private static readonly string[] TheStoresOwn = ["clinical_notes", "note_versions", "note_amendments", "note_drafts", "documents", "voice_recordings", "transcripts"];

    [Fact]
    public async Task Every_change_of_a_row_moves_it()
    {
        await using var worker = await charts.AsWorkerAsync();
        var tables = await worker.ListAsync<string>("""
            SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'updated_at' ORDER BY 1
            """);

        var still = new List<string>();
        foreach (var table in tables.Except(TheStoresOwn))
        {
            await worker.RunAsync($"UPDATE {table} SET updated_at = '2000-01-01Z'");
            if (await worker.AskAsync<long>($"SELECT count(*) FROM {table} WHERE updated_at <> now()") > 0)
            {
                still.Add(table);
            }
        }

        Assert.NotEmpty(tables);
        Findings.None(still);
    }
}
