using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>The fields of a note in their order.</summary>
internal static class SoapFields
{
    private static readonly string[] Systems =
        ["cardiovascular", "respiratory", "gastrointestinal", "genitourinary", "musculoskeletal", "neurological", "skin", "heent", "endocrine", "psychiatric"];

    public static IReadOnlyList<SoapField> Fixed { get; } =
    [
        Said("chiefComplaint", "Complaint", SoapKind.Line, true, s => s.ChiefComplaint, (s, text) => s with { ChiefComplaint = text }),
        Said("historyOfPresentIllness", "History", SoapKind.Text, true, s => s.HistoryOfPresentIllness, (s, text) => s with { HistoryOfPresentIllness = text }),
        Said("pastMedicalHistory", "Past history", SoapKind.Text, true, s => s.PastMedicalHistory, (s, text) => s with { PastMedicalHistory = text }),
        Said("medications", "Medicines", SoapKind.Text, false, s => s.Medications, (s, text) => s with { Medications = text }),
        Said("allergies", "Allergies", SoapKind.Text, false, s => s.Allergies, (s, text) => s with { Allergies = text }),
        Said("familyHistory", "Family", SoapKind.Text, false, s => s.FamilyHistory, (s, text) => s with { FamilyHistory = text }),
        Said("socialHistory", "Social", SoapKind.Text, false, s => s.SocialHistory, (s, text) => s with { SocialHistory = text }),
        Found("labResults", "Laboratory", o => o.LabResults, (o, list) => o with { LabResults = list }),
        Found("imagingResults", "Imaging", o => o.ImagingResults, (o, list) => o with { ImagingResults = list }),
        Thought("diagnoses", "Diagnoses", SoapKind.Diagnoses, true, a => DiagnosisLines.Write(a.Diagnoses), (a, text) => a with { Diagnoses = DiagnosisLines.Read(text, a.Diagnoses) }),
        Thought("differentialDiagnoses", "Differential", SoapKind.List, false, a => Lines(a.DifferentialDiagnoses), (a, text) => a with { DifferentialDiagnoses = List(text) }),
        Thought("clinicalImpression", "Impression", SoapKind.Text, true, a => a.ClinicalImpression, (a, text) => a with { ClinicalImpression = text }),
        Planned("diagnostics", "Tests", false, p => p.Diagnostics, (p, list) => p with { Diagnostics = list }),
        Planned("treatments", "Treatment", true, p => p.Treatments, (p, list) => p with { Treatments = list }),
        Planned("medications", "Medicines", false, p => p.Medications, (p, list) => p with { Medications = list }),
        Planned("patientEducation", "Advice", true, p => p.PatientEducation, (p, list) => p with { PatientEducation = list }),
        Planned("referrals", "Referral", false, p => p.Referrals, (p, list) => p with { Referrals = list }),
        new("plan.followUp", "Follow-up", SoapPart.Plan, SoapKind.Line, true, c => c.Plan?.FollowUp, (c, text) => c with { Plan = (c.Plan ?? new Plan()) with { FollowUp = text } }),
    ];

    public static IReadOnlyList<SoapGroup> Groups { get; } =
    [
        new("subjective.reviewOfSystems.", SoapPart.Subjective, "constitutional", "Systems", Systems,
            c => c.Subjective?.ReviewOfSystems, (c, all) => c with { Subjective = (c.Subjective ?? new Subjective()) with { ReviewOfSystems = all } }),
        new("subjective.otherHistory.", SoapPart.Subjective, null, null, ["menstrualHistory", "obstetricHistory", "immunisation", "birthHistory", "development", "habits"],
            c => c.Subjective?.OtherHistory, (c, all) => c with { Subjective = (c.Subjective ?? new Subjective()) with { OtherHistory = all } }),
        new("objective.physicalExam.", SoapPart.Objective, "general", "Examination", Systems,
            c => c.Objective?.PhysicalExam, (c, all) => c with { Objective = (c.Objective ?? new Objective()) with { PhysicalExam = all } }),
        new("objective.testResults.", SoapPart.Objective, null, null, ["ecg", "echo", "spirometry", "chestXray"],
            c => c.Objective?.TestResults, (c, all) => c with { Objective = (c.Objective ?? new Objective()) with { TestResults = all } }),
    ];

    public static SoapGroup? GroupOf(string path)
        => Groups.FirstOrDefault(g => path.Length > g.Path.Length && path.StartsWith(g.Path, StringComparison.Ordinal));

    private static SoapField Said(
        string name, string label, SoapKind kind, bool usual, Func<Subjective, string?> read, Func<Subjective, string?, Subjective> write)
        => new($"subjective.{name}", label, SoapPart.Subjective, kind, usual,
            c => c.Subjective is { } part ? read(part) : null,
            (c, text) => c with { Subjective = write(c.Subjective ?? new Subjective(), text) });

    private static SoapField Found(
        string name, string label, Func<Objective, IReadOnlyList<string>?> read, Func<Objective, IReadOnlyList<string>?, Objective> write)
        => new($"objective.{name}", label, SoapPart.Objective, SoapKind.List, false,
            c => c.Objective is { } part ? Lines(read(part)) : null,
            (c, text) => c with { Objective = write(c.Objective ?? new Objective(), List(text)) });

    private static SoapField Thought(
        string name, string label, SoapKind kind, bool usual, Func<Assessment, string?> read, Func<Assessment, string?, Assessment> write)
        => new($"assessment.{name}", label, SoapPart.Assessment, kind, usual,
            c => c.Assessment is { } part ? read(part) : null,
            (c, text) => c with { Assessment = write(c.Assessment ?? new Assessment(), text) });

    private static SoapField Planned(
        string name, string label, bool usual, Func<Plan, IReadOnlyList<string>?> read, Func<Plan, IReadOnlyList<string>?, Plan> write)
        => new($"plan.{name}", label, SoapPart.Plan, SoapKind.List, usual,
            c => c.Plan is { } part ? Lines(read(part)) : null,
            (c, text) => c with { Plan = write(c.Plan ?? new Plan(), List(text)) });

    private static string? Lines(IReadOnlyList<string>? list) => list is null ? null : string.Join('\n', list);

    private static string[]? List(string? text)
        => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [_, ..] lines ? lines : null;
}
