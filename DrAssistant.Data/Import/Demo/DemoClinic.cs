using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Demo.Papers;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// Fills an empty database with an invented practice, once, so that whoever starts the portal for the first time sees a working
/// day. A database that has people or patients of its own is never touched.
/// </summary>
internal static class DemoClinic
{
    // Any number, as long as every server of a practice uses the same one: two that start together fill once.
    private const long Turn = 7_316_520_115;

    /// <summary>Fills the database if it is empty, and says who can sign in.</summary>
    public static async Task<DemoSignIns> EnsureAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(services.GetRequiredService<IServiceScopeFactory>());
        var provider = scope.ServiceProvider;
        var passwordFile = provider.GetRequiredService<IOptions<ClinicOptions>>().Value.DemoPasswordPath;
        await using var db = await provider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        if (await IsFreeAsync(db, cancellation))
        {
            await TakeTurnAndFillAsync(provider, db, passwordFile, cancellation);
        }

        return await SignInsAsync(db, ReadablePassword.Read(passwordFile), cancellation);
    }

    private static async Task TakeTurnAndFillAsync(IServiceProvider provider, ClinicDb db, string passwordFile, CancellationToken cancellation)
    {
        await using var connection = await provider.GetRequiredService<ClinicDataSources>().Worker.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var turn = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Turn})", connection))
        {
            await turn.ExecuteNonQueryAsync(cancellation);
        }

        // Another server may have had its turn meanwhile.
        if (!await IsFreeAsync(db, cancellation))
        {
            return;
        }

        var team = await HireAsync(provider.GetRequiredService<StaffAccounts>(), db, ReadablePassword.ReadOrMake(passwordFile), cancellation);
        var record = await PlanAsync(provider, connection, team, cancellation);
        await DemoWriter.WriteAsync(connection, record, cancellation);
        await AuditAsync(provider.GetRequiredService<AuditTrail>(), connection, cancellation);
        await transaction.CommitAsync(cancellation);
        await DemoWriter.WriteNotesAsync(provider.GetRequiredService<NoteStore>(), record, cancellation);
        var clock = provider.GetRequiredService<ClinicClock>();
        await DemoIntake.TakeInAsync(provider, new DemoDocuments(record, team, clock, clock.Now).All(), cancellation);
    }

    private static async Task<DemoRecord> PlanAsync(IServiceProvider provider, NpgsqlConnection connection, DemoTeam team, CancellationToken cancellation)
    {
        var clock = provider.GetRequiredService<ClinicClock>();
        var prefix = provider.GetRequiredService<IOptions<ClinicOptions>>().Value.MrnPrefix;
        var numbers = await MrnNumbersAsync(connection, cancellation);
        return DemoPlan.Make(
            clock, clock.Now, team, (place, year) => Mrn.Issue(prefix, year, numbers[place]).Text, provider.GetRequiredService<PatientVault>());
    }

    /// <summary>
    /// Nobody is registered, and nobody works here but the demo's own: a start that was cut short before the first patient
    /// is taken up again.
    /// </summary>
    private static async Task<bool> IsFreeAsync(ClinicDb db, CancellationToken cancellation)
    {
        var own = OwnNames();
        return !await db.Users.AnyAsync(u => !own.Contains(u.UserName!), cancellation) && !await db.Patients.AnyAsync(cancellation);
    }

    private static async Task<DemoTeam> HireAsync(StaffAccounts accounts, ClinicDb db, string password, CancellationToken cancellation)
    {
        var known = await db.Users.Select(u => u.UserName!).ToListAsync(cancellation);
        var missing = DemoTeam.Accounts.Where(a => !known.Contains(a.UserName)).ToList();
        if ((await accounts.CreateSharingAsync(missing, password)).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"A demo account was refused: {refusal.Message}");
        }

        return new DemoTeam(await db.Users.ToDictionaryAsync(u => u.UserName!, u => u.Id, cancellation));
    }

    /// <summary>From the same sequence as everybody's, so that the next patient gets the next number.</summary>
    private static async Task<IReadOnlyList<int>> MrnNumbersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var next = new NpgsqlCommand($"SELECT nextval('mrn_numbers')::int FROM generate_series(1, {People.DemoPeople.Count})", connection);
        await using var reader = await next.ExecuteReaderAsync(cancellation);
        var numbers = new List<int>();
        while (await reader.ReadAsync(cancellation))
        {
            numbers.Add(reader.GetInt32(0));
        }

        return numbers;
    }

    private static async Task AuditAsync(AuditTrail audit, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(audit.Statement(new AuditEntry(AuditAction.Create, "demo.fill")));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<DemoSignIns> SignInsAsync(ClinicDb db, string? password, CancellationToken cancellation)
    {
        var own = OwnNames();
        var there = await db.Users.AsNoTracking().Where(u => own.Contains(u.UserName!)).Select(u => u.UserName!).ToListAsync(cancellation);
        return new DemoSignIns(
            [.. DemoTeam.Accounts.Where(a => there.Contains(a.UserName)).Select(a => new DemoSignIn(a.UserName, a.Role, a.FullName))],
            there.Count == 0 ? null : password);
    }

    private static List<string> OwnNames() => [.. DemoTeam.Accounts.Select(a => a.UserName)];
}
