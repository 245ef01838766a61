using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>A question with its medicines looked up: what all checks share.</summary>
internal sealed class SafetyScene
{
    private readonly List<NotChecked> _notChecked = [];
    private readonly Dictionary<string, int> _places;

    public SafetyScene(SafetyQuestion question, FormularySnapshot formulary, InteractionData interactions)
    {
        (Question, Formulary, Interactions) = (question, formulary, interactions);
        Lines = [.. question.Lines.Select(l => new SceneMedicine(l.Key, l.Name, formulary.Get(l.MedicineId), l.Form, l.Strength, l.Route, l.Sig, null, IsProposed: true))];
        Active = [.. question.Active.Select(a => new SceneMedicine(a.Key, a.Name, formulary.Get(a.MedicineId), a.Form, a.Strength, a.Route, a.Sig, a.StoppedOn, IsProposed: false))];
        _places = Lines.Select((l, i) => (l.Key, i)).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.i);
        SayWhatIsNotKnown(question);
    }

    public SafetyQuestion Question { get; }

    public FormularySnapshot Formulary { get; }

    public InteractionData Interactions { get; }

    /// <summary>All lines, also those whose medicine is not known.</summary>
    public IReadOnlyList<SceneMedicine> Lines { get; }

    public IReadOnlyList<SceneMedicine> Active { get; }

    public IEnumerable<NotChecked> NotChecked => _notChecked.Distinct();

    public int PlaceOf(string line) => _places.GetValueOrDefault(line, int.MaxValue);

    public void CouldNot(string? line, SafetyKind what, string why) => _notChecked.Add(new NotChecked(line, what, why));

    /// <summary>Each two of which at least one is proposed, once.</summary>
    public IEnumerable<(SceneMedicine Line, SceneMedicine Other)> Pairs()
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            foreach (var other in Lines.Skip(i + 1).Concat(Active))
            {
                yield return (Lines[i], other);
            }
        }
    }

    private void SayWhatIsNotKnown(SafetyQuestion question)
    {
        foreach (var (typed, found) in question.Lines.Select(l => l.MedicineId).Zip(Lines).Concat(question.Active.Select(a => a.MedicineId).Zip(Active)))
        {
            if (found.Medicine is null)
            {
                CouldNot(found.IsProposed ? found.Key : null, SafetyKind.Medicine, typed is null
                    ? $"{found.Name} is free text: no check knows what it is."
                    : $"{found.Name} is not in the formulary: no check knows what it is.");
            }
        }
    }
}

/// <summary>A medicine of the question with its row of the formulary.</summary>
internal sealed record SceneMedicine(
    string Key, string Name, Medicine? Medicine, string? Form, string? Strength, string? Route, Sig? Sig, DateOnly? StoppedOn, bool IsProposed)
{
    public IReadOnlyList<string> Ingredients => Medicine?.Ingredients ?? [];
}
