using DrAssistant.Data.Drafting.Extractive;
using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Checking;

/// <summary>
/// Holds a sentence against the stretches of the transcript that it names: are its numbers, units, medicines, noes, sides and words there, and did the right
/// person say them? It does not know which engine wrote the sentence, and trusts none.
/// </summary>
internal sealed class SupportChecker(Transcript transcript)
{
    /// <summary>Of the words that carry meaning, how many have to be in the source. A model may write "dyspnea" for "short of breath", but not a sentence of its own.</summary>
    private const double EnoughWords = 0.5;

    private static readonly HashSet<string> SidesSaid = new(StringComparer.Ordinal) { "left", "right", "both", "bilateral", "bilaterally" };

    private static readonly HashSet<string> Empty = new(
        """
        the a an of and or to in on for with is are was were be been being has have had does do did will would should can could may might she he her his him they them their theirs hers it its this that these those patient patients reports
        reported denies denied states stated notes endorses presents presented i we us our my as at by from not no any some also there who which when than then if so but because about after before into up out over under more most very
        history today problems addressed reviewed plan advised discussed noted continue currently
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>A sentence with one of these is never shown: it could do harm.</summary>
    public static bool IsGrave(SupportFault fault) => fault is not (SupportFault.Words or SupportFault.Speaker);

    public IReadOnlyList<SupportFault> Check(DraftSection section, string text, IReadOnlyList<TranscriptSpan> spans)
    {
        if (spans.Count == 0 || spans.Any(s => s.Start < 0 || s.End > transcript.Text.Length || s.End <= s.Start))
        {
            return [SupportFault.NoSource];
        }

        var (sentence, source) = (SourceWords.Of(text), SourceWords.Of(transcript.Text, spans));
        var faults = new List<SupportFault>();
        CheckNumbers(sentence, source, faults);
        Add(faults, SupportFault.Medicine, sentence.Set.Any(w => Lexicon.Instance.IsMedicine(w) && !source.Set.Contains(w)));
        Add(faults, SupportFault.Negation, IsTurnedRound(sentence, source, spans));
        Add(faults, SupportFault.Side, HasOtherSide(sentence, source));
        Add(faults, SupportFault.Speaker, !HasSpeaker(section, text, spans));
        Add(faults, SupportFault.Words, Share(text, spans) < EnoughWords);
        return faults;
    }

    /// <summary>Of the sentence's words that carry meaning, the part that is in its source.</summary>
    public double Share(string text, IReadOnlyList<TranscriptSpan> spans)
    {
        var source = Stems(SourceWords.Of(transcript.Text, spans).Words).ToHashSet(StringComparer.Ordinal);
        var words = Stems(SourceWords.Of(text).Words).ToList();
        return words.Count == 0 ? 1 : (double)words.Count(source.Contains) / words.Count;
    }

    /// <summary>Words that carry meaning, and what the terms among them are called in a note.</summary>
    private static IEnumerable<string> Stems(List<Word> words)
    {
        var named = Lexicon.Instance.Find(words).Where(t => Synonyms.Of(t.Text) != t.Text).ToList();
        var inside = named.SelectMany(t => Enumerable.Range(t.At, t.Length)).ToHashSet();
        return words.Where((w, at) => !inside.Contains(at)).Select(w => w.Text)
            .Concat(named.SelectMany(t => Synonyms.Of(t.Text).Split(' ')))
            .Where(w => char.IsLetterOrDigit(w[0]) && !Empty.Contains(w)).Select(Stem);
    }

    private static void Add(List<SupportFault> faults, SupportFault fault, bool has)
    {
        if (has)
        {
            faults.Add(fault);
        }
    }

    private static void CheckNumbers(SourceWords sentence, SourceWords source, List<SupportFault> faults)
    {
        foreach (var (number, unit) in sentence.Numbers)
        {
            var said = source.Numbers.Where(n => n.Number == number).ToList();
            if (said.Count == 0 && !faults.Contains(SupportFault.Number))
            {
                faults.Add(SupportFault.Number);
            }
            else if (said.Count > 0 && unit is not null && said.TrueForAll(n => n.Unit != unit) && !faults.Contains(SupportFault.Unit))
            {
                faults.Add(SupportFault.Unit);
            }
        }
    }

    /// <summary>Something that the source says is there, denied, or the other way round. In a question it is neither; the answer decides.</summary>
    private bool IsTurnedRound(SourceWords sentence, SourceWords source, IReadOnlyList<TranscriptSpan> spans)
    {
        var (written, said) = (Polarity.Of(sentence.Words), Polarity.Of(source.Words));
        var answers = spans.Skip(1).Where(s => s.Speaker != spans[0].Speaker).Select(AnswerIn).Where(a => a != Answer.Neither).ToList();
        if (answers.Count > 0)
        {
            // A list of questions and answers: each term is as its own answer says, which only the pairs of spans tell.
            said = OfPairs(spans, said);
        }

        return written.Any(w => said.TryGetValue(w.Key, out var states) && !states.Overlaps(w.Value));
    }

    private Dictionary<string, HashSet<bool>> OfPairs(IReadOnlyList<TranscriptSpan> spans, Dictionary<string, HashSet<bool>> plain)
    {
        var said = new Dictionary<string, HashSet<bool>>(plain, StringComparer.Ordinal);
        for (var i = 0; i + 1 < spans.Count; i++)
        {
            var next = spans.Skip(i + 1).FirstOrDefault(s => s.Speaker != spans[i].Speaker);
            var answer = next is null || spans[i].Speaker != Speaker.Doctor ? Answer.Neither : AnswerIn(next);
            if (answer == Answer.Neither)
            {
                continue;
            }

            foreach (var term in Polarity.Of(SourceWords.Of(transcript.Text, [spans[i]]).Words).Keys)
            {
                said[term] = [answer == Answer.Yes];
            }
        }

        return said;
    }

    private Answer AnswerIn(TranscriptSpan span)
        => transcript.Turns.FirstOrDefault(t => t.Start <= span.Start && t.End >= span.Start) is { } turn && turn.Speaker != Speaker.Doctor ? Answers.Of(turn) : Answer.Neither;

    private static bool HasOtherSide(SourceWords sentence, SourceWords source)
    {
        var said = SidesOf(source).ToHashSet(StringComparer.Ordinal);
        return SidesOf(sentence).Any(side => !said.Contains(side));
    }

    /// <summary>"Right" is a side only beside a part of the body: "right now" is none.</summary>
    private static IEnumerable<string> SidesOf(SourceWords words)
    {
        var parts = Lexicon.Instance.Find(words.Words).Where(t => t.Kind is "body" or "symptom" or "exam" or "condition").Select(t => t.At).ToHashSet();
        for (var i = 0; i < words.Words.Count; i++)
        {
            var word = words.Words[i].Text;
            if (SidesSaid.Contains(word) && (word is not "right" || Enumerable.Range(i - 4, 9).Any(parts.Contains)))
            {
                yield return word is "both" or "bilateral" or "bilaterally" ? "both" : word;
            }
        }
    }

    private static bool HasSpeaker(DraftSection section, string text, IReadOnlyList<TranscriptSpan> spans)
    {
        var told = text.Contains("reports", StringComparison.OrdinalIgnoreCase) || text.Contains("denies", StringComparison.OrdinalIgnoreCase) || text.Contains("states", StringComparison.OrdinalIgnoreCase);
        return section switch
        {
            DraftSection.Subjective => !told || spans.Any(s => s.Speaker != Speaker.Doctor),
            DraftSection.Objective or DraftSection.Assessment or DraftSection.Plan => spans.Any(s => s.Speaker is Speaker.Doctor or Speaker.Unknown),
            _ => true,
        };
    }

    private static string Stem(string word)
        => word.Length <= 4 ? word
            : word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3]
            : word.EndsWith("ing", StringComparison.Ordinal) ? word[..^3]
            : word.EndsWith("es", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal) ? word[..^2]
            : word[^1] is 's' or 'e' or 'y' ? word[..^1]
            : word;
}
