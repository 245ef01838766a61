using DrAssistant.Data.Prescribing.Printing;

namespace DrAssistant.Portal.Tests.Prescribing.Printing;

/// <summary>What was typed can neither turn nor hide what is printed.</summary>
public sealed class WordsOnPaper
{
    [Theory]
    [InlineData("take\u202E10 tablets", "take10 tablets")]
    [InlineData("zero\u200Bwidth\uFEFF", "zerowidth")]
    [InlineData("soft\u00ADhyphen", "softhyphen")]
    [InlineData("a\u0000b\tc\nd\u2028e", "a b c d e")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("private \uE000 and half \uD83D pair", "private and half pair")]
    [InlineData("a\u200Db", "ab")]
    [InlineData("क्\u200Dष", "क्\u200Dष")]
    [InlineData("5\u00A0mg  twice", "5\u00A0mg twice")]
    [InlineData("stop the 500 mg tablets", "stop the 500\u00A0mg tablets")]
    [InlineData(null, "")]
    public void are_plain(string? typed, string printed) => Assert.Equal(printed, PrintText.Of(typed));

    [Theory]
    [InlineData("Levothyroxine 50 µg", "LEVOTHYROXINE 50\u00A0µg")]
    [InlineData("amoxicillin", "AMOXICILLIN")]
    public void stand_in_capitals_and_a_micro_sign_stays_one(string name, string printed) => Assert.Equal(printed, PrintText.Capitals(name));

    [Fact]
    public void keep_the_lines_that_were_typed() => Assert.Equal(["one", "two"], PrintText.Lines("one\r\n\r\n two \n"));
}
