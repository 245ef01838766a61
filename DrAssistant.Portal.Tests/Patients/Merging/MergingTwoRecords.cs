using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients.Merging;

public sealed class MergingTwoRecords(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task loses_nothing_moves_everything_and_undoing_it_puts_every_row_back()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var (_, followed) = await records.TablesAsync();
        var before = await SnapshotAsync(records, followed);
        var content = await SnapshotAsync(records, followed, without: true);
        Assert.True(followed.Count >= 19, "Fewer tables follow a merge than there are about patients.");
        Assert.All(followed, table => Assert.True(before[table].Count >= 2, $"{table} has no row of each."));

        var merge = await records.AskAsync();
        var approved = (await records.ApproveAsync(merge)).Value();

        foreach (var table in followed)
        {
            Assert.Equal(table == "care_team" ? 1 : 0, await records.CountAsync(table, TwoRecords.Merged));
        }

        Assert.Equal(content, await SnapshotAsync(records, followed, without: true)); // not even when it was last changed
        Assert.True(approved.RowsFiled >= followed.Count);

        (await records.UndoAsync(merge)).Value();

        Assert.Equal(before, await SnapshotAsync(records, followed));
        Assert.Equal(MergeStatus.Undone, await records.Clinic.BehindAsync(db => db.PatientMerges.Where(m => m.Id == merge).Select(m => m.Status).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task shows_the_whole_to_the_nurse_of_one_side_and_no_more_than_before_when_undone()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        Assert.Equal(0, await SeenAsync(records, records.Nila, "encounters", "Basu"));
        var merge = await records.AskAsync();

        (await records.ApproveAsync(merge)).Value();

        foreach (var table in new[] { "encounters", "observations", "clinical_notes", "note_versions", "prescriptions", "prescription_items", "results", "documents", "patient_documents" })
        {
            Assert.Equal(2, await VisibleAsync(records, records.Nila, table));
            Assert.Equal(2, await VisibleAsync(records, records.Basu, table));
        }

        (await records.UndoAsync(merge)).Value();

        foreach (var table in new[] { "encounters", "observations", "clinical_notes", "note_versions", "prescriptions", "prescription_items", "results", "documents", "patient_documents" })
        {
            Assert.Equal(1, await VisibleAsync(records, records.Nila, table));
            Assert.Equal(1, await VisibleAsync(records, records.Basu, table));
        }
    }

    [Fact]
    public async Task by_two_admins_at_once_happens_once_and_the_slower_is_told_who_was_faster()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var other = await records.Clinic.Given.AdminAsync("Omar Khan");
        var merge = await records.AskAsync();

        var answers = await Task.WhenAll(records.ApproveAsync(merge), records.ApproveAsync(merge, other));

        Assert.Single(answers, answer => answer.Succeeded);
        var late = Assert.Single(answers, answer => !answer.Succeeded);
        Assert.Equal(RefusalKind.Conflict, late.Refusal?.Kind);
        Assert.Contains("approved this on", late.Refusal?.Message, StringComparison.Ordinal);
        Assert.Single(await records.ListAsync("SELECT event::text FROM audit_events WHERE event = 'merge.approve'"));
    }

    [Fact]
    public async Task that_breaks_in_the_middle_leaves_nothing()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var (all, _) = await records.TablesAsync();
        var merge = await records.AskAsync();
        await records.RunBehindAsync("""
            CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the power went'; END $$;
            CREATE TRIGGER breaks AFTER UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION breaks();
            """);
        var before = await SnapshotAsync(records, all);

        await Assert.ThrowsAnyAsync<Exception>(() => records.ApproveAsync(merge));

        Assert.Equal(before, await SnapshotAsync(records, all));
        Assert.Equal("asked", await records.OneAsync<string>($"SELECT status::text FROM patient_merges WHERE id = '{merge}'"));
        Assert.Equal(0, await records.OneAsync<long>("SELECT count(*) FROM patient_merge_moves"));
    }

    [Fact]
    public async Task keeps_the_old_number_the_other_name_and_the_old_address()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        await records.RunBehindAsync($"DELETE FROM patient_name_index");
        await records.Clinic.Given.SaveAsync(PatientNameIndex.Of(TwoRecords.Survivor, "Meera", "Nair"), PatientNameIndex.Of(TwoRecords.Merged, "Ravi", "Rao"));
        (await records.ApproveAsync(await records.AskAsync())).Value();
        await using var desk = records.As(records.Desk);
        await using var nila = records.As(records.Nila);

        foreach (var asked in new[] { "DA-2", "Ravi Rao", "rao" })
        {
            var hit = Assert.Single((await desk.Get<IPatients>().FindAsync(asked, Cancellation)).Value());
            Assert.Equal((TwoRecords.Survivor, "Ravi Rao", "DA-2"), (hit.Id, hit.FoundAs?.Name.Spoken, hit.FoundAs?.Mrn));
        }

        Assert.Null(Assert.Single((await desk.Get<IPatients>().FindAsync("meera", Cancellation)).Value()).FoundAs);
        var opened = (await nila.Get<IPatients>().OpenAsync(TwoRecords.Merged, Cancellation)).Value();
        Assert.Equal((TwoRecords.Survivor, "Meera Nair", true), (opened.PatientId, opened.Name.Spoken, opened.InCare));
        Assert.Equal([("RAO, Ravi", "DA-2")], opened.AlsoKnownAs.Select(k => (k.Name.Listed, k.Mrn)));
    }

    [Fact]
    public async Task again_and_again_leads_to_the_last_and_is_undone_from_the_last_on()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var third = await records.Clinic.Given.PatientAsync("Lakshmi", "Rao");
        var first = await records.AskAsync();
        (await records.ApproveAsync(first)).Value();
        var second = await records.AskAsync(survivor: third, merged: TwoRecords.Survivor);
        (await records.ApproveAsync(second)).Value();

        Assert.Equal(third, await LeadsToAsync(records, TwoRecords.Merged));
        Assert.Equal(2, await records.CountAsync("encounters", third));

        var refused = await records.UndoAsync(first);
        Assert.Equal(RefusalKind.Conflict, refused.Refusal?.Kind);
        Assert.Contains("Undo that merge first", refused.Refusal?.Message, StringComparison.Ordinal);

        (await records.UndoAsync(second)).Value();
        Assert.Equal(TwoRecords.Survivor, await LeadsToAsync(records, TwoRecords.Merged));
        (await records.UndoAsync(first)).Value();
        Assert.Equal(TwoRecords.Merged, await LeadsToAsync(records, TwoRecords.Merged));
        Assert.Equal(1, await records.CountAsync("encounters", TwoRecords.Merged));
    }

    [Fact]
    public async Task undone_later_leaves_what_was_written_since_but_for_what_hangs_on_a_row_that_goes_back()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var merge = await records.AskAsync();
        (await records.ApproveAsync(merge)).Value();
        await records.Clinic.RunAsync($"""
            INSERT INTO results (id, order_item_id, patient_id, code, code_system, name, value_number, effective_at, issued_at)
                SELECT gen_random_uuid(), order_item_id, patient_id, '2823-3', code_system, 'Potassium', 4.1, now(), now() FROM results
                WHERE order_item_id IN (SELECT i.id FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.doctor_id = '{records.Basu.Id}');
            INSERT INTO tasks (id, title, created_by, patient_id, task_type) VALUES (gen_random_uuid(), 'New', '{records.Asha.Id}', '{TwoRecords.Survivor}', 'other');
            """);
        await using (var admin = records.As(records.Admin))
        {
            Assert.True((await admin.Get<IPatientMerging>().OpenAsync(merge, Cancellation)).Value().WrittenSince >= 2);
        }

        (await records.UndoAsync(merge)).Value();

        Assert.Equal(2, await records.CountAsync("results", TwoRecords.Merged)); // the value of an order that went back
        Assert.Equal(1, await records.CountAsync("results", TwoRecords.Survivor));
        Assert.Equal(2, await records.CountAsync("tasks", TwoRecords.Survivor));
    }

    [Fact]
    public async Task tells_open_screens_the_admins_and_who_asked_and_is_in_the_trail_of_both()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var merge = await records.AskAsync();
        Assert.Equal(["/admin/merges/" + merge], await AlertsAsync(records, records.Admin));

        (await records.ApproveAsync(merge)).Value();

        Assert.Equal([$"/patients/merge/{TwoRecords.Survivor}/{TwoRecords.Merged}"], await AlertsAsync(records, records.Desk));
        var owed = await records.Clinic.OwedAsync();
        Assert.Equal(new[] { TwoRecords.Survivor, TwoRecords.Merged }.Order(), owed.Where(m => m.Kind == "patient.changed").Select(m => m.PatientId!.Value).Order());
        Assert.Contains(owed, m => m.Kind == "appointment.changed");
        foreach (var (person, what) in new[] { (records.Desk, "merge.ask"), (records.Admin, "merge.approve") })
        {
            var entry = Assert.Single(await records.Clinic.TrailOfAsync(person), e => e.Event == what);
            entry.AssertShown(TwoRecords.Survivor, TwoRecords.Merged);
            Assert.False(string.IsNullOrEmpty(entry.Reason));
        }
    }

    [Fact]
    public async Task leaves_the_trail_as_it_was_written_and_reads_it_under_both()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        (await records.ApproveAsync(await records.AskAsync())).Value();
        await using var admin = records.As(records.Admin);

        Assert.Equal(1, await records.OneAsync<long>($"SELECT count(*) FROM audit_events WHERE event = 'chart.read' AND patient_id = '{TwoRecords.Merged}'"));
        foreach (var patient in new[] { TwoRecords.Survivor, TwoRecords.Merged })
        {
            var lines = (await admin.Get<IAuditTrail>().OfPatientAsync(patient, 50, Cancellation)).Value();
            Assert.Equal(["DA-1", "DA-2"], lines.Where(l => l.Event == "chart.read").Select(l => l.PatientMrn).Order());
            Assert.Contains(lines, l => l.Event == "merge.approve");
        }
    }

    private static async Task<Dictionary<string, List<string>>> SnapshotAsync(TwoRecords records, IEnumerable<string> tables, bool without = false)
    {
        var rows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            rows[table] = await records.RowsAsync(table, without);
        }

        rows["patients"] = without ? [] : await records.ListAsync($"SELECT (to_jsonb(p) - 'updated_at')::text FROM patients p WHERE id IN ('{TwoRecords.Survivor}', '{TwoRecords.Merged}') ORDER BY id");
        return rows;
    }

    private static Task<Guid> LeadsToAsync(TwoRecords records, Guid patient) => records.OneAsync<Guid>($"SELECT survivor_id FROM patient_names WHERE patient_id = '{patient}'");

    private static Task<List<string>> AlertsAsync(TwoRecords records, ClinicPerson person)
        => records.ListAsync($"SELECT action_url::text FROM alerts WHERE user_id = '{person.Id}' AND source = 'merge'");

    private static async Task<long> SeenAsync(TwoRecords records, ClinicPerson person, string table, string _)
        => await VisibleAsync(records, person, table) - 1;

    /// <summary>How many rows about the two this person reads by a statement of their own.</summary>
    private static async Task<long> VisibleAsync(TwoRecords records, ClinicPerson person, string table)
    {
        await using var connection = new NpgsqlConnection(records.Clinic.Connections.App);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"SELECT set_config('app.user_id', '{person.Id}', false); SELECT count(*) FROM {table} WHERE patient_id IN ('{TwoRecords.Survivor}', '{TwoRecords.Merged}')", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.NextResultAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        return reader.GetInt64(0);
    }
}
