using DrAssistant.Data.Import.Demo.Stories;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>What is known of a patient so far, while their visits are told one after the other.</summary>
internal sealed class DemoChart(DemoHistory history, Patient patient, IReadOnlyList<Allergy> allergies)
{
    private readonly DemoVitals _vitals = new(history.Person, history.Number);

    public Patient Patient => patient;

    public DemoHistory History => history;

    public DemoDice Dice { get; } = new("chart", history.Number);

    /// <summary>The lasting ones by code.</summary>
    public Dictionary<string, string> Conditions { get; } = new(StringComparer.Ordinal);

    /// <summary>What they take now, as the next note lists it.</summary>
    public IReadOnlyList<string> Medicines { get; set; } = [];

    /// <summary>What has come back since the last visit, as the next note lists it.</summary>
    public List<string> NewResults { get; } = [];

    public int AgeInDays(DateOnly day) => Math.Max(0, day.DayNumber - patient.DateOfBirth.DayNumber);

    public string AllergiesInWords => patient.AllergiesStatus switch
    {
        AllergiesStatus.Known => string.Join("; ", allergies.Select(a => $"{a.Substance}: {a.Reaction}")),
        AllergiesStatus.NoneKnown => "No known allergies",
        _ => "Not asked",
    };

    public VitalSigns Measure(DateOnly day, VitalShift shift) => _vitals.Measure(AgeInDays(day), shift, Dice);
}
