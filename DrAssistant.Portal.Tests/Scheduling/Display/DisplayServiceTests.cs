using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Display;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Scheduling.Display;

public sealed class DisplayServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_holds_a_link_reads_tokens_rooms_and_lateness()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync("Dr. Meera Iyer"));
        await HoursAsync(clinic, asha, "Room 1");
        await using var acting = clinic.As(desk);
        var (first, second, third) = (await BookedAsync(clinic, asha, "10:35"), await BookedAsync(clinic, asha, "10:50"), await BookedAsync(clinic, asha, "11:15", AppointmentType.Urgent));
        foreach (var visit in new[] { first, second, third })
        {
            (await acting.CheckInAsync(visit)).Value();
        }

        var link = (await acting.Get<IDisplays>().MakeAsync(" Ground floor ", Cancellation)).Value();
        var waiting = await ReadAsync(clinic, link.Secret);
        (await acting.Get<IQueue>().CallNextAsync(asha.Id, third, Cancellation)).Value();
        clinic.Clock.Now += TimeSpan.FromSeconds(7);
        var called = await ReadAsync(clinic, link.Secret);

        Assert.Equal(("Ground floor", "Devi Nair"), (link.Link.Name, link.Link.MadeBy));
        Assert.Equal(("Test Clinic", "hi", "Thursday 05-Nov-2026", "11:00:00"), (waiting!.Practice, waiting.Language, waiting.Day, waiting.Time));
        var room = Assert.Single(waiting.Rooms);
        Assert.Equal(("Dr. Iyer", "Room 1", null, null, 25), (room.Doctor, room.Room, room.Token, room.Call, room.LateMinutes));
        Assert.Equal(["A03", "A01", "A02"], room.Next);
        room = Assert.Single(called!.Rooms);
        Assert.Equal(("A03", 7), (room.Token, room.CalledSeconds));
        Assert.Equal(["A01", "A02"], room.Next);
    }

    [Fact]
    public async Task A_call_again_is_another_call_and_a_call_that_is_taken_back_is_none()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (desk, asha) = (await clinic.Given.ReceptionistAsync(), await clinic.Given.DoctorAsync());
        await using var acting = clinic.As(desk);
        var visit = await BookedAsync(clinic, asha, "11:00");
        (await acting.CheckInAsync(visit)).Value();
        var secret = (await acting.Get<IDisplays>().MakeAsync("Hall", Cancellation)).Value().Secret;

        (await acting.Get<IQueue>().CallNextAsync(asha.Id, visit, Cancellation)).Value();
        var first = Assert.Single((await ReadAsync(clinic, secret))!.Rooms).Call;
        clinic.Clock.Now += TimeSpan.FromMinutes(3);
        (await acting.Get<IQueue>().CallAgainAsync(visit, Cancellation)).Value();
        var second = Assert.Single((await ReadAsync(clinic, secret))!.Rooms).Call;
        (await acting.Get<IQueue>().PutBackAsync(visit, vitalsDone: false, Cancellation)).Value();
        var none = Assert.Single((await ReadAsync(clinic, secret))!.Rooms);

        Assert.NotEqual(first, second);
        Assert.Equal((null, null), (none.Call, none.Token));
        Assert.Equal(["A01"], none.Next);
    }

    [Fact]
    public async Task A_secret_that_never_was_one_or_was_revoked_reads_nothing()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await using var acting = clinic.As(admin);
        var made = (await acting.Get<IDisplays>().MakeAsync("Hall", Cancellation)).Value();
        Assert.NotNull(await ReadAsync(clinic, made.Secret));

        foreach (var wrong in new[] { null, "", "wrong", new string('A', 43), made.Secret[..^1], made.Link.Id.ToString(), made.Secret + " " })
        {
            Assert.Null(await ReadAsync(clinic, wrong));
        }

        Assert.NotNull((await acting.Get<IDisplays>().RevokeAsync(made.Link.Id, Cancellation)).Value().RevokedAt);
        (await acting.Get<IDisplays>().RevokeAsync(made.Link.Id, Cancellation)).Value();
        Assert.Null(await ReadAsync(clinic, made.Secret));
        await clinic.AssertTrailAsync(admin, "display.make-link", "display.revoke-link");
        await clinic.AssertNowhereInTheTrailAsync(made.Secret);
    }

    [Theory]
    [InlineData(StaffRole.Doctor)]
    [InlineData(StaffRole.Nurse)]
    [InlineData(null)]
    public async Task Only_reception_and_admins_make_links_and_the_database_says_so_too(StaffRole? role)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        var made = (await desk.Get<IDisplays>().MakeAsync("Hall", Cancellation)).Value();
        var person = await clinic.Given.StaffAsync(role ?? StaffRole.Doctor, "Somebody Else");
        await using var acting = role is null ? clinic.AsNobody() : clinic.As(person);

        (await acting.Get<IDisplays>().ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await acting.Get<IDisplays>().MakeAsync("Hall", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await acting.Get<IDisplays>().RevokeAsync(made.Link.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        Assert.Empty(await clinic.TrailOfAsync(person));
        Assert.Equal(0L, await AsAppAsync(clinic, role is null ? "" : person.Id.ToString(), "SELECT count(*) FROM display_links"));
        Assert.Equal(0L, await AsAppAsync(clinic, role is null ? "" : person.Id.ToString(), "WITH u AS (UPDATE display_links SET revoked_at = NULL RETURNING 1) SELECT count(*) FROM u"));
    }

    [Fact]
    public async Task The_function_that_a_display_asks_has_no_column_that_could_name_a_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);

        Assert.Equal(
            "doctor_id doctor room works token started_at called_at calls waiting_since due urgent skipped_at",
            await AsAppAsync(clinic, "", "SELECT string_agg(name, ' ' ORDER BY place) FROM (SELECT unnest(proargnames) AS name, unnest(proargmodes) AS mode, generate_subscripts(proargnames, 1) AS place FROM pg_proc WHERE proname = 'display_board') a WHERE mode = 't'"));
    }

    [Fact]
    public async Task A_doctor_who_works_at_this_hour_has_a_room_before_anybody_comes_and_who_does_not_work_has_none()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await HoursAsync(clinic, asha, "Room 1");
        await BookedAsync(clinic, basu, "11:00");
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var secret = (await acting.Get<IDisplays>().MakeAsync("Hall", Cancellation)).Value().Secret;

        Assert.Equal("Asha", Assert.Single((await ReadAsync(clinic, secret))!.Rooms).Doctor);
        clinic.Clock.Now = clinic.At("14:00");
        Assert.Empty((await ReadAsync(clinic, secret))!.Rooms);
    }

    private static async Task<DisplayBoard?> ReadAsync(ClinicUnderTest clinic, string? secret)
    {
        await using var nobody = clinic.AsNobody();
        return await nobody.Get<IDisplays>().ReadAsync(secret, Cancellation);
    }

    private static async Task<object?> AsAppAsync(ClinicUnderTest clinic, string person, string sql)
    {
        await using var connection = new NpgsqlConnection(clinic.Connections.App);
        await connection.OpenAsync(Cancellation);
        await using var who = new NpgsqlCommand("SELECT set_config('app.user_id', $1, false)", connection) { Parameters = { new() { Value = person } } };
        await who.ExecuteNonQueryAsync(Cancellation);
        await using var ask = new NpgsqlCommand(sql, connection);
        return await ask.ExecuteScalarAsync(Cancellation);
    }

    private static async Task<Guid> BookedAsync(ClinicUnderTest clinic, ClinicPerson doctor, string at, AppointmentType type = AppointmentType.Routine)
        => await clinic.Given.AppointmentAsync(doctor, await clinic.Given.PatientAsync(), at, AppointmentStatus.Scheduled, type);

    private static Task HoursAsync(ClinicUnderTest clinic, ClinicPerson doctor, string room) => clinic.RunAsync(
        "INSERT INTO working_hours (id, doctor_id, weekday, start_time, end_time, room) VALUES (gen_random_uuid(), $1, 4, '09:00', '13:00', $2)", doctor.Id, room);
}
