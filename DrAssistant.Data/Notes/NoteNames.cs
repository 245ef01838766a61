using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Notes;

/// <summary>The names of those who wrote. Kept for the scope, as a page saves every few seconds and the same few people write.</summary>
internal sealed class NoteNames(IDbContextFactory<ClinicDb> clinic)
{
    private readonly Dictionary<Guid, string> _names = [];

    /// <summary>Asks for whoever is not known yet; <see cref="Of"/> knows them afterwards.</summary>
    public async Task LearnAsync(IEnumerable<Guid> people, CancellationToken cancellation)
    {
        var unknown = people.Where(id => !_names.ContainsKey(id)).Distinct().ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        foreach (var person in await db.Users.AsNoTracking().Where(u => unknown.Contains(u.Id)).Select(u => new { u.Id, u.FullName }).ToListAsync(cancellation))
        {
            _names[person.Id] = person.FullName;
        }
    }

    public string Of(Guid id) => _names.GetValueOrDefault(id, "Somebody who is not on the staff any more");
}
