using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>What was signed stays what it was; only an amendment, as a new version, follows.</summary>
public sealed class ASignedNoteStays(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Sign = "UPDATE clinical_notes SET status = 'signed' WHERE patient_id = $1";

    [Theory]
    [InlineData("UPDATE clinical_notes SET body = '{\"content\": \"something else\"}'")]
    [InlineData("UPDATE clinical_notes SET status = 'draft'")]
    [InlineData("UPDATE clinical_notes SET status = 'amended'")]
    [InlineData("UPDATE clinical_notes SET status = 'amended', version = version + 2")]
    [InlineData("UPDATE clinical_notes SET version = version + 1")]
    [InlineData("UPDATE clinical_notes SET status = 'entered_in_error', version = version + 1, body = '{\"content\": \"something else\"}'")]
    [InlineData("UPDATE clinical_notes SET status = 'amended', version = version + 1, created_at = created_at - interval '1 day'")]
    public async Task Nothing_in_it_changes(string attempt)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Null(await asha.RefusalOfAsync(attempt));

        await asha.RunAsync(Sign, TwoCharts.Meera);

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync(attempt));
    }

    [Fact]
    public async Task It_can_be_amended_again_and_again()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync(Sign, TwoCharts.Meera);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(1, await asha.RunAsync("UPDATE clinical_notes SET status = 'amended', version = version + 1, body = '{}' WHERE patient_id = $1", TwoCharts.Meera));
        }
    }

    [Fact]
    public async Task A_nurse_drafts_and_never_signs()
    {
        await using var nila = await charts.AsAsync(Person.Nila);

        Assert.Equal(1, await nila.RunAsync("UPDATE clinical_notes SET body = '{}' WHERE patient_id = $1", TwoCharts.Meera));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await nila.RefusalOfAsync(Sign, TwoCharts.Meera));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await nila.RefusalOfAsync(
            "INSERT INTO clinical_notes (id, patient_id, encounter_id, doctor_id, status, body) SELECT gen_random_uuid(), patient_id, encounter_id, doctor_id, 'signed', '{}' FROM clinical_notes"));
    }

    [Fact]
    public async Task It_can_be_marked_as_entered_in_error_and_then_nothing_more()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync(Sign, TwoCharts.Meera);

        Assert.Equal(1, await asha.RunAsync("UPDATE clinical_notes SET status = 'entered_in_error', version = version + 1 WHERE patient_id = $1", TwoCharts.Meera));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync("UPDATE clinical_notes SET status = 'amended', version = version + 1"));
    }

    [Fact]
    public async Task An_amendment_that_was_signed_is_not_changed_and_only_a_doctor_signs_it()
    {
        await using var nila = await charts.AsAsync(Person.Nila);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await nila.RefusalOfAsync("UPDATE note_amendments SET status = 'signed'"));

        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(1, await asha.RunAsync("UPDATE note_amendments SET status = 'signed' WHERE patient_id = $1", TwoCharts.Meera));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync("UPDATE note_amendments SET body = '{\"content\": 1}'"));
    }
}
