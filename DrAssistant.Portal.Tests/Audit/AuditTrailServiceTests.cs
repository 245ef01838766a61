using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Portal.Tests.Audit;

public sealed class AuditTrailServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_an_admin_reads_the_trail()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        foreach (var person in new[] { await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync() })
        {
            await using var refused = clinic.As(person);
            (await refused.Get<IAuditTrail>().LatestAsync(10, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IAuditTrail>().LatestAsync(10, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task The_newest_come_first_with_who_what_whose_when_from_where_and_why_and_reading_them_is_one_of_them()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        clinic.Clock.Now = TimeProvider.System.GetUtcNow().AddMinutes(-1); // the database writes the broken glass by its own clock
        var (asha, admin) = (await clinic.Given.DoctorAsync(), await clinic.Given.AdminAsync());
        var meera = await clinic.Given.PatientAsync(with: p => p.Mrn = "DA-1");
        await using (var doctor = clinic.As(asha))
        {
            (await doctor.Get<IPatients>().OpenAsync(meera, Cancellation)).Value();
            clinic.Clock.Now += TimeSpan.FromSeconds(1);
            (await doctor.Get<ITaskList>().MineAsync(Cancellation)).Value();
            (await doctor.Get<IPatients>().BreakGlassAsync(meera, "She collapsed here", Cancellation)).Value();
        }

        clinic.Clock.Now = TimeProvider.System.GetUtcNow().AddMinutes(1);
        await using var acting = clinic.As(admin);

        var lines = (await acting.Get<IAuditTrail>().LatestAsync(10, Cancellation)).Value();

        Assert.Equal(["chart.break-glass", "tasks.read", "chart.read"], lines.Select(l => l.Event));
        Assert.Equal(
            ("Asha Rao", "doctor", "critical", "done", "DA-1", "She collapsed here"),
            (lines[0].Actor, lines[0].ActorRole, lines[0].Severity, lines[0].Outcome, lines[0].PatientMrn, lines[0].Reason));
        Assert.Equal(("refused", "192.0.2.7"), (lines[2].Outcome, lines[2].IpAddress));
        Assert.Null(lines[1].PatientMrn);

        await clinic.OnlyEventOfAsync(admin, "audit.read");
        Assert.Equal("audit.read", Assert.Single((await acting.Get<IAuditTrail>().LatestAsync(0, Cancellation)).Value()).Event);
    }

    [Fact]
    public async Task An_answer_is_bounded_however_much_is_asked_for()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await clinic.RunAsync("INSERT INTO audit_events (id, action, event) SELECT gen_random_uuid(), 'R', 'chart.read' FROM generate_series(1, 250)");
        await using var acting = clinic.As(admin);

        Assert.Equal(200, (await acting.Get<IAuditTrail>().LatestAsync(int.MaxValue, Cancellation)).Value().Count);
        Assert.Single((await acting.Get<IAuditTrail>().LatestAsync(int.MinValue, Cancellation)).Value());
    }

    [Fact]
    public async Task An_act_that_is_rolled_back_leaves_no_entry_and_an_entry_that_cannot_be_written_undoes_its_act()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var task = await clinic.Given.TaskAsync(asha);
        await using (var owner = new NpgsqlConnection(clinic.Connections.Owner))
        {
            await owner.OpenAsync(Cancellation);
            await using var forbid = new NpgsqlCommand("ALTER TABLE audit_events ADD CONSTRAINT no_more CHECK (event NOT IN ('task.complete', 'dashboard.read')) NOT VALID", owner);
            await forbid.ExecuteNonQueryAsync(Cancellation);
        }

        await using var acting = clinic.As(asha);

        await Assert.ThrowsAsync<DbUpdateException>(() => acting.Get<ITaskList>().CompleteAsync(task, Cancellation));
        Assert.Equal(ClinicTaskStatus.Pending, (await clinic.RowAsync<ClinicTask>(task)).Status);

        // Nor is anything shown that could not be written down.
        await Assert.ThrowsAsync<PostgresException>(() => acting.Get<Data.Dashboard.IDashboard>().TodayAsync(Cancellation));
        await clinic.AssertNothingHappenedAsync(asha);
    }
}
