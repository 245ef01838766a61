using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Reference;

namespace DrAssistant.Portal.Tests.Prescribing.Safety;

/// <summary>The lists that the checks stand on: whole, without a lost reference, and finding what they claim.</summary>
public sealed class TheInteractionLists
{
    private static readonly InteractionData Data = InteractionData.Starter;
    private static readonly FormularySnapshot Formulary = Checked.Formulary;

    private static readonly string[] Substances = ["substance:alcohol", "substance:grapefruit", "substance:tyramine-food", "substance:tobacco-smoking", "substance:iodinated-contrast"];

    /// <summary>The categories of the ONC list (Phansalkar and others, J Am Med Inform Assoc 2012;19:735), one pair of each at least.</summary>
    public static TheoryData<string, string> Onc => new()
    {
        { "dexamfetamine", "tranylcypromine" }, { "atomoxetine", "phenelzine" }, { "atazanavir", "omeprazole" }, { "atazanavir", "pantoprazole" },
        { "febuxostat", "azathioprine" }, { "febuxostat", "mercaptopurine" }, { "fluoxetine", "tranylcypromine" }, { "sertraline", "selegiline" }, { "duloxetine", "phenelzine" },
        { "irinotecan", "ketoconazole" }, { "irinotecan", "clarithromycin" }, { "pethidine", "phenelzine" }, { "dextromethorphan", "selegiline" }, { "tramadol", "isocarboxazid" },
        { "haloperidol", "amiodarone" }, { "sotalol", "pimozide" }, { "erythromycin", "quinidine" }, { "ramelteon", "fluvoxamine" }, { "ramelteon", "ciprofloxacin" },
        { "ritonavir", "rifampicin" }, { "atazanavir", "st-johns-wort" }, { "simvastatin", "clarithromycin" }, { "lovastatin", "itraconazole" }, { "simvastatin", "ritonavir" },
        { "simvastatin", "gemfibrozil" }, { "tizanidine", "fluvoxamine" }, { "tizanidine", "ciprofloxacin" }, { "tranylcypromine", "procarbazine" }, { "sumatriptan", "phenelzine" },
        { "rizatriptan", "moclobemide" }, { "amitriptyline", "tranylcypromine" }, { "imipramine", "selegiline" }, { "ergotamine", "clarithromycin" }, { "methylergometrine", "ketoconazole" },
    };

    [Fact]
    public void name_only_what_is_there()
    {
        var sides = Data.Rows.SelectMany(r => new[] { r.A, r.B }).Distinct().ToList();

        Assert.Empty(sides.Where(s => s.StartsWith("class:", StringComparison.Ordinal)).Select(s => s[6..]).Except(Data.Classes.Keys));
        Assert.All(sides.Where(s => !s.StartsWith("class:", StringComparison.Ordinal)), AssertThatItIsThere);
        Assert.All(Data.Classes.Values.SelectMany(m => m), AssertThatItIsThere);

        static void AssertThatItIsThere(string id) => Assert.True(Substances.Contains(id) || Formulary.Get(id) is { IsCombination: false }, id);
    }

    [Fact]
    public void say_each_pair_once_with_words_and_a_source()
    {
        Assert.True(Data.Rows.Count > 850);
        Assert.Empty(Data.Rows.GroupBy(r => string.CompareOrdinal(r.A, r.B) <= 0 ? (r.A, r.B) : (r.B, r.A)).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(Data.Rows, r => Assert.True(r.Mechanism.Length > 3 && r.WhatToDo.Length > 3 && r.Source.Length > 3, r.A + r.B));
        Assert.All(Data.Rows, r => Assert.False(r.Interrupts && r.Severity > SafetySeverity.Serious, $"{r.A} and {r.B} interrupt and are moderate."));
        Assert.All(Data.Rows, r => Assert.True(r.Interrupts || r.Severity > SafetySeverity.Contraindicated, $"{r.A} and {r.B} are contraindicated and do not interrupt."));
    }

    [Fact]
    public void have_classes_that_hold_all_medicines_of_their_class()
    {
        var classes = ReferenceFile.InteractionClasses.Read(row => (Id: row.Needed("id"), Kind: row.Needed("kind"), Members: row.Several("members") ?? []));
        var different = from c in classes
                        where c.Kind == "drug_class"
                        let own = Formulary.Medicines.Where(m => m.DrugClass == c.Id && !m.IsCombination).Select(m => m.Id)
                        from id in own.Except(c.Members).Concat(c.Members.Except(own))
                        select $"{c.Id}: {id}";

        Assert.Empty(different);
    }

    [Fact]
    public void have_allergies_whose_members_and_cross_reactions_are_there_and_stand_on_both_sides()
    {
        Assert.All(AllergyClasses.Starter.All.SelectMany(c => c.Members), m => Assert.True(Formulary.Get(m) is { IsCombination: false }, m));
        var oneSided = from own in AllergyClasses.Starter.All
                       from crossing in own.CrossesWith
                       where AllergyClasses.Starter.Get(crossing.Key)?.CrossesWith.GetValueOrDefault(own.Id) != crossing.Value
                       select $"{own.Id} {crossing.Key}";
        Assert.Empty(oneSided);
    }

    [Theory]
    [MemberData(nameof(Onc))]
    public void hold_the_onc_high_priority_list(string one, string other)
    {
        var finding = new Checked().Given(one).Given(other).One(SafetyKind.Interaction);

        Assert.True(finding.Interrupts);
        Assert.True(finding.Severity is SafetySeverity.Contraindicated or SafetySeverity.Serious);
        Assert.Contains(finding.Others.Append(finding), f => f.Source.Contains("ONC", StringComparison.Ordinal) || f.Severity is SafetySeverity.Contraindicated);
    }

    /// <summary>Every pair that a row claims, classes taken apart, in both orders.</summary>
    [Fact]
    public void find_every_pair_they_claim_by_generic_name()
    {
        var lost = from row in Data.Rows
                   from one in Data.Members(row.A)
                   from other in Data.Members(row.B)
                   where one != other
                   where !Finds(row, one, other) || !Finds(row, other, one)
                   select $"{one} + {other}";

        Assert.Empty(lost);
    }

    [Fact]
    public void find_every_pair_they_claim_by_brand()
    {
        var brands = Formulary.Medicines.Where(m => !m.IsCombination).ToDictionary(
            m => m.Id, m => m.Brands.SelectMany(b => Formulary.Called(b)).Select(hit => hit.Medicine).FirstOrDefault(found => found.Ingredients.Contains(m.Id))?.Id);
        var claimed = (from row in Data.Rows
                       from one in Data.Members(row.A)
                       from other in Data.Members(row.B)
                       where one != other && brands[one] is not null && brands[other] is not null
                       select (row, one, other)).ToList();

        Assert.True(claimed.Count > 5_000);
        Assert.Empty(claimed.Where(c => !Finds(c.row, brands[c.one]!, brands[c.other]!)).Select(c => $"{c.one} + {c.other}"));
    }

    [Fact]
    public void find_every_pair_within_combinations()
    {
        var holders = Formulary.Medicines.Where(m => m is { IsCombination: true }).SelectMany(m => m.Ingredients.Select(i => (Ingredient: i, Medicine: m))).ToLookup(x => x.Ingredient, x => x.Medicine);
        var lost = from row in Data.Rows
                   from one in Data.Members(row.A)
                   from other in Data.Members(row.B)
                   where one != other
                   let product = holders[one].FirstOrDefault(m => m.Routes.Contains("oral") && !m.Ingredients.Contains(other))
                   where product is not null && !Finds(row, product.Id, other)
                   select $"{product.Id} + {other}";

        Assert.Empty(lost);
    }

    private static bool Finds(InteractionRow row, string one, string other)
        => new Checked().Given(one, route: Systemic(one)).Given(other, route: Systemic(other)).Found(SafetyKind.Interaction) is [var found]
            && found.Severity <= row.Severity
            && found.Others.Append(found).Any(f => (f.Mechanism, f.WhatToDo, f.Source) == (row.Mechanism, row.WhatToDo, row.Source));

    /// <summary>The way that reaches the blood, where there is one.</summary>
    private static string? Systemic(string id)
        => Formulary.Get(id)!.Routes.FirstOrDefault(r => r is not ("topical" or "ophthalmic" or "otic" or "nasal" or "vaginal" or "oromucosal"));
}
