namespace DrAssistant.Data.Patients;

/// <summary>What a patient's name is found by, as it is written; <see cref="PatientNameIndex"/> makes it.</summary>
internal sealed class PatientNameTerms
{
    public required Guid PatientId { get; init; }

    /// <summary>Index terms, a blank between two of them.</summary>
    public required string Terms { get; init; }

    /// <summary>The words of a name are not for logs.</summary>
    public override string ToString() => nameof(PatientNameTerms);
}
