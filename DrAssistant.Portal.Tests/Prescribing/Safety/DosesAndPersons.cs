using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Portal.Tests.Prescribing.Safety;

/// <summary>How much, for whom: limits, slips, weight, age, pregnancy, kidneys; and what is said not to have been checked.</summary>
public sealed class DosesAndPersons
{
    private static readonly SafetyPerson Child = new(new DateOnly(2022, 11, 29), Gender.Male) { WeightKg = 16, WeighedOn = new DateOnly(2026, 11, 20) };

    [Theory]
    [InlineData("paracetamol", "500 mg", "1 tab QID x 5 d", null)]
    [InlineData("paracetamol", "500 mg", "2 tab q4h", SafetySeverity.Serious)]
    [InlineData("paracetamol", "650 mg", "1300 mg TDS", SafetySeverity.Serious)]
    [InlineData("paracetamol", "500 mg", "5000 mg TDS", SafetySeverity.Contraindicated)]
    [InlineData("amoxicillin", "500 mg", "5 g TDS", SafetySeverity.Contraindicated)]
    [InlineData("amlodipine", "5 mg", "50 mg OD", SafetySeverity.Contraindicated)]
    [InlineData("amlodipine", "5 mg", "15 mg OD", SafetySeverity.Serious)]
    [InlineData("amlodipine", "5 mg", "5 mg OD", null)]
    [InlineData("levothyroxine", "100 micrograms", "100 mg OD", SafetySeverity.Contraindicated)]
    [InlineData("levothyroxine", "100 micrograms", "100 mcg OD", null)]
    [InlineData("digoxin", "0.25 mg", "2.5 mg OD", SafetySeverity.Contraindicated)]
    [InlineData("prednisolone", "10 mg", "40 mg x 5d, 30 mg x 5d, 20 mg x 5d", null)]
    [InlineData("prednisolone", "10 mg", "400 mg x 5d, 30 mg x 5d", SafetySeverity.Contraindicated)]
    [InlineData("metformin", "500 mg", "50 mg BD", SafetySeverity.Moderate)]
    [InlineData("ciprofloxacin", "500 mg", "100 mg BD", SafetySeverity.Info)]
    [InlineData("azithromycin", "500 mg", "2 tab stat", null)]
    public void a_dose_is_held_against_the_limits(string medicine, string strength, string sig, SafetySeverity? severity)
        => Assert.Equal(severity, new Checked().Given(medicine, sig, strength, "tablet").Found(SafetyKind.Dose).Select(f => (SafetySeverity?)f.Severity).FirstOrDefault());

    [Fact]
    public void what_several_hold_is_added_up()
    {
        var found = new Checked().Given("paracetamol", "2 tab TDS", "500 mg").Taking("paracetamol-ibuprofen", "1 tab QID", "400 mg + 325 mg").Found(SafetyKind.Dose);

        Assert.Contains(found, f => f.Interrupts && f.Title.Contains("together", StringComparison.Ordinal));
    }

    [Fact]
    public void a_combination_is_counted_by_what_it_is_made_of()
    {
        Assert.Contains(new Checked().Given("paracetamol-ibuprofen", "3 tab QID", "400 mg + 325 mg").Found(SafetyKind.Dose), f => f.Interrupts);
        Assert.Empty(new Checked().Given("paracetamol-ibuprofen", "1 tab TDS", "400 mg + 325 mg").Found(SafetyKind.Dose));
    }

    [Theory]
    [InlineData("paracetamol", "125 mg in 5 mL", "10 ml QID", null)]
    [InlineData("paracetamol", "125 mg in 5 mL", "20 ml QID", SafetySeverity.Serious)]
    [InlineData("paracetamol", "250 mg in 5 mL", "50 ml QID", SafetySeverity.Contraindicated)]
    [InlineData("amoxicillin", "125 mg in 5 mL", "1 ml TDS", SafetySeverity.Info)]
    public void a_child_is_dosed_by_weight(string medicine, string strength, string sig, SafetySeverity? severity)
        => Assert.Equal(severity, new Checked { Person = Child }.Given(medicine, sig, strength, "suspension").Found(SafetyKind.ChildDose).Select(f => (SafetySeverity?)f.Severity).FirstOrDefault());

    [Fact]
    public void a_child_without_a_weight_is_not_checked_and_that_is_said()
    {
        var without = new Checked { Person = Child with { WeightKg = null } }.Given("paracetamol", "10 ml QID", "125 mg in 5 mL", "suspension");
        Assert.Contains("Weight", Assert.Single(without.NotChecked(SafetyKind.ChildDose)), StringComparison.Ordinal);
        Assert.Empty(without.Found(SafetyKind.ChildDose));

        var old = new Checked { Person = Child with { WeighedOn = new DateOnly(2026, 1, 1) } }.Given("paracetamol", "10 ml QID", "125 mg in 5 mL", "suspension");
        Assert.Contains("01-Jan-2026", Assert.Single(old.NotChecked(SafetyKind.ChildDose)), StringComparison.Ordinal);
        Assert.Empty(new Checked { Person = Child }.Given("paracetamol", "10 ml QID", "125 mg in 5 mL", "suspension").NotChecked(SafetyKind.ChildDose));
    }

    [Fact]
    public void a_medicine_that_is_not_for_children_is_found()
    {
        Assert.True(new Checked { Person = Child }.Given("nimesulide").One(SafetyKind.Age).Interrupts);
        Assert.Empty(new Checked().Given("nimesulide").Found(SafetyKind.Age));
        Assert.Single(new Checked { Person = new SafetyPerson(null, null) }.Given("nimesulide").NotChecked(SafetyKind.Age));
    }

    [Fact]
    public void pregnancy_is_known_not_known_or_impossible()
    {
        var woman = new SafetyPerson(new DateOnly(1996, 1, 1), Gender.Female);
        Assert.True(new Checked { Person = woman with { Pregnancy = PregnancyState.Pregnant } }.Given("isotretinoin").One(SafetyKind.Pregnancy).Interrupts);
        Assert.Single(new Checked { Person = woman }.Given("isotretinoin").NotChecked(SafetyKind.Pregnancy));
        Assert.Empty(new Checked { Person = woman with { Pregnancy = PregnancyState.NotPregnant } }.Given("isotretinoin").NotChecked(SafetyKind.Pregnancy));
        Assert.Empty(new Checked().Given("isotretinoin").NotChecked(SafetyKind.Pregnancy));
        Assert.Empty(new Checked { Person = woman }.Given("paracetamol").NotChecked(SafetyKind.Pregnancy));
    }

    [Fact]
    public void kidneys_count_where_a_result_is_known()
    {
        var man = new SafetyPerson(new DateOnly(1950, 1, 1), Gender.Male);
        Assert.True(new Checked { Person = man with { Egfr = 25, KidneyMeasuredOn = Checked.Today } }.Given("metformin").One(SafetyKind.Kidney).Interrupts);
        Assert.False(new Checked { Person = man with { Egfr = 45, KidneyMeasuredOn = Checked.Today } }.Given("metformin").One(SafetyKind.Kidney).Interrupts);
        Assert.True(new Checked { Person = man with { CreatinineMgDl = 3m, KidneyMeasuredOn = Checked.Today } }.Given("metformin").One(SafetyKind.Kidney).Interrupts);
        Assert.Empty(new Checked { Person = man with { CreatinineMgDl = 0.9m, KidneyMeasuredOn = Checked.Today } }.Given("metformin").Found(SafetyKind.Kidney));
        Assert.Single(new Checked { Person = man }.Given("metformin").NotChecked(SafetyKind.Kidney));
        Assert.DoesNotContain(new Checked { Person = man }.Given("paracetamol").NotChecked(SafetyKind.Kidney), w => w.Contains("metformin", StringComparison.Ordinal));
    }

    [Fact]
    public void what_could_not_be_checked_is_said()
    {
        Assert.Contains("free text", Assert.Single(new Checked().Given("grandmother's powder").NotChecked(SafetyKind.Medicine)), StringComparison.Ordinal);
        Assert.Contains("free text", Assert.Single(new Checked().Given("paracetamol").Taking("some herb").NotChecked(SafetyKind.Medicine)), StringComparison.Ordinal);
        Assert.Single(new Checked().NobodyAskedAboutAllergies().Given("paracetamol").NotChecked(SafetyKind.Allergy));
        Assert.Single(new Checked().AllergicTo("the white tablets").Given("paracetamol").NotChecked(SafetyKind.Allergy));
        Assert.Empty(new Checked().Given("paracetamol").NotChecked(SafetyKind.Allergy));
        Assert.Single(new Checked().Given("paracetamol").NotChecked(SafetyKind.Dose));
        Assert.Single(new Checked().Given("insulin-glargine", "10 units HS", form: "injection").NotChecked(SafetyKind.Dose));
        Assert.Contains("at most", Assert.Single(new Checked().Given("paracetamol", "1 tab SOS", "500 mg").NotChecked(SafetyKind.Dose)), StringComparison.Ordinal);
    }

    [Fact]
    public void what_was_withdrawn_is_found()
    {
        var formulary = new FormularySnapshot([new Medicine("gone", "Gone") { IsActive = false }], "v");
        var report = SafetyEngine.Check(
            new SafetyQuestion(Child, new SafetyAllergies(AllergiesStatus.NoneKnown, []), Checked.Today, [], [new ProposedLine("a", "Gone", "gone")]), formulary, InteractionData.Starter, default);

        Assert.Contains(report.Findings, f => f is { Kind: SafetyKind.Medicine, Interrupts: true });
    }

    [Fact]
    public void a_usual_dose_of_the_formulary_is_over_no_limit()
    {
        var over = Checked.Formulary.Medicines.Where(m => m is { IsCombination: false, LimitsAreOral: false } && UsualDose.Of(m.UsualDose) is { } usual && usual.Most > m.MaxSingleMg).Select(m => m.Id);

        Assert.Empty(over);
    }
}
