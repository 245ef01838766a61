using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Staff.Accounts;

public sealed class SomebodyLeaves(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task and_what_is_left_behind_is_counted_and_handed_over_at_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (admin, asha, basu) = (await clinic.Given.AdminAsync(), await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var nurse = await clinic.Given.NurseAsync();
        var patient = await clinic.Given.PatientAsync();
        var open = await clinic.Given.TaskAsync(asha, patient: patient);
        var done = await clinic.Given.TaskAsync(asha, status: ClinicTaskStatus.Completed);
        var ahead = await clinic.Given.AppointmentAsync(asha, patient, "10:00", daysAhead: 1);
        var past = await clinic.Given.AppointmentAsync(asha, patient, "09:00", AppointmentStatus.Completed);
        await using var acting = clinic.As(admin);
        var accounts = acting.Get<IStaffAccounts>();

        var left = (await accounts.LeftBehindAsync(asha.Id, Cancellation)).Value();
        Assert.Equal((1, 1), (left.OpenTasks, left.Appointments));

        var closed = (await accounts.DeactivateAsync(
            asha.Id, new HandOverDraft { TasksTo = nurse.Id, Appointments = AppointmentFate.Move, AppointmentsTo = basu.Id }, Cancellation)).Value();

        Assert.Equal(StaffStatus.Inactive, closed.Status);
        Assert.Equal((nurse.Id, asha.Id), ((await clinic.RowAsync<ClinicTask>(open)).AssignedTo, (await clinic.RowAsync<ClinicTask>(done)).AssignedTo));
        Assert.Equal((basu.Id, asha.Id), ((await clinic.RowAsync<Appointment>(ahead)).DoctorId, (await clinic.RowAsync<Appointment>(past)).DoctorId));
        Assert.Equal(
            ["account.left-behind", "task.reassign", "appointment.move", "user.deactivate"],
            (await clinic.TrailOfAsync(admin)).Select(e => e.Event));
        Assert.Equal(StaffStatus.Active, (await accounts.ReactivateAsync(asha.Id, Cancellation)).Value().Status);

        var told = await clinic.BehindAsync(db => db.Alerts.AsNoTracking().SingleAsync(a => a.UserId == nurse.Id, Cancellation));
        Assert.Equal("A task of somebody who left is yours", told.Title);
        Assert.Equal("/tasks", told.ActionUrl);
    }

    [Fact]
    public async Task and_nothing_happens_where_the_colleague_is_taken()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (admin, asha, basu) = (await clinic.Given.AdminAsync(), await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var patient = await clinic.Given.PatientAsync();
        var task = await clinic.Given.TaskAsync(asha);
        var free = await clinic.Given.AppointmentAsync(asha, patient, "09:00", daysAhead: 1);
        await clinic.Given.AppointmentAsync(asha, patient, "10:00", daysAhead: 1);
        await clinic.Given.AppointmentAsync(basu, await clinic.Given.PatientAsync("Anil", "Rao"), "10:00", daysAhead: 1);
        await using var acting = clinic.As(admin);
        var handOver = new HandOverDraft { TasksTo = basu.Id, Appointments = AppointmentFate.Move, AppointmentsTo = basu.Id };

        var refused = (await acting.Get<IStaffAccounts>().DeactivateAsync(asha.Id, handOver, Cancellation)).Refusal;

        Assert.Equal("AppointmentsTo", refused?.Field);
        Assert.Contains("1 of these 2", refused?.Message, StringComparison.Ordinal);
        Assert.Equal((asha.Id, asha.Id), ((await clinic.RowAsync<ClinicTask>(task)).AssignedTo, (await clinic.RowAsync<Appointment>(free)).DoctorId));
        Assert.Equal(StaffStatus.Active, (await clinic.RowAsync<StaffMember>(asha.Id)).Status);
        await clinic.AssertNothingHappenedAsync(admin);
    }

    [Fact]
    public async Task and_appointments_are_cancelled_only_with_a_reason()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (admin, asha) = (await clinic.Given.AdminAsync(), await clinic.Given.DoctorAsync());
        var booked = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), "10:00", daysAhead: 1);
        await using var acting = clinic.As(admin);
        var accounts = acting.Get<IStaffAccounts>();

        Assert.Equal("CancelReason", (await accounts.DeactivateAsync(asha.Id, new HandOverDraft { Appointments = AppointmentFate.Cancel, CancelReason = " " }, Cancellation)).Refusal?.Field);
        (await accounts.DeactivateAsync(asha.Id, new HandOverDraft { Appointments = AppointmentFate.Cancel, CancelReason = "The doctor has left" }, Cancellation)).Value();

        var row = await clinic.RowAsync<Appointment>(booked);
        Assert.Equal((AppointmentStatus.Cancelled, "The doctor has left", admin.Id), (row.Status, row.CancelReason, row.ChangedBy));
    }

    [Fact]
    public async Task but_never_the_last_admin()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await clinic.Given.StaffAsync(StaffRole.Admin, "Former Admin", StaffStatus.Inactive);
        await using var acting = clinic.As(admin);
        var accounts = acting.Get<IStaffAccounts>();

        (await accounts.DeactivateAsync(admin.Id, new HandOverDraft(), Cancellation)).AssertRefused(RefusalKind.Conflict);
        var demoted = AccountDraft.Of((await accounts.OpenAsync(admin.Id, Cancellation)).Value());
        (demoted.Role, demoted.UserName) = (StaffRole.Nurse, "omar.khan");
        Assert.Equal("Role", (await accounts.SaveAsync(admin.Id, demoted, Cancellation)).Refusal?.Field);
    }

    [Fact]
    public async Task and_of_two_admins_who_close_each_other_at_once_one_stays()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (omar, rita) = (await clinic.Given.AdminAsync(), await clinic.Given.AdminAsync("Rita Sen"));
        await using var first = clinic.As(omar);
        await using var second = clinic.As(rita);

        var answers = await Task.WhenAll(
            first.Get<IStaffAccounts>().DeactivateAsync(rita.Id, new HandOverDraft(), Cancellation),
            second.Get<IStaffAccounts>().DeactivateAsync(omar.Id, new HandOverDraft(), Cancellation));

        Assert.Single(answers, a => a.Succeeded);
        Assert.Single(answers, a => a.Refusal?.Kind == RefusalKind.Forbidden);
        Assert.Equal(1, await clinic.BehindAsync(db => db.Users.CountAsync(u => u.Role == StaffRole.Admin && u.Status == StaffStatus.Active, Cancellation)));
    }
}
