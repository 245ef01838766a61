using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>The door by which patients come into the practice's records and by which who they are is kept right. Everything is audited.</summary>
public interface IRegistration
{
    /// <summary>All fields of the form, as they stand. Reception does not read allergies: the list comes empty, and may be added to.</summary>
    Task<Result<PatientRecord>> OpenAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>
    /// Registers and gives the MRN. The same draft sent twice registers once. A record that is very likely the same person's must have
    /// been told apart; otherwise the answer is a <see cref="DuplicatesFound"/>. A doctor who registers joins the patient's care team.
    /// </summary>
    Task<Result<RegisteredPatient>> RegisterAsync(PatientDraft draft, CancellationToken cancellation);

    /// <summary>
    /// Saves what was changed since <paramref name="version"/> was opened. Somebody else's save in between is answered by a
    /// <see cref="PatientChanged"/>, and nothing is written.
    /// </summary>
    Task<Result<PatientRecord>> SaveAsync(Guid patientId, PatientDraft draft, uint version, CancellationToken cancellation);

    /// <summary>The practice no longer sees this person. Refused while appointments lie ahead.</summary>
    Task<Result<PatientRecord>> DeactivateAsync(Guid patientId, string reason, CancellationToken cancellation);

    Task<Result<PatientRecord>> ReactivateAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>Who of the practice's patients may be the person that is being typed, the likeliest first.</summary>
    Task<Result<DuplicateAnswer>> DuplicatesAsync(DuplicateQuestion question, CancellationToken cancellation);
}

/// <summary>A patient's record as the form shows it.</summary>
/// <param name="Version">Which state of it this is; <see cref="IRegistration.SaveAsync"/> writes over no other.</param>
/// <param name="ConsentOn">When the privacy notice was agreed to, and to which of its versions.</param>
/// <param name="PhotoAt">When the photo was taken in; null without one.</param>
public sealed record PatientRecord(
    Guid Id, PersonName Name, string? Mrn, PatientStatus Status, string? InactiveReason, uint Version, PatientDraft Draft,
    DateOnly? ConsentOn, string? NoticeVersion, DateTimeOffset? PhotoAt)
{
    public override string ToString() => $"{nameof(PatientRecord)} {Id}";
}

public sealed record RegisteredPatient(Guid Id, PersonName Name, string Mrn, DateOnly DateOfBirth, Age Age, Gender Gender)
{
    public override string ToString() => $"{nameof(RegisteredPatient)} {Id}";
}

/// <summary>What is known so far of somebody who is being registered or edited.</summary>
/// <param name="Self">The record being edited, which is not its own duplicate.</param>
public sealed record DuplicateQuestion(string? FullName, DateOnly? Born, bool BornEstimated, Gender? Gender, string? Mobile, string? AbhaNumber, Guid? Self = null)
{
    /// <summary>What of a draft can be asked for: what is not readable yet is left out.</summary>
    public static DuplicateQuestion Of(PatientDraft draft, DateOnly today, Guid? self = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var birth = new PatientCheck(draft, today).Birth;
        return new DuplicateQuestion(
            PlainText.Of(draft[PatientField.FullName], 200), birth?.Day, birth?.Estimated ?? false,
            Enum.TryParse<Gender>(draft[PatientField.Sex], ignoreCase: true, out var gender) ? gender : null,
            draft.NoPhone ? null : PhoneNumber.Parse(draft[PatientField.Mobile]).Value?.Text,
            Patients.AbhaNumber.Parse(draft[PatientField.AbhaNumber]).Value?.Digits,
            self);
    }

    public override string ToString() => nameof(DuplicateQuestion);
}

/// <summary>Who may be the person in question.</summary>
/// <param name="Hits">The likeliest first.</param>
/// <param name="SameMobile">On how many other records the mobile number stands.</param>
public sealed record DuplicateAnswer(IReadOnlyList<LikelyDuplicate> Hits, int SameMobile)
{
    public static DuplicateAnswer Nobody { get; } = new([], 0);
}

/// <summary>A record that may be the same person's, with what speaks for it and against it.</summary>
/// <param name="RegisteredOn">Known where the record may be read.</param>
/// <param name="LastHere">The day of the last visit, where the reader may know of it.</param>
public sealed record LikelyDuplicate(
    Guid Id, PersonName Name, string? Mrn, DateOnly DateOfBirth, Age Age, Gender Gender, PatientStatus Status,
    Likelihood Likelihood, IReadOnlyList<MatchFact> Facts, DateOnly? RegisteredOn = null, DateOnly? LastHere = null)
{
    public override string ToString() => $"{nameof(LikelyDuplicate)} {Id}";
}

/// <summary>One thing that was compared, in words.</summary>
public sealed record MatchFact(Match Match, string Words)
{
    public override string ToString() => $"{nameof(MatchFact)} {Match}";
}

public enum Match
{
    Same,
    Alike,
    Different,
}

public enum Likelihood
{
    Possible,
    Likely,
    VeryLikely,
}

/// <summary>Nothing was registered: these are very likely the same person, and nobody has said that they are not.</summary>
public sealed record DuplicatesFound(IReadOnlyList<LikelyDuplicate> Hits)
    : Refusal(RefusalKind.Conflict, "This person may be here already. Look at each very likely record and say whether it is the same person.", nameof(PatientField.ToldApart));

/// <summary>The ABHA number stands in another record; one account is one person's.</summary>
public sealed record AbhaInUse(LikelyDuplicate By)
    : Refusal(RefusalKind.Conflict, $"This ABHA number is on the record of {By.Name.Listed}, MRN {By.Mrn ?? "none"}. Use that record, or check the number.", nameof(PatientField.AbhaNumber))
{
    public override string ToString() => $"{nameof(AbhaInUse)} {By.Id}";
}

/// <summary>Nothing was saved: somebody else has saved since the form was opened.</summary>
/// <param name="Now">The record as it stands.</param>
/// <param name="Differences">What they changed; where this form changed the same, both values.</param>
public sealed record PatientChanged(string Message, PatientRecord Now, IReadOnlyList<FieldDifference> Differences) : Refusal(RefusalKind.Conflict, Message)
{
    public override string ToString() => $"{nameof(PatientChanged)} {Now.Id}";
}

/// <summary>A field that somebody else changed.</summary>
/// <param name="Before">What stood there when this form was opened.</param>
public sealed record FieldDifference(PatientField Field, string Before, string Theirs, string Yours)
{
    /// <summary>Somebody must choose: this form changed it too, and to something else.</summary>
    public bool BothChanged => Yours != Before && Yours != Theirs;

    public override string ToString() => $"{nameof(FieldDifference)} {Field}";
}

/// <summary>The patient is booked ahead: those appointments are cancelled or kept by somebody first.</summary>
/// <param name="Starts">When they begin, soonest first.</param>
public sealed record BookedAhead(string Message, IReadOnlyList<DateTimeOffset> Starts) : Refusal(RefusalKind.Conflict, Message);
