using System.Text.Json;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Search.Saved;

internal sealed class SavedSearchService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, PhiCipher cipher, AuditTrail audit, TimeProvider time) : ISavedSearches
{
    /// <summary>More are no help in finding any.</summary>
    public const int Most = 30;

    private const string Resource = "saved-search";

    public async Task<Result<IReadOnlyList<SavedSearch>>> ListAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return (await OwnAsync(db, me, cancellation)).Select(own => own.Search).OrderBy(search => search.Name, StringComparer.OrdinalIgnoreCase).ToList();
    }

    public async Task<Result<SavedSearch>> SaveAsync(string name, SearchQuestion question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var called = PlainText.Of(name, SavedSearch.LongestName + 1);
        var words = PlainText.Of(question.Text, SearchService.LongestQuestion);
        if (called.Length is 0 or > SavedSearch.LongestName)
        {
            return Refusal.Invalid($"Give it a name of at most {SavedSearch.LongestName} letters.", nameof(name));
        }

        if (words.Length == 0)
        {
            return Refusal.Invalid("Type what is to be searched for first.", nameof(question));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // Names are ciphertext, which no index can compare: one's own lock is held, so that two saves at once make one of a name.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"saved_searches " + me.ToString("N")}, 0))", cancellation);
        var own = await OwnAsync(db, me, cancellation);
        var stored = own.Find(known => string.Equals(known.Search.Name, called, StringComparison.OrdinalIgnoreCase)).Stored;
        if (stored is null && own.Count >= Most)
        {
            return Refusal.Conflict($"You have {Most} saved searches. Remove one first.");
        }

        var id = stored?.Id ?? Guid.CreateVersion7();
        var saved = new SavedSearch(id, called, new SearchQuestion(words) { Only = question.Only, DoctorId = question.DoctorId, From = question.From, To = question.To });
        var content = cipher.Protect(At(id), JsonSerializer.Serialize(new Kept(called, saved.Question)))!;
        if (stored is null)
        {
            db.Add(new StoredSearch { Id = id, OwnerId = me, Content = content, SavedAt = time.GetUtcNow() });
        }
        else
        {
            (stored.Content, stored.SavedAt) = (content, time.GetUtcNow());
        }

        audit.Add(db, new AuditEntry(stored is null ? AuditAction.Create : AuditAction.Update, "saved-search.save") { ResourceType = Resource, ResourceId = id });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return saved;
    }

    public async Task<Refusal?> RemoveAsync(Guid id, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.SavedSearches.SingleOrDefaultAsync(search => search.Id == id && search.OwnerId == me, cancellation) is not { } stored)
        {
            return Refusal.NotFound("Saved search");
        }

        db.Remove(stored);
        audit.Add(db, new AuditEntry(AuditAction.Delete, "saved-search.remove") { ResourceType = Resource, ResourceId = id });
        await db.SaveChangesAsync(cancellation);
        return null;
    }

    private async Task<List<(StoredSearch? Stored, SavedSearch Search)>> OwnAsync(ClinicDb db, Guid me, CancellationToken cancellation)
        => [.. (await db.SavedSearches.Where(search => search.OwnerId == me).ToListAsync(cancellation)).Select(stored => ((StoredSearch?)stored, Open(stored)))];

    private SavedSearch Open(StoredSearch stored)
    {
        var kept = JsonSerializer.Deserialize<Kept>(cipher.Reveal(At(stored.Id), stored.Content.AsSpan())) ?? throw new InvalidDataException($"Saved search {stored.Id} has no content.");
        return new SavedSearch(stored.Id, kept.Name, kept.Question);
    }

    private static FieldAddress At(Guid id) => new("saved_searches", "content", id);

    private sealed record Kept(string Name, SearchQuestion Question)
    {
        public override string ToString() => nameof(Kept);
    }
}
