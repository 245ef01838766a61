using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// How likely two records are one person's, from what they have in common. The points are set so that no single thing but the ABHA
/// number makes a record very likely: a name or a birth date is shared by many people, a telephone by a family.
/// </summary>
/// <remarks>
/// Points: ABHA number 200. Name the same 40, all of it alike by ear 35, the shorter within the longer or by initials 25, one word
/// alike 15. Birth date the same 35, and 15 where one of the two is an estimate; day and month exchanged, or one digit of it another,
/// 20; the same year 10, two years apart or more -25. Mobile 25. Sex the same 5, another -20.
/// Very likely from 75, likely from 55, possible from 40. With one word of the name in common or none, never more than likely:
/// twins share birth date, family name and telephone.
/// </remarks>
internal static class DuplicateScore
{
    private const int VeryLikely = 75;
    private const int Likely = 55;
    private const int Possible = 40;
    private const int YearsOfAnEstimate = 2;

    /// <summary>Nobody can be told apart from whoever has the same account.</summary>
    public const string SameAbha = "Same ABHA number";

    /// <summary>Null where there is too little in common to mention it.</summary>
    public static (int Points, Likelihood Likelihood, IReadOnlyList<MatchFact> Facts)? Of(DuplicateQuestion asked, Candidate found)
    {
        var facts = new List<MatchFact>();
        var points = 0;
        void Count((int Points, Match Match, string Words)? fact)
        {
            if (fact is { } counted)
            {
                points += counted.Points;
                facts.Add(new MatchFact(counted.Match, counted.Words));
            }
        }

        var name = NameLikeness.Between(asked.FullName, found.Name.Spoken);
        Count(found.SameAbha ? (200, Match.Same, SameAbha) : null);
        Count(Birth(asked, found));
        Count(found.SamePhone ? (25, Match.Same, $"Same mobile, {PhoneNumber.Show(asked.Mobile)}") : null);
        Count(Name(name));
        Count(Sex(asked.Gender, found.Gender));
        if (points < Possible)
        {
            return null;
        }

        var mayBeVeryLikely = found.SameAbha || name >= Likeness.Within;
        return (points, points >= VeryLikely && mayBeVeryLikely ? Likelihood.VeryLikely : points >= Likely ? Likelihood.Likely : Likelihood.Possible, facts);
    }

    private static (int, Match, string)? Name(Likeness likeness) => likeness switch
    {
        Likeness.Same => (40, Match.Same, "Same name"),
        Likeness.Alike => (35, Match.Alike, "Name sounds alike"),
        Likeness.Within => (25, Match.Alike, "Name alike, one of them shorter"),
        Likeness.OneWord => (15, Match.Alike, "Part of the name sounds alike"),
        Likeness.Different => (0, Match.Different, "Another name"),
        _ => null,
    };

    private static (int, Match, string)? Birth(DuplicateQuestion asked, Candidate found)
    {
        if (asked.Born is not { } born)
        {
            return null;
        }

        var theirs = found.DateOfBirth;
        var years = Math.Abs(born.Year - theirs.Year);
        if (asked.BornEstimated || found.Estimated)
        {
            return years <= YearsOfAnEstimate
                ? (15, Match.Alike, $"About the same age, born {(found.Estimated ? "about " : "")}{Year(theirs)}")
                : (-25, Match.Different, $"Another age, born {(found.Estimated ? "about " : "")}{Year(theirs)}");
        }

        if (born == theirs)
        {
            return (35, Match.Same, $"Same birth date, {ClinicFormat.Date(theirs)}");
        }

        if (IsSlip(born, theirs))
        {
            return (20, Match.Alike, $"Birth date nearly the same, {ClinicFormat.Date(theirs)}");
        }

        return years switch
        {
            0 => (10, Match.Alike, $"Same birth year, born {ClinicFormat.Date(theirs)}"),
            1 => (0, Match.Different, $"Born {ClinicFormat.Date(theirs)}"),
            _ => (-25, Match.Different, $"Birth year differs, born {ClinicFormat.Date(theirs)}"),
        };
    }

    private static (int, Match, string)? Sex(Gender? asked, Gender found) => asked switch
    {
        null => null,
        { } same when same == found => (5, Match.Same, "Same sex"),
        _ => (-20, Match.Different, "Another sex"),
    };

    /// <summary>The two mistakes of people who type dates: day and month exchanged, one digit another.</summary>
    private static bool IsSlip(DateOnly one, DateOnly other)
        => (one.Year == other.Year && one.Day == other.Month && one.Month == other.Day)
            || Digits(one).Zip(Digits(other)).Count(pair => pair.First != pair.Second) == 1;

    private static string Digits(DateOnly day) => day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Year(DateOnly day) => day.Year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A record that has something in common with the question.</summary>
internal sealed record Candidate(
    Guid Id, PersonName Name, string? Mrn, DateOnly DateOfBirth, bool Estimated, Gender Gender, PatientStatus Status, bool SamePhone, bool SameAbha)
{
    public override string ToString() => $"{nameof(Candidate)} {Id}";
}
