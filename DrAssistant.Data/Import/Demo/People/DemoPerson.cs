using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Demo.People;

/// <summary>An invented patient. Ages are counted back from the day of the demo, so that a baby is a baby whenever it is made.</summary>
internal sealed record DemoPerson(string FirstName, string LastName, Gender Gender, int AgeInDays, string Language, DemoPlace Home)
{
    /// <summary>Only an age was known at registration: the first of January of a year stands for it.</summary>
    public bool Estimated { get; init; }

    /// <summary>Those with the same household share a telephone and an address.</summary>
    public int? Household { get; init; }

    public int Years => AgeInDays * 4 / 1461;

    public DateOnly Born(DateOnly today)
    {
        var born = today.AddDays(-AgeInDays);
        return Estimated ? new DateOnly(born.Year, 1, 1) : born;
    }

    public override string ToString() => nameof(DemoPerson);
}

internal sealed record DemoPlace(string City, string District, string State, string Pin);
