using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>A question with its medicines looked up: what all checks share.</summary>
internal sealed class SafetyScene
{
    private readonly HashSet<NotChecked> _notChecked = [];
    private readonly Dictionary<string, int> _places;

    public SafetyScene(SafetyQuestion question, FormularySnapshot formulary, InteractionData interactions)
    {
        (Question, Formulary, Interactions) = (question, formulary, interactions);
        Lines = [.. question.Lines.Select(l => new SceneMedicine(l.Key, l.Name, formulary.Get(l.MedicineId), l.Form, l.Strength, l.Route, l.Sig, null, IsProposed: true))];
        Active = [.. question.Active.Select(a => new SceneMedicine(a.Key, a.Name, formulary.Get(a.MedicineId), a.Form, a.Strength, a.Route, a.Sig, a.StoppedOn, IsProposed: false))];
        _places = Lines.Select((line, place) => (line.Key, place)).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.place);
        Age = question.Person.Born is { } born && born <= question.Today ? Patients.Age.On(question.Today, born) : null;
    }

    public SafetyQuestion Question { get; }

    public SafetyPerson Person => Question.Person;

    /// <summary>Null where no birth date is known.</summary>
    public Age? Age { get; }

    public FormularySnapshot Formulary { get; }

    public InteractionData Interactions { get; }

    /// <summary>All lines, also those whose medicine is not known.</summary>
    public IReadOnlyList<SceneMedicine> Lines { get; }

    public IReadOnlyList<SceneMedicine> Active { get; }

    public IEnumerable<NotChecked> NotChecked => _notChecked;

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

    /// <summary>The same whichever of two lines stands first.</summary>
    public static string Key(string kind, string one, string other, SceneMedicine line, SceneMedicine against)
        => string.CompareOrdinal(line.Key, against.Key) <= 0 ? $"{kind}:{Ordered(one, other)}:{line.Key}:{against.Key}" : $"{kind}:{Ordered(one, other)}:{against.Key}:{line.Key}";

    private static string Ordered(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? $"{one}+{other}" : $"{other}+{one}";
}

/// <summary>Findings of rules that are ours and in no list.</summary>
internal static class OwnRules
{
    public const string Source = "Dr. Assistant's own rule";

    /// <summary>A finding about one line and nothing beside it.</summary>
    public static SafetyFinding Finding(SafetyKind kind, string what, SceneMedicine line, SafetySeverity severity, string title, string mechanism, string whatToDo, string source = Source)
        => new($"{EnumWord(kind)}:{what}:{line.Key}", kind, severity, severity is SafetySeverity.Contraindicated or SafetySeverity.Serious, line.Key, null, title, mechanism, whatToDo, source, InteractionData.Date);

    public static string EnumWord(SafetyKind kind) => Common.EnumText.Of(kind);
}
