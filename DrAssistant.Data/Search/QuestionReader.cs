using DrAssistant.Data.Stores.Search;

namespace DrAssistant.Data.Search;

/// <summary>From what was typed to what is asked of the index, and to what is marked in the texts that are found.</summary>
internal sealed class QuestionReader(MedicalSynonyms synonyms, SearchVocabulary vocabulary, SearchKeys keys)
{
    public async Task<ReadQuestion> ReadAsync(string text, CancellationToken cancellation)
    {
        var wanted = Widened(AskedWords.Of(text).Demands).ToList();
        var phrases = wanted.SelectMany(demand => demand.Phrases).ToList();
        if (phrases.Count == 0)
        {
            return ReadQuestion.Nothing;
        }

        var begun = phrases.Find(phrase => phrase.IsBegun)?.Words[^1];
        var met = await vocabulary.UnderstandAsync([.. phrases.SelectMany(phrase => phrase.Words)], begun is { Length: > 1 } ? begun : null, cancellation);
        var said = wanted.Where(demand => demand.Not || !demand.Phrases.All(phrase => phrase.Words is [var word] && met[word].Any(m => m.IsCommon))).ToList();
        var counted = said.Exists(demand => !demand.Not) ? said : wanted;
        return new ReadQuestion(
            new SearchTerms([.. counted.Where(d => !d.Not).Select(d => Demand(d, met))], [.. counted.Where(d => d.Not).Select(d => Demand(d, met))]),
            [.. counted.Where(d => !d.Not).SelectMany(d => d.Phrases).Select(phrase => phrase.Words.Select(word => WordsOf(word, met)).ToArray())]);
    }

    /// <summary>Each demand with all that means the same; words that mean something together are one demand.</summary>
    private IEnumerable<AskedDemand> Widened(IReadOnlyList<AskedDemand> demands)
    {
        for (var at = 0; at < demands.Count; at++)
        {
            if (!IsPlain(demands[at]))
            {
                yield return demands[at] with { Phrases = [.. demands[at].Phrases.SelectMany(Alternatives)] };
                continue;
            }

            var run = demands.Skip(at).TakeWhile(IsPlain).Take(synonyms.Longest).ToList();
            while (run.Count > 1 && synonyms.Of(run.SelectMany(d => d.Phrases[0].Words)) is null)
            {
                run.RemoveAt(run.Count - 1);
            }

            var own = new AskedPhrase([.. run.SelectMany(d => d.Phrases[0].Words)], IsQuoted: false, run[^1].Phrases[0].IsBegun);
            yield return new AskedDemand([.. Alternatives(own)], Not: false);
            at += run.Count - 1;
        }
    }

    private IEnumerable<AskedPhrase> Alternatives(AskedPhrase phrase)
        => phrase.IsQuoted || synonyms.Of(phrase.Words) is not { } same
            ? [phrase]
            : [phrase, .. same.Where(words => !words.SequenceEqual(phrase.Words)).Select(words => new AskedPhrase(words, IsQuoted: false, IsBegun: false))];

    private static bool IsPlain(AskedDemand demand) => demand is { Not: false, Phrases: [{ IsQuoted: false }] };

    private SearchDemand Demand(AskedDemand demand, ILookup<string, MetStem> met)
        => new([.. demand.Phrases.Select(phrase => (IReadOnlyList<IReadOnlyList<string>>)
            [.. phrase.Words.Select(word => (IReadOnlyList<string>)[.. met[word].Select(m => keys.Of(m.Stem)).Distinct(StringComparer.Ordinal)])])]);

    private static HashSet<string> WordsOf(string word, ILookup<string, MetStem> met)
        => met[word].SelectMany(m => m.Words).Append(word).ToHashSet(StringComparer.Ordinal);
}

/// <summary>A question that was understood.</summary>
/// <param name="Terms">For the index.</param>
/// <param name="Marks">Rows of words to be marked where they stand side by side.</param>
internal sealed record ReadQuestion(SearchTerms Terms, IReadOnlyList<IReadOnlySet<string>[]> Marks)
{
    public static ReadQuestion Nothing { get; } = new(new SearchTerms([], []), []);

    public override string ToString() => nameof(ReadQuestion);
}
