using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class ShowingAName
{
    [Theory]
    [InlineData("Sunita", "Pawar", "PAWAR, Sunita", "Sunita Pawar", "SP")]
    [InlineData(" Ram  Kumar ", "Sharma", "SHARMA, Ram Kumar", "Ram Kumar Sharma", "RS")]
    [InlineData("Joseph", "D\u2019Souza", "D\u2019SOUZA, Joseph", "Joseph D\u2019Souza", "JD")]
    [InlineData("Md.", "Rafiq", "RAFIQ, Md.", "Md. Rafiq", "MR")]
    [InlineData("Anita", "Das", "DAS, Anita", "Anita Das", "AD")]
    [InlineData("Mary", "DAS", "DAS, Mary", "Mary DAS", "MD")]
    public void puts_the_family_first(string first, string last, string listed, string spoken, string initials)
        => AssertName(first, last, listed, spoken, initials);

    [Theory]
    [InlineData("Zubeida", null)]
    [InlineData("Zubeida", "")]
    [InlineData("Zubeida", " - ")]
    [InlineData("Zubeida", ".")]
    [InlineData("Zubeida", "\u2014")]
    [InlineData("Zubeida", "zubeida")]
    [InlineData("-", "Zubeida")]
    public void shows_a_single_name_once(string first, string? last) => AssertName(first, last, "Zubeida", "Zubeida", "Z");

    [Theory]
    [InlineData("S.", "Ramesh", "S. Ramesh", "SR")]
    [InlineData("Ramesh", "S.", "Ramesh S.", "RS")]
    [InlineData("Ramesh", "S", "Ramesh S", "RS")]
    [InlineData("K.S.", "Krishnan", "K.S. Krishnan", "KK")]
    [InlineData("Krishnan", "K S", "Krishnan K S", "KS")]
    [InlineData("KS", "Krishnan", "KS Krishnan", "KK")]
    [InlineData("ரமேஷ்", "எஸ்.", "ரமேஷ் எஸ்.", "ரஎ")]
    public void makes_no_family_name_of_an_initial(string first, string last, string shown, string initials)
        => AssertName(first, last, shown, shown, initials);

    [Theory]
    [InlineData("लक्ष्मी", "राव", "राव, लक्ष्मी", "लरा")]
    [InlineData("श्रीकांत", "द्विवेदी", "द्विवेदी, श्रीकांत", "श्रीद्वि")]
    [InlineData("अমল", "দে", "দে, अমল", "अদে")]
    [InlineData("فاطمہ", "خان", "خان, فاطمہ", "فخ")]
    [InlineData("(Baby)", "Élodie", "ÉLODIE, (Baby)", "BÉ")]
    [InlineData("👶 Asha", "Rao", "RAO, 👶 Asha", "AR")]
    public void takes_letters_as_their_readers_see_them(string first, string last, string listed, string initials)
    {
        var name = new PersonName(first, last);

        Assert.Equal(listed, name.Listed);
        Assert.Equal(initials, name.Initials);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("-", null)]
    [InlineData("\uD800", "\uDC00")]
    [InlineData("\0", "?")]
    public void survives_what_is_no_name(string first, string? last) => Assert.Equal("?", new PersonName(first, last).Initials);

    [Fact]
    public void stays_out_of_logs() => Assert.DoesNotContain("Sunita", $"{new PersonName("Sunita", "Pawar")}", StringComparison.Ordinal);

    private static void AssertName(string first, string? last, string listed, string spoken, string initials)
    {
        var name = new PersonName(first, last);

        Assert.Equal(listed, name.Listed);
        Assert.Equal(spoken, name.Spoken);
        Assert.Equal(initials, name.Initials);
    }
}
