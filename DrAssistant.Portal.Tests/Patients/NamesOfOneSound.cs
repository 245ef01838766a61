using DrAssistant.Portal.Components.Patients;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class NamesOfOneSound
{
    [Theory]
    [InlineData("Lakshmi Chaudhuri", "Laxmi Chowdhury", true)]
    [InlineData("Chaudhuri Lakshmi", "Laxmi Choudhary", true)]
    [InlineData("Sunita Pawar", "Suneeta Pavar", true)]
    [InlineData("Zubeida", "Zubaida", true)]
    [InlineData("Lakshmi Chaudhuri", "Lakshmi Iyer", false)]
    [InlineData("Anu Rao", "Manu Rao", false)]
    [InlineData("Ravi", "Ravi Kumar", false)]
    public void make_the_desk_look_twice(string one, string other, bool alike)
        => Assert.Equal(alike, NameSounds.SoundAlike(one, other));
}
