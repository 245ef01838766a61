namespace DrAssistant.Data.Patients.Registration;

/// <summary>How much two names have in common, the least first.</summary>
internal enum Likeness
{
    /// <summary>One of them has no word to compare.</summary>
    Unknown,
    Different,
    OneWord,

    /// <summary>Every word of the shorter is in the longer, or an initial of one.</summary>
    Within,

    /// <summary>As many words on both sides, each with its counterpart by ear.</summary>
    Alike,

    /// <summary>The same words in any order, case, accents and titles aside.</summary>
    Same,
}

internal static class NameLikeness
{
    public static Likeness Between(string? one, string? other)
    {
        var (first, second) = (NameTokens.Of(one), NameTokens.Of(other));
        if (first.Count == 0 || second.Count == 0)
        {
            return Likeness.Unknown;
        }

        if (first.Select(t => t.Text).Order(StringComparer.Ordinal).SequenceEqual(second.Select(t => t.Text).Order(StringComparer.Ordinal)))
        {
            return Likeness.Same;
        }

        if (NameTokens.MayBeSame(one, other))
        {
            // Bala Murugan and Balamurugan are one name in two words or one.
            return HasInitials(first) == HasInitials(second) && (first.Count == second.Count || !IsShorter(first, second)) ? Likeness.Alike : Likeness.Within;
        }

        return first.Where(t => !t.IsInitial).Any(t => second.Any(o => !o.IsInitial && o.Keys.Any(key => t.Keys.Contains(key, StringComparer.Ordinal))))
            ? Likeness.OneWord
            : Likeness.Different;
    }

    private static bool HasInitials(IReadOnlyList<NameToken> name) => name.Any(t => t.IsInitial);

    /// <summary>Whether the longer has a word that the shorter lacks, and not only a blank.</summary>
    private static bool IsShorter(IReadOnlyList<NameToken> one, IReadOnlyList<NameToken> other)
    {
        var (shorter, longer) = one.Count < other.Count ? (one, other) : (other, one);
        return !Enumerable.Range(0, longer.Count - 1)
            .Select(at => NameTokens.Joined(longer[at], longer[at + 1]))
            .Any(joined => joined is not null && shorter.Any(t => t.Keys.Any(key => joined.Keys.Contains(key, StringComparer.Ordinal))));
    }
}
