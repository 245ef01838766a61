namespace DrAssistant.Data.Dashboard;

/// <summary>
/// Tells open pages that something they show has changed, after it was committed. Ids only; the page reads again
/// under its own user's rights.
/// </summary>
public interface IDayFeed
{
    /// <summary>
    /// Calls <paramref name="changed"/> for every change that may concern <paramref name="userId"/>; null listens to
    /// all of the practice's appointments, as the desk and the nurses do. Dispose to stop.
    /// </summary>
    IDisposable Listen(Guid? userId, Func<DayChange, Task> changed);
}

/// <summary>What changed: the outbox kind, such as <c>appointment.changed</c>, and for whom.</summary>
public sealed record DayChange(string Kind, Guid? SubjectId, Guid? UserId)
{
    /// <summary>Something may have been missed, nobody knows what: whoever shows anything reads it again.</summary>
    public static DayChange Anything { get; } = new("anything", null, null);

    /// <summary>How the portal looks to its person; nothing of the day has changed.</summary>
    public bool IsOfPreferences => Kind == "preferences.changed";

    /// <summary>Whose chart it concerns; an open chart reads again.</summary>
    public Guid? PatientId { get; init; }
}
