using DrAssistant.Data.Import.Demo.Charts;
using DrAssistant.Data.Import.Demo.People;
using DrAssistant.Data.Import.Demo.Stories;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>The stories name only what the reference data knows.</summary>
public sealed class TheDemoStories
{
    private static readonly DemoCatalogue Catalogue = new();

    private static IEnumerable<DemoStory> All => [.. DemoStories.All, BabyStories.Jaundice, BabyStories.Well(200), .. BabyStories.Vaccinations.Select(v => BabyStories.Due(v.Visit))];

    private static IEnumerable<DemoVisit> Visits => All.SelectMany(s => s.Visits);

    [Fact]
    public void are_at_least_twenty() => Assert.True(DemoStories.All.Select(s => s.Code).Distinct().Count() >= 20);

    [Fact]
    public void prescribe_from_the_formulary()
        => Assert.All(Visits.SelectMany(v => v.Medicines), m => Assert.NotEmpty(Catalogue.Medicine(m.Id)));

    [Fact]
    public void order_from_the_catalogue()
    {
        Assert.All(Visits.SelectMany(v => v.Tests), t => Assert.NotEmpty(Catalogue.Test(t.Id).Name));
        Assert.All(Visits.SelectMany(v => v.Tests).SelectMany(t => t.Values), v => Assert.NotEmpty(Catalogue.Test(v.Id).Name));
        Assert.All(Visits.SelectMany(v => v.Asks), id => Assert.NotEmpty(Catalogue.Other(id).Name));
    }

    [Fact]
    public void keep_to_what_the_tables_hold()
    {
        Assert.All(All, s => Assert.Matches("^[A-Z][0-9]{2}(\\.[0-9])?$", s.Code));
        Assert.All(All, s => Assert.InRange(s.Review.Length, 5, 255));
        Assert.All(Visits, v => Assert.InRange(v.Complaint.Length, 5, 255));
        Assert.All(Visits, v => Assert.InRange(v.Medicines.Count, 0, 4));
        Assert.All(Visits.SelectMany(v => v.Exam.Split('|')), part => Assert.Contains(": ", part, StringComparison.Ordinal));
        Assert.All(Visits.SelectMany(v => v.Medicines), m => Assert.InRange(m.DosageFor(15).Length, 3, 50));
    }

    [Fact]
    public void fit_somebody_each()
        => Assert.All(DemoStories.All, s => Assert.Contains(DemoPeople.All, s.Fits));

    [Theory]
    [InlineData(8, "2.5 mL (250 mg in 5 mL)")]
    [InlineData(20, "6 mL (250 mg in 5 mL)")]
    [InlineData(90, "15 mL (250 mg in 5 mL)")]
    public void measure_a_childs_dose_by_weight(int kilograms, string dosage)
        => Assert.Equal(dosage, DemoMedicine.Syrup("paracetamol", 15, 50, "250 mg in 5 mL", "SOS", 3, "For fever").DosageFor(kilograms));
}
