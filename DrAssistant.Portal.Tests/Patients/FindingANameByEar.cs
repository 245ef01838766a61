using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class FindingANameByEar
{
    [Theory]
    [InlineData("Laxmi", "Lakshmi")]
    [InlineData("Laxman Rao", "Lakshman Rao")]
    [InlineData("Sita", "Seetha")]
    [InlineData("Mohd Irfan", "Mohammed Irfan")]
    [InlineData("Choudhary", "Chaudhuri")]
    [InlineData("Vishwanathan", "Viswanathan")]
    [InlineData("Bikash Ghose", "Vikas Ghosh")]
    [InlineData("Poornima", "Purnima")]
    [InlineData("Zahida", "Jahida")]
    [InlineData("Preethi Shetty", "Priti Shetti")]
    [InlineData("Jnaneshwar", "Gyaneshwar")]
    [InlineData("Yamini", "Jamini")]
    [InlineData("Subrata", "Subroto")]
    [InlineData("Harjinder", "Harjindar")]
    [InlineData("Sowmya", "Saumya")]
    [InlineData("Tripathi", "Tripathy")]
    [InlineData("Kaveri", "Cauvery")]
    [InlineData("Phatima", "Fatima")]
    public void brings_spellings_together(string one, string other) => Assert.True(NameTokens.MayBeSame(one, other));

    [Theory]
    [InlineData("S. Ramesh", "Ramesh S")]
    [InlineData("KS Krishnan", "Krishnan K.S.")]
    [InlineData("Ram Kumar Sharma", "R K Sharma")]
    [InlineData("Bala Murugan", "Balamurugan")]
    [InlineData("Rao Lakshmi Devi", "Lakshmi Devi Rao")]
    [InlineData("Smt. Kamala Bai", "Kamala Bai")]
    [InlineData("Dr. Sri Devi", "Sridevi")]
    [InlineData("Rajesh s/o Mohan", "Rajesh Mohan")]
    [InlineData("Baby of Sunita", "B/O Sunita")]
    [InlineData("D'Souza", "D’Souza")]
    [InlineData("José Pereira", "Jose Pereira")]
    [InlineData("O’Brien-Nair", "OBrien Nair")]
    public void knows_no_order_titles_points_or_accents(string one, string other) => Assert.True(NameTokens.MayBeSame(one, other));

    [Theory]
    [InlineData("लक्ष्मी", "Lakshmi")]
    [InlineData("ज्ञानेश्वर कुलकर्णी", "Dnyaneshwar Kulkarni")]
    [InlineData("ज़ाकिर हुसैन", "Zakir Husain")]
    [InlineData("সৌরভ মুখোপাধ্যায়", "Sourav Mukherjee")]
    [InlineData("যামিনী", "Jamini")]
    [InlineData("ਹਰਜਿੰਦਰ ਸਿੰਘ", "Harjinder Singh")]
    [InlineData("પ્રિયંકા શાહ", "Priyanka Shah")]
    [InlineData("ସୁବ୍ରତ ମହାନ୍ତି", "Subrata Mohanty")]
    [InlineData("கணேஷ்", "Ganesh")]
    [InlineData("வெங்கடேஷ்", "Venkatesh")]
    [InlineData("சஞ்சய்", "Sanjay")]
    [InlineData("வேலு நாயக்கர்", "Velu Nayakkar")]
    [InlineData("వెంకటేష్ రావు", "Venkatesh Rao")]
    [InlineData("ಭಾವನಾ ಗೌಡ", "Bhavana Gowda")]
    [InlineData("സുരേഷ് നായർ", "Suresh Nair")]
    [InlineData("عمران خان", "Imran Khan")]
    [InlineData("லட்சுமி", "लक्ष्मी")]
    public void brings_scripts_together(string one, string other) => Assert.True(NameTokens.MayBeSame(one, other));

    [Theory]
    [InlineData("Krishnan", "Kishan")]
    [InlineData("Rita", "Nita")]
    [InlineData("Anita", "Nita")]
    [InlineData("Arun", "Aruna")]
    [InlineData("Kumar", "Kumari")]
    [InlineData("Ramesh", "Rajesh")]
    [InlineData("Shah", "Sahu")]
    [InlineData("Singh", "Sinha")]
    [InlineData("Mehta", "Mehra")]
    [InlineData("Vijay", "Vinay")]
    [InlineData("S. Ramesh", "R. Ramesh")]
    [InlineData("Ramesh Kumar", "Ramesh Sharma")]
    [InlineData("Baby of Sunita 1", "Baby of Sunita 2")]
    [InlineData("K S", "K S Rao")]
    [InlineData("लक्ष्मी", "Lakshman")]
    [InlineData("", "Lakshmi")]
    [InlineData("- . -", "- . -")]
    public void keeps_names_apart(string one, string other) => Assert.False(NameTokens.MayBeSame(one, other));

    [Fact]
    public void keeps_and_looks_for_the_same_keys()
    {
        Assert.True(NameTokens.KeysOf("Bala Murugan").Overlaps(NameTokens.KeysOf("Balamurugan")));
        Assert.Equal(NameTokens.KeysOf("Lakshmi"), NameTokens.KeysOf("LAXMI"));
    }

    [Fact]
    public void keeps_the_signs_that_are_letters()
    {
        Assert.Equal("जोस कृष्णा", NameTokens.Folded("जोस कृष्णा"));
        Assert.Equal("jose muller", NameTokens.Folded("José Müller"));
        Assert.Equal(["कृष्णा"], NameTokens.Of("कृष्णा").Select(token => token.Text));
    }

    [Theory]
    [InlineData("\uD800\uDC00\uD800")]
    [InlineData("\0\u0001")]
    [InlineData("x")]
    [InlineData("्््")]
    [InlineData("s/o")]
    [InlineData("/o s/ o/")]
    public void survives_what_is_no_name(string text) => Assert.NotNull(NameTokens.KeysOf(text));

    [Fact]
    public void is_bounded_whatever_is_typed()
    {
        var keys = NameTokens.KeysOf(string.Concat(Enumerable.Repeat("zhodhezhodhe", 1_000)) + " yo");

        Assert.InRange(keys.Count, 1, 100);
    }

    [Fact]
    public void stays_out_of_logs() => Assert.DoesNotContain("sunita", $"{NameTokens.Of("Sunita")[0]}", StringComparison.OrdinalIgnoreCase);
}
