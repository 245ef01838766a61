using DrAssistant.Data.Import.Demo.Stories;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>The doctor's note of a visit, in the four parts, as far as it has been written.</summary>
internal sealed class DemoNotes(DemoCatalogue catalogue, DemoMoment moment, DemoRecord record)
{
    /// <summary>Writes the note; what the patient took and what came back before this visit is in the chart.</summary>
    public void Write(DemoChart chart, DemoSeen seen, Guid encounter, Guid doctor, VitalSigns vitals, IReadOnlyList<string> prescribed)
    {
        var visit = seen.Plan.Visit;
        var isSigned = seen.Note is DemoNoteState.Signed;
        var written = seen.End ?? moment.Now;
        record.Notes.Add(new ClinicalNote
        {
            Id = Guid.CreateVersion7(),
            EncounterId = encounter,
            PatientId = chart.Patient.Id,
            DoctorId = doctor,
            CreatedAt = seen.Start,
            UpdatedAt = written,
            Status = isSigned ? NoteStatus.Signed : NoteStatus.Draft,
            SignedBy = isSigned ? doctor : null,
            SignedAt = isSigned ? written : null,
            Content = seen.Note is DemoNoteState.Begun
                ? new SoapContent { Subjective = Subjective(chart, visit), Objective = new Objective { VitalSigns = vitals } }
                : new SoapContent
                {
                    Subjective = Subjective(chart, visit),
                    Objective = Objective(chart, visit, vitals),
                    Assessment = Assessment(chart, seen.Plan),
                    Plan = seen.Note is DemoNoteState.WithoutPlan ? null : Plan(visit, prescribed),
                },
            Metadata = new NoteMetadata { CompletionTime = (written - seen.Start).TotalSeconds, EditCount = 1 + chart.Dice.Below(9) },
        });
    }

    private static Subjective Subjective(DemoChart chart, DemoVisit visit) => new()
    {
        ChiefComplaint = visit.Complaint,
        HistoryOfPresentIllness = visit.History,
        PastMedicalHistory = chart.Conditions.Count == 0 ? "Nothing of note" : string.Join("; ", chart.Conditions.Values),
        Medications = chart.Medicines.Count == 0 ? "None regularly" : string.Join("; ", chart.Medicines),
        Allergies = chart.AllergiesInWords,
        SocialHistory = chart.History.Person.Years < DemoPanels.GrownUp ? null : Habits(chart.History.Number),
    };

    private static Objective Objective(DemoChart chart, DemoVisit visit, VitalSigns vitals) => new()
    {
        VitalSigns = vitals,
        PhysicalExam = Parted(visit.Exam).Select(part => part.Split(": ", 2)).ToDictionary(p => p[0].ToLowerInvariant(), p => p[1]),
        LabResults = chart.NewResults.Count == 0 ? null : [.. chart.NewResults],
    };

    private static Assessment Assessment(DemoChart chart, DemoPlannedVisit plan) => new()
    {
        Diagnoses =
        [
            new Diagnosis(plan.Story.Diagnosis, plan.Story.Code, CodeSystems.Icd10),
            .. chart.Conditions.Where(c => c.Key != plan.Story.Code).Select(c => new Diagnosis(c.Value, c.Key, CodeSystems.Icd10)),
        ],
        ClinicalImpression = plan.Visit.Impression,
    };

    private Plan Plan(DemoVisit visit, IReadOnlyList<string> prescribed)
    {
        var asked = visit.Asks.Select(id => (catalogue.Other(id).Name, IsReferral: id.StartsWith("ref-", StringComparison.Ordinal))).ToList();
        return new Plan
        {
            Diagnostics = OrNone([.. visit.Tests.Select(t => catalogue.Test(t.Id).Name), .. asked.Where(a => !a.IsReferral).Select(a => a.Name)]),
            Medications = OrNone(prescribed),
            Treatments = OrNone([.. visit.Vaccines.Select(v => $"{v.Name} given")]),
            PatientEducation = Parted(visit.Advice),
            FollowUp = visit.FollowUp,
            Referrals = OrNone([.. asked.Where(a => a.IsReferral).Select(a => a.Name)]),
        };
    }

    private static string Habits(int number) => (number % 5) switch
    {
        0 => "Smoked until some years ago, no alcohol",
        1 => "Chews tobacco now and then",
        _ => "No tobacco, no alcohol",
    };

    private static string[] Parted(string text) => text.Split('|');

    private static IReadOnlyList<string>? OrNone(IReadOnlyList<string> items) => items.Count == 0 ? null : items;
}
