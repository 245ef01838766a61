using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>The doctor's opening words about who has come and why, and the complaint.</summary>
internal sealed class OpeningWriter(Visit visit)
{
    private static readonly string[] Coming =
    [
        "presents for", "presents with", "presents today with", "presents today for", "here today for", "here for", "here with", "presenting with", "who presents", "comes in with", "comes in today with", "came in with", "in for", "complaining of", "presents to the clinic for", "here today with", "here today because of", "presenting for", "presenting today for", "in today for", "coming in with", "here to discuss", "in because", "here because", "come in because", "here to",
    ];

    public IEnumerable<Piece> Write()
    {
        var opening = visit.Said.Take(Math.Max(12, visit.Said.Count / 5)).FirstOrDefault(IsOpening);
        if (Complaint(opening) is { } complaint)
        {
            yield return complaint;
        }

        if (opening is not null)
        {
            yield return Piece.Of(DraftSection.Subjective, Headings.Illness, Writing.Sentence(ThirdPerson.Of(opening.Words, Speaker.Doctor, visit.Subject)), 20, opening);
        }
    }

    public static bool IsOpening(Utterance one)
        => one.Speaker == Speaker.Doctor && !one.IsQuestion && one.Words.Count > 5 && one.Words.Any(w => w.Text.EndsWith("-year-old", StringComparison.Ordinal) || w.Text.Contains("year-old", StringComparison.Ordinal));

    private Piece? Complaint(Utterance? opening)
    {
        if (opening is not null)
        {
            foreach (var coming in Coming)
            {
                var at = Phrase.Find(opening.Words, coming);
                if (at >= 0 && Fillers.Trimmed([.. opening.Words.Skip(at + coming.Split(' ').Length).TakeWhile(w => w.Text is not ("." or "who" or "," or "and" or "she" or "he"))]) is { Count: > 0 and < 14 } words)
                {
                    var bare = words.SkipWhile(w => w.Text is "a" or "an" or "some" or "her" or "his" or "the" or "with" or "of" or "for" or "today").ToList();
                    return bare.Count == 0 ? null : Piece.Of(DraftSection.Subjective, Headings.Complaint, Writing.Sentence(bare), 15, opening);
                }
            }
        }

        return FirstComplaint();
    }

    private Piece? FirstComplaint()
    {
        foreach (var one in visit.Said.Take(40).Where((o, i) => o.Speaker != Speaker.Doctor || (!o.IsQuestion && i < 8 && !PlanWriter.IsVerdict(o, visit.IsShort) && !o.Has("test"))))
        {
            var term = one.Terms.Where(t => (t.Kind == "symptom" && t.Part != "General") || (t.Kind == "condition" && one.Speaker != Speaker.Doctor)).OrderByDescending(t => t.Length).FirstOrDefault();
            if (term.Text is null || one.At(term.At - 1) is "no" or "not" || one.SaysAny("vaccine", "how are you", "no "))
            {
                continue;
            }

            if (Named(one, term) is { } name)
            {
                return Piece.Of(DraftSection.Subjective, Headings.Complaint, Writing.Sentence(name), 15, one);
            }
        }

        return null;
    }

    /// <summary>"My left ankle hurts" is left ankle pain; that something hurts, without where, is no complaint yet.</summary>
    private static string? Named(Utterance one, Term term)
    {
        var name = Synonyms.Of(term.Text);
        if (name is not ("pain" or "swelling" or "stiffness" or "numbness" or "tingling" or "soreness" or "discomfort" or "rash" or "bruising" or "tenderness" or "itching"))
        {
            return name;
        }

        var part = one.Terms.Where(t => t.Kind == "body" && t.Text is not ("blood" or "skin" or "extremity" or "lateral" or "medial")).OrderByDescending(t => t.Length).FirstOrDefault();
        var side = part.Text is null ? null : new[] { one.At(part.At - 1), one.At(part.At - 2) }.FirstOrDefault(w => w is "left" or "right");
        return part.Text is null ? null : string.Join(' ', new[] { side, part.Text, name }.Where(t => t is not null));
    }
}
