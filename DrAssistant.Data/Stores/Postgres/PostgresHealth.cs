using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>Whether the clinic's database answers. Says nothing about where it is.</summary>
internal sealed class PostgresHealth(ClinicDataSources clinic) : IHealthCheck
{
    private const int PatienceSeconds = 5;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var ask = clinic.App.CreateCommand("SELECT 1");
            ask.CommandTimeout = PatienceSeconds;
            await ask.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
