using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Portal.Tests.Prescribing.Safety;

/// <summary>The examples that every system must find, by name; and what none may cry about.</summary>
public sealed class DangerousPrescriptions
{
    [Theory]
    [InlineData("Penicillin", "penicillin", "amoxicillin")]
    [InlineData("Penicillin", "penicillin", "Augmentin")]
    [InlineData("Penicillin", "penicillin", "Mox")]
    [InlineData("penicillin injection", null, "Augmentin")]
    [InlineData("PCN", null, "ampicillin")]
    [InlineData("allergic to sulfa drugs", null, "Septran")]
    [InlineData("Sulfonamide antimicrobials", "sulfonamide-antibiotic", "co-trimoxazole")]
    [InlineData("Sulfa", null, "sulfasalazine")]
    [InlineData("Amoxicillin", "amoxicillin", "ampicillin")]
    [InlineData("Brufen", null, "diclofenac")]
    [InlineData("Brufen", null, "Combiflam")]
    [InlineData("Aspirin", "aspirin", "Ecosprin")]
    public void an_allergy_stops_its_ingredient_and_its_group(string substance, string? code, string given)
    {
        var finding = new Checked().AllergicTo(substance, code).Given(given).One(SafetyKind.Allergy);

        Assert.Equal((SafetySeverity.Contraindicated, true, "line1"), (finding.Severity, finding.Interrupts, finding.Line));
    }

    [Theory]
    [InlineData("penicillin", "cefalexin", SafetySeverity.Serious, true)]
    [InlineData("penicillin", "cefixime", SafetySeverity.Moderate, false)]
    [InlineData("penicillin", "meropenem", SafetySeverity.Moderate, false)]
    [InlineData("sulfonamide-antibiotic", "furosemide", SafetySeverity.Info, false)]
    public void a_cross_reaction_warns_as_its_risk_is(string code, string given, SafetySeverity severity, bool interrupts)
    {
        var finding = new Checked().AllergicTo(code, code).Given(given).One(SafetyKind.Allergy);

        Assert.Equal((severity, interrupts), (finding.Severity, finding.Interrupts));
    }

    [Fact]
    public void an_intolerance_is_no_allergy_of_the_group()
    {
        var same = new Checked().AllergicTo("Erythromycin", "erythromycin", AllergyType.Intolerance).Given("erythromycin").One(SafetyKind.Allergy);

        Assert.Equal((SafetySeverity.Moderate, false), (same.Severity, same.Interrupts));
        Assert.Empty(new Checked().AllergicTo("Erythromycin", "erythromycin", AllergyType.Intolerance).Given("azithromycin").Found(SafetyKind.Allergy));
        Assert.Empty(new Checked().AllergicTo("Penicillin", "penicillin", AllergyType.Intolerance).Given("cefalexin").Found(SafetyKind.Allergy));
    }

    [Theory]
    [InlineData("warfarin", "diclofenac")]
    [InlineData("Warf", "Voveran")]
    [InlineData("acenocoumarol", "ibuprofen")]
    [InlineData("warfarin", "aspirin")]
    [InlineData("simvastatin", "clarithromycin")]
    [InlineData("selegiline", "fluoxetine")]
    [InlineData("tranylcypromine", "sertraline")]
    [InlineData("isosorbide-mononitrate", "sildenafil")]
    [InlineData("Sorbitrate", "Viagra")]
    [InlineData("ramipril", "losartan")]
    [InlineData("tizanidine", "ciprofloxacin")]
    [InlineData("lithium", "ibuprofen")]
    [InlineData("methotrexate", "co-trimoxazole")]
    [InlineData("tramadol", "sertraline")]
    [InlineData("morphine", "diazepam")]
    [InlineData("digoxin", "amiodarone")]
    [InlineData("allopurinol", "azathioprine")]
    [InlineData("domperidone", "ketoconazole")]
    [InlineData("rifampicin", "warfarin")]
    [InlineData("propranolol", "verapamil")]
    public void two_that_must_not_meet_interrupt_in_both_orders_and_against_what_is_taken(string one, string other)
    {
        Assert.True(new Checked().Given(one).Given(other).One(SafetyKind.Interaction).Interrupts);
        Assert.True(new Checked().Given(other).Given(one).One(SafetyKind.Interaction).Interrupts);
        var taken = new Checked().Given(one).Taking(other).One(SafetyKind.Interaction);
        Assert.Equal((true, "line1", "taken1"), (taken.Interrupts, taken.Line, taken.Against));
    }

    [Fact]
    public void methotrexate_every_day_is_stopped()
    {
        var daily = new Checked().Given("methotrexate", "10 mg OD", "10 mg").Found(SafetyKind.Dose);
        Assert.Contains(daily, f => f is { Severity: SafetySeverity.Contraindicated, Interrupts: true } && f.Title.Contains("not daily", StringComparison.Ordinal));

        Assert.Empty(new Checked().Given("methotrexate", "10 mg weekly", "10 mg").Found(SafetyKind.Dose));
        Assert.Contains(new Checked().Given("methotrexate", "40 mg weekly", "10 mg").Found(SafetyKind.Dose), f => f.Interrupts);
    }

    [Theory]
    [InlineData("paracetamol", "amoxicillin")]
    [InlineData("amlodipine", "metformin")]
    [InlineData("cetirizine", "azithromycin")]
    [InlineData("ORS", "zinc-sulfate")]
    [InlineData("levothyroxine", "amlodipine")]
    [InlineData("telmisartan", "amlodipine")]
    [InlineData("salbutamol", "budesonide-inhaled")]
    public void what_goes_together_finds_nothing(string one, string other)
        => Assert.Empty(new Checked().Given(one).Given(other).Report().Findings);

    [Fact]
    public void what_one_product_is_made_of_is_not_held_against_itself()
        => Assert.Empty(Checked.Formulary.Medicines.Where(m => m.IsCombination)
            .Where(m => new Checked().Given(m.Id).Report().Findings.Any(f => f.Kind is SafetyKind.Interaction or SafetyKind.Duplicate)).Select(m => m.Id));

    [Fact]
    public void a_cream_is_no_tablet()
    {
        var gel = new Checked().Given("diclofenac", route: "topical").Taking("warfarin").One(SafetyKind.Interaction);
        Assert.Equal((SafetySeverity.Info, false), (gel.Severity, gel.Interrupts));

        Assert.True(new Checked().Given("miconazole").Taking("warfarin").One(SafetyKind.Interaction).Interrupts);
        Assert.True(new Checked().Given("diclofenac", route: "oral").Taking("warfarin").One(SafetyKind.Interaction).Interrupts);
    }

    [Fact]
    public void what_was_stopped_counts_as_long_as_it_works()
    {
        Assert.True(new Checked().Given("sertraline").Taking("phenelzine", stoppedOn: Checked.Today.AddDays(-10)).One(SafetyKind.Interaction).Interrupts);
        Assert.Empty(new Checked().Given("sertraline").Taking("phenelzine", stoppedOn: Checked.Today.AddDays(-15)).Found(SafetyKind.Interaction));
        Assert.True(new Checked().Given("phenelzine").Taking("fluoxetine", stoppedOn: Checked.Today.AddDays(-30)).One(SafetyKind.Interaction).Interrupts);
        Assert.Empty(new Checked().Given("warfarin").Taking("diclofenac", stoppedOn: Checked.Today.AddDays(-1)).Found(SafetyKind.Interaction));
        Assert.Empty(new Checked().Given("paracetamol").Taking("paracetamol", stoppedOn: Checked.Today.AddDays(-1)).Found(SafetyKind.Duplicate));
    }

    [Fact]
    public void the_same_ingredient_twice_is_found_in_combinations_too()
    {
        Assert.True(new Checked().Given("paracetamol").Given("Combiflam").One(SafetyKind.Duplicate).Interrupts);
        Assert.True(new Checked().Given("paracetamol").Taking("Combiflam").One(SafetyKind.Duplicate).Interrupts);
        var renewal = new Checked().Given("amlodipine").Taking("amlodipine").One(SafetyKind.Duplicate);
        Assert.Equal((SafetySeverity.Moderate, false), (renewal.Severity, renewal.Interrupts));
    }

    [Theory]
    [InlineData("pantoprazole", "rabeprazole", SafetyKind.Duplicate, false)]
    [InlineData("atorvastatin", "rosuvastatin", SafetyKind.Duplicate, true)]
    [InlineData("alprazolam", "zolpidem", SafetyKind.Duplicate, true)]
    [InlineData("glimepiride", "gliclazide", SafetyKind.Duplicate, true)]
    [InlineData("ibuprofen", "diclofenac", SafetyKind.Interaction, true)]
    public void two_of_a_class_are_found(string one, string other, SafetyKind kind, bool interrupts)
        => Assert.Equal(interrupts, Assert.Single(new Checked().Given(one).Given(other).Report().Findings, f => f.Kind == kind).Interrupts);

    [Fact]
    public void the_answer_is_the_same_each_time_and_the_most_severe_comes_first()
    {
        SafetyReport Once() => new Checked { Person = new SafetyPerson(new DateOnly(1990, 1, 1), Gender.Female) { Pregnancy = PregnancyState.Pregnant } }
            .AllergicTo("penicillin").Given("Augmentin").Given("warfarin").Given("pantoprazole").Given("rabeprazole").Taking("diclofenac").Report();

        var (first, second) = (Once(), Once());

        Assert.Equal(first.Findings.Select(f => f.Key), second.Findings.Select(f => f.Key));
        Assert.Equal(first.NotChecked, second.NotChecked);
        Assert.Equal(first.Findings.Select(f => f.Severity).Order(), first.Findings.Select(f => f.Severity));
        Assert.Equal(SafetyKind.Allergy, first.Findings[0].Kind);
        Assert.Equal(first.Findings.Count, first.Findings.Select(f => f.Key).Distinct().Count());
        Assert.Equal(1, first.Allergies);
    }

    [Fact]
    public void a_finding_keeps_its_key_when_the_lines_change_places()
    {
        var there = new Checked().Given("warfarin").Given("diclofenac").One(SafetyKind.Interaction).Key;
        Assert.Contains("diclofenac+warfarin", there, StringComparison.Ordinal);
        Assert.Equal(there, new Checked().Given("warfarin").Given("diclofenac").Given("paracetamol").Found(SafetyKind.Interaction).Single(f => f.Interrupts).Key);
    }
}
