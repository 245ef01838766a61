using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Tests.Security;

public sealed class FindingByBlindIndex : IDisposable
{
    private const string Digits = "43422151056749";

    private readonly Keys _keys = new();

    [Fact]
    public void finds_what_is_equal_and_nothing_else()
    {
        var index = new BlindIndex(_keys.Ring);

        Assert.Equal(index.Of(BlindIndexPurpose.AbhaNumber, Digits), index.Of(BlindIndexPurpose.AbhaNumber, Digits));
        Assert.NotEqual(index.Of(BlindIndexPurpose.AbhaNumber, Digits), index.Of(BlindIndexPurpose.AbhaNumber, "43422151056748"));
        Assert.Equal(16, index.Of(BlindIndexPurpose.AbhaNumber, Digits).Length);
    }

    [Fact]
    public void does_not_connect_two_columns()
    {
        var index = new BlindIndex(_keys.Ring);

        var hashes = Enum.GetValues<BlindIndexPurpose>().Select(purpose => Convert.ToHexString(index.Of(purpose, Digits))).ToList();

        Assert.Equal(Enum.GetValues<BlindIndexPurpose>().Length, hashes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void does_not_connect_two_practices()
    {
        using var others = new Keys();

        Assert.NotEqual(
            new BlindIndex(_keys.Ring).Of(BlindIndexPurpose.Phone, Digits),
            new BlindIndex(others.Ring).Of(BlindIndexPurpose.Phone, Digits));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void refuses_an_empty_value(string value)
        => Assert.Throws<ArgumentException>(() => new BlindIndex(_keys.Ring).Of(BlindIndexPurpose.Phone, value));

    public void Dispose() => _keys.Dispose();
}
