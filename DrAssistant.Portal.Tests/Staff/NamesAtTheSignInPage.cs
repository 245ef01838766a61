using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Staff;

/// <summary>Two accounts never differ by capitals alone.</summary>
public sealed class NamesAtTheSignInPage(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Register = """
        INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
        VALUES (gen_random_uuid(), $1, $2, 'Another', 'nurse', 'x', $3, $4)
        """;

    [Theory]
    [InlineData("ASHA", "another@clinic.example", "OTHER", "OTHER@CLINIC.EXAMPLE", PostgresErrorCodes.UniqueViolation)]
    [InlineData("another", "Asha@Clinic.Example", "OTHER", "OTHER@CLINIC.EXAMPLE", PostgresErrorCodes.UniqueViolation)]
    [InlineData("another", "another@clinic.example", "ASHA", "OTHER@CLINIC.EXAMPLE", PostgresErrorCodes.UniqueViolation)]
    [InlineData("another", "another@clinic.example", "OTHER", "ASHA@CLINIC.EXAMPLE", PostgresErrorCodes.UniqueViolation)]
    [InlineData("another", "another@clinic.example", "OTHER", "OTHER@CLINIC.EXAMPLE", null)]
    public async Task A_name_or_address_is_taken_in_any_spelling(string name, string email, string normalName, string normalEmail, string? refusal)
    {
        await using var worker = await charts.AsWorkerAsync();

        Assert.Equal(refusal, await worker.RefusalOfAsync(Register, name, email, normalName, normalEmail));
    }

    [Theory]
    [InlineData("UPDATE users SET role = 'superuser'")]
    [InlineData("UPDATE users SET status = 'Active'")]
    public async Task A_role_or_status_that_nobody_knows_is_refused(string attempt)
    {
        await using var worker = await charts.AsWorkerAsync();

        Assert.Equal(PostgresErrorCodes.CheckViolation, await worker.RefusalOfAsync(attempt));
    }
}
