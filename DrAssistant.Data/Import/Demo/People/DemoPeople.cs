using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Demo.People;

/// <summary>
/// The 300 patients of the demo practice: first those who are remarkable, then as many of each doctor's age groups as are missing.
/// The same 300 every time; nobody among them exists.
/// </summary>
internal static class DemoPeople
{
    public const int Count = 300;

    private const int DaysOfYear = 365;

    public static IReadOnlyList<DemoPerson> All { get; } = Make();

    /// <summary>A quarter for each of the four doctors.</summary>
    public static DemoPanel PanelOf(DemoPerson person, int number) => person.Years switch
    {
        < DemoPanels.GrownUp => DemoPanel.Paediatrics,
        < 30 => number % 5 < 3 ? DemoPanel.Dermatology : DemoPanel.GeneralMedicine,
        < 52 => number % 5 < 3 ? DemoPanel.GeneralMedicine : (number % 5 == 3 ? DemoPanel.Dermatology : DemoPanel.Cardiology),
        _ => number % 5 < 3 ? DemoPanel.Cardiology : (number % 5 == 3 ? DemoPanel.GeneralMedicine : DemoPanel.Dermatology),
    };

    private static List<DemoPerson> Make()
    {
        var dice = new DemoDice("people");
        var people = DemoNotables.All.ToList();
        var taken = people.Select(p => (p.FirstName, p.LastName)).ToHashSet();
        while (people.Count < Count)
        {
            var person = Invent(dice, people.Count);
            if (taken.Add((person.FirstName, person.LastName)))
            {
                people.Add(person);
            }
        }

        return people;
    }

    private static DemoPerson Invent(DemoDice dice, int number)
    {
        var community = dice.Of(DemoCommunities.All);
        var sex = dice.Chance(52) ? Gender.Female : Gender.Male;
        var (first, last) = Name(dice, community, sex);
        var years = Years(dice, number);
        return new DemoPerson(first, last, sex, (years * DaysOfYear) + dice.Below(DaysOfYear), community.Language, dice.Of(community.Places))
        {
            Estimated = years > 55 && dice.Chance(30),
        };
    }

    // One in four a child, as the paediatrician's quarter of the practice asks for; the old come more often than the young.
    private static int Years(DemoDice dice, int number) => (number % 4) switch
    {
        0 => dice.Between(0, 14),
        1 => dice.Between(16, 34),
        2 => dice.Between(25, 60),
        _ => dice.Between(45, 86),
    };

    private static (string First, string Last) Name(DemoDice dice, DemoCommunity community, Gender sex)
    {
        var given = dice.Of(sex == Gender.Female ? community.FemaleNames : community.MaleNames);
        var initial = $"{dice.Of(community.MaleNames)[0]}.";
        return dice.Of(community.Styles) switch
        {
            NameStyle.InitialGiven => (initial, given),
            NameStyle.GivenInitial => (given, initial),
            NameStyle.Single => (given, "-"),
            NameStyle.SinghKaur => (given, WithFamily(dice, community, sex)),
            _ => (given, dice.Of(community.FamilyNames)),
        };
    }

    private static string WithFamily(DemoDice dice, DemoCommunity community, Gender sex)
    {
        var name = sex == Gender.Female ? "Kaur" : "Singh";
        return dice.Chance(40) ? $"{name} {dice.Of(community.FamilyNames)}" : name;
    }
}
