using System.Reflection;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Drafting.Words;

/// <summary>A term that a sentence holds.</summary>
/// <param name="Kind">What it is: a symptom, a medicine, a test.</param>
/// <param name="Part">The system of a symptom, the region of a finding; otherwise empty.</param>
/// <param name="At">Where in the sentence it stands, in words.</param>
internal readonly record struct Term(string Kind, string Part, string Text, int At, int Length);

/// <summary>The words by which a sentence shows what it is about, and the medicines of the formulary.</summary>
internal sealed class Lexicon
{
    private static readonly Lazy<Lexicon> Read = new(() => new Lexicon());
    private readonly Dictionary<string, List<(string Kind, string Part, string[] Words)>> _byFirst = new(StringComparer.Ordinal);
    private readonly HashSet<string> _medicines = new(StringComparer.Ordinal);

    private Lexicon()
    {
        foreach (var line in Lines("drafting_words.txt").Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split(':', 2);
            var kind = parts[0].Split('/', 2);
            foreach (var term in parts[1].Split(','))
            {
                Add(kind[0], kind.Length > 1 ? kind[1] : "", term.Trim());
            }
        }

        ReadFormulary();
    }

    public static Lexicon Instance => Read.Value;

    /// <summary>Names of medicines alone: not "pill", not "ice".</summary>
    public bool IsMedicine(string word) => _medicines.Contains(word);

    /// <summary>All terms of a sentence, the longest at each place, of every kind.</summary>
    public List<Term> Find(IReadOnlyList<Word> words)
    {
        var found = new List<Term>();
        for (var at = 0; at < words.Count; at++)
        {
            if (!_byFirst.TryGetValue(words[at].Text, out var candidates))
            {
                continue;
            }

            foreach (var group in candidates.Where(c => Stands(words, at, c.Words)).GroupBy(c => c.Kind, StringComparer.Ordinal))
            {
                var (kind, part, text) = group.MaxBy(c => c.Words.Length);
                found.Add(new Term(kind, part, string.Join(' ', text), at, text.Length));
            }
        }

        return found;
    }

    private static bool Stands(IReadOnlyList<Word> words, int at, string[] term)
    {
        if (at + term.Length > words.Count)
        {
            return false;
        }

        for (var i = 1; i < term.Length; i++)
        {
            if (words[at + i].Text != term[i])
            {
                return false;
            }
        }

        return true;
    }

    private void Add(string kind, string part, string term)
    {
        var words = term.Split(' ');
        if (!_byFirst.TryGetValue(words[0], out var terms))
        {
            _byFirst[words[0]] = terms = [];
        }

        terms.Add((kind, part, words));
    }

    private void ReadFormulary()
    {
        var names = ReferenceFile.Formulary.Read(row => (row.Needed("generic_name") + "|" + row.Text("indian_brands")).ToLowerInvariant().Split(['|', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        foreach (var name in names.SelectMany(n => n).Where(n => n.Length > 3))
        {
            Add("drug", "", name);
            _medicines.Add(name.Split(' ')[0]);
        }
    }

    private static IEnumerable<string> Lines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ReferenceData/" + name)
            ?? throw new InvalidOperationException($"{name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    }
}
