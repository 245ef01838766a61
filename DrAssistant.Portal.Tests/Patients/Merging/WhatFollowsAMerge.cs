using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients.Merging;

/// <summary>What the catalogue must say, so that no table is forgotten and nobody else files a row anew.</summary>
public sealed class WhatFollowsAMerge(TwoCharts charts) : IClassFixture<TwoCharts>
{
    /// <summary>Tables with a patient_id that keep it, each with its reason.</summary>
    private static readonly Dictionary<string, string> Stay = new()
    {
        ["audit_events"] = "says whose record it was then; the trail of a patient is read under both ids",
        ["outbox_messages"] = "on its way",
        ["patient_names"] = "each record keeps its own and leads to the other",
        ["patient_name_terms"] = "each record is found by its own and leads to the other",
        ["patient_photos"] = "each record keeps its own: a picture is sealed to its record",
        ["search_documents"] = "an index: written anew by whoever hears of the merge",
        ["note_presence"] = "who is writing at this moment",
    };

    [Fact]
    public async Task is_every_table_about_a_patient_but_the_listed()
    {
        await using var owner = await charts.AsOwnerAsync();
        var all = await owner.ListAsync<string>("""
            SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'patient_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            """);
        var followed = await owner.ListAsync<string>("SELECT t::text FROM filed_by_patient()");

        Assert.Empty(all.Except(followed).Except(Stay.Keys));
        Assert.Empty(followed.Intersect(Stay.Keys));
        Assert.Equal("care_team", followed[0]); // its own triggers would otherwise write it anew
    }

    [Fact]
    public async Task has_been_made_to_follow_by_its_migration()
    {
        await using var owner = await charts.AsOwnerAsync();

        // A migration that makes a table with a patient_id ends with: CALL follow_merges('that_table');
        Assert.Empty(await owner.ListAsync<string>("""
            SELECT f.t::text FROM filed_by_patient() f
            WHERE NOT EXISTS (SELECT FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.polrelid = f.t AND p.polname = c.relname || '_refile')
            """));
        Assert.Empty(await owner.ListAsync<string>("""
            SELECT k.conrelid::regclass || '.' || k.conname FROM pg_constraint k JOIN filed_by_patient() f ON f.t = k.conrelid
            WHERE k.contype = 'f' AND cardinality(k.conkey) > 1 AND NOT k.condeferrable
            """));
        Assert.Empty(await owner.ListAsync<string>("SELECT f.t::text FROM filed_by_patient() f WHERE cardinality(f.key_columns) = 0"));
    }

    [Theory]
    [InlineData("clinical_notes")]
    [InlineData("note_versions")]
    [InlineData("prescriptions")]
    [InlineData("prescription_items")]
    [InlineData("observations")]
    public async Task is_filed_anew_by_nobody_who_says_that_they_are_merging(string table)
    {
        await using (var worker = await charts.AsWorkerAsync())
        {
            await worker.RunAsync("UPDATE clinical_notes SET status = 'signed' WHERE status = 'draft'");
            await worker.RunAsync("UPDATE prescriptions SET status = 'signed', signed_at = now() WHERE status = 'draft'");
            await worker.RunAsync("SELECT set_config('app.refiling', 'on', true)");
            await worker.RunAsync("SAVEPOINT before");
            if (table is not "observations" and not "prescription_items")
            {
                await Assert.ThrowsAsync<PostgresException>(() => worker.RunAsync($"UPDATE {table} SET patient_id = $1 WHERE patient_id = $2", TwoCharts.Meera, TwoCharts.Ravi));
            }
        }

        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync("SELECT set_config('app.refiling', 'on', true)");
        await Assert.ThrowsAsync<PostgresException>(() => asha.RunAsync($"UPDATE {table} SET patient_id = $1 WHERE patient_id = $2", TwoCharts.Ravi, TwoCharts.Meera));
    }

    [Fact]
    public async Task is_out_of_the_owners_reach_at_any_other_time()
    {
        await using var owner = await charts.AsOwnerAsync();

        foreach (var table in new[] { "encounters", "clinical_notes", "prescriptions", "results", "allergies" })
        {
            Assert.Equal(0, await owner.AskAsync<long>($"SELECT count(*) FROM {table}"));
        }
    }

    [Theory]
    [InlineData("refile('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000')")]
    [InlineData("set_details('00000000-0000-0000-0000-000000000000', '{}')")]
    [InlineData("carry_out_merge('00000000-0000-0000-0000-000000000000', NULL, '{}', NULL, false, now())")]
    [InlineData("decline_merge('00000000-0000-0000-0000-000000000000', '', now())")]
    [InlineData("undo_merge('00000000-0000-0000-0000-000000000000', '', '{}', NULL, now())")]
    public async Task is_moved_by_no_function_that_somebody_else_may_call(string function)
    {
        foreach (var person in new[] { Person.Asha, Person.Nila, Person.Desk, Person.Former, Person.Nobody })
        {
            await using var statements = await charts.AsAsync(person);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await statements.RefusalOfAsync($"SELECT {function}"));
        }
    }
}
