using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>What was written into the audit trail stays, whoever asks; and nobody signs for another.</summary>
public sealed class AuditAppendOnlyTests(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Write = "INSERT INTO audit_events (id, actor_id, action, event) VALUES (gen_random_uuid(), $1::uuid, 'R', 'chart.read')";

    [Theory]
    [InlineData("UPDATE audit_events SET event = 'nothing'")]
    [InlineData("DELETE FROM audit_events")]
    [InlineData("TRUNCATE audit_events")]
    public async Task A_written_event_stays_even_against_the_owner(string attempt)
    {
        await using var owner = await charts.AsOwnerAsync();
        await using var worker = await charts.AsWorkerAsync();
        await using var app = await charts.AsAsync(Person.Admin);

        Assert.NotEqual(0, await owner.AskAsync<long>("SELECT count(*) FROM audit_events"));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, await owner.RefusalOfAsync(attempt));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await worker.RefusalOfAsync(attempt));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await app.RefusalOfAsync(attempt));
    }

    [Theory]
    [InlineData("UPDATE note_versions SET version = 9")]
    [InlineData("DELETE FROM note_versions")]
    [InlineData("TRUNCATE note_versions")]
    public async Task A_version_of_a_note_stays_too(string attempt)
    {
        await using var owner = await charts.AsOwnerAsync();
        await using var worker = await charts.AsWorkerAsync();
        await using var asha = await charts.AsAsync(Person.Asha);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await worker.RefusalOfAsync(attempt));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(attempt));

        // The owner sees no version under the forced policies; the whole table is what is left to try.
        var refusal = await owner.RefusalOfAsync(attempt);
        Assert.Equal(attempt.StartsWith("TRUNCATE", StringComparison.Ordinal) ? PostgresErrorCodes.RestrictViolation : null, refusal);
        Assert.Equal(2, await worker.AskAsync<long>("SELECT count(*) FROM note_versions"));
    }

    [Fact]
    public async Task Nobody_writes_an_event_in_another_persons_name()
    {
        await using var asha = await charts.AsAsync(Person.Asha);

        Assert.Null(await asha.RefusalOfAsync(Write, TwoCharts.Id(Person.Asha)!));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(Write, TwoCharts.Id(Person.Basu)!));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(Write, DBNull.Value));
    }

    [Fact]
    public async Task A_failed_sign_in_is_written_by_nobody_and_in_nobodys_name()
    {
        await using var nobody = await charts.AsAsync(Person.Nobody);

        Assert.Null(await nobody.RefusalOfAsync(Write, DBNull.Value));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await nobody.RefusalOfAsync(Write, TwoCharts.Id(Person.Asha)!));
    }
}
