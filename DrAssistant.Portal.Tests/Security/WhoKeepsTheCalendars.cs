using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>Who may say when doctors work, by statements of their own; and what anybody learns of a colleague's list.</summary>
public sealed class WhoKeepsTheCalendars(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Tables = """
        working_hours      INSERT INTO working_hours (id, doctor_id, weekday, start_time, end_time) VALUES (gen_random_uuid(), $1, 1, '09:00', '13:00')
        doctor_leave       INSERT INTO doctor_leave (id, doctor_id, from_time, to_time) VALUES (gen_random_uuid(), $1, '2026-12-01Z', '2026-12-02Z')
        practice_holidays  INSERT INTO practice_holidays (day, name) SELECT '2026-12-25', 'Christmas' WHERE $1::uuid IS NOT NULL
        visit_lengths      INSERT INTO visit_lengths (appointment_type, minutes) SELECT 'routine', 30 WHERE $1::uuid IS NOT NULL
        """;

    public static TheoryData<string, string> Adding
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var line in Tables.Split('\n'))
            {
                data.Add(line[..19].Trim(), line[19..].Trim());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Adding))]
    public async Task Reception_and_admins_keep_them_a_doctor_their_own_and_everybody_who_works_here_reads_them(string table, string insert)
    {
        var own = table is "working_hours" or "doctor_leave";

        Assert.Equal("riud", await DeedsAsync(Person.Desk, Person.Asha, table, insert));
        Assert.Equal("riud", await DeedsAsync(Person.Admin, Person.Asha, table, insert));
        Assert.Equal(own ? "riud" : "r", await DeedsAsync(Person.Asha, Person.Asha, table, insert));
        Assert.Equal("r", await DeedsAsync(Person.Basu, Person.Asha, table, insert));
        Assert.Equal("r", await DeedsAsync(Person.Nila, Person.Asha, table, insert));
        Assert.Equal("", await DeedsAsync(Person.Former, Person.Former, table, insert));
        Assert.Equal("", await DeedsAsync(Person.Nobody, Person.Asha, table, insert));
    }

    [Fact]
    public async Task A_doctors_hours_are_not_handed_to_a_colleague()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        await asha.RunAsync("INSERT INTO working_hours (id, doctor_id, weekday, start_time, end_time) VALUES (gen_random_uuid(), $1, 1, '09:00', '13:00')", TwoCharts.Id(Person.Asha)!);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync("UPDATE working_hours SET doctor_id = $1", TwoCharts.Id(Person.Basu)!));
    }

    [Fact]
    public async Task A_doctor_books_nobody_who_is_not_in_their_care_nor_by_a_broken_glass_and_joins_no_team_by_it()
    {
        const string Book = """
            INSERT INTO appointments (id, doctor_id, patient_id, start_time, end_time, appointment_type)
            VALUES (gen_random_uuid(), $1, $2, '2026-12-01 04:30Z', '2026-12-01 04:45Z', 'routine')
            """;
        await using var basu = await charts.AsAsync(Person.Basu);
        object[] meera = [TwoCharts.Id(Person.Basu)!, TwoCharts.Meera];

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await basu.RefusalOfAsync(Book, meera));
        await basu.RunAsync("SELECT break_glass($1, 'unconscious in the waiting room', NULL)", TwoCharts.Meera);
        Assert.Equal(1, await basu.AskAsync<long>("SELECT count(*) FROM patients WHERE id = $1", TwoCharts.Meera));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await basu.RefusalOfAsync(Book, meera));
        Assert.Null(await basu.RefusalOfAsync(Book, TwoCharts.Id(Person.Basu)!, TwoCharts.Ravi));
    }

    [Theory]
    [InlineData(Person.Basu, 1)] // a colleague, who may not see whose visit it is
    [InlineData(Person.Nora, 1)]
    [InlineData(Person.Desk, 1)]
    [InlineData(Person.Admin, 0)]
    [InlineData(Person.Former, 0)]
    [InlineData(Person.Nobody, 0)]
    public async Task What_of_a_doctors_time_is_taken_is_told_to_those_who_book(Person who, int periods)
    {
        await using var person = await charts.AsAsync(who);

        Assert.Equal(periods, await person.AskAsync<long>("SELECT count(*) FROM booked_periods(ARRAY[$1]::uuid[], '2026-11-02', '2026-11-03')", TwoCharts.Id(Person.Asha)!));
        Assert.Equal(0, await person.AskAsync<long>("SELECT count(*) FROM booked_periods(ARRAY[$1]::uuid[], '2026-11-03', '2026-11-04')", TwoCharts.Id(Person.Asha)!));
    }

    private async Task<string> DeedsAsync(Person who, Person whose, string table, string insert)
    {
        // The row is the owner's own work, so that reading, changing and removing are asked of a row that is there.
        await using var worker = await charts.AsWorkerAsync();
        await worker.RunAsync(insert, TwoCharts.Id(whose)!);
        await worker.KeepAsync();
        try
        {
            await using var person = await charts.AsAsync(who);
            var key = table is "practice_holidays" ? "day" : table is "visit_lengths" ? "appointment_type" : "id";
            return ((await person.AskAsync<long>($"SELECT count(*) FROM {table}") > 0) ? "r" : "")
                + (await person.RefusalOfAsync(insert, TwoCharts.Id(whose)!) is null or PostgresErrorCodes.UniqueViolation ? "i" : "")
                + (await person.RunAsync($"UPDATE {table} SET {key} = {key}") > 0 ? "u" : "")
                + (await person.RunAsync($"DELETE FROM {table}") > 0 ? "d" : "");
        }
        finally
        {
            await using var cleaning = await charts.AsWorkerAsync();
            await cleaning.RunAsync($"DELETE FROM {table}");
            await cleaning.KeepAsync();
        }
    }
}
