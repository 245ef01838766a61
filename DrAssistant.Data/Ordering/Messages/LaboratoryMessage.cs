using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>What a laboratory reported in one message, whichever way it was written. Nothing of it has been believed yet.</summary>
/// <param name="ControlId">The sender's own number of the message; the same number twice is the same message.</param>
/// <param name="Facility">What the sender calls itself in it.</param>
internal sealed record LaboratoryMessage(string? ControlId, string? Facility, ReportedPerson Person, IReadOnlyList<ReportedGroup> Groups)
{
    public override string ToString() => nameof(LaboratoryMessage);
}

/// <summary>Who the results are about, as the laboratory has it.</summary>
internal sealed record ReportedPerson(IReadOnlyList<string> Numbers, string? Name, DateOnly? Born, Gender? Sex)
{
    public override string ToString() => nameof(ReportedPerson);
}

/// <summary>The findings of one ordered test or panel.</summary>
/// <param name="OrderNumbers">The practice's number of the order, as the laboratory sends it back; more than one different is a contradiction.</param>
/// <param name="IsFinal">The laboratory says that all of it is there.</param>
/// <param name="IsCorrection">The report as a whole corrects an earlier one.</param>
internal sealed record ReportedGroup(IReadOnlyList<string> OrderNumbers, string? Filler, ReportedCode Test, bool IsFinal, bool IsCorrection, IReadOnlyList<Finding> Findings)
{
    public override string ToString() => nameof(ReportedGroup);
}

/// <summary>What was tested, with every code that the laboratory gave for it.</summary>
internal sealed record ReportedCode(IReadOnlyList<CodeOf> Codes, string Name)
{
    public bool Has(string code, string? system) => Codes.Any(c => c.Is(code, system));

    public bool SameAs(ReportedCode other) => Codes.Any(c => other.Has(c.Code, c.System)) || Codes.Count == 0 && other.Codes.Count == 0 && Name == other.Name;
}

internal sealed record CodeOf(string Code, string? System)
{
    /// <summary>The same code, unless both say of which system it is and mean different ones.</summary>
    public bool Is(string code, string? system)
        => string.Equals(Code, code, StringComparison.OrdinalIgnoreCase) && (System is null || system is null || string.Equals(System, system, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One value.</summary>
/// <param name="Unreadable">Why the value could not be read as what it says it is; then <paramref name="Text"/> is what stood there.</param>
internal sealed record Finding(
    ReportedCode Test, decimal? Number, string? Comparator, string? Text, CodeOf? Value, string? Unit, decimal? Low, decimal? High, string? Range,
    string? Flag, ResultStatus Status, DateTimeOffset EffectiveAt, DateTimeOffset? IssuedAt, string? Comment, string? Unreadable = null)
{
    public override string ToString() => nameof(Finding);
}

/// <summary>Why a message is not taken, in plain words: for the sender's answer and the list of files. It quotes no patient.</summary>
internal sealed class UnreadableMessageException(string reason, bool notMeantForUs = false) : Exception(reason)
{
    public UnreadableMessageException()
        : this("It cannot be read.")
    {
    }

    public UnreadableMessageException(string message, Exception innerException)
        : this(message)
        => _ = innerException;

    /// <summary>Another kind of message, or another version: the sender's settings are wrong, not this message.</summary>
    public bool NotMeantForUs => notMeantForUs;
}
