namespace DrAssistant.Data.Patients;

/// <summary>An index term of a patient's name: a folded word or its phonetic key.</summary>
internal sealed class PatientNameToken
{
    public required Guid PatientId { get; init; }

    public required NameTokenKind Kind { get; init; }

    public required string Token { get; init; }
}

internal enum NameTokenKind
{
    Word,
    Phonetic,
}
