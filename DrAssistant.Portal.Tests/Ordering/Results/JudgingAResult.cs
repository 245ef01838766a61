using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Portal.Tests.Ordering.Results;

public sealed class JudgingAResult
{
    private static readonly ValueLimits Potassium = new(3.5m, 5.1m, 2.8m, 6.2m);
    private static readonly ValueLimits UpTo = new(null, 5, null, null);
    private static readonly ValueLimits Over = new(60, null, null, null);
    private static readonly DateTimeOffset Now = new(2026, 11, 5, 5, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2.8, ResultFlag.CriticalLow)]
    [InlineData(3.4, ResultFlag.Low)]
    [InlineData(3.5, ResultFlag.Normal)]
    [InlineData(5.1, ResultFlag.Normal)]
    [InlineData(5.2, ResultFlag.High)]
    [InlineData(6.2, ResultFlag.CriticalHigh)]
    public void A_value_lies_somewhere(double value, ResultFlag flag) => Assert.Equal(flag, ResultFlags.Of((decimal)value, null, Potassium));

    [Theory]
    [InlineData("<", 3.5, ResultFlag.Low)]
    [InlineData("<=", 3.5, ResultFlag.Unknown)]
    [InlineData("<", 2.8, ResultFlag.CriticalLow)]
    [InlineData("<", 5, ResultFlag.Unknown)]
    [InlineData(">", 5.1, ResultFlag.High)]
    [InlineData(">=", 5.1, ResultFlag.Unknown)]
    [InlineData(">", 6.2, ResultFlag.CriticalHigh)]
    [InlineData(">", 4, ResultFlag.Unknown)]
    public void Less_or_more_than_something_is_flagged_only_where_it_is_certain(string comparator, double value, ResultFlag flag)
        => Assert.Equal(flag, ResultFlags.Of((decimal)value, comparator, Potassium));

    [Fact]
    public void A_limit_on_one_side_makes_the_other_certain()
    {
        Assert.Equal(ResultFlag.Normal, ResultFlags.Of(5, "<", UpTo));
        Assert.Equal(ResultFlag.Unknown, ResultFlags.Of(6, "<", UpTo));
        Assert.Equal(ResultFlag.Normal, ResultFlags.Of(60, ">", Over));
        Assert.Equal(ResultFlag.Unknown, ResultFlags.Of(50, ">", Over));
        Assert.Equal(ResultFlag.Unknown, ResultFlags.Of(5, null, ValueLimits.None));
    }

    [Theory]
    [InlineData(ResultFlag.Normal, "HH", ResultFlag.CriticalHigh)]
    [InlineData(ResultFlag.High, "N", ResultFlag.High)]
    [InlineData(ResultFlag.CriticalLow, "L", ResultFlag.CriticalLow)]
    [InlineData(ResultFlag.Unknown, "N", ResultFlag.Normal)]
    [InlineData(ResultFlag.Low, "A", ResultFlag.Low)]
    [InlineData(ResultFlag.Normal, "something else", ResultFlag.Normal)]
    public void The_worse_of_two_flags_is_taken(ResultFlag ours, string said, ResultFlag taken)
        => Assert.Equal(taken, ResultFlags.Worse(ours, ResultFlags.OfLaboratory(said)));

    [Theory]
    [InlineData(6.8, 35, "rose 1.4 in 5 weeks")]
    [InlineData(5.0, 1, "fell 0.4 in 1 day")]
    [InlineData(5.4, 1, null)]
    public void A_change_is_said_in_words(double value, int days, string? words)
        => Assert.Equal(words, DeltaCheck.Words((decimal)value, Now, 5.4m, Now.AddDays(-days)));

    [Theory]
    [InlineData("2823-3", 6.8, 3, "Changed by 26 % in 3 days. Is it this patient's specimen?")]
    [InlineData("2823-3", 6.8, 35, null)] // too long ago to be asked about
    [InlineData("2823-3", 6.4, 3, null)]
    [InlineData("1558-6", 20, 3, null)] // glucose moves as it likes
    public void A_leap_is_asked_about(string code, double value, int days, string? question)
        => Assert.Equal(question, DeltaCheck.Question(code, (decimal)value, Now, 5.4m, Now.AddDays(-days)));
}
