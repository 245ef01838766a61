using System.Diagnostics;
using DrAssistant.Data.Import.Demo;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>A clinic that has been filled with the demo practice, on Thursday 05-Nov-2026 at 11:00 of its own clock.</summary>
public sealed class FilledDemo(ClinicDatabase databases) : IAsyncLifetime
{
    private ClinicUnderTest? _clinic;
    private DemoSignIns? _signIns;

    internal ClinicUnderTest Clinic => _clinic!;

    internal DemoSignIns SignIns => _signIns!;

    /// <summary>How long the filling took.</summary>
    internal TimeSpan Took { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _clinic = await ClinicUnderTest.OpenAsync(databases);
        var watch = Stopwatch.StartNew();
        _signIns = await DemoClinic.EnsureAsync(_clinic.Services, TestContext.Current.CancellationToken);
        Took = watch.Elapsed;
    }

    public ValueTask DisposeAsync() => _clinic?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Questions to a demo practice.</summary>
internal static class DemoQuestions
{
    public static readonly string[] Doctors = ["dr.meera.iyer", "dr.arjun.menon", "dr.kavita.rao", "dr.imran.qureshi"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ClinicPerson> PersonAsync(this ClinicUnderTest clinic, string userName)
        => await clinic.BehindAsync(async db =>
        {
            StaffMember found = await db.Users.AsNoTracking().SingleAsync(u => u.UserName == userName, Cancellation);
            return new ClinicPerson(found.Id, found.Role, found.FullName);
        });

    /// <summary>The first column of every row, past every policy.</summary>
    public static async Task<List<T>> ColumnAsync<T>(this ClinicUnderTest clinic, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(clinic.Connections.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var column = new List<T>();
        while (await reader.ReadAsync(Cancellation))
        {
            column.Add(await reader.GetFieldValueAsync<T>(0, Cancellation));
        }

        return column;
    }

    public static async Task<T> OneAsync<T>(this ClinicUnderTest clinic, string sql, params object[] values)
        => Assert.Single(await clinic.ColumnAsync<T>(sql, values));
}
