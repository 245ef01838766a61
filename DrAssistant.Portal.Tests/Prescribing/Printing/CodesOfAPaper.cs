using DrAssistant.Data.Prescribing.Printing;

namespace DrAssistant.Portal.Tests.Prescribing.Printing;

/// <summary>The code on a paper is read aloud, typed from it, and mistyped.</summary>
public sealed class CodesOfAPaper
{
    private const string Signature = "1:4be891f02d7c4be891f02d7c4be891f02d7c4be891f02d7c4be891f02d7c4be8";

    private static readonly string Code = PaperCode.Of(Signature)!;

    [Fact]
    public void have_twelve_letters_in_three_groups_and_lead_back_to_their_seal()
    {
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", Code);
        Assert.StartsWith(PaperCode.SealStart(Code), Signature[2..], StringComparison.Ordinal);
        Assert.Equal(Code, PaperCode.Parse(Code));
    }

    [Fact]
    public void are_read_however_they_are_typed()
    {
        Assert.Equal(Code, PaperCode.Parse($" {Code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)} "));
        Assert.Equal(PaperCode.Parse("0000-0000-0000"), PaperCode.Parse("oooo-OOOO-0000"));
    }

    [Fact]
    public void show_every_mistyped_letter()
    {
        foreach (var at in Enumerable.Range(0, Code.Length).Where(i => Code[i] != '-'))
        {
            Assert.All("0123456789ABCDEFGHJKMNPQRSTVWXYZ".Where(sign => sign != Code[at]), sign => Assert.Null(PaperCode.Parse($"{Code[..at]}{sign}{Code[(at + 1)..]}")));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7K3M-92QD")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("7K3M-92QD-HX4U")]
    public void are_none_where_they_cannot_be(string? typed) => Assert.Null(PaperCode.Parse(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1:short")]
    [InlineData("1:zzzzzzzzzzzzzzzzzzzz")]
    public void need_a_seal(string? signature) => Assert.Null(PaperCode.Of(signature));
}
