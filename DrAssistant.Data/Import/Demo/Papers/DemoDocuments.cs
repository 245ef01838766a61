using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Demo.Papers;

/// <summary>A document of the demo practice, as its doctor brings it.</summary>
internal sealed record DemoDocument(Guid Doctor, Guid Patient, DocumentFacts Facts, DocumentAttachment Attachment, byte[] File)
{
    public override string ToString() => nameof(DemoDocument);
}

/// <summary>What patients of the demo practice brought from elsewhere, or what was photographed here. Every sender is invented.</summary>
internal sealed class DemoDocuments(DemoRecord record, DemoTeam team, ClinicClock clock, DateTimeOffset now)
{
    private const string Foot = "Invented for the demo practice of Dr. Assistant. No such patient, no such sender.";

    /// <summary>Where nobody is told of, one is left out.</summary>
    public IReadOnlyList<DemoDocument> All() => [.. new[] { Laboratory(), Referral(), Discharge(), Ecg(), XRay(), Skin() }.OfType<DemoDocument>()];

    /// <summary>The paper behind the critical value that waits for Dr. Iyer: it belongs to that result.</summary>
    private DemoDocument? Laboratory()
    {
        var doctor = team.Doctor(DemoPanel.GeneralMedicine);
        var items = record.Orders.Where(o => o.DoctorId == doctor).SelectMany(o => o.Items).Select(i => i.Id).ToHashSet();
        if (record.Results.Find(r => r.Flag is ResultFlag.CriticalHigh or ResultFlag.CriticalLow && r.ReviewedAt is null && items.Contains(r.OrderItemId)) is not { } critical)
        {
            return null;
        }

        var patient = Of(critical.PatientId);
        var paper = new DemoPaper("Nandi Diagnostics", "14 Residency Cross, Bengaluru 560025 · Laboratory medicine", Foot)
            .Heading("Laboratory report");
        Person(paper, patient, clock.DayOf(critical.EffectiveAt));
        paper.Row(bold: true, (0, "Test"), (210, "Result"), (300, "Unit"), (380, "Reference")).Rule();
        foreach (var result in record.Results.Where(r => r.PatientId == patient.Id && r.EffectiveAt == critical.EffectiveAt && r.ValueNumber is not null))
        {
            paper.Row(
                bold: result.Id == critical.Id,
                (0, result.Name), (210, ClinicFormat.Number(result.ValueNumber!.Value)), (300, result.Unit ?? ""), (380, ResultText.Range(result.ReferenceLow, result.ReferenceHigh, result.ReferenceText)));
        }

        paper.Rule().Text("The value in bold was telephoned to the practice when it was measured. Repeat on a new sample before changing treatment if it does not fit the patient.")
            .Text("Method: hexokinase for glucose, HPLC for HbA1c, ion-selective electrodes for electrolytes. Sample received in good condition, not haemolysed.");
        return new DemoDocument(
            doctor, patient.Id, Facts(DocumentCategory.Report, "Laboratory report, Nandi Diagnostics", critical.IssuedAt, "The paper to the critical value"),
            new DocumentAttachment(ResultId: critical.Id), paper.ToPdf());
    }

    private DemoDocument? Referral() => Seen(DemoPanel.GeneralMedicine, "E11.9", (doctor, visit, patient) =>
    {
        var paper = new DemoPaper("Lakeside Family Clinic", "3 Tank Bund Road, Tumakuru 572101 · General practice", Foot).Heading("Referral letter");
        Person(paper, patient, clock.DayOf(visit.StartTime).AddDays(-6));
        paper.Text("Dear colleague,")
            .Text("thank you for seeing this patient, whom I have known for four years. Type 2 diabetes was found at a camp in the village and has been treated with metformin since. For some months now the fasting sugar is above 160 mg/dL although tablets are taken regularly. There is tingling of both feet in the evening; pulses are present, the monofilament is felt at eight of ten points.")
            .Text("I should be grateful for your advice on the next step of treatment, for examination of the fundus, and for a plan for the feet. The patient cooks for a family of six and can come on any morning but Tuesday.")
            .Text("No known allergies. No tobacco. Father died of a stroke at 62.")
            .Text("With kind regards,").Text("Dr. S. Pillai, MBBS");
        return (Facts(DocumentCategory.Referral, "Referral from Lakeside Family Clinic", visit.StartTime.AddDays(-6), "Asks about diabetes and tingling feet"), DocumentAttachment.ToPatient, paper.ToPdf());
    });

    private DemoDocument? Discharge() => Seen(DemoPanel.Paediatrics, "J45.9", (doctor, visit, patient) =>
    {
        var paper = new DemoPaper("Sunrise Children's Hospital", "Outer Ring Road, Bengaluru 560043 · Department of paediatrics", Foot).Heading("Discharge summary");
        Person(paper, patient, clock.DayOf(visit.StartTime).AddDays(-12));
        paper.Heading("Diagnosis").Text("Acute exacerbation of asthma, moderate, after a viral cold.")
            .Heading("Course").Text("Came to the emergency room at night with cough and wheeze for one day. Respiratory rate 38, saturation 91 % in room air, wheeze on both sides, speaks in short sentences. Salbutamol by spacer every 20 minutes for one hour, then every four hours, prednisolone by mouth for three days, oxygen for six hours. Saturation 97 % in room air since the second day. No antibiotics were given.")
            .Text("Chest X-ray: hyperinflation, no consolidation. Blood count within the range for age.")
            .Heading("At discharge").Text("Playing, no wheeze at rest. Peak flow 85 % of the expected value.")
            .Heading("Treatment").Text("Budesonide 100 micrograms by spacer twice a day. Salbutamol 2 puffs by spacer when needed, at most every four hours. The family was shown how to use and wash the spacer.")
            .Heading("Please").Text("See the child within two weeks, check the technique with the spacer, and decide on the dose of the controller after three months. Influenza vaccine is due in autumn.")
            .Text("Dr. R. Kamath, Paediatrics");
        return (Facts(DocumentCategory.DischargeSummary, "Discharge summary, Sunrise Children's Hospital", visit.StartTime.AddDays(-12), null), DocumentAttachment.ToPatient, paper.ToPdf());
    });

    private DemoDocument? Ecg() => Seen(DemoPanel.Cardiology, "I48.9", (_, visit, _) =>
        (Facts(DocumentCategory.Report, "ECG, rhythm strip", visit.StartTime, "Atrial fibrillation, ventricular rate about 70"), new DocumentAttachment(EncounterId: visit.Id), DemoPictures.FibrillatingEcg()));

    private DemoDocument? XRay() => Seen(DemoPanel.Cardiology, "I50.9", (_, visit, _) =>
        (Facts(DocumentCategory.Imaging, "Chest X-ray, front", visit.StartTime, "Heart wider than half of the chest"), new DocumentAttachment(EncounterId: visit.Id), DemoPictures.WideHeart()));

    private DemoDocument? Skin() => Seen(DemoPanel.Dermatology, "L40.0", (_, visit, _) =>
        (Facts(DocumentCategory.Photograph, "Plaques at the left elbow", visit.StartTime, "Before treatment"), new DocumentAttachment(EncounterId: visit.Id), DemoPictures.Plaques()));

    /// <summary>The first visit of the first patient who has this and whose name a paper from elsewhere can write.</summary>
    private DemoDocument? Seen(DemoPanel panel, string code, Func<Guid, Encounter, Patient, (DocumentFacts Facts, DocumentAttachment Attachment, byte[] File)> make)
    {
        var doctor = team.Doctor(panel);
        var visits = record.Conditions.Where(c => c.Code == code).Select(c => c.EncounterId).OfType<Guid>().ToHashSet();
        var found = record.Encounters.Where(e => e.DoctorId == doctor && visits.Contains(e.Id) && e.StartTime < now.AddDays(-1))
            .Select(e => (Visit: e, Patient: Of(e.PatientId))).Where(f => f.Patient.FirstName.All(char.IsAscii) && f.Patient.LastName.All(char.IsAscii))
            .OrderBy(f => f.Patient.Mrn, StringComparer.Ordinal).ThenBy(f => f.Visit.StartTime).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var (facts, attachment, file) = make(doctor, found[0].Visit, found[0].Patient);
        return new DemoDocument(doctor, found[0].Patient.Id, facts, attachment, file);
    }

    private Patient Of(Guid id) => record.Patients.Find(p => p.Id == id)!;

    private DocumentFacts Facts(DocumentCategory category, string title, DateTimeOffset of, string? about) => new(category, title, clock.DayOf(of), about);

    private static void Person(DemoPaper paper, Patient patient, DateOnly day) => paper
        .Row(bold: false, (0, "Patient"), (90, new PersonName(patient.FirstName, patient.LastName).Spoken))
        .Row(bold: false, (0, "Born"), (90, ClinicFormat.Date(patient.DateOfBirth)))
        .Row(bold: false, (0, "Date"), (90, ClinicFormat.Date(day)))
        .Rule();
}
