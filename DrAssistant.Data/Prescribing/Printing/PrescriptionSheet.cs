namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// A prescription with every word as it is printed, and in the order in which it is printed. It is kept with the signature, so that each print of it, in whatever
/// size and however late, says the same. What may change afterwards is in <see cref="SheetMark"/>.
/// </summary>
internal sealed record PrescriptionSheet(
    SheetPractice Practice,
    SheetPrescriber Prescriber,
    SheetPatient Patient,
    SheetAllergies Allergies,
    IReadOnlyList<SheetText> Findings,
    IReadOnlyList<SheetLine> Lines,
    IReadOnlyList<SheetText> Advice)
{
    /// <summary>Such as RX-26-000018; null while it is a draft, and where it was signed elsewhere.</summary>
    public string? Number { get; init; }

    /// <summary>What the paper is, where it is no prescription; printed above everything that is asked for.</summary>
    public string? Title { get; init; }

    /// <summary>What is asked for or told, under heads of its own; null on a prescription.</summary>
    public IReadOnlyList<SheetSection>? Sections { get; init; }

    /// <summary>The writer chose that they do not go with it.</summary>
    public bool WithoutAllergies { get; init; }

    public SheetFollowUp? FollowUp { get; init; }

    /// <summary>Null where nobody can check it: a draft.</summary>
    public SheetCheck? Check { get; init; }

    public SheetSignature? Signature { get; init; }

    /// <summary>Number, version, what it replaces, how the consultation was held, until when it holds: at the foot of each page.</summary>
    public required string Foot { get; init; }

    /// <summary>For the file, not for the page.</summary>
    public DateTimeOffset At { get; init; }

    public override string ToString() => nameof(PrescriptionSheet);
}

/// <summary>The head of the paper.</summary>
internal sealed record SheetPractice(string Name, IReadOnlyList<string> Lines);

/// <summary>Who prescribes. IMC Regulations 2002, 1.4.2: the registration number stands on every prescription.</summary>
internal sealed record SheetPrescriber(string Name, string? Qualification, string? RegistrationNumber, string? Council);

/// <summary>Whom it is for. Drugs and Cosmetics Rules, 65(10): name and address.</summary>
internal sealed record SheetPatient(string Name, string AgeAndSex, string Date, string Time)
{
    public string? Address { get; init; }

    public string? Mrn { get; init; }

    /// <summary>Masked.</summary>
    public string? Abha { get; init; }

    public string? Weight { get; init; }

    public override string ToString() => nameof(SheetPatient);
}

/// <summary>Known, none known with the day on which somebody asked, or not asked; never blank.</summary>
internal sealed record SheetAllergies(bool AreKnown, string Words)
{
    public override string ToString() => nameof(SheetAllergies);
}

/// <summary>Words under a label, such as Diagnosis; several lines where there are line breaks.</summary>
internal sealed record SheetText(string Label, string Words)
{
    public override string ToString() => $"{nameof(SheetText)} {Label}";
}

/// <summary>Lines under a head.</summary>
internal sealed record SheetSection(string Head, IReadOnlyList<SheetItem> Items)
{
    public override string ToString() => $"{nameof(SheetSection)} {Head}";
}

/// <summary>One line of a section: what it is, and what is said about it.</summary>
internal sealed record SheetItem(string Name, string? Detail = null)
{
    public override string ToString() => nameof(SheetItem);
}

/// <summary>One medicine.</summary>
/// <param name="Generic">In capitals.</param>
/// <param name="Kind">Strength and form.</param>
/// <param name="Words">How it is to be taken, in plain words.</param>
internal sealed record SheetLine(string Generic, string? Kind, string? Brand, string? Words)
{
    /// <summary>Morning, noon, night, one each; otherwise null, and <see cref="Often"/> says it.</summary>
    public IReadOnlyList<string>? Grid { get; init; }

    public string? Often { get; init; }

    public string? Duration { get; init; }

    /// <summary>With its form. Drugs and Cosmetics Rules, 65(10): the total amount.</summary>
    public string? Total { get; init; }

    public string? Instructions { get; init; }

    /// <summary>The words again in the patient's language, only where all of them were reviewed by somebody who speaks it.</summary>
    public string? InTheirLanguage { get; init; }

    public override string ToString() => nameof(SheetLine);
}

internal sealed record SheetFollowUp(string When, string? Detail);

/// <summary>How a stranger checks the paper.</summary>
/// <param name="Code">For people, in groups of four.</param>
/// <param name="Url">What the QR code says; null where the practice has no public address.</param>
/// <param name="Where">Where the code is entered.</param>
internal sealed record SheetCheck(string Code, string? Url, string Where);

internal sealed record SheetSignature(string Name, string? Registration, string Signed, string Digest);

/// <summary>What is written across every page.</summary>
/// <param name="Across">Null for a prescription that holds.</param>
/// <param name="Why">Once, at the head.</param>
internal sealed record SheetMark(string? Across, string? Why)
{
    public static SheetMark None { get; } = new(null, null);

    public static SheetMark Draft { get; } = new("DRAFT, NOT VALID", "Not signed. Nothing may be dispensed on it.");

    public static SheetMark Cancelled(string why) => new("CANCELLED", why);

    public static SheetMark Copy { get; } = new("COPY, NOT VALID", "Signed elsewhere and taken over: this copy is for information.");
}

public enum PaperSize
{
    A5,
    A4,
}
