using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Allergies;

/// <summary>
/// The door to what a patient must not be given or meet. Doctors and nurses write it; open pages hear it as <c>allergies.changed</c>.
/// Three states are told apart: known, none known (and when somebody asked), not asked. An empty list never stands for none known.
/// </summary>
public interface IAllergies
{
    Task<Result<AllergyList>> ListAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>What can be chosen for what was typed: groups of medicines and medicines, by name, brand or lay word. At most 12, the best first.</summary>
    Task<Result<IReadOnlyList<AllergySubstance>>> FindSubstancesAsync(string question, CancellationToken cancellation);

    /// <summary>Adds an allergy; refused as a conflict where the substance is on the list already. The same form sent twice adds once.</summary>
    Task<Result<AllergyList>> AddAsync(NewAllergyDraft allergy, CancellationToken cancellation);

    /// <summary>Changes what is known of one; refused as a conflict where somebody else changed it since it was read. Another substance is another allergy.</summary>
    Task<Result<AllergyList>> ReviseAsync(AllergyRevision revision, CancellationToken cancellation);

    /// <summary>No longer an allergy, for a stated reason of 3 to 200 characters. After the last one the state is "not asked": somebody has to ask anew.</summary>
    Task<Result<AllergyList>> DeactivateAsync(Guid allergyId, string reason, CancellationToken cancellation);

    /// <summary>Never was one: a wrong patient, a wrong word. Hidden and kept. A reason of 3 to 200 characters.</summary>
    Task<Result<AllergyList>> MarkInErrorAsync(Guid allergyId, string reason, CancellationToken cancellation);

    /// <summary>Somebody asked, and there are none. Refused while there is an active one.</summary>
    Task<Result<AllergyList>> RecordNoneAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>Somebody asked again, and the list is still right. Refused while it is empty.</summary>
    Task<Result<AllergyList>> ConfirmAsync(Guid patientId, CancellationToken cancellation);
}

/// <summary>A patient's allergies.</summary>
/// <param name="RecordedAt">When somebody asked or wrote last; null while not asked.</param>
/// <param name="Active">The most severe first.</param>
/// <param name="InError">How many were entered in error and are hidden.</param>
public sealed record AllergyList(
    Guid PatientId, AllergiesStatus Status, DateTimeOffset? RecordedAt, IReadOnlyList<AllergyView> Active, IReadOnlyList<AllergyView> Inactive, int InError)
{
    public override string ToString() => $"{nameof(AllergyList)} {PatientId}";
}

/// <summary>One allergy.</summary>
/// <param name="Code">An id of the groups of medicines or of the formulary, or a code of another system; null for free text, which no check can follow.</param>
/// <param name="By">Who recorded it; null where it was taken over from elsewhere.</param>
/// <param name="WhyInactive">Set for an inactive one, where somebody said why.</param>
public sealed record AllergyView(
    Guid Id,
    string Substance,
    string? Code,
    AllergyCategory? Category,
    AllergyType Type,
    string? Reaction,
    AllergySeverity? Severity,
    DateTimeOffset RecordedAt,
    string? By,
    string? WhyInactive)
{
    public override string ToString() => $"{nameof(AllergyView)} {Id}";
}

/// <summary>A substance to choose.</summary>
/// <param name="FoundAs">The brand or lay word that was met, where the name was not.</param>
/// <param name="IsClass">Whether it stands for a group of medicines.</param>
public sealed record AllergySubstance(string Name, string Code, string CodeSystem, bool IsClass, string? FoundAs);

/// <summary>An allergy as it is typed. The form edits this directly.</summary>
public sealed class NewAllergyDraft
{
    public const int LongestSubstance = 200;
    public const int LongestReaction = 200;

    /// <summary>The allergy's id from the start, so that a form that is sent twice adds once.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid PatientId { get; set; }

    /// <summary>As it should read; a chosen one's name, or free text.</summary>
    public string? Substance { get; set; }

    /// <summary>Of a chosen substance, both; null for free text.</summary>
    public string? Code { get; set; }

    public string? CodeSystem { get; set; }

    public AllergyCategory? Category { get; set; }

    /// <summary>An intolerance (nausea after erythromycin) is no allergy: checks treat it more lightly.</summary>
    public AllergyType Type { get; set; } = AllergyType.Allergy;

    public string? Reaction { get; set; }

    public AllergySeverity? Severity { get; set; }
}

/// <summary>What is known of an allergy, anew.</summary>
/// <param name="Seen">The allergy as the form was opened with it.</param>
public sealed record AllergyRevision(AllergyView Seen, AllergyType Type, AllergyCategory? Category, string? Reaction, AllergySeverity? Severity)
{
    public override string ToString() => $"{nameof(AllergyRevision)} {Seen?.Id}";
}

public enum AllergyType
{
    Allergy,
    Intolerance,
}

public enum AllergyCategory
{
    Medication,
    Food,
    Environment,
    Biologic,
}
