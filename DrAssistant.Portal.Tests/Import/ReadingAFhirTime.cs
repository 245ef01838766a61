using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Fhir;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Import;

public sealed class ReadingAFhirTime
{
    private static readonly ClinicClock Clock = new(new StoppedClock(ImportingClinic.Noon), Options.Create(new ClinicOptions { TimeZone = "Asia/Kolkata" }));

    [Theory]
    [InlineData("2020-03-01T09:00:00+05:30", "2020-03-01T03:30:00", true)]
    [InlineData("2020-03-01T09:00:00Z", "2020-03-01T09:00:00", true)]
    [InlineData("2020-03-01T09:00:00.123Z", "2020-03-01T09:00:00.123", true)]
    [InlineData("2020-03-01T09:00:00.123456789+00:00", "2020-03-01T09:00:00.1234567", true)]
    [InlineData("2020-03-01T09:00Z", "2020-03-01T09:00:00", true)]
    [InlineData("2020-03-01T09:00:00", "2020-03-01T03:30:00", false)]
    [InlineData("2020-03-01", "2020-02-29T18:30:00", false)]
    [InlineData("2020-03", "2020-02-29T18:30:00", false)]
    [InlineData("2020", "2019-12-31T18:30:00", false)]
    public void Is_an_instant_and_a_day_is_its_first_moment_here(string text, string utc, bool isExact)
    {
        Assert.True(FhirTime.TryRead(text, Clock, out var time));
        Assert.Equal((DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), isExact), (time.At, time.IsExact));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2020-02-30")]
    [InlineData("2020-13-01T00:00:00Z")]
    [InlineData("2020-03-01T25:00:00Z")]
    [InlineData("01/03/2020")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("20200301")]
    public void What_is_no_date_is_none(string text) => Assert.False(FhirTime.TryRead(text, Clock, out _));
}
