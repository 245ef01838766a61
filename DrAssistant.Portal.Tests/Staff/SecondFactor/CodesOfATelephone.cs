using System.Text;
using DrAssistant.Data.Staff.SecondFactor;

namespace DrAssistant.Portal.Tests.Staff.SecondFactor;

/// <summary>RFC 6238, appendix B, and RFC 4648, section 10.</summary>
public sealed class CodesOfATelephone
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void are_those_of_the_standard(long at, string code)
    {
        var step = Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(at));

        Assert.Equal(code, Totp.Code(Secret, step, digits: 8));
        Assert.Equal(code[2..], Totp.Code(Secret, step));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void are_taken_one_step_early_or_late(int seconds, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_111);
        var step = Totp.StepOf(now.AddSeconds(seconds));

        Assert.Equal(isTaken ? step : null, Totp.Match(Secret, Totp.Code(Secret, step), now));
        Assert.Null(Totp.Match(Secret, "", now));
        Assert.Null(Totp.Match(Secret, "१२३४५६", now));
    }

    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void have_keys_in_base_32(string text, string key) => Assert.Equal(key, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void and_recovery_codes_are_ten_long_ones_in_any_spelling()
    {
        var codes = RecoveryCode.Create();

        Assert.Equal(10, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(codes, code => Assert.Matches("^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$", code));
        Assert.Equal(RecoveryCode.HashOf(codes[0]), RecoveryCode.HashOf($" {codes[0].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()}"));
        Assert.Null(RecoveryCode.HashOf("123456"));
    }
}
