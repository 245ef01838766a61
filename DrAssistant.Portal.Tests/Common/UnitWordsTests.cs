using DrAssistant.Data.Common;

namespace DrAssistant.Portal.Tests.Common;

public sealed class UnitWordsTests
{
    [Theory]
    [InlineData("mg/dL", "mg/dL")]
    [InlineData("m[IU]/L", "mIU/L")]
    [InlineData("10*3/uL", "×10³/µL")]
    [InlineData("10*6/uL", "×10⁶/µL")]
    [InlineData("mm[Hg]", "mmHg")]
    [InlineData("Cel", "°C")]
    [InlineData("ug/dL", "µg/dL")]
    [InlineData("{INR}", "")]
    [InlineData("mL/min/{1.73_m2}", "mL/min/1.73 m²")]
    [InlineData("kg/m2", "kg/m²")]
    [InlineData("/min", "/min")]
    [InlineData("u[IU]/mL", "uIU/mL")]
    [InlineData("[GPL'U]/mL", "GPL/mL")]
    [InlineData("ug/mL{FEU}", "µg/mL FEU")]
    [InlineData("mg/(24.h)", "mg/24 h")]
    [InlineData("/[HPF]", "/HPF")]
    [InlineData("{broken", "{broken")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void A_unit_reads_as_people_write_it(string? ucum, string? words) => Assert.Equal(words, UnitWords.Of(ucum));
}
