namespace DrAssistant.Data.Prescribing;

/// <summary>
/// One medicine as it is typed. The form edits this directly. Everything but the medicine may be left empty while it is being written.
/// </summary>
public sealed class MedicineLineDraft
{
    public const int LongestName = 255;
    public const int LongestBrand = 100;
    public const int LongestDose = 200;
    public const int LongestWord = 50;
    public const int LongestStrength = 100;
    public const int LongestInstructions = 500;
    public const int MostRefills = 12;

    /// <summary>The line's id from the start, so that a form that is sent twice adds one line.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Of the formulary; null for free text, which is marked as not checked.</summary>
    public string? MedicineId { get; set; }

    /// <summary>What is prescribed, where it is free text; a chosen medicine has its name from the formulary.</summary>
    public string? Name { get; set; }

    /// <summary>Printed in brackets behind the generic name.</summary>
    public string? Brand { get; set; }

    /// <summary>One of the medicine's, such as tablet.</summary>
    public string? Form { get; set; }

    /// <summary>One of the medicine's, such as 500 mg.</summary>
    public string? Strength { get; set; }

    /// <summary>What is taken each time, as typed: <c>1 tab</c>, <c>1/2</c>, <c>5 ml</c>, <c>500 mg</c>.</summary>
    public string? Dose { get; set; }

    /// <summary>As typed: <c>1-0-1</c>, <c>BD</c>, <c>q8h</c>, <c>SOS</c>, <c>alternate days</c>, a taper.</summary>
    public string? Frequency { get; set; }

    /// <summary>As typed: <c>5 days</c>, <c>2w</c>, <c>5/7</c>.</summary>
    public string? Duration { get; set; }

    /// <summary>One of the medicine's, such as oral.</summary>
    public string? Route { get; set; }

    /// <summary>Timing with food, as typed: <c>AC</c>, <c>after food</c>.</summary>
    public string? Food { get; set; }

    public string? Instructions { get; set; }

    /// <summary>As typed; null or empty to have it computed.</summary>
    public string? Quantity { get; set; }

    public int Refills { get; set; }

    /// <summary>The last day of the course; null to have it computed.</summary>
    public DateOnly? EndsOn { get; set; }
}
