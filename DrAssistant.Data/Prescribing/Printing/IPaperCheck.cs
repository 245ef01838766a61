using DrAssistant.Data.Prescribing.Signing;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// The door to whoever holds a printed prescription: a pharmacist, an inspector. It is everybody's, and says nothing of the medicines, and of the patient the initials alone,
/// to somebody who knows the year of birth.
/// </summary>
public interface IPaperCheck
{
    /// <summary>Null where this practice never printed such a code.</summary>
    /// <param name="code">As it is printed or typed: capitals or not, with hyphens or without.</param>
    /// <param name="birthYear">Of the patient, where it was typed.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    Task<PaperVerdict?> CheckAsync(string? code, int? birthYear, CancellationToken cancellation);

    /// <summary>The code as it is printed; null where it cannot be one: a letter was mistyped.</summary>
    string? Tidied(string? code);
}

/// <summary>What may be said of a paper.</summary>
/// <param name="Code">As it is printed.</param>
/// <param name="ReplacedBy">The number of the prescription that took its place.</param>
/// <param name="Initials">Of the patient; null where no year of birth was given, or another one than theirs.</param>
public sealed record PaperVerdict(string Code, string? Number, string? ReplacedBy, string? Initials, PrescriptionVerdict Verdict)
{
    public override string ToString() => nameof(PaperVerdict);
}
