using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Portal.Components.Prescribing;

namespace DrAssistant.Portal.Tests.Prescribing.Pages;

public sealed class WhatIsTypedInOneGo
{
    private static readonly Medicine Ibuprofen = new("ibuprofen", "Ibuprofen") { Forms = ["tablet", "syrup"], Strengths = ["200 mg", "400 mg", "100 mg in 5 mL"] };

    [Theory]
    [InlineData("ambroxol 30 1-0-1 pc 5d", "ambroxol", "30", "1-0-1 pc 5d")]
    [InlineData("dolo 650 tds x 3d", "dolo", "650", "tds x 3d")]
    [InlineData("amoxicillin 500mg TDS 5 days", "amoxicillin", "500mg", "TDS 5 days")]
    [InlineData("amoxicillin 500 mg tds", "amoxicillin", "500 mg", "tds")]
    [InlineData("paracetamol 2 tab sos", "paracetamol", null, "2 tab sos")]
    [InlineData("calpol 5 ml q6h", "calpol", null, "5 ml q6h")]
    [InlineData("folic acid od", "folic acid", null, "od")]
    [InlineData("amoxicillin + clavulanic acid 625", "amoxicillin + clavulanic acid", "625", null)]
    [InlineData("prednisolone 40 mg x 5d, 30 mg x 5d", "prednisolone", "40 mg", "x 5d, 30 mg x 5d")]
    [InlineData("5-fluorouracil", "5-fluorouracil", null, null)]
    [InlineData("vitamin b12 weekly", "vitamin b12", null, "weekly")]
    [InlineData("methotrexate 7.5 weekly", "methotrexate", "7.5", "weekly")]
    [InlineData("   ", "", null, null)]
    [InlineData(null, "", null, null)]
    public void Parts_into_name_strength_and_directions(string? typed, string name, string? strength, string? directions)
        => Assert.Equal(new TypedMedicine(name, strength, directions), TypedMedicine.Of(typed));

    [Theory]
    [InlineData("ibuprofen 400 tds 5d", "tablet", "1 tds 5d")]
    [InlineData("ibuprofen 400 1/2 tab tds", "tablet", "1/2 tab tds")]
    [InlineData("ibuprofen 400 1-0-1", "tablet", "1-0-1")]
    [InlineData("ibuprofen tds", "syrup", "tds")]
    [InlineData("ibuprofen tds", null, "tds")]
    [InlineData("ibuprofen", "tablet", null)]
    public void Of_a_tablet_one_is_meant_and_of_nothing_else(string typed, string? form, string? directions)
        => Assert.Equal(directions, TypedMedicine.Of(typed).DirectionsFor(form));

    [Theory]
    [InlineData("ibuprofen 400", "400 mg", "tablet")]
    [InlineData("ibuprofen 400mg", "400 mg", "tablet")]
    [InlineData("ibuprofen 100", "100 mg in 5 mL", "syrup")]
    [InlineData("ibuprofen 40", null, null)]
    [InlineData("ibuprofen 600", null, null)]
    [InlineData("ibuprofen", null, null)]
    public void A_strength_is_taken_where_only_one_fits_and_its_form_with_it(string typed, string? strength, string? form)
    {
        var chosen = TypedMedicine.Of(typed).StrengthOf(Ibuprofen);

        Assert.Equal((strength, form), (chosen, TypedMedicine.FormOf(Ibuprofen, chosen)));
    }
}
