using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Portal.Tests.Prescribing.Formulary;

/// <summary>A medicine is found by what people call it: generic name, brand, the beginning of either, misspelt.</summary>
public sealed class FindingAMedicine
{
    private static readonly FormularySnapshot Starter = FormularySnapshot.FromFile();

    [Theory]
    [InlineData("amoxicillin", "amoxicillin", MedicineNameKind.Generic, false)]
    [InlineData("amox", "amoxicillin", MedicineNameKind.Generic, false)]
    [InlineData("amoxycillin", "amoxicillin", MedicineNameKind.Generic, true)]
    [InlineData("amoxcillin", "amoxicillin", MedicineNameKind.Generic, true)]
    [InlineData("augmentin", "amoxicillin-clavulanate", MedicineNameKind.Brand, false)]
    [InlineData("agumentin", "amoxicillin-clavulanate", MedicineNameKind.Brand, true)]
    [InlineData("ECOSPRIN", "aspirin", MedicineNameKind.Brand, false)]
    [InlineData("cephalexin", "cefalexin", MedicineNameKind.Generic, false)]
    [InlineData("albuterol", "salbutamol", MedicineNameKind.Generic, false)]
    [InlineData("metformine", "metformin", MedicineNameKind.Generic, true)]
    [InlineData("paracetmol", "paracetamol", MedicineNameKind.Generic, true)]
    [InlineData("pantaprazole", "pantoprazole", MedicineNameKind.Generic, true)]
    [InlineData("asithromicin", "azithromycin", MedicineNameKind.Generic, true)]
    [InlineData("telmisartan amlo", "telmisartan-amlodipine", MedicineNameKind.Generic, false)]
    public void by_what_was_typed(string typed, string id, MedicineNameKind by, bool misspelt)
    {
        var first = Starter.Find(typed, 10)[0];

        Assert.Equal((id, by, misspelt), (first.Medicine.Id, first.FoundBy, first.Misspelt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData("qqqqqqqq")]
    [InlineData("a bit of something for the head")]
    [InlineData("--/()")]
    public void finds_nothing_where_there_is_nothing(string? typed) => Assert.Empty(Starter.Find(typed, 10));

    [Fact]
    public void each_once_and_not_more_than_asked_for()
    {
        var hits = Starter.Find("a", 500);

        Assert.Equal(50, hits.Count);
        Assert.Equal(hits.Count, hits.Select(h => h.Medicine.Id).Distinct().Count());
        Assert.Empty(Starter.Find("amox", 0));
        Assert.Empty(Starter.Find("amox", -3));
    }

    [Fact]
    public void by_each_generic_name_and_each_brand_of_the_list()
    {
        var lost = from medicine in Starter.Medicines
                   from name in medicine.Brands.Append(medicine.GenericName)
                   where Starter.Called(name).All(hit => hit.Medicine.Id != medicine.Id) || Starter.Find(name, 20).All(hit => hit.Medicine.Id != medicine.Id)
                   select $"{medicine.Id}: {name}";

        Assert.Empty(lost);
    }

    [Fact]
    public void not_once_it_is_withdrawn()
    {
        var snapshot = new FormularySnapshot([new Medicine("gone", "Gone") { IsActive = false }, new Medicine("here", "Here")], "v");

        Assert.Empty(snapshot.Find("gone", 5));
        Assert.Empty(snapshot.Called("gone"));
        Assert.NotNull(snapshot.Get("gone"));
        Assert.Single(snapshot.Find("here", 5));
    }
}
