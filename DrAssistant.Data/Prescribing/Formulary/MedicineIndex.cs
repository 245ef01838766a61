using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>Finds medicines by what they are called, in memory: some 4,000 names, each held against what was typed.</summary>
internal sealed class MedicineIndex
{
    private const int Most = 50;
    private const int LongestQuestion = 80;

    private readonly MedicineName[] _names;

    public MedicineIndex(IEnumerable<Medicine> medicines)
        => _names = [.. medicines.OrderBy(m => m.Id, StringComparer.Ordinal).SelectMany(MedicineName.Of)];

    public IReadOnlyList<MedicineHit> Find(string? question, int count)
    {
        var asked = AskedName.Of((question ?? "").Length > LongestQuestion ? question![..LongestQuestion] : question);
        return asked.Words.Count == 0 ? [] : Best(_names.Select(name => (Name: name, Met: asked.Meet(name))).Where(hit => hit.Met is not null), Math.Clamp(count, 0, Most));
    }

    public IReadOnlyList<MedicineHit> Called(string? name)
    {
        var key = MedicineName.Key(name);
        return key.Length == 0 ? [] : Best(_names.Where(n => n.Whole == key || MedicineName.Key(n.Medicine.Id) == key).Select(n => (n, (Meeting?)Meeting.Exact)), Most);
    }

    /// <summary>Each medicine once, by the name that fits best; what it is called before what it is made of, short names before long ones.</summary>
    private static List<MedicineHit> Best(IEnumerable<(MedicineName Name, Meeting? Met)> hits, int count) =>
    [
        .. hits.OrderBy(hit => hit.Met!.Value.Rank).ThenBy(hit => hit.Met!.Value.Distance)
            .ThenBy(hit => hit.Name.Medicine.IsCombination).ThenBy(hit => hit.Name.Kind).ThenBy(hit => hit.Name.Whole.Length)
            .ThenBy(hit => hit.Name.Text, StringComparer.Ordinal).ThenBy(hit => hit.Name.Medicine.Id, StringComparer.Ordinal)
            .DistinctBy(hit => hit.Name.Medicine.Id)
            .Take(count)
            .Select(hit => new MedicineHit(hit.Name.Medicine, hit.Name.Text, hit.Name.Kind, hit.Met!.Value.Misspelt)),
    ];
}
