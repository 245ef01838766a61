using System.Collections.Frozen;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Groups of medicines that one is allergic to as a whole, what they cross-react with, and the words people use for them.</summary>
internal sealed class AllergyClasses
{
    private static readonly Lazy<AllergyClasses> Read = new(() => new AllergyClasses(ReferenceFile.AllergyClasses));

    private readonly FrozenDictionary<string, AllergyClass> _byId;
    private readonly ILookup<string, AllergyClass> _byMember;

    private AllergyClasses(ReferenceFile file)
    {
        var classes = file.Read(Row);
        _byId = classes.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        _byMember = classes.SelectMany(c => c.Members.Select(m => (Member: m, Class: c))).ToLookup(m => m.Member, m => m.Class);
        Version = file.Version;
    }

    public static AllergyClasses Starter => Read.Value;

    public string Version { get; }

    public IEnumerable<AllergyClass> All => _byId.Values;

    public AllergyClass? Get(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    public IEnumerable<AllergyClass> Of(string ingredient) => _byMember[ingredient];

    /// <summary>
    /// What an allergy stands for: the group or medicine of its code, or those whose names stand as whole words in what was typed. Nothing where it is free
    /// text that no list knows.
    /// </summary>
    public AllergyMeaning MeaningOf(SafetyAllergy allergy, FormularySnapshot formulary)
    {
        var classes = Get(allergy.Code) is { } one ? [one] : new List<AllergyClass>();
        var medicines = formulary.Get(allergy.Code) is { } medicine ? [medicine] : new List<Medicine>();
        if (classes.Count + medicines.Count > 0)
        {
            return new AllergyMeaning(classes, [.. medicines.SelectMany(m => m.Ingredients)], ByWords: false);
        }

        var text = $" {string.Join(' ', MedicineName.WordsOf(allergy.Substance))} ";
        classes.AddRange(_byId.Values.Where(c => c.Words.Any(w => text.Contains(w, StringComparison.Ordinal))).OrderBy(c => c.Id, StringComparer.Ordinal));
        medicines.AddRange(WordsAlone(allergy.Substance).SelectMany(formulary.Called).Select(hit => hit.Medicine).DistinctBy(m => m.Id));
        return new AllergyMeaning(classes, [.. medicines.SelectMany(m => m.Ingredients).Distinct()], ByWords: true);
    }

    /// <summary>The whole, and each word of it: "Brufen tablet".</summary>
    private static IEnumerable<string> WordsAlone(string substance) => MedicineName.WordsOf(substance).Where(w => w.Length > 2).Prepend(substance);

    private static AllergyClass Row(ReferenceRow row)
    {
        var crossing = (row.Several("cross_reacts_with") ?? []).Select(c => c.Split(':')).ToFrozenDictionary(c => c[0], c => Risk(c[1]), StringComparer.Ordinal);
        var words = (row.Several("synonyms") ?? []).Append(row.Needed("name")).Select(w => $" {string.Join(' ', MedicineName.WordsOf(w))} ").Distinct().ToList();
        return new AllergyClass(row.Needed("id"), row.Needed("name"), (row.Several("member_ids") ?? []).ToFrozenSet(StringComparer.Ordinal), crossing, words);
    }

    private static CrossRisk Risk(string word) => word switch
    {
        "high" => CrossRisk.High,
        "moderate" => CrossRisk.Moderate,
        "low" => CrossRisk.Low,
        "very-low" => CrossRisk.VeryLow,
        _ => throw new InvalidDataException($"'{word}' is no risk of a cross-reaction."),
    };
}

/// <summary>One group.</summary>
/// <param name="Members">Ingredients.</param>
/// <param name="CrossesWith">Other groups, and how surely.</param>
/// <param name="Words">What people call it, with a blank on either side.</param>
internal sealed record AllergyClass(string Id, string Name, FrozenSet<string> Members, FrozenDictionary<string, CrossRisk> CrossesWith, IReadOnlyList<string> Words);

/// <summary>What an allergy stands for.</summary>
/// <param name="Ingredients">Of a single medicine that was named.</param>
/// <param name="ByWords">It was understood from free text.</param>
internal sealed record AllergyMeaning(IReadOnlyList<AllergyClass> Classes, IReadOnlyList<string> Ingredients, bool ByWords)
{
    public bool IsNothing => Classes.Count == 0 && Ingredients.Count == 0;
}

/// <summary>How surely two groups cross-react; the surest first.</summary>
internal enum CrossRisk
{
    Same,
    High,
    Moderate,
    Low,
    VeryLow,
}
