using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class TheAgeOfAPerson
{
    [Theory]
    [InlineData("2026-11-24", "0 d")]
    [InlineData("2026-11-12", "12 d")]
    [InlineData("2026-09-25", "60 d")] // a day short of two months
    [InlineData("2026-09-24", "2 m")]
    [InlineData("2025-09-24", "14 m")]
    [InlineData("2024-11-25", "23 m")]
    [InlineData("2024-11-24", "2 y")]
    [InlineData("1988-11-25", "37 y")]
    [InlineData("1988-11-24", "38 y")]
    [InlineData("1916-02-29", "110 y")]
    [InlineData("2026-11-25", "not yet born")]
    public void is_in_days_then_months_then_years(string born, string age)
        => Assert.Equal(age, Age.On(new DateOnly(2026, 11, 24), DateOnly.Parse(born)).Short);

    [Theory]
    [InlineData("2026-02-28", 17)]
    [InlineData("2026-03-01", 18)]
    [InlineData("2028-02-28", 19)]
    [InlineData("2028-02-29", 20)]
    public void counts_a_leap_days_birthday_on_the_first_of_march(string day, int years)
        => Assert.Equal(years, Age.On(DateOnly.Parse(day), new DateOnly(2008, 2, 29)).Years);

    [Theory]
    [InlineData("2026-01-31", "2026-03-30", 1)]
    [InlineData("2026-01-31", "2026-03-31", 2)]
    [InlineData("2026-01-31", "2026-03-01", 1)]
    [InlineData("2026-01-31", "2026-02-28", 0)]
    public void counts_a_month_when_its_day_has_come(string born, string day, int months)
        => Assert.Equal(months, Age.On(DateOnly.Parse(day), DateOnly.Parse(born)).Months);

    [Fact]
    public void says_when_it_is_estimated()
    {
        var age = Age.On(new DateOnly(2026, 11, 24), new DateOnly(1988, 7, 1), estimated: true);

        Assert.Equal("~38 y", age.Short);
        Assert.Equal("about 38 years", age.Long);
        Assert.Equal("~38 y", $"{age}");
    }

    [Theory]
    [InlineData("2026-11-23", "1 day")]
    [InlineData("2026-11-12", "12 days")]
    [InlineData("2025-09-24", "14 months")]
    [InlineData("1988-11-24", "38 years")]
    [InlineData("2027-01-01", "not yet born")]
    public void can_be_read_aloud(string born, string age)
        => Assert.Equal(age, Age.On(new DateOnly(2026, 11, 24), DateOnly.Parse(born)).Long);

    [Fact]
    public void never_falls_as_days_go_by()
    {
        var born = new DateOnly(2000, 2, 29);
        for (var day = born; day < born.AddYears(9); day = day.AddDays(1))
        {
            var (today, tomorrow) = (Age.On(day, born), Age.On(day.AddDays(1), born));
            Assert.True(tomorrow.Years >= today.Years && tomorrow.Months - today.Months is 0 or 1 && tomorrow.Days == today.Days + 1);
        }
    }
}
