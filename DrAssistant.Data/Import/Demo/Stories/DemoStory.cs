using DrAssistant.Data.Import.Demo.People;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>Why somebody comes, in the order of the visits it takes. Invented, and kept to what such a visit usually holds.</summary>
internal sealed record DemoStory(string Key, DemoPanel Panel, string Code, string Diagnosis, IReadOnlyList<DemoVisit> Visits)
{
    public int FromYears { get; init; }

    public int ToYears { get; init; } = 120;

    public Gender? Sex { get; init; }

    /// <summary>It stays on the problem list; otherwise it is resolved after the last visit.</summary>
    public bool Lasting { get; init; }

    public int DaysBetween { get; init; } = 14;

    /// <summary>How reception writes a later visit into the book.</summary>
    public required string Review { get; init; }

    /// <summary>Told of chosen patients only, because its results wait in today's inbox.</summary>
    public bool ForInbox { get; init; }

    public bool Fits(DemoPerson person) => person.Years >= FromYears && person.Years < ToYears && (Sex is null || Sex == person.Gender);
}

/// <summary>One visit of a story.</summary>
/// <param name="Complaint">As the patient says it.</param>
/// <param name="History">Two or three sentences.</param>
/// <param name="Exam">Findings as <c>system: text</c>, parted by bars.</param>
/// <param name="Impression">What the doctor makes of it.</param>
/// <param name="Advice">What the patient is told, parted by bars.</param>
/// <param name="FollowUp">When to come again.</param>
internal sealed record DemoVisit(string Complaint, string History, string Exam, string Impression, string Advice, string FollowUp)
{
    public VitalShift Vitals { get; init; } = VitalShift.None;

    public IReadOnlyList<DemoMedicine> Medicines { get; init; } = [];

    public IReadOnlyList<DemoTest> Tests { get; init; } = [];

    /// <summary>Ids of imaging, procedures and referrals in the order catalogue.</summary>
    public IReadOnlyList<string> Asks { get; init; } = [];

    public IReadOnlyList<DemoVaccine> Vaccines { get; init; } = [];
}

/// <summary>How a visit's measurements differ from the person's usual ones.</summary>
internal sealed record VitalShift(
    int Systolic = 0, int Diastolic = 0, int Pulse = 0, decimal Temperature = 0, int Breaths = 0, int Saturation = 0, decimal WeightPercent = 0)
{
    public static VitalShift None { get; } = new();

    public static VitalShift Fever(decimal degrees, int pulse = 14) => new(Pulse: pulse, Temperature: degrees, Breaths: 2);
}

/// <summary>A test or a panel with the values that came back; exact ones do not vary from patient to patient.</summary>
internal sealed record DemoTest(string Id, IReadOnlyList<DemoValue> Values, bool Exact = false)
{
    public static DemoTest Of(string id, decimal value) => new(id, [new DemoValue(id, value)]);

    public static DemoTest Exactly(string id, decimal value) => new(id, [new DemoValue(id, value)], Exact: true);

    /// <summary>A coded or written answer, which has no range: the laboratory says itself whether it is usual.</summary>
    public static DemoTest Said(string id, string words, bool abnormal) => new(id, [new DemoValue(id, null, words, abnormal)]);

    public static DemoTest Panel(string id, params (string Id, decimal Value)[] values)
        => new(id, [.. values.Select(v => new DemoValue(v.Id, v.Value))]);

    public static DemoTest ExactPanel(string id, params (string Id, decimal Value)[] values) => Panel(id, values) with { Exact = true };
}

internal sealed record DemoValue(string Id, decimal? Number, string? Words = null, bool Abnormal = false);

/// <summary>A vaccine by its CVX code.</summary>
internal sealed record DemoVaccine(string Code, string Name);
