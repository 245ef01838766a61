using DrAssistant.Data.Notes.Soap;
using DrAssistant.Portal.Components.Notes;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>What stands in the fields of the page is what the note says.</summary>
public sealed class TheTextOfANote
{
    private static readonly SoapContent Full = new()
    {
        Subjective = new Subjective
        {
            ChiefComplaint = "Fever",
            HistoryOfPresentIllness = "Since Monday.\nWorse at night.",
            ReviewOfSystems = new Dictionary<string, string> { ["constitutional"] = "Tired", ["respiratory"] = "Cough" },
            PastMedicalHistory = "Asthma",
            Medications = "Salbutamol",
            Allergies = "Penicillin: rash",
            FamilyHistory = "Diabetes",
            SocialHistory = "Teacher",
            OtherHistory = new Dictionary<string, string> { ["menstrualHistory"] = "Regular" },
        },
        Objective = new Objective
        {
            VitalSigns = new VitalSigns { Temperature = 38.2m },
            PhysicalExam = new Dictionary<string, string> { ["general"] = "Alert", ["slitLamp"] = "Clear" },
            LabResults = ["CRP 40", "CBC normal"],
            ImagingResults = ["X-ray clear"],
            TestResults = new Dictionary<string, string> { ["ecg"] = "Sinus rhythm" },
        },
        Assessment = new Assessment
        {
            Diagnoses = [new Diagnosis("Pneumonia", "J18.9", "ICD-10") { Rank = DiagnosisRank.Primary, Certainty = DiagnosisCertainty.Confirmed }, new Diagnosis("Asthma") { Rank = DiagnosisRank.Secondary }],
            DifferentialDiagnoses = ["Bronchitis"],
            ClinicalImpression = "Pneumonia, mild",
        },
        Plan = new Plan
        {
            Diagnostics = ["Chest X-ray"],
            Treatments = ["Rest", "Fluids"],
            Medications = ["Amoxicillin"],
            PatientEducation = ["Come back if worse"],
            FollowUp = "In 5 days",
            Referrals = ["Chest clinic"],
        },
    };

    [Fact]
    public void Every_field_of_a_note_but_its_vital_signs_is_text_on_the_page()
    {
        Type[] parts = [typeof(Subjective), typeof(Objective), typeof(Assessment), typeof(Plan)];
        var fields = parts.SelectMany(part => part.GetProperties().Where(p => p.CanWrite).Select(p => $"{Camel(part.Name)}.{Camel(p.Name)}")).Where(path => path != "objective.vitalSigns");

        var known = SoapFields.Fixed.Select(f => f.Path).Concat(SoapFields.Groups.Select(g => g.Path.TrimEnd('.')));

        Assert.Equal(fields.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Written_back_as_it_was_read_it_says_the_same_and_keeps_what_is_not_text()
    {
        var texts = SoapText.Read(Full);

        var back = SoapText.Write(new SoapContent { Objective = new Objective { VitalSigns = Full.Objective!.VitalSigns } }, texts);

        Assert.Equal(texts, SoapText.Read(back));
        Assert.Equal(38.2m, back.Objective?.VitalSigns?.Temperature);
        Assert.Equal(Full.Assessment!.Diagnoses, back.Assessment!.Diagnoses);
        Assert.Equal(["Rest", "Fluids"], back.Plan!.Treatments);
    }

    [Fact]
    public void A_field_that_is_emptied_is_absent_and_so_is_a_part_with_nothing_in_it()
    {
        var emptied = SoapText.Write(Full, SoapText.Read(Full).ToDictionary(f => f.Key, _ => " \n"));

        Assert.Equal(new SoapContent { Objective = new Objective { VitalSigns = Full.Objective!.VitalSigns } }, emptied);
        Assert.Empty(SoapText.Read(emptied));
    }

    [Fact]
    public void A_change_of_one_field_leaves_every_other_as_it_was()
    {
        var changed = SoapText.Write(Full, new Dictionary<string, string> { ["subjective.reviewOfSystems.respiratory"] = "No cough", ["plan.treatments"] = "Rest\n\n  Inhaler " });

        Assert.Equal("No cough", changed.Subjective!.ReviewOfSystems!["respiratory"]);
        Assert.Equal("Tired", changed.Subjective.ReviewOfSystems["constitutional"]);
        Assert.Equal(["Rest", "Inhaler"], changed.Plan!.Treatments);
        Assert.Same(Full.Objective, changed.Objective);
        Assert.Same(Full.Assessment, changed.Assessment);
    }

    [Fact]
    public void The_first_diagnosis_is_the_primary_one_and_a_name_cannot_break_its_line()
    {
        var lines = DiagnosisLines.Write([new Diagnosis("Asthma,\tmild\nstable", "J45.9", "ICD-10") { Certainty = DiagnosisCertainty.Provisional }, new Diagnosis("Fever")]);

        Assert.Equal("Asthma, mild stable\tJ45.9\tICD-10\tprovisional\nFever\t\t\t", lines);
        var turned = DiagnosisLines.Read("Fever\nAsthma, mild stable\tJ45.9\tICD-10\tprovisional\n \t\n", before: null);
        Assert.Equal([DiagnosisRank.Primary, DiagnosisRank.Secondary], turned!.Select(d => d.Rank!.Value));
        Assert.Equal("J45.9", turned![1].Code);
    }

    [Theory]
    [InlineData("plan.followUp", true)]
    [InlineData("objective.physicalExam.skin", true)]
    [InlineData("objective.physicalExam.", false)]
    [InlineData("objective.vitalSigns.temperature", false)]
    [InlineData("status", false)]
    public void Only_the_fields_of_a_note_are_known(string path, bool known) => Assert.Equal(known, SoapText.Knows(path));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
