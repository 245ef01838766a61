using System.Collections.Frozen;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>The whole formulary in memory, as it was at one moment: what is typed is answered without the database.</summary>
internal sealed class FormularySnapshot
{
    private readonly FrozenDictionary<string, Medicine> _byId;
    private readonly MedicineIndex _index;

    public FormularySnapshot(IEnumerable<Medicine> medicines, string version)
    {
        _byId = medicines.ToFrozenDictionary(m => m.Id, StringComparer.Ordinal);
        _index = new MedicineIndex(_byId.Values.Where(m => m.IsActive));
        Version = version;
    }

    /// <summary>Changes with every change of a row.</summary>
    public string Version { get; }

    public IReadOnlyCollection<Medicine> Medicines => _byId.Values;

    /// <summary>The starter list alone, for what runs without a database.</summary>
    public static FormularySnapshot FromFile()
    {
        var file = ReferenceFile.Formulary;
        return new FormularySnapshot(file.Read(row => MedicineRow.Of(row, file.Version).ToMedicine()), file.Version);
    }

    public Medicine? Get(string? id) => id is not null && _byId.TryGetValue(id, out var medicine) ? medicine : null;

    /// <summary>What an ingredient is called; its id where it has no row.</summary>
    public string NameOf(string ingredient) => Get(ingredient)?.GenericName ?? ingredient;

    public IReadOnlyList<MedicineHit> Find(string? question, int count) => _index.Find(question, count);

    /// <summary>The medicine whose generic name, brand or id this is, letter for letter but for case and blanks; nothing is guessed. Several where a brand word is used twice.</summary>
    public IReadOnlyList<MedicineHit> Called(string? name) => _index.Called(name);
}
