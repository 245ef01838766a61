using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>The four parts of a note.</summary>
public enum SoapPart
{
    Subjective,
    Objective,
    Assessment,
    Plan,
}

/// <summary>How a field is written in.</summary>
public enum SoapKind
{
    /// <summary>One line; Enter goes on to the next field.</summary>
    Line,
    Text,

    /// <summary>An entry a line.</summary>
    List,
    Diagnoses,
}

/// <summary>A field that every note can have.</summary>
/// <param name="Path">As the doors name it: <c>subjective.chiefComplaint</c>.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Part">Where it stands.</param>
/// <param name="Kind">How it is written in.</param>
/// <param name="IsUsual">It is offered in an empty note; the others are added when they are wanted.</param>
/// <param name="Read">Its text.</param>
/// <param name="Write">The content with another text in it.</param>
internal sealed record SoapField(
    string Path, string Label, SoapPart Part, SoapKind Kind, bool IsUsual, Func<SoapContent, string?> Read, Func<SoapContent, string?, SoapContent> Write);

/// <summary>Fields by a key of their own, such as the systems of an examination.</summary>
/// <param name="Path">The beginning of their paths, with its point.</param>
/// <param name="Part">Where they stand.</param>
/// <param name="Usual">The key that is offered in an empty note; null for none.</param>
/// <param name="UsualLabel">What the usual one is called.</param>
/// <param name="Keys">Keys to add, in their order.</param>
/// <param name="Read">All of them.</param>
/// <param name="Write">The content with other ones.</param>
internal sealed record SoapGroup(
    string Path,
    SoapPart Part,
    string? Usual,
    string? UsualLabel,
    IReadOnlyList<string> Keys,
    Func<SoapContent, IReadOnlyDictionary<string, string>?> Read,
    Func<SoapContent, IReadOnlyDictionary<string, string>?, SoapContent> Write)
{
    public static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();
}
