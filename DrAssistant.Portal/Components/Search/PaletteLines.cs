using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Search;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Search;

/// <summary>What was found as lines of the palette, each with the exact place that it leads to.</summary>
internal sealed class PaletteLines(ICurrentUser user, ClinicClock clock)
{
    public const string Patients = "Patients";
    public const string Recent = "Seen last";

    public static SearchSnippet Plain(string text) => new(null, text, []);

    public static string WordOf(SearchGroup group) => Words.Sentence(group.ToString());

    public IEnumerable<PaletteLine> Of(SearchAnswer answer, string asked)
        => answer.Patients.Select(hit => Patient(hit, asked.Length == 0 ? Recent : Patients))
            .Concat(asked.Length > 0 && answer.Patients is [var first, ..] ? DoFor(first) : [])
            .Concat(answer.Hits.Select(hit => Clinical(hit, answer.Totals.GetValueOrDefault(hit.Group))));

    private PaletteLine Patient(PatientHit hit, string group)
        => new($"patient {hit.Id}", group, "person", new SearchSnippet(null, hit.Name.Listed, hit.Matched), AddressOf(hit))
        {
            Detail = $"{hit.Age.Short} · {Words.Of(hit.Gender)} · born {ClinicFormat.Date(hit.DateOfBirth)} · {hit.Mrn ?? "no MRN"}{(hit.FoundAs is { } former ? $" · also known as {former.Name.Listed}" : "")}",
            Aside = hit.InCare ? "in your care" : user.Can(Permissions.ReadEncounters) ? "not in your care" : hit.PhoneMasked,
        };

    private string AddressOf(PatientHit hit) => user.Can(Permissions.ReadEncounters) ? Words.ChartOf(hit.Id) : Words.EditOf(hit.Id);

    /// <summary>What one does next with the patient on top. A chart outside one's care opens with the question whether to break the glass, and nothing else is offered.</summary>
    private IEnumerable<PaletteLine> DoFor(PatientHit hit)
    {
        var group = $"Do for {hit.Name.Spoken}";
        if (user.Role is StaffRole.Receptionist)
        {
            yield return new PaletteLine("do book", group, "calendar_add_on", Plain("Book an appointment"), $"/appointments?patient={hit.Id}");
            yield return new PaletteLine("do check-in", group, "how_to_reg", Plain("Check in"), $"/queue?walkin={hit.Id}");
        }
        else if (hit.InCare)
        {
            yield return new PaletteLine("do notes", group, "description", Plain("Notes"), Words.NotesOf(hit.Id));
            yield return new PaletteLine("do medications", group, "medication", Plain("Medications"), Words.MedicationsOf(hit.Id));
            yield return new PaletteLine("do results", group, "labs", Plain("Results over time"), Words.ResultsOf(hit.Id));
            yield return new PaletteLine("do vitals", group, "vital_signs", Plain("Vitals"), Words.VitalsOf(hit.Id));
        }
    }

    private PaletteLine Clinical(SearchHit hit, long total)
        => new($"{hit.Group} {hit.Id}", $"{WordOf(hit.Group)}{Counted(total)}", IconOf(hit.Group), Plain($"{hit.Title}, {ClinicFormat.Date(clock.DayOf(hit.At))}"), AddressOf(hit))
        {
            Detail = string.Join(" · ", new[] { hit.Patient.Listed, hit.Mrn, hit.Doctor }.Where(part => !string.IsNullOrEmpty(part))),
            Snippets = hit.Snippets,
            Aside = hit.Status is { } status ? Words.Sentence(status).ToLowerInvariant() : null,
        };

    private static string Counted(long total) => total > 0 ? $", {total}" : "";

    private static string AddressOf(SearchHit hit) => hit.Group switch
    {
        SearchGroup.Notes => Words.NotesOf(hit.PatientId, hit.Id),
        SearchGroup.Prescriptions => Words.MedicationsOf(hit.PatientId, hit.Id),
        SearchGroup.Orders => Words.OrdersOf(hit.PatientId, hit.Id),
        SearchGroup.Results => Words.ResultsOf(hit.PatientId, hit.Id),
        SearchGroup.Documents => Words.DocumentsOf(hit.PatientId, hit.Id),
        _ => Words.ChartOf(hit.PatientId),
    };

    private static string IconOf(SearchGroup group) => group switch
    {
        SearchGroup.Notes => "description",
        SearchGroup.Prescriptions => "medication",
        SearchGroup.Orders => "science",
        SearchGroup.Results => "labs",
        SearchGroup.Documents => "attach_file",
        _ => "person",
    };
}
