using DrAssistant.Portal.Components.Patients;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class MarkingAName
{
    [Theory]
    [InlineData("Lakshmi Chaudhuri", "laxmi chou", "[Lakshmi Chau]dhuri")]
    [InlineData("Laxmi Chowdhury", "laxmi chou", "[Laxmi Chow]dhury")]
    [InlineData("Lakshmi Chouhan", "laxmi chou", "[Lakshmi Chou]han")]
    [InlineData("Geeta Nambiar", "nam gee", "[Gee]ta [Nam]biar")]
    [InlineData("Sunita Pawar", "pavar", "Sunita [Pawar]")]
    [InlineData("Harish Shetty", "98450", "Harish Shetty")]
    [InlineData("Harish Shetty", "mary", "Harish Shetty")]
    [InlineData("Zubeida", "z", "[Z]ubeida")]
    [InlineData("", "laxmi", "")]
    public void shows_which_letters_answer(string name, string typed, string marked)
        => Assert.Equal(marked, string.Concat(NameMarks.Of(name, typed).Select(p => p.Marked ? $"[{p.Text}]" : p.Text)));

    [Theory]
    [InlineData("Lakshmi Chaudhuri", "Laxmi Chowdhury", true)]
    [InlineData("Chaudhuri Lakshmi", "Laxmi Choudhary", true)]
    [InlineData("Lakshmi Chaudhuri", "Lakshmi Iyer", false)]
    [InlineData("Anu Rao", "Manu Rao", false)]
    public void knows_names_of_one_sound(string one, string other, bool alike)
        => Assert.Equal(alike, NameMarks.SoundAlike(one, other));
}
