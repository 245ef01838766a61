using System.Text.Json;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing;

/// <summary>One medicine of a prescription: the words as they are printed, and beside them what can be counted with.</summary>
internal sealed class PrescriptionItem
{
    private DateTimeOffset? _stoppedAt;

    public required Guid Id { get; init; }

    public required Guid PrescriptionId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>Counted from 0.</summary>
    public short Position { get; set; }

    public required string MedicationName { get; set; }

    /// <summary>Of the formulary; null for free text.</summary>
    public string? MedicationCode { get; set; }

    public string? CodeSystem { get; set; }

    public string? Brand { get; set; }

    public string? Form { get; set; }

    public string? Strength { get; set; }

    public required string Dosage { get; set; }

    public required string Frequency { get; set; }

    public string? Duration { get; set; }

    public string? Quantity { get; set; }

    public int? Refills { get; set; }

    public string? Route { get; set; }

    public string? Food { get; set; }

    public string? Instructions { get; set; }

    /// <summary>How it is to be taken, in plain words.</summary>
    public string? Words { get; set; }

    /// <summary>What was typed, field by field; the form shows it again.</summary>
    public JsonElement? Typed { get; set; }

    /// <summary>How it was understood; null while it is incomplete, and for what was imported.</summary>
    public JsonElement? Sig { get; set; }

    /// <summary>Of the Drugs and Cosmetics Rules, as it was when the line was written.</summary>
    public string? Schedule { get; set; }

    /// <summary>The last day of the course, where it is known.</summary>
    public DateOnly? EndsOn { get; set; }

    public DateTimeOffset? StoppedAt { get => _stoppedAt; init => _stoppedAt = value; }

    public Guid? StoppedBy { get; private set; }

    public string? StopReason { get; private set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The patient does not take it any more. What was signed stays.</summary>
    public Refusal? Stop(Guid by, DateTimeOffset now, string reason)
    {
        if (StoppedAt is not null)
        {
            return Refusal.Conflict("This medicine was stopped already.");
        }

        (_stoppedAt, StoppedBy, StopReason) = (now, by, reason);
        return null;
    }
}
