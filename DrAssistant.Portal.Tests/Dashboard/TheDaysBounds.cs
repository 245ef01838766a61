using DrAssistant.Data.Dashboard;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Dashboard;

/// <summary>Today is the practice's day, wherever the server stands.</summary>
public sealed class TheDaysBounds(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Asia/Kolkata", "2026-11-04T18:45:00Z", "2026-11-05")] // 00:15 in Kolkata
    [InlineData("Asia/Kolkata", "2026-11-05T18:29:00Z", "2026-11-05")] // 23:59
    [InlineData("Asia/Kolkata", "2026-11-05T18:30:00Z", "2026-11-06")]
    [InlineData("America/New_York", "2026-11-01T04:15:00Z", "2026-11-01")] // the day has 25 hours: 00:15 in summer time ...
    [InlineData("America/New_York", "2026-11-02T04:45:00Z", "2026-11-01")] // ... and 23:45 in winter time
    [InlineData("America/New_York", "2026-03-09T03:45:00Z", "2026-03-08")] // 23 hours
    [InlineData("UTC", "2026-11-05T00:00:00Z", "2026-11-05")]
    public async Task An_appointment_belongs_to_the_day_that_the_practices_clock_shows(string zone, string start, string day)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases, zone);
        var at = DateTimeOffset.Parse(start, null);
        var asha = await clinic.Given.DoctorAsync();
        var visit = await clinic.Given.AppointmentAsync(asha, await clinic.Given.PatientAsync(), at);
        var its = DateOnly.Parse(day, null);
        await using var acting = clinic.As(asha);

        foreach (var (today, isShown) in new[] { (its.AddDays(-1), false), (its, true), (its.AddDays(1), false) })
        {
            clinic.Clock.Now = clinic.Days.At(today, new TimeOnly(12, 0));
            var shown = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value();
            Assert.Equal(today, shown.Day);
            Assert.Equal(isShown ? [visit] : [], shown.Visits.Select(v => v.AppointmentId));
        }
    }
}
