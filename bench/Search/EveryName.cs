using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Finding;

namespace DrAssistant.Bench.Search;

/// <summary>
/// Holds a question against every name there is, without index and without limit, by the rule that the search promises: each word is met by the word itself (4), one that begins
/// with it (3), one that sounds like it (2), or one that is written much like it (its likeness in trigrams, from 0.3 on); all words must be met, and the best sums come first.
/// </summary>
internal sealed class EveryName
{
    private const float LeastLikeness = 0.3f;
    private const int ShortestToMisspell = 4;

    private readonly Dictionary<(string First, string Last), int> _numbers = [];
    private readonly List<int> _bearers = [];
    private readonly List<string> _spoken = [];
    private readonly Dictionary<string, List<int>> _ofWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _ofKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _ofTrigram = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _trigrams = new(StringComparer.Ordinal);

    public EveryName(IEnumerable<(string First, string Last)> people)
    {
        foreach (var person in people)
        {
            if (_numbers.TryGetValue(person, out var known))
            {
                _bearers[known]++;
            }
            else
            {
                Add(person);
            }
        }
    }

    public int Names => _bearers.Count;

    /// <summary>What each name that meets the question is worth, and what the last of the best <paramref name="most"/> people is worth.</summary>
    public (IReadOnlyDictionary<string, float> Worth, float Last, int Met) Best(string question, int most)
    {
        var words = NameSearch.WordsOf(question);
        Dictionary<int, float>? sums = null;
        for (var at = 0; at < words.Count; at++)
        {
            var met = Met(words, at);
            sums = sums is null ? met : sums.Where(sum => met.ContainsKey(sum.Key)).ToDictionary(sum => sum.Key, sum => sum.Value + met[sum.Key]);
        }

        sums ??= [];
        var (people, last) = (0, 0f);
        foreach (var (name, worth) in sums.OrderByDescending(sum => sum.Value))
        {
            if (people < most)
            {
                last = worth;
            }

            people += _bearers[name];
        }

        return (sums.GroupBy(sum => _spoken[sum.Key], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(sum => sum.Value), StringComparer.Ordinal), last, Math.Min(people, most));
    }

    private void Add((string First, string Last) person)
    {
        var number = _numbers[person] = _bearers.Count;
        _bearers.Add(1);
        _spoken.Add(new PersonName(person.First, person.Last).Spoken);
        var name = $"{person.First} {person.Last}";
        foreach (var word in PatientNameIndex.WordsOf(name).Select(PatientNameIndex.Cut))
        {
            if (!_ofWord.TryGetValue(word, out var bearers))
            {
                _ofWord[word] = bearers = [];
                var parts = Trigrams(word);
                _trigrams[word] = parts.Count;
                foreach (var part in parts)
                {
                    (_ofTrigram.TryGetValue(part, out var with) ? with : _ofTrigram[part] = []).Add(word);
                }
            }

            bearers.Add(number);
        }

        foreach (var key in NameTokens.KeysOf(name).Select(PatientNameIndex.Cut))
        {
            (_ofKey.TryGetValue(key, out var bearers) ? bearers : _ofKey[key] = []).Add(number);
        }
    }

    /// <summary>What one word of the question is worth for each name that meets it.</summary>
    private Dictionary<int, float> Met(IReadOnlyList<NameToken> words, int at)
    {
        var met = new Dictionary<int, float>();
        var word = words[at];
        var written = PatientNameIndex.Cut(word.Latin.Count > 0 ? word.Latin[0] : word.Text);
        if (written.Length >= ShortestToMisspell)
        {
            foreach (var (like, likeness) in Alike(written))
            {
                Take(_ofWord[like], likeness);
            }
        }

        var keys = word.Keys.Concat(new[] { at - 1, at }.Where(left => left >= 0 && left + 1 < words.Count)
            .Select(left => NameTokens.Joined(words[left], words[left + 1])).OfType<NameToken>().SelectMany(joined => joined.Keys)).Select(PatientNameIndex.Cut);
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            Take(_ofKey.GetValueOrDefault(key) ?? [], 2);
        }

        foreach (var start in word.Latin.Append(word.Text).Select(PatientNameIndex.Cut).Distinct(StringComparer.Ordinal))
        {
            foreach (var (begun, bearers) in _ofWord.Where(known => known.Key.StartsWith(start, StringComparison.Ordinal)))
            {
                Take(bearers, begun == start ? 4 : 3);
            }
        }

        if (NameTokens.IsRunOfInitials(word.Text))
        {
            var letters = word.Text.Select(letter => letter.ToString()).ToList();
            Take(Bearing(letters.Select(letter => _ofWord.GetValueOrDefault(letter) ?? [])), 4);
            Take(Bearing(letters.Select(letter => _ofWord.Where(known => known.Key.StartsWith(letter, StringComparison.Ordinal)).SelectMany(known => known.Value))), 3);
        }

        return met;

        void Take(IEnumerable<int> bearers, float worth)
        {
            foreach (var bearer in bearers)
            {
                met[bearer] = Math.Max(met.GetValueOrDefault(bearer), worth);
            }
        }
    }

    /// <summary>Whoever is in all of these.</summary>
    private static HashSet<int> Bearing(IEnumerable<IEnumerable<int>> each)
    {
        HashSet<int>? all = null;
        foreach (var bearers in each)
        {
            if (all is null)
            {
                all = [.. bearers];
            }
            else
            {
                all.IntersectWith(bearers);
            }
        }

        return all ?? [];
    }

    private IEnumerable<(string Word, float Likeness)> Alike(string written)
    {
        var parts = Trigrams(written);
        var shared = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in parts.SelectMany(part => _ofTrigram.TryGetValue(part, out var with) ? with : []))
        {
            shared[word] = shared.GetValueOrDefault(word) + 1;
        }

        return shared.Select(found => (found.Key, (float)found.Value / (parts.Count + _trigrams[found.Key] - found.Value))).Where(found => found.Item2 >= LeastLikeness);
    }

    /// <summary>As pg_trgm takes a word: two blanks before it, one behind it.</summary>
    private static HashSet<string> Trigrams(string word)
    {
        var padded = $"  {word} ";
        return [.. Enumerable.Range(0, padded.Length - 2).Select(at => padded.Substring(at, 3))];
    }
}
