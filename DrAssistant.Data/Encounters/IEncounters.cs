using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters;

/// <summary>The one door to visits.</summary>
public interface IEncounters
{
    /// <summary>
    /// Starts the visit of a checked-in appointment: the appointment moves and the encounter begins in one transaction.
    /// Asked again (a second click, a lost answer), it answers with the encounter that is open already.
    /// </summary>
    Task<Result<StartedEncounter>> StartAsync(Guid appointmentId, CancellationToken cancellation);
}

public sealed record StartedEncounter(Guid EncounterId, Guid PatientId);
