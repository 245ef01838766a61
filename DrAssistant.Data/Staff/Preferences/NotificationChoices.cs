using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff.Preferences;

/// <summary>How colleagues want to hear of an alert, for whoever raises one. Background work asks; a person's own are at <see cref="IPreferences"/>.</summary>
internal interface INotificationChoices
{
    /// <summary>One entry for each of <paramref name="people"/> that has an account.</summary>
    Task<IReadOnlyDictionary<Guid, NotificationPreferences>> OfAsync(ClinicDb db, IReadOnlyCollection<Guid> people, CancellationToken cancellation);
}

internal sealed class NotificationChoices : INotificationChoices
{
    public async Task<IReadOnlyDictionary<Guid, NotificationPreferences>> OfAsync(ClinicDb db, IReadOnlyCollection<Guid> people, CancellationToken cancellation)
    {
        var kept = await db.Users.AsNoTracking().Where(u => people.Contains(u.Id)).Select(u => new { u.Id, u.Preferences }).ToListAsync(cancellation);
        return kept.ToDictionary(person => person.Id, person => PreferenceService.Read(person.Preferences).NotificationPreferences);
    }
}
