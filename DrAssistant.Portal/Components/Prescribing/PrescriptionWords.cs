using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>The screens' words for states and findings of a prescription.</summary>
internal static class PrescriptionWords
{
    /// <summary>Why a patient stops taking a medicine; any other reason is typed.</summary>
    public static IReadOnlyList<string> StopReasons { get; } = ["The patient reacted to it", "It did not help", "Not needed any more", "Replaced by another medicine"];

    /// <summary>By its number, or by its day where it was signed elsewhere.</summary>
    public static string Title(PrescriptionView prescription)
        => prescription.Number ?? (prescription.Status is PrescriptionStatus.Draft ? $"Draft of {prescription.DoctorName}" : $"Prescription of {ClinicFormat.Date(prescription.ValidFrom)}");

    public static string Of(PrescriptionStatus status) => status switch
    {
        PrescriptionStatus.Draft => "Draft",
        PrescriptionStatus.Signed => "Signed",
        PrescriptionStatus.Sent => "Given out",
        PrescriptionStatus.Dispensed => "Dispensed",
        _ => "Cancelled",
    };

    /// <summary>Why, and what to do. The lists end a reason with a full stop or without one.</summary>
    public static string WhyOf(SafetyFinding finding)
        => finding.Mechanism.TrimEnd('.', ' ') is { Length: > 0 } why ? $"{why}. {finding.WhatToDo}" : finding.WhatToDo;

    // Colour only helps: the word says the same.
    public static string Colour(PrescriptionStatus status) => status switch
    {
        PrescriptionStatus.Signed or PrescriptionStatus.Sent => "info",
        PrescriptionStatus.Dispensed => "ok",
        PrescriptionStatus.Cancelled => "struck",
        _ => "",
    };

    public static string Of(SafetySeverity severity) => severity switch
    {
        SafetySeverity.Contraindicated => "Never together",
        SafetySeverity.Serious => "Serious",
        SafetySeverity.Moderate => "Moderate",
        _ => "To know",
    };

    public static string Of(SafetyKind kind) => kind switch
    {
        SafetyKind.Duplicate => "the same twice",
        SafetyKind.Dose => "dose",
        SafetyKind.ChildDose => "child's dose",
        SafetyKind.Medicine => "medicine",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>
    /// What nobody may overlook: an unknown medicine, allergies that nobody asked about, a child without a weight, a pregnancy that nobody asked about. That a kidney was not measured is said as well,
    /// but a question that comes with every second medicine is answered without reading.
    /// </summary>
    public static bool AsksToLook(NotChecked missing) => missing.What is SafetyKind.Medicine or SafetyKind.Allergy or SafetyKind.ChildDose or SafetyKind.Pregnancy;

    public static string Lines(int count) => count == 1 ? "1 medicine" : $"{count} medicines";
}
