namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Drafts without any model and without a network: it takes what was said, sorts it and writes it in the third person. It never adds a fact.</summary>
internal static class ExtractiveEngine
{
    public const string Name = "extractive";
    public const string Version = "1.0";

    /// <summary>Longer than this a note is no help; what is worth least goes first.</summary>
    private const int LongestNote = 560;

    public static IReadOnlyList<Piece> Propose(Visit visit)
    {
        var pieces = new List<Piece>();
        pieces.AddRange(new OpeningWriter(visit).Write());
        pieces.AddRange(new StoryWriter(visit).Write());
        pieces.AddRange(new SystemsWriter(visit).Write());
        pieces.AddRange(new FindingsWriter(visit).Write());
        pieces.AddRange(new PlanWriter(visit).Write());
        return Shortened(Distinct(pieces));
    }

    private static List<Piece> Distinct(List<Piece> pieces)
    {
        var kept = new List<Piece>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var spans = new HashSet<(int, string)>();
        foreach (var piece in pieces.Where(p => p.Text.Length > 2))
        {
            var where = piece.Heading.Split('/')[0];
            if (known.Add(where + "|" + piece.Text) && (piece.Heading.StartsWith(Headings.Systems, StringComparison.Ordinal) || piece.Spans.Count != 1 || piece.Heading == Headings.Complaint || spans.Add((piece.Spans[0].Start, piece.Section == DraftSection.Assessment ? piece.Text : ""))))
            {
                kept.Add(piece);
            }
        }

        return kept;
    }

    private static IReadOnlyList<Piece> Shortened(List<Piece> pieces)
    {
        var words = pieces.Sum(p => p.Words);
        var dropped = new HashSet<Piece>(ReferenceEqualityComparer.Instance);
        foreach (var piece in pieces.OrderBy(p => p.Salience / Math.Sqrt(p.Words)))
        {
            if (words <= LongestNote)
            {
                break;
            }

            dropped.Add(piece);
            words -= piece.Words;
        }

        return [.. pieces.Where(p => !dropped.Contains(p))];
    }
}
