using System.Runtime.CompilerServices;
using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Audit;

/// <summary>Searches the trail, page by page or all of it for a table. Looking is in the trail too, with the patients who were looked for.</summary>
internal sealed class AuditFinder(IDbContextFactory<ClinicDb> clinic, AuditTrail audit)
{
    private const int LongestText = 100;
    private const int MostMatches = 200;
    private const int ExportBatch = 500;

    public async Task<Result<AuditPage>> FindAsync(AuditSearch search, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await ChosenAsync(db, search, cancellation) is not { } chosen)
        {
            return TooMany;
        }

        var page = await PageAsync(db, search, chosen, AuditSearch.PageSize, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "audit.read") { PatientIds = chosen.Patients });
        await db.SaveChangesAsync(cancellation);
        return page;
    }

    public async Task<Result<AuditExport>> ExportAsync(AuditSearch search, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await ChosenAsync(db, search, cancellation) is not { } chosen)
        {
            return TooMany;
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "audit.export") { PatientIds = chosen.Patients, Severity = "medium" });
        await db.SaveChangesAsync(cancellation);
        return new AuditExport(AllAsync(search, chosen, CancellationToken.None));
    }

    private static Refusal TooMany => Refusal.Invalid("More than 200 people are called so. Write more of the name, or an MRN.", nameof(AuditSearch.Patient));

    private async IAsyncEnumerable<AuditLine> AllAsync(AuditSearch search, Chosen chosen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = search with { After = null }; ;)
        {
            AuditPage page;
            await using (var db = await clinic.CreateDbContextAsync(cancellation))
            {
                page = await PageAsync(db, next, chosen, ExportBatch, cancellation);
            }

            foreach (var line in page.Lines)
            {
                yield return line;
            }

            if (page.Next is null)
            {
                yield break;
            }

            next = next with { After = page.Next };
        }
    }

    private static async Task<AuditPage> PageAsync(ClinicDb db, AuditSearch search, Chosen chosen, int size, CancellationToken cancellation)
    {
        var events = db.AuditEvents.AsNoTracking();
        if (search.After is { } after)
        {
            events = events.Where(e => EF.Functions.LessThan(ValueTuple.Create(e.At, e.Id), ValueTuple.Create(after.At, after.Id)));
        }

        if (chosen.People is { } people)
        {
            events = events.Where(e => people.Contains(e.ActorId!.Value) || (e.Event == AuditLines.SignedIn && people.Contains(e.ResourceId!.Value)));
        }

        if (chosen.Patients is { } patients)
        {
            events = events.Where(e => patients.Contains(e.PatientId!.Value) || e.PatientIds!.Any(id => patients.Contains(id)));
        }

        if (Cut(search.Deed) is { } deed)
        {
            events = events.Where(e => e.Event.StartsWith(deed));
        }

        events = events.Where(e => (search.From == null || e.At >= search.From) && (search.To == null || e.At < search.To));
        var lines = await AuditLines.Of(db, events).Take(size + 1).ToListAsync(cancellation);
        var shown = lines.Take(size).ToList();
        return new AuditPage(shown, lines.Count > size ? new AuditCursor(shown[^1].At, shown[^1].Id) : null);
    }

    /// <summary>Null where too many patients are meant.</summary>
    private static async Task<Chosen?> ChosenAsync(ClinicDb db, AuditSearch search, CancellationToken cancellation)
    {
        List<Guid>? people = null, patients = null;
        if (Cut(search.Person) is { } person)
        {
            var pattern = LikePattern.Containing(person);
            people = await db.Users.Where(u => EF.Functions.ILike(u.FullName, pattern, LikePattern.Escape) || EF.Functions.ILike(u.UserName!, pattern, LikePattern.Escape))
                .OrderBy(u => u.Id).Select(u => u.Id).Take(MostMatches).ToListAsync(cancellation);
        }

        if (Cut(search.Patient) is { } patient)
        {
            // Under every record that leads to the same person: an entry keeps the one that it was written for.
            var (pattern, mrn) = (LikePattern.Containing(patient), patient.ToUpperInvariant());
            var meant = db.PatientNames.Where(n => n.Mrn == mrn || EF.Functions.ILike(n.FirstName + " " + n.LastName, pattern, LikePattern.Escape)).Select(n => n.SurvivorId);
            patients = await db.PatientNames.Where(n => meant.Contains(n.SurvivorId))
                .OrderBy(n => n.PatientId).Select(n => n.PatientId).Take(MostMatches + 1).ToListAsync(cancellation);
        }

        return patients?.Count > MostMatches ? null : new Chosen(people, patients);
    }

    private static string? Cut(string? text) => text?.Trim() is { Length: > 0 and <= LongestText } trimmed ? trimmed : null;

    /// <summary>Null is everybody; an empty list is nobody.</summary>
    private sealed record Chosen(List<Guid>? People, List<Guid>? Patients);
}
