using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Prescribing;

/// <summary>A signed prescription against every statement that would make it say something else.</summary>
public sealed class WhatWasSignedStays(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Sign = "UPDATE prescriptions SET status = 'signed', signed_at = now() WHERE patient_id = $1";

    private const string Another = """
        INSERT INTO prescription_items (id, prescription_id, patient_id, medication_name, dosage, frequency)
        SELECT gen_random_uuid(), id, patient_id, 'Morphine', '10 mg', '1-1-1' FROM prescriptions WHERE patient_id = $1
        """;

    [Theory]
    [InlineData("UPDATE prescription_items SET dosage = '2 tablets'")]
    [InlineData("UPDATE prescription_items SET medication_name = 'Warfarin'")]
    [InlineData("UPDATE prescription_items SET medication_code = 'warfarin'")]
    [InlineData("UPDATE prescription_items SET frequency = '1-1-1'")]
    [InlineData("UPDATE prescription_items SET refills = 9")]
    [InlineData("UPDATE prescription_items SET instructions = 'for ever'")]
    [InlineData("UPDATE prescription_items SET words = 'for ever'")]
    [InlineData("UPDATE prescription_items SET strength = '10 mg'")]
    [InlineData("UPDATE prescription_items SET quantity = '1000 tablets'")]
    [InlineData("UPDATE prescription_items SET ends_on = '2036-01-01'")]
    [InlineData("UPDATE prescription_items SET position = 7")]
    [InlineData("UPDATE prescription_items SET sig = '{}', typed = '{}'")]
    [InlineData("UPDATE prescription_items SET schedule = 'X'")]
    [InlineData("UPDATE prescriptions SET status = 'draft'")]
    [InlineData("UPDATE prescriptions SET signer_name = 'Another', content_digest = repeat('0', 64), signature = '1:0'")]
    [InlineData("UPDATE prescriptions SET teleconsult_mode = 'video', teleconsult_follow_up = true")]
    [InlineData("UPDATE prescriptions SET version = version + 1")]
    [InlineData("UPDATE prescription_findings SET reason = 'will_monitor', reason_text = 'x', overridden_at = now(), overridden_by = doctor_id")]
    [InlineData("UPDATE prescription_findings SET severity = 'moderate'")]
    [InlineData("UPDATE prescriptions SET notes = 'take more'")]
    [InlineData("UPDATE prescriptions SET valid_until = '2030-01-01'")]
    [InlineData("UPDATE prescriptions SET signed_at = signed_at - interval '1 year'")]
    public async Task Nothing_in_it_changes(string attempt)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Null(await asha.RefusalOfAsync(attempt.Contains("signed_at", StringComparison.Ordinal) ? "SELECT" : attempt));

        await asha.RunAsync(Sign, TwoCharts.Meera);

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync(attempt));
    }

    [Fact]
    public async Task No_medicine_comes_in_or_goes()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Null(await asha.RefusalOfAsync(Another, TwoCharts.Meera));

        await asha.RunAsync(Sign, TwoCharts.Meera);

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync(Another, TwoCharts.Meera));
        Assert.Equal(0, await asha.RunAsync("DELETE FROM prescription_items WHERE patient_id = $1", TwoCharts.Meera));
    }

    [Fact]
    public async Task No_medicine_moves_in_from_a_draft()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync(Sign, TwoCharts.Meera);
        var draft = Guid.CreateVersion7();
        await asha.RunAsync("INSERT INTO prescriptions (id, encounter_id, patient_id, doctor_id) SELECT $1, encounter_id, patient_id, doctor_id FROM prescriptions WHERE status = 'signed'", draft);
        await asha.RunAsync("INSERT INTO prescription_items (id, prescription_id, patient_id, medication_name, dosage, frequency) VALUES (gen_random_uuid(), $1, $2, 'Morphine', '10 mg', '1-1-1')", draft, TwoCharts.Meera);

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync(
            "UPDATE prescription_items SET prescription_id = (SELECT id FROM prescriptions WHERE status = 'signed') WHERE prescription_id = $1", draft));
    }

    [Theory]
    [InlineData("UPDATE prescription_items SET stopped_at = now(), stopped_by = '0000000a-0000-7000-8000-000000000001', stop_reason = 'x'")]
    [InlineData("UPDATE prescriptions SET status = 'sent'")]
    [InlineData("UPDATE prescriptions SET status = 'dispensed'")]
    [InlineData("UPDATE prescriptions SET status = 'cancelled', cancel_reason = 'allergy'")]
    public async Task It_goes_its_way_and_a_medicine_can_be_stopped(string step)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync(Sign, TwoCharts.Meera);

        Assert.Null(await asha.RefusalOfAsync(step));
    }

    [Theory]
    [InlineData("cancelled", "sent")]
    [InlineData("cancelled", "signed")]
    [InlineData("dispensed", "sent")]
    [InlineData("dispensed", "cancelled")]
    [InlineData("sent", "signed")]
    public async Task It_does_not_come_back(string from, string to)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync(Sign, TwoCharts.Meera);
        await asha.RunAsync("UPDATE prescriptions SET status = $1", from);

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync("UPDATE prescriptions SET status = $1", to));
    }

    [Fact]
    public async Task It_is_signed_before_it_goes_anywhere()
    {
        await using var asha = await charts.AsAsync(Person.Asha);

        Assert.Equal(PostgresErrorCodes.CheckViolation, await asha.RefusalOfAsync("UPDATE prescriptions SET status = 'signed'"));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync("UPDATE prescriptions SET status = 'sent', signed_at = now()"));
    }

    [Fact]
    public async Task A_colleague_in_the_same_care_can_stop_it_and_never_sign_it()
    {
        await using var basu = await charts.AsAsync(Person.Basu);
        await basu.RunAsync("SELECT break_glass($1, 'Covering for a colleague', NULL)", TwoCharts.Meera);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await basu.RefusalOfAsync(Sign, TwoCharts.Meera));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await basu.RefusalOfAsync("UPDATE prescriptions SET notes = 'x' WHERE patient_id = $1", TwoCharts.Meera));
        Assert.Null(await basu.RefusalOfAsync("UPDATE prescriptions SET status = 'cancelled' WHERE patient_id = $1", TwoCharts.Meera));
    }

    [Fact]
    public async Task A_prescription_that_was_signed_elsewhere_is_imported_with_its_medicines()
    {
        await using var worker = await charts.AsWorkerAsync();
        await worker.RunAsync(Sign, TwoCharts.Meera);

        Assert.Null(await worker.RefusalOfAsync(Another, TwoCharts.Meera));
    }
}
