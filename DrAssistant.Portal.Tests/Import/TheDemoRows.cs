using System.Text.Json;
using DrAssistant.Data.Import.Demo;
using DrAssistant.Data.Import.Demo.Stories;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>What lies in the tables of a demo practice: coherent, the same everywhere, and unreadable where it must be.</summary>
public sealed class TheDemoRows(FilledDemo demo, ClinicDatabase databases) : IClassFixture<FilledDemo>
{
    /// <summary>Columns that differ from one filling to the next: ids, ciphertext, and times that the database gives.</summary>
    private const string Varying = """
        SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1
            AND (data_type IN ('uuid', 'bytea') OR column_name IN ('action_url', 'body')
                OR (table_name IN ('allergies', 'observations', 'conditions', 'immunizations', 'results', 'order_items', 'prescription_items', 'favourite_medicines', 'medicine_sets') AND column_name IN ('created_at', 'updated_at'))
                OR (table_name = 'care_team' AND column_name IN ('since', 'name_terms')))
        """;

    private static readonly string[] Tables =
    [
        "patients", "patient_name_index", "allergies", "care_team", "working_hours", "doctor_leave", "practice_holidays", "appointments", "queue_tokens",
        "encounters", "observations", "conditions", "immunizations", "prescriptions", "prescription_items", "favourite_medicines", "medicine_sets", "orders", "order_items", "results", "tasks", "alerts", "clinical_notes",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task are_the_same_in_two_practices_that_are_made_at_the_same_time()
    {
        await using var other = await ClinicUnderTest.OpenAsync(databases);
        var signIns = await DemoClinic.EnsureAsync(other.Services, Cancellation);
        foreach (var table in Tables)
        {
            var rows = await RowsAsync(demo.Clinic, table);
            Assert.NotEmpty(rows);
            Assert.Equal(rows, await RowsAsync(other, table));
        }

        Assert.Equal(await WordsAsync(demo.Clinic), await WordsAsync(other));
        Assert.NotEqual(demo.SignIns.Password, signIns.Password);
    }

    [Fact]
    public async Task have_results_that_came_when_they_were_reported()
        => Assert.Equal([0L], await demo.Clinic.ColumnAsync<long>("SELECT count(*) FROM results WHERE created_at <> issued_at"));

    [Fact]
    public async Task say_nothing_of_a_note_or_an_address_in_clear()
    {
        var everything = await demo.Clinic.ColumnAsync<string>("""
            SELECT query_to_xml(format('SELECT t::text FROM %I t', c.relname), true, true, '')::text FROM pg_class c
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            """);
        var words = await WordsAsync(demo.Clinic);
        var history = DemoStories.Named("hypertension").Visits[0].History;

        Assert.Contains(words, note => note.Contains(history, StringComparison.Ordinal));
        Assert.Contains(everything, table => table.Contains("Blood pressure review", StringComparison.Ordinal));
        Assert.All([history, "Temple Road", "900000010", "demopatient"], secret
            => Assert.DoesNotContain(everything, table => table.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task flag_every_result_as_its_range_says()
    {
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("""
            SELECT count(*) FROM results WHERE value_number IS NOT NULL AND flag <> CASE
                WHEN reference_low IS NULL AND reference_high IS NULL THEN 'unknown'
                WHEN value_number < reference_low THEN CASE WHEN flag = 'critical_low' THEN flag ELSE 'low' END
                WHEN value_number > reference_high THEN CASE WHEN flag = 'critical_high' THEN flag ELSE 'high' END
                ELSE 'normal' END
            """));
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM results WHERE value_number IS NULL AND flag NOT IN ('normal', 'abnormal')"));
        Assert.Equal(4, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM results WHERE flag LIKE 'critical%' AND reviewed_at IS NULL"));
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(*) FROM results WHERE flag = 'normal'") > 200);
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(*) FROM results WHERE flag IN ('low', 'high', 'abnormal')") > 200);
        Assert.True(await demo.Clinic.OneAsync<double>("SELECT avg((reviewed_at IS NOT NULL)::int)::float8 FROM results") > 0.9);
    }

    [Theory]
    [InlineData("8480-6", 70, 190)]
    [InlineData("8462-4", 40, 120)]
    [InlineData("8867-4", 45, 180)]
    [InlineData("8310-5", 36, 40)]
    [InlineData("9279-1", 10, 60)]
    [InlineData("59408-5", 90, 100)]
    [InlineData("29463-7", 2, 110)]
    [InlineData("8302-2", 45, 190)]
    [InlineData("39156-5", 11, 36)]
    public async Task measure_what_a_body_can_be(string code, double least, double most)
    {
        var values = await demo.Clinic.ColumnAsync<decimal>("SELECT value_number FROM observations WHERE code = $1", code);

        Assert.True(values.Count > 300);
        Assert.All(values, value => Assert.InRange((double)value, least, most));
    }

    [Fact]
    public async Task show_pressure_and_sugar_coming_down()
    {
        var falling = await demo.Clinic.OneAsync<double>("""
            SELECT avg((last < first)::int)::float8 FROM (
                SELECT (array_agg(o.value_number ORDER BY o.effective_at))[1] AS first, (array_agg(o.value_number ORDER BY o.effective_at DESC))[1] AS last
                FROM observations o JOIN conditions c ON c.patient_id = o.patient_id AND c.code = 'I10'
                WHERE o.code = '8480-6' AND o.effective_at >= c.recorded_at - interval '1 hour' GROUP BY o.patient_id HAVING count(*) > 2) t
            """);

        Assert.True(falling > 0.8, $"{falling:P0}");
    }

    [Fact]
    public async Task give_nobody_what_they_do_not_tolerate()
    {
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(*) FROM allergies WHERE substance = 'Penicillin'") > 0);
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("""
            SELECT count(*) FROM allergies a JOIN prescription_items i ON i.patient_id = a.patient_id
            WHERE (a.substance = 'Penicillin' AND i.medication_code = 'amoxicillin')
               OR (a.substance IN ('Diclofenac', 'Ibuprofen') AND i.medication_code IN ('naproxen', 'aspirin'))
            """));
    }

    [Fact]
    public async Task sign_and_bound_what_is_prescribed()
    {
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM prescriptions WHERE signed_at IS NULL OR status = 'draft'"));
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("""
            SELECT count(*) FROM prescriptions p WHERE (SELECT count(*) FROM prescription_items i WHERE i.prescription_id = p.id) NOT BETWEEN 1 AND 4
            """));
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(*) FROM prescription_items WHERE sig IS NOT NULL AND words IS NOT NULL AND strength IS NOT NULL AND quantity IS NOT NULL") > 200);
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM prescription_items WHERE dosage = '' OR frequency = '' OR ends_on IS NULL"));
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM users u WHERE role = 'doctor' AND (SELECT count(*) FROM favourite_medicines f WHERE f.owner_id = u.id) < 3"));
        Assert.Contains("1-0-1", await demo.Clinic.ColumnAsync<string>("SELECT DISTINCT frequency FROM prescription_items"));
    }

    [Fact]
    public async Task of_a_practice_at_work_are_left_alone()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Given.DoctorAsync();

        var signIns = await DemoClinic.EnsureAsync(clinic.Services, Cancellation);

        Assert.Empty(signIns.People);
        Assert.Null(signIns.Password);
        Assert.Equal(1, await clinic.OneAsync<long>("SELECT count(*) FROM users"));
        Assert.Equal(0, await clinic.OneAsync<long>("SELECT count(*) FROM patients"));
    }

    private static async Task<List<string>> RowsAsync(ClinicUnderTest clinic, string table)
    {
        var varying = await clinic.ColumnAsync<string>(Varying, table);
        return await clinic.ColumnAsync<string>($"SELECT (to_jsonb(t) - $1)::text AS row FROM {table} t ORDER BY row", (object)varying.ToArray());
    }

    /// <summary>What every note says, in an order of its own.</summary>
    private static async Task<List<string>> WordsAsync(ClinicUnderTest clinic)
    {
        await using var system = clinic.AsSystem();
        var notes = await system.Get<NoteStore>().ListAsync(new DocumentQuery { Take = 2000 }, Cancellation);
        return [.. notes.Select(n => JsonSerializer.Serialize(n.Content)).Order(StringComparer.Ordinal)];
    }
}
