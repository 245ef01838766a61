using System.Globalization;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Demo.People;

/// <summary>
/// How an invented patient is reached. The numbers lie in one block that is used for examples only, the e-mail addresses under
/// a domain reserved for that (RFC 2606), the ABHA numbers in a block of noughts with a fitting check digit.
/// </summary>
internal static class DemoContacts
{
    private const int WithoutPhone = 8;
    private const int WithAbha = 42;
    private const int WithEmail = 16;

    private static readonly string[] Streets =
        ["Temple Road", "Station Road", "Gandhi Nagar", "2nd Cross", "Lake View Colony", "Market Lane", "Old Post Office Road", "Teachers' Colony"];

    private static readonly string[] Relatives = ["Lata", "Suresh", "Asha", "Mohan", "Yasmin", "Thomas", "Radha", "Iqbal", "Vasant", "Leela"];

    public static PatientContact Of(DemoPerson person, int number)
    {
        // One household answers one telephone, at one address.
        var home = person.Household is { } household ? DemoPeople.Count + household : number;
        var dice = new DemoDice("contact", home);
        var phone = dice.Chance(WithoutPhone) ? null : Phone(home);
        var address = new PostalAddress(
            string.Create(CultureInfo.InvariantCulture, $"{dice.Between(1, 240)}, {dice.Of(Streets)}"),
            City: person.Home.City,
            District: person.Home.District,
            State: person.Home.State,
            Pin: person.Home.Pin,
            Country: "India");
        var relative = new EmergencyContact(dice.Of(Relatives), Relation(person, dice), Phone(home + 500));

        var own = new DemoDice("identity", number);
        return new PatientContact
        {
            Phone = phone,
            Address = address,
            EmergencyContact = relative,
            AbhaNumber = own.Chance(WithAbha) ? Abha(number) : null,
            AbhaAddress = own.Chance(WithAbha / 2) ? string.Create(CultureInfo.InvariantCulture, $"demopatient{number:000}@sbx") : null,
            Email = own.Chance(WithEmail) ? string.Create(CultureInfo.InvariantCulture, $"demo.patient{number:000}@example.org") : null,
        };
    }

    private static string Phone(int number) => string.Create(CultureInfo.InvariantCulture, $"+919000000{number % 1000:000}");

    private static string Relation(DemoPerson person, DemoDice dice) => person.Years switch
    {
        < DemoPanels.GrownUp => dice.Chance(60) ? "mother" : "father",
        < 60 => dice.Chance(70) ? "spouse" : "brother",
        _ => dice.Chance(60) ? "son" : "daughter",
    };

    private static string Abha(int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"910000000{number:0000}");
        for (var check = '0'; check <= '9'; check++)
        {
            if (AbhaNumber.Parse(digits + check) is { Value: { Warning: null } abha })
            {
                return abha.Digits;
            }
        }

        throw new InvalidOperationException("One of ten check digits fits.");
    }
}
