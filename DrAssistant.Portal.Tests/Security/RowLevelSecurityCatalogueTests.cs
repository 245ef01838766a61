using System.Text.RegularExpressions;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>What the catalogue itself must say about tables, policies, functions and rights.</summary>
public sealed partial class RowLevelSecurityCatalogueTests(TwoCharts charts) : IClassFixture<TwoCharts>
{
    /// <summary>The tables without row-level security, each with its reason.</summary>
    private static readonly Dictionary<string, string> Open = new()
    {
        ["users"] = "signing in reads it before anybody is signed in; who works here is known to everybody who does",
        ["user_claims"] = "belongs to signing in",
        ["user_logins"] = "belongs to signing in",
        ["user_tokens"] = "belongs to signing in",
        ["sessions"] = "signing in and every request read it before anybody is known; the secrets are kept as hashes",
        ["account_links"] = "whoever opens one is not signed in; nothing about a patient, and the secrets are kept as hashes",
        ["second_factors"] = "signing in asks it before anybody is signed in; nothing about a patient, the secrets are sealed and the codes kept as hashes",
        ["sign_in_tickets"] = "belongs to signing in; nothing about a patient",
        ["queue_tokens"] = "a counter a doctor and day; nothing about a patient",
        ["prescription_numbers"] = "a counter a year; only the trigger that gives numbers has a right to it",
        ["pharmacies"] = "an address list",
        ["providers"] = "an address list",
        ["formulary_medicines"] = "reference data",
        ["order_catalogue"] = "reference data",
        ["diagnosis_codes"] = "reference data",
        ["reference_ranges"] = "reference data",
        ["order_sets"] = "reference data",
        ["order_numbers"] = "a counter a year; only the trigger that gives numbers has a right to it",
        ["patient_name_terms"] = "a text search is not leakproof and cannot use an index under a policy; a hit is an id, shown only through patient_names",
        ["known_names"] = "the index terms of names, each combination once and without whose they are",
        ["name_words"] = "the words that names are made of, each once and without whose they are",
        ["name_rules"] = "a version number",
        ["search_words"] = "the words that the clinic writes, each once and without whose they are",
        ["search_builds"] = "how far each building of the search index has come; nothing about a patient",
        ["schema_history"] = "which migrations have run; only the owner has a right to it",
    };

    public static IReadOnlyCollection<string> OpenTables => Open.Keys;

    [Fact]
    public async Task Only_the_listed_tables_have_no_row_level_security()
    {
        await using var worker = await charts.AsWorkerAsync();

        var open = await worker.ListAsync<string>("""
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity
            """);

        Assert.Equal(Open.Keys.Order(), open.Order());
        Assert.All(Open.Values, reason => Assert.NotEmpty(reason));
    }

    [Fact]
    public async Task Row_level_security_is_forced_upon_the_owner_too()
    {
        await using var worker = await charts.AsWorkerAsync();

        Assert.Empty(await worker.ListAsync<string>("""
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT relforcerowsecurity
            """));
    }

    [Fact]
    public async Task A_policy_asks_who_is_asking_once_a_statement_and_never_once_a_row()
    {
        await using var worker = await charts.AsWorkerAsync();
        var policies = await worker.RowsAsync("""
            SELECT policyname, concat_ws(' ; ', qual, with_check) FROM pg_policies
            WHERE schemaname = 'public' AND 'clinic_app' = ANY (roles)
            """);

        Assert.NotEmpty(policies);
        foreach (var (name, rule) in policies.Select(row => (row[0], row[1])))
        {
            Assert.False(RowFunction().IsMatch(OncePerStatement().Replace(rule, "").Replace("now()", "", StringComparison.Ordinal)), $"{name} calls a function a row: {rule}");
        }
    }

    [Fact]
    public async Task Every_policy_for_people_asks_who_they_are()
    {
        await using var worker = await charts.AsWorkerAsync();

        // A failed sign-in has no actor: audit_write compares with nobody as well. A restrictive policy only takes away.
        Assert.Equal(["audit_write"], await worker.ListAsync<string>("""
            SELECT policyname::text FROM pg_policies
            WHERE schemaname = 'public' AND roles && '{clinic_app,public}'::name[] AND permissive = 'PERMISSIVE'
                AND NOT (coalesce(qual, with_check) ~ 'clinic_role|clinic_carer' AND coalesce(with_check, qual) ~ 'clinic_role|clinic_carer')
            """));
    }

    [Fact]
    public async Task What_runs_with_the_owners_rights_is_listed_has_a_fixed_path_and_is_not_everybodys()
    {
        await using var worker = await charts.AsWorkerAsync();
        var functions = await worker.RowsAsync("""
            SELECT proname, array_to_string(proconfig, ','), has_function_privilege('public', oid, 'EXECUTE'),
                has_function_privilege('clinic_app', oid, 'EXECUTE')
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY proname
            """);

        Assert.Equal(
            ["announce_alert", "appointment_joins_care_team", "booked_periods", "break_glass", "care_team_of", "carry_out_merge", "count_alert", "decline_merge", "display_board", "encounter_joins_care_team",
                "forget_name", "give_order_number", "give_prescription_number", "in_care_who_meet", "index_name", "join_care_team", "mark_what_is_often", "merge_obstacles", "merge_side", "mirror_patient_death", "mirror_patient_name", "name_in_care", "override_counts", "patients_by_number", "patients_in_care", "refile",
                "registration_joins_care_team", "search_index", "set_details", "tell_care_of_name", "tell_of_alert", "tell_of_merge", "undo_merge", "written_since_merge"],
            functions.Select(row => row[0]));
        Assert.All(functions, row => Assert.Equal("search_path=public, pg_temp", row[1]));
        Assert.All(functions, row => Assert.Equal("False", row[2]));
        Assert.Equal(
            ["booked_periods", "break_glass", "care_team_of", "carry_out_merge", "decline_merge", "display_board", "in_care_who_meet", "merge_obstacles", "merge_side", "override_counts", "patients_by_number", "patients_in_care",
                "search_index", "undo_merge", "written_since_merge"],
            functions.Where(row => row[3] == "True").Select(row => row[0]));
    }

    [Fact]
    public async Task A_function_that_reads_a_table_cannot_be_shown_another_of_the_same_name()
    {
        await using var worker = await charts.AsWorkerAsync();

        // A temporary table comes first in an unset search_path. A body that was parsed when it was created is bound already.
        Assert.Empty(await worker.ListAsync<string>("""
            SELECT proname::text FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
            WHERE pronamespace = 'public'::regnamespace AND l.lanname IN ('plpgsql', 'sql') AND p.prosqlbody IS NULL
                AND proconfig IS NULL AND prosrc ~* '\m(from|join|into|update)\s+(?!public\.)'
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            """));
    }

    [Theory]
    [InlineData("clinic_app")]
    [InlineData("clinic_worker")]
    public async Task The_roles_of_the_portal_own_nothing_and_pass_no_policy(string role)
    {
        await using var worker = await charts.AsWorkerAsync();

        Assert.Equal(0, await worker.AskAsync<long>("SELECT count(*) FROM pg_class WHERE relowner = $1::regrole", role));
        Assert.Equal(0, await worker.AskAsync<long>("SELECT count(*) FROM pg_proc WHERE proowner = $1::regrole", role));
        Assert.False(await worker.AskAsync<bool>(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication FROM pg_roles WHERE rolname = $1", role));
        Assert.Empty(await worker.ListAsync<string>(
            "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = $1::regrole", role));
    }

    [Theory]
    [InlineData("clinic_app")]
    [InlineData("clinic_worker")]
    public async Task The_roles_of_the_portal_change_no_schema_and_truncate_nothing(string role)
    {
        await using var worker = await charts.AsWorkerAsync();

        Assert.False(await worker.AskAsync<bool>("SELECT has_schema_privilege($1, 'public', 'CREATE')", role));
        Assert.False(await worker.AskAsync<bool>("SELECT has_database_privilege($1, current_database(), 'CREATE')", role));
        Assert.False(await worker.AskAsync<bool>("SELECT has_database_privilege($1, current_database(), 'TEMPORARY')", role));
        Assert.Empty(await worker.ListAsync<string>("""
            SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                AND has_table_privilege($1, oid, 'TRUNCATE, REFERENCES, TRIGGER')
            """, role));
    }

    [Theory]
    [InlineData("clinic_app", "doctor_leave order_items patient_documents practice_holidays prescription_items saved_searches sign_in_tickets staff_photos user_claims user_logins user_tokens visit_lengths working_hours")]
    [InlineData("clinic_worker", "alert_deliveries doctor_leave document_parts outbox_messages patient_documents practice_holidays recording_chunks recording_files recording_parts search_documents sign_in_tickets user_claims user_logins user_tokens visit_lengths working_hours")]
    public async Task Nothing_is_deleted_but(string role, string tables)
    {
        await using var worker = await charts.AsWorkerAsync();

        Assert.Equal(tables.Split(' '), await worker.ListAsync<string>("""
            SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                AND has_table_privilege($1, oid, 'DELETE') ORDER BY relname
            """, role));
    }

    [Fact]
    public async Task An_item_goes_out_of_a_draft_and_out_of_nothing_else()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        foreach (var (item, paper, key) in new[] { ("prescription_items", "prescriptions", "prescription_id"), ("order_items", "orders", "order_id") })
        {
            await asha.RunAsync($"UPDATE {paper} SET status = 'cancelled'"); // of a visit's drafts of prescriptions one is open
            await asha.RunAsync($"INSERT INTO {paper} SELECT (jsonb_populate_record(NULL::{paper}, to_jsonb(p) || '{{\"id\": \"0000000c-0000-7000-8000-000000000001\", \"status\": \"draft\"}}')).* FROM {paper} p LIMIT 1");
            await asha.RunAsync($"INSERT INTO {item} SELECT (jsonb_populate_record(NULL::{item}, to_jsonb(i) || '{{\"id\": \"0000000c-0000-7000-8000-000000000002\", \"{key}\": \"0000000c-0000-7000-8000-000000000001\"}}')).* FROM {item} i LIMIT 1");
            Assert.Equal(1, await asha.RunAsync($"DELETE FROM {item} WHERE {key} = '0000000c-0000-7000-8000-000000000001'"));

            await asha.RunAsync($"INSERT INTO {item} SELECT (jsonb_populate_record(NULL::{item}, to_jsonb(i) || '{{\"id\": \"0000000c-0000-7000-8000-000000000002\", \"{key}\": \"0000000c-0000-7000-8000-000000000001\"}}')).* FROM {item} i LIMIT 1");
            await asha.RunAsync($"UPDATE {paper} SET status = 'cancelled' WHERE id = '0000000c-0000-7000-8000-000000000001'");
            Assert.Equal(0, await asha.RunAsync($"DELETE FROM {item} WHERE {key} = '0000000c-0000-7000-8000-000000000001'"));
        }
    }

    // PostgreSQL writes a call as name(, and a word of SQL with a space before its bracket.
    [GeneratedRegex(@"\w+\(", RegexOptions.NonBacktracking)]
    private static partial Regex RowFunction();

    [GeneratedRegex(@"\( ?SELECT (clinic_user|clinic_role|clinic_carer)\(\) AS \w+\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OncePerStatement();
}
