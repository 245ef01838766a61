using Npgsql;
using NpgsqlTypes;
using static System.FormattableString;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// The part of the search that goes by names: who bears every word, in any order, and how well. A word is met by one that is it, by one
/// that begins with it, by one that sounds like it, or by one that is written much like it, in this order. All words are looked up at once
/// in <c>known_names</c>, which has each name once and whose index intersects those that hold each word; who bears the best of them is in
/// <c>patient_name_terms</c>. What is written much alike is looked for among the <see cref="NameWords"/>, each once.
/// </summary>
internal static class NameSearch
{
    /// <summary>So many of the best people are looked at beside those who are near; the first two letters have thousands of hits.</summary>
    private const int MostPeople = 100;

    /// <summary>A list has twenty, and not all of them may be shown.</summary>
    private const int MostOfOneName = 40;

    /// <summary>Where so many bear better names than the next step would find, it is not asked: it is the dearer one.</summary>
    private const int Enough = 30;

    /// <summary>Names that meet a question are weighed one by one: enough to put the better ones first.</summary>
    private const int MostNames = 200;

    /// <summary>Where so few could be meant at all, it is not asked what is better: their weights say it.</summary>
    private const int FewNames = 200;

    /// <summary>What a word that is met as it is asked is worth.</summary>
    private const int Whole = 4;
    private const int MostWords = 5;
    private const int MostAlike = 40;
    private const int MuchAlike = 12;
    private const int ShortestToMisspell = 4;

    /// <summary>A term that no name has: an empty question would be met by every name.</summary>
    private const string NoWord = "~";
    private const string LastLetter = @"U&'\+10FFFF'";

    /// <summary>
    /// The words of a question. A digit behind a name begins a birth date that is not whole yet: nobody is called so. What may be initials
    /// stays together at the end, where it may be a word that is only begun.
    /// </summary>
    public static IReadOnlyList<NameToken> WordsOf(string name)
    {
        var words = NameTokens.Of(name);
        if (NameTokens.LastInOnePiece(name) is { } begun)
        {
            words = [.. words.SkipLast(begun.Text.Length), begun];
        }

        return [.. words.Take(1).Concat(words.Skip(1).TakeWhile(word => !char.IsAsciiDigit(word.Text[0]))).Take(MostWords)];
    }

    /// <summary>
    /// Table expressions, the last of which, <c>named (patient_id, score)</c>, has those who bear every word.
    /// </summary>
    /// <param name="words">At least one.</param>
    /// <param name="pool">A subquery of the only patients who count, such as those born on a day; null for everybody.</param>
    /// <param name="near">Those who are found however many others there are.</param>
    /// <param name="known">The words of all names.</param>
    /// <param name="parameters">Takes the parameters.</param>
    public static string Of(IReadOnlyList<NameToken> words, string? pool, NearPatients near, KnownWords known, SearchParameters parameters)
    {
        var terms = Enumerable.Range(0, words.Count).Select(at => WordTerms.Of(words, at)).ToList();
        var asked = string.Join(", ", terms.Select((word, at) => Asked(word, at, parameters)));
        var alike = string.Concat(terms.Select((word, at) => $"{Alike(word, at, known, parameters)}, "));
        var score = string.Join(" + ", terms.Select((_, at) => Score(at)));
        return $"""
            asked AS MATERIALIZED (SELECT {asked}),
            {alike}written AS MATERIALIZED (SELECT {string.Join(", ", terms.Select((_, at) => Written(at)))}),
            {(pool is null ? Everybody(terms.Count, near, score) : Among(pool, terms.Count, score))}
            """;
    }

    /// <summary>
    /// The three conditions of a word. Null where no name has such a word: most of what is misspelt, and looking for it beside a common
    /// word would read all who bear that.
    /// </summary>
    private static string Asked(WordTerms word, int at, SearchParameters parameters)
    {
        string Query(string terms) => $"{parameters.Add(terms, NpgsqlDbType.Text)}::tsquery";
        var heard = $"{Query(word.Heard)} AS heard{at}";
        if (word.Starts is null)
        {
            return $"{Query(word.Exact)} AS exact{at}, {Query(word.Begun)} AS begun{at}, {heard}";
        }

        var starts = parameters.AddArray(word.Starts, NpgsqlDbType.Text);
        return $"""
            CASE WHEN EXISTS (SELECT FROM name_words WHERE word = ANY ({starts})) THEN {Query(word.Exact)} END AS exact{at},
            CASE WHEN EXISTS (SELECT FROM unnest({starts}) AS start CROSS JOIN LATERAL (
                SELECT FROM name_words WHERE word ~>=~ start AND word ~<~ (start || {LastLetter}) ORDER BY word USING ~<~ LIMIT 1) AS one) THEN {Query(word.Begun)} END AS begun{at},
            {heard}
            """;
    }

    /// <summary>All words as they are asked; then one of them only begun; then two begun, or one by ear. A way is a row, with a condition for each word.</summary>
    private static (string Parts, string Ways, string Ends) Well(int words)
    {
        var all = Enumerable.Range(0, words).ToList();
        var begun = all.ConvertAll(one => Way(words, at => at == one ? $"begun{at}" : $"exact{at}"));
        var twoBegun = all.SelectMany(one => all.Skip(one + 1).Select(two => Way(words, at => at == one || at == two ? $"begun{at}" : $"exact{at}")));
        var heard = all.Select(one => Way(words, at => at == one ? $"heard{at}" : $"exact{at}"));
        List<string> last = [.. twoBegun, .. heard];
        return (Rows([Way(words, at => $"heard{at}")]), Rows([Way(words, at => $"exact{at}"), .. begun, .. last]), Invariant($"ARRAY[1, {1 + words}, {1 + words + last.Count}]"));
    }

    /// <summary>
    /// One of the words by those that are most like it, the others heard; then all heard, or by what is like it. The last step is asked in parts that have the same answer: an index
    /// looks at all words of a condition for each name that one of them leads to, so the many rare ones are no burden to the few that lead to thousands.
    /// </summary>
    private static (string Parts, string Ways, string Ends) Somehow(int words)
    {
        var all = Enumerable.Range(0, words).ToList();
        var likest = all.Select(one => Way(words, at => at == one ? $"likest{at}" : $"heard{at}"));
        List<string> parts = [Way(words, Often), .. all.Select(one => Way(words, at => at == one ? $"rare{at}" : Meant(at)))];
        return (Rows(parts), Rows([.. likest, .. parts]), Invariant($"ARRAY[{words}, {words + parts.Count}]"));
    }

    private static string Rows(IEnumerable<string> ways) => $"ARRAY[{string.Join(", ", ways)}]";

    private static string Every(int words) => $"(SELECT ARRAY{Way(words, Meant)} FROM asked, written)";

    private static string Heard(int words) => $"(SELECT ARRAY{Way(words, at => $"heard{at}")} FROM asked)";

    private static string Often(int at) => $"(heard{at} || often{at})";

    private static string Meant(int at) => $"(heard{at} || alike{at})";

    private static string Way(int words, Func<int, string> condition) => $"[{string.Join(", ", Enumerable.Range(0, words).Select(condition))}]";

    /// <summary>
    /// The words that are written much like this one: those that are held in memory, and those that came since. Those that begin with it are met without being likened to it, and
    /// a common name has hundreds of them.
    /// </summary>
    private static string Alike(WordTerms word, int at, KnownWords known, SearchParameters parameters)
    {
        var misspelt = word.Written.Length >= ShortestToMisspell ? word.Written : null;
        var starts = word.Starts ?? [];
        var like = misspelt is null ? [] : known.Words.LikeTo(misspelt, starts, MostAlike);
        var held = $"""
            unnest({parameters.AddArray(like.Select(one => one.Known.Word), NpgsqlDbType.Text)}, {parameters.AddArray(like.Select(one => one.Known.IsOften), NpgsqlDbType.Boolean)},
                {parameters.AddArray(like.Select(one => one.Likeness), NpgsqlDbType.Real)})
            """;
        var written = parameters.Add(misspelt, NpgsqlDbType.Text);
        return $"""
            alike{at} AS MATERIALIZED (SELECT word, is_often, quote_literal(word)::tsquery AS term, score FROM (
                SELECT word, is_often, score FROM {held} AS held (word, is_often, score)
                UNION SELECT word, is_often, similarity(word, {written}) FROM name_words
                    WHERE {NameWords.Since(parameters.Add(known.Mark, NpgsqlDbType.Xid8))} AND word % {written} AND NOT word ^@ ANY ({parameters.AddArray(starts, NpgsqlDbType.Text)})
                ORDER BY score DESC, word LIMIT {MostAlike}) AS likest)
            """;
    }

    /// <summary>
    /// What is written alike, as conditions: all of it, and what many names have; the likest of it, and what few names have, both null where there is none, for a way with such a
    /// condition leads to nobody.
    /// </summary>
    private static string Written(int at)
    {
        static string Any(string words) => $"(SELECT string_agg(quote_literal(word), ' | ')::tsquery FROM {words})";
        return $"""
            coalesce({Any($"alike{at}")}, '{NoWord}') AS alike{at}, coalesce({Any($"alike{at} WHERE is_often")}, '{NoWord}') AS often{at},
            {Any($"alike{at} WHERE NOT is_often")} AS rare{at}, {Any($"(SELECT word FROM alike{at} LIMIT {MuchAlike}) AS likest")} AS likest{at}
            """;
    }

    /// <summary>Those of a few who bear every word. OFFSET 0 keeps the planner from reading the names of everybody instead.</summary>
    private static string Among(string few, int words, string score) => $"""
        meant AS MATERIALIZED (SELECT unnest({Every(words)}) AS condition),
        named AS (
            SELECT t.patient_id, {score} AS score FROM asked CROSS JOIN ({few}) AS among
                CROSS JOIN LATERAL (SELECT b.patient_id, n.terms FROM patient_name_terms b JOIN known_names n ON n.id = b.name_id WHERE b.patient_id = among.patient_id OFFSET 0) AS t
                WHERE t.terms @@ ALL (SELECT condition FROM meant))
        """;

    /// <summary>
    /// The best of everybody: who bears all words as they are asked; who is at most one or two steps from it, such as a word that is
    /// only begun; and, where those are too few, whoever is meant at all. Of names that are worth the same the one that has least beside
    /// what was asked; of one name, those who came last and those who are near.
    /// </summary>
    private static string Everybody(int words, NearPatients near, string score)
    {
        var (well, somehow) = (Well(words), Somehow(words));
        const string NotEnough = "NOT (SELECT is_enough FROM filled)";
        return $"""
            well AS MATERIALIZED (
                SELECT t.name_id, t.terms, {score} AS score FROM asked
                CROSS JOIN (SELECT DISTINCT ON (name_id) * FROM names_that_meet((SELECT {well.Parts} FROM asked), {FewNames}, (SELECT {well.Ways} FROM asked), {well.Ends}, 3, {Enough}, {MostNames}) ORDER BY name_id) AS t),
            filled AS MATERIALIZED (SELECT {Enough} <= count(*) AS is_enough FROM (
                SELECT FROM well CROSS JOIN LATERAL (SELECT FROM patient_name_terms b WHERE b.name_id = well.name_id LIMIT {Enough}) AS bearer WHERE score >= {(Whole * words) - 2} LIMIT {Enough}) AS well_called),
            somehow AS MATERIALIZED (
                SELECT t.name_id, t.terms, {score} AS score FROM asked
                CROSS JOIN (SELECT DISTINCT ON (name_id) * FROM names_that_meet((SELECT {somehow.Parts} FROM asked, written), {FewNames}, (SELECT {somehow.Ways} FROM asked, written), {somehow.Ends}, 2, {Enough}, {MostNames})
                    WHERE {NotEnough} ORDER BY name_id) AS t),
            best_names AS (
                SELECT name_id, score FROM (SELECT name_id, score, length(terms) AS long FROM well UNION SELECT name_id, score, length(terms) FROM somehow) AS met
                ORDER BY score DESC, long, name_id DESC LIMIT {MostPeople}),
            near_ones AS ({near.WhoMeet(Heard(words))} UNION ALL SELECT * FROM ({near.WhoMeet(Every(words))}) AS meant WHERE {NotEnough}),
            named AS (
                SELECT t.patient_id, {score} AS score FROM asked CROSS JOIN near_ones AS t
                UNION ALL
                (SELECT b.patient_id, best.score FROM best_names AS best
                CROSS JOIN LATERAL (SELECT patient_id FROM patient_name_terms WHERE name_id = best.name_id ORDER BY patient_id DESC LIMIT {MostOfOneName}) AS b LIMIT {MostPeople}))
            """;
    }

    /// <summary>Those that are written alike stand in order, the likest first.</summary>
    private static string Score(int at) => $"""
        CASE WHEN t.terms @@ exact{at} THEN {Whole} WHEN t.terms @@ begun{at} THEN 3 WHEN t.terms @@ heard{at} THEN 2
            ELSE (SELECT score FROM alike{at} AS a WHERE t.terms @@ a.term LIMIT 1) END::real
        """;

    /// <summary>What meets a word, as parts of a text search: the word itself; what begins with it; that, or what sounds like it.</summary>
    private sealed record WordTerms(string Exact, string Begun, string Heard, string Written)
    {
        /// <summary>How a word of the name begins; null where that is a term of its own, which many have.</summary>
        public IReadOnlyList<string>? Starts { get; private init; }

        /// <summary>A word is heard by itself, and as one with a neighbour: Bala Murugan.</summary>
        public static WordTerms Of(IReadOnlyList<NameToken> words, int at)
        {
            var word = words[at];
            var starts = word.Latin.Append(word.Text).Select(PatientNameIndex.Cut).Distinct(StringComparer.Ordinal).ToList();
            var keys = new[] { at - 1, at }
                .Where(left => left >= 0 && left + 1 < words.Count)
                .Select(left => NameTokens.Joined(words[left], words[left + 1]))
                .OfType<NameToken>()
                .SelectMany(joined => joined.Keys)
                .Concat(word.Keys)
                .Select(PatientNameIndex.HeardAs)
                .Distinct(StringComparer.Ordinal);
            var begun = starts.ConvertAll(NameQuery.Beginning);
            var exact = starts.ConvertAll(NameQuery.Is);
            if (NameTokens.IsRunOfInitials(word.Text))
            {
                var initials = word.Text.Select(letter => letter.ToString()).ToList();
                exact.Add(NameQuery.AllOf(initials.Select(NameQuery.Is)));
                begun.Add(NameQuery.AllOf(initials.Select(NameQuery.Beginning)));
            }

            return new WordTerms(
                NameQuery.AnyOf(exact), NameQuery.AnyOf(begun), NameQuery.AnyOf(begun.Concat(keys.Select(NameQuery.Is))),
                PatientNameIndex.Cut(word.Latin.Count > 0 ? word.Latin[0] : word.Text))
            {
                Starts = starts.Any(start => PatientNameIndex.BeginningOf(start) is not null) || NameTokens.IsRunOfInitials(word.Text) ? null : starts,
            };
        }
    }
}

/// <summary>Collects the parameters of a statement that is put together, and gives each its number.</summary>
internal sealed class SearchParameters
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public NpgsqlParameter[] All => [.. _parameters];

    public string Add(object? value, NpgsqlDbType type)
    {
        _parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    public string AddArray<T>(IEnumerable<T> values, NpgsqlDbType of) => Add(values.ToArray(), NpgsqlDbType.Array | of);
}
