using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Data.Ordering.Messages.Matching;

/// <summary>
/// Whether a report and a record are about one person. One thing that contradicts is enough for a no; a number alone is never enough for a yes:
/// two identifiers, as at the bedside.
/// </summary>
internal static class PersonCheck
{
    /// <summary>How far a birth date that was only guessed from an age may be off.</summary>
    private const int GuessedYears = 2;

    /// <summary>Something that is said of both and differs.</summary>
    /// <param name="reported">As the laboratory has them.</param>
    /// <param name="record">Whose record it would go to.</param>
    /// <param name="people">Everybody whose number or order the message names; one record has a line for each number that leads to it.</param>
    public static bool Contradicts(ReportedPerson reported, Guid record, IReadOnlyList<KnownPerson> people)
    {
        var person = people.First(p => p.RecordId == record);
        return NumbersLeadElsewhere(reported, record, people) || BirthDateDiffers(reported, person) || SexDiffers(reported, person) || NameDiffers(reported, person);
    }

    /// <summary>Something besides a number of ours that says that it is they.</summary>
    public static bool Confirms(ReportedPerson reported, KnownPerson person) => BirthDateAgrees(reported, person) || NameAgrees(reported, person);

    public static bool HasNumberOf(ReportedPerson reported, Guid record, IReadOnlyList<KnownPerson> people)
        => people.Any(p => p.RecordId == record && p.Mrn is not null && reported.Numbers.SelectMany(MatchingFacts.NumbersOf).Contains(p.Mrn, StringComparer.OrdinalIgnoreCase));

    private static bool NumbersLeadElsewhere(ReportedPerson reported, Guid record, IReadOnlyList<KnownPerson> people)
    {
        var ours = reported.Numbers.SelectMany(MatchingFacts.NumbersOf).ToList();
        if (people.Any(p => p.RecordId != record && p.Mrn is not null && ours.Contains(p.Mrn, StringComparer.OrdinalIgnoreCase)))
        {
            return true;
        }

        // A number as we issue them that is not theirs, with our letters before it, is somebody's of whom we know nothing.
        var prefixes = people.Where(p => p.RecordId == record && Mrn.TryParse(p.Mrn, out _)).Select(p => Letters(p.Mrn!)).ToHashSet(StringComparer.Ordinal);
        return !HasNumberOf(reported, record, people) && reported.Numbers.Any(n => Mrn.TryParse(n, out var mrn) && prefixes.Contains(Letters(mrn.Text)));
    }

    private static string Letters(string mrn) => string.Concat(mrn.TakeWhile(char.IsAsciiLetter));

    private static bool BirthDateAgrees(ReportedPerson reported, KnownPerson person) => !person.BornEstimated && reported.Born == person.Born;

    private static bool BirthDateDiffers(ReportedPerson reported, KnownPerson person) => reported.Born is { } born
        && (person.BornEstimated ? Math.Abs(born.Year - person.Born.Year) > GuessedYears : born != person.Born);

    private static bool SexDiffers(ReportedPerson reported, KnownPerson person) => reported.Sex is { } sex && sex != person.Gender;

    private static bool NameAgrees(ReportedPerson reported, KnownPerson person) => NameLikeness.Between(reported.Name, person.Name) >= Likeness.Within;

    /// <summary>A name with one word in common may be that of somebody who married, if they were born on the same day.</summary>
    private static bool NameDiffers(ReportedPerson reported, KnownPerson person) => NameLikeness.Between(reported.Name, person.Name) switch
    {
        Likeness.Different => true,
        Likeness.OneWord => !BirthDateAgrees(reported, person),
        _ => false,
    };
}
