using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Encounters;

public sealed class FollowUpsToBook(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task are_everybodys_for_reception_and_a_doctors_own_for_a_doctor_the_soonest_due_first()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var (meera, ravi) = (await clinic.Given.PatientAsync(), await clinic.Given.PatientAsync("Ravi", "Rao"));
        await EndAsync(clinic, asha, meera, new FollowUpWish(In: new FollowUpInterval(1, FollowUpUnit.Months), ForTheDesk: "Fasting"));
        await EndAsync(clinic, basu, ravi, new FollowUpWish(On: new DateOnly(2026, 11, 9)));

        var desk = await ToBookAsync(clinic, await clinic.Given.ReceptionistAsync());
        Assert.Equal(
            [(ravi, "Basu Dev", new DateOnly(2026, 11, 9), null, null), (meera, "Asha Rao", new DateOnly(2026, 12, 5), "1 month", "Fasting")],
            desk.Value().Select(f => (f.PatientId, f.DoctorName, f.DueOn, f.Interval, f.ForTheDesk)));
        Assert.Equal(2, (await ToBookAsync(clinic, await clinic.Given.NurseAsync())).Value().Count);
        Assert.Equal(meera, Assert.Single((await ToBookAsync(clinic, asha)).Value()).PatientId);
        (await ToBookAsync(clinic, await clinic.Given.AdminAsync())).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IFollowUps>().ToBookAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task leave_the_list_once_an_appointment_with_that_doctor_is_made_and_come_back_when_it_is_cancelled()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var (meera, desk) = (await clinic.Given.PatientAsync(), await clinic.Given.ReceptionistAsync());
        await EndAsync(clinic, asha, meera, new FollowUpWish(On: new DateOnly(2026, 11, 9)));
        await clinic.Given.AppointmentAsync(basu, meera, "09:00", daysAhead: 4);
        Assert.Single((await ToBookAsync(clinic, desk)).Value());

        var booked = await clinic.Given.AppointmentAsync(asha, meera, "10:00", daysAhead: 5);
        Assert.Empty((await ToBookAsync(clinic, desk)).Value());

        await clinic.RunAsync("UPDATE appointments SET status = 'cancelled' WHERE id = $1", booked);
        Assert.Single((await ToBookAsync(clinic, desk)).Value());
    }

    [Fact]
    public async Task are_not_answered_by_the_visits_own_appointment_that_was_due_later()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera, visit, appointment) = await EndingAVisit.OpenVisitAsync(clinic);
        await using var acting = clinic.As(asha);

        var ended = (await acting.Get<IEncounters>().EndAsync(new VisitEnding(visit, new FollowUpWish(On: new DateOnly(2026, 11, 9)), EndAnyway: true), Cancellation)).Value();

        Assert.Null(ended.FollowUp!.Booked);
        Assert.True((await clinic.RowAsync<Appointment>(appointment)).StartTime > ended.EndedAt);
        Assert.Equal(meera, Assert.Single((await ToBookAsync(clinic, asha)).Value()).PatientId);
    }

    [Fact]
    public async Task are_dropped_with_a_reason_once_and_not_by_another_doctor()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var (meera, desk) = (await clinic.Given.PatientAsync(), await clinic.Given.ReceptionistAsync());
        await EndAsync(clinic, asha, meera, new FollowUpWish(On: new DateOnly(2026, 11, 9)));
        var followUp = Assert.Single((await ToBookAsync(clinic, desk)).Value()).Id;
        (await DropAsync(clinic, basu, followUp)).AssertRefused(RefusalKind.NotFound);
        await clinic.Given.CareAsync(basu, meera);
        (await DropAsync(clinic, basu, followUp)).AssertRefused(RefusalKind.Invalid);
        (await DropAsync(clinic, await clinic.Given.AdminAsync(), followUp)).AssertRefused(RefusalKind.Forbidden);
        (await DropAsync(clinic, desk, followUp, "no")).AssertRefused(RefusalKind.Invalid);
        (await DropAsync(clinic, desk, Guid.CreateVersion7())).AssertRefused(RefusalKind.NotFound);

        Assert.Equal(FollowUpStatus.Dropped, (await DropAsync(clinic, desk, followUp)).Value().Status);
        (await DropAsync(clinic, desk, followUp)).AssertRefused(RefusalKind.Conflict);
        Assert.Empty((await ToBookAsync(clinic, desk)).Value());
        await clinic.AssertTrailAsync(desk, "follow-ups.read", "follow-up.drop", "follow-ups.read");
    }

    [Fact]
    public async Task stay_as_the_doctor_set_them_whatever_statement_the_desk_makes()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = (await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync());
        await EndAsync(clinic, asha, meera, new FollowUpWish(On: new DateOnly(2026, 11, 9)));
        var desk = await clinic.Given.ReceptionistAsync();
        await using var connection = new NpgsqlConnection(clinic.Connections.App);
        await connection.OpenAsync(Cancellation);
        await using var change = new NpgsqlCommand($"SELECT set_config('app.user_id', '{desk.Id}', false); UPDATE follow_ups SET due_on = '2027-01-01'", connection);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => change.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static async Task EndAsync(ClinicUnderTest clinic, ClinicPerson doctor, Guid patient, FollowUpWish wish)
    {
        var visit = await clinic.Given.EncounterAsync(doctor, patient, clinic.At("10:30"), EncounterStatus.InProgress);
        await using var acting = clinic.As(doctor);
        (await acting.Get<IEncounters>().EndAsync(new VisitEnding(visit, wish, EndAnyway: true), Cancellation)).Value();
    }

    private static async Task<Result<IReadOnlyList<FollowUpLine>>> ToBookAsync(ClinicUnderTest clinic, ClinicPerson person)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IFollowUps>().ToBookAsync(Cancellation);
    }

    private static async Task<Result<FollowUpLine>> DropAsync(ClinicUnderTest clinic, ClinicPerson person, Guid followUp, string reason = "Cannot be reached")
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IFollowUps>().DropAsync(followUp, reason, Cancellation);
    }
}
