using System.Globalization;
using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class IssuingAnMrn
{
    [Theory]
    [InlineData("SC", 2026, 5120, "SC26-005120-3")]
    [InlineData("SC", 2024, 4812, "SC24-004812-4")]
    [InlineData("DA", 2000, 1, "DA00-000001-3")]
    [InlineData("ABCD", 2099, 999_999, "ABCD99-999999-9")]
    public void joins_prefix_year_number_and_check_digit(string prefix, int year, int running, string text)
        => Assert.Equal(text, Mrn.Issue(prefix, year, running).Text);

    [Theory]
    [InlineData("SC26-005120-3")]
    [InlineData("sc26-005120-3")]
    [InlineData("  SC 26 005120 3 ")]
    [InlineData("SC260051203")]
    [InlineData("sc26\u2013005120\u20113")]
    public void reads_what_people_type(string typed)
    {
        Assert.True(Mrn.TryParse(typed, out var mrn));
        Assert.Equal("SC26-005120-3", mrn.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("260051203")]
    [InlineData("SC26-005120")]
    [InlineData("SC26-005120-33")]
    [InlineData("ABCDE26-005120-3")]
    [InlineData("S126-005120-3")]
    [InlineData("SC26-00512O-3")]
    [InlineData("SC२६-००५१२०-३")]
    [InlineData("SC26-005120-3'; --")]
    public void refuses_what_is_no_mrn(string? typed)
    {
        Assert.False(Mrn.TryParse(typed, out var mrn));
        Assert.Null(mrn);
    }

    [Fact]
    public void finds_every_wrong_digit_and_every_exchange_of_neighbours()
    {
        for (var running = 1; running < 999_999; running += 997)
        {
            var digits = Digits(Mrn.Issue("SC", 2020 + (running % 10), running));
            for (var at = 0; at < digits.Length; at++)
            {
                for (var wrong = '0'; wrong <= '9'; wrong++)
                {
                    Assert.Equal(wrong == digits[at], Mrn.TryParse($"SC{digits[..at]}{wrong}{digits[(at + 1)..]}", out _));
                }

                if (at > 0 && digits[at] != digits[at - 1])
                {
                    Assert.False(Mrn.TryParse($"SC{digits[..(at - 1)]}{digits[at]}{digits[at - 1]}{digits[(at + 1)..]}", out _));
                }
            }
        }
    }

    [Fact]
    public void stops_at_a_million_a_year()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Mrn.Issue("SC", 2026, 1_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mrn.Issue("SC", 2026, 0));
        Assert.Throws<ArgumentException>(() => Mrn.Issue("sc", 2026, 1));
    }

    private static string Digits(Mrn mrn) => mrn.Text[2..].Replace("-", "", StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture);
}
