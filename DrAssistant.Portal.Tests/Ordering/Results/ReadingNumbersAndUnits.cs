using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Reference;

namespace DrAssistant.Portal.Tests.Ordering.Results;

public sealed class ReadingNumbersAndUnits
{
    private static readonly OrderCatalogue Tests = OrderCatalogue.FromFiles();

    [Theory]
    [InlineData("6.3", null, 6.3)]
    [InlineData(" <0.5 ", "<", 0.5)]
    [InlineData("≥ 60", ">=", 60)]
    [InlineData("-2", null, -2)]
    [InlineData("1:80", null, 80)]
    public void A_number_is_read(string typed, string? comparator, double number)
        => Assert.Equal((comparator, (decimal)number), TypedNumber.Read(typed, out _));

    [Theory]
    [InlineData("7,2", "Write 7.2 with a point, if that is meant.")]
    [InlineData("1,200", "Write 1200 or 1.2: a comma can mean either.")]
    [InlineData("<1,200", "Write <1200 or <1.2: a comma can mean either.")]
    [InlineData("1,000", "Write 1000 or 1: a comma can mean either.")]
    [InlineData("1,50,000", "Write 150000 without commas.")]
    [InlineData("1,200,5,", "Write the number with a point and without commas.")]
    [InlineData("high", "Write a number, such as 7.2 or <0.5.")]
    [InlineData("1e5", "Write a number, such as 7.2 or <0.5.")]
    [InlineData("5.", "Write a number, such as 7.2 or <0.5.")]
    public void What_could_mean_two_things_is_asked_about(string typed, string words)
    {
        Assert.Null(TypedNumber.Read(typed, out var question));
        Assert.Equal(words, question);
    }

    [Theory]
    [InlineData("1558-6", "mmol/L", 5.5, 99.088)] // glucose: 18.016 mg/dL a mmol/L
    [InlineData("2160-0", "umol/L", 88.4, 0.99998)] // creatinine
    [InlineData("3091-6", "mmol/L", 5, 30.03)] // urea
    [InlineData("3094-0", "mmol/L", 5, 14.005)] // urea nitrogen
    [InlineData("2093-3", "mmol/L", 5, 193.33)] // cholesterol
    [InlineData("2571-8", "mmol/L", 1.7, 150.5265)] // triglycerides
    [InlineData("1975-2", "umol/L", 17.1, 0.9997857)] // bilirubin
    [InlineData("17861-6", "mmol/L", 2.5, 10.02)] // calcium
    [InlineData("17861-6", "meq/L", 5, 10.02)]
    [InlineData("2823-3", "mEq/L", 6.3, 6.3)] // potassium
    [InlineData("777-3", "lakhs/cumm", 2.5, 250)] // platelets as Indian laboratories print them
    [InlineData("777-3", "cells/cumm", 250000, 250)]
    [InlineData("777-3", "10*9/L", 250, 250)]
    [InlineData("6690-2", "/cumm", 7200, 7.2)]
    [InlineData("718-7", "g/L", 132, 13.2)]
    [InlineData("718-7", "gm%", 13.2, 13.2)]
    [InlineData("4544-3", "L/L", 0.45, 45)]
    [InlineData("1742-6", "IU/L", 40, 40)]
    [InlineData("3016-3", "uIU/mL", 2.5, 2.5)]
    [InlineData("4548-4", "mmol/mol", 53, 7.00044)] // HbA1c, IFCC to NGSP
    [InlineData("4537-7", "mm/1st hr", 20, 20)]
    [InlineData("14959-1", "mg/mmol", 3.4, 30.0566)] // albumin against creatinine
    [InlineData("2019-8", "kPa", 5, 37.5032)]
    [InlineData("6301-6", "{ratio}", 2.5, 2.5)]
    public void A_value_in_another_unit_becomes_the_tests_own(string code, string unit, double given, double expected)
    {
        var conversion = UnitConversion.From(unit, Tests.ByCode(CodeSystems.Loinc, code)!);

        Assert.True(conversion.Kind is ConversionKind.Same or ConversionKind.Converted, conversion.Kind.ToString());
        Assert.Equal(expected, (double)conversion.Of((decimal)given), 3);
    }

    [Theory]
    [InlineData("777-3", "mmol/L")] // a mole is no count of cells
    [InlineData("2823-3", "mg/dL")] // no molar mass for potassium: nobody prints it so
    [InlineData("718-7", "mmol/mol")]
    [InlineData("10334-1", "[IU]/mL")] // a maker's unit of CA 125 is not the international one
    [InlineData("4537-7", "s")]
    [InlineData("1558-6", "%")]
    public void A_unit_of_another_dimension_is_no_unit_of_the_test(string code, string unit)
        => Assert.Equal(ConversionKind.OtherDimension, UnitConversion.From(unit, Tests.ByCode(CodeSystems.Loinc, code)!).Kind);

    [Theory]
    [InlineData("1558-6", "Mmols")]
    [InlineData("777-3", "K")]
    [InlineData("777-3", null)]
    [InlineData("2823-3", "bananas")]
    public void A_unit_that_nobody_knows_is_not_guessed(string code, string? unit)
        => Assert.Equal(ConversionKind.UnknownUnit, UnitConversion.From(unit, Tests.ByCode(CodeSystems.Loinc, code)!).Kind);

    [Fact]
    public void Every_unit_of_the_catalogue_is_read_and_equals_itself()
    {
        var units = ReferenceFile.LabTests.Read(row => row.Text("unit_ucum")).OfType<string>().Distinct().ToList();

        Assert.True(units.Count > 50);
        Assert.All(units, unit => Assert.True(UcumUnit.Parse(unit)?.MeasuresTheSameAs(UcumUnit.Parse(unit)!), unit));
    }

    [Theory]
    [InlineData("Mg/dL", "mg/dL")]
    [InlineData("µg/dl", "ug/dl")]
    [InlineData("10^3/µL", "10^3/uL")]
    [InlineData("mIU/L", "m[IU]/L")]
    [InlineData("something", "something")]
    [InlineData("", null)]
    public void Spellings_become_UCUM(string printed, string? ucum) => Assert.Equal(ucum, UnitSpelling.Ucum(printed));
}
