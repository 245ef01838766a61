using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Search;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Search;

/// <summary>
/// From ids to what is shown: read where it is kept, under row-level security and as it is now, and audited in the same transaction. What
/// the reader may not see any more is not among it, whatever the index says.
/// </summary>
internal sealed class HitReader(IDbContextFactory<ClinicDb> clinic, NoteStore notes, DocumentHits documents, AuditTrail audit)
{
    private const int MostSnippets = 2;
    private const int MostLines = 4;

    public async Task<IReadOnlyList<SearchHit>> ReadAsync(IReadOnlyList<IndexHit> found, string question, SearchMarks marks, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var hits = new List<SearchHit>();
        foreach (var kind in found.GroupBy(hit => hit.Key.Kind))
        {
            Guid[] ids = [.. kind.Select(hit => hit.Key.Id)];
            var rows = kind.Key switch
            {
                SearchKind.Note => await NotesAsync(db, [.. kind], marks, cancellation),
                SearchKind.Document => (await documents.ReadAsync(db, ids, cancellation)).Select(found => Hit(SearchGroup.Documents, found.Row, Snippets(found.Texts, marks))),
                _ => (await db.Database.SqlQueryRaw<HitRow>(HitSql.Of(kind.Key), ids).ToListAsync(cancellation)).Select(row => Hit(SearchService.GroupOf(kind.Key), row, Lines(row.Lines, marks))),
            };
            var read = rows.ToDictionary(hit => hit.Id);
            hits.AddRange(ids.Select(id => read.GetValueOrDefault(id)).OfType<SearchHit>());
        }

        audit.Add(db, new AuditEntry(AuditAction.Execute, "record.search")
        {
            PatientIds = [.. hits.Select(hit => hit.PatientId).Distinct()],
            Changes = [new FieldChange("question", null, question)],
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return hits;
    }

    private async Task<IEnumerable<SearchHit>> NotesAsync(ClinicDb db, IReadOnlyList<IndexHit> found, SearchMarks marks, CancellationToken cancellation)
    {
        var visits = found.Select(hit => hit.VisitId).OfType<Guid>().Distinct().ToList();
        var access = await notes.AccessAsync(cancellation);
        var kept = (await notes.ListAsync(new DocumentQuery { EncounterIds = visits, Take = visits.Count * MostLines }, cancellation))
            .Where(note => note.Status is not NoteStatus.EnteredInError).ToDictionary(note => note.Id);
        var heads = await db.Database.SqlQueryRaw<HitRow>(HitSql.Visits, visits.ToArray()).ToDictionaryAsync(row => row.VisitId!.Value, cancellation);
        var hits = new List<SearchHit>();
        foreach (var note in found.Select(hit => kept.GetValueOrDefault(hit.Key.Id)).OfType<ClinicalNote>())
        {
            if (heads.TryGetValue(note.EncounterId, out var head))
            {
                var texts = NoteSource.TextsOf(note).ToList();
                if (note.SignedAt is not null)
                {
                    texts.AddRange((await notes.AddendaAsync(note, access, cancellation)).Select(addendum => ("Addendum", addendum.Text)));
                }

                hits.Add(Hit(SearchGroup.Notes, head with { Id = note.Id, At = note.CreatedAt, Status = EnumText.Of(note.Status) }, Snippets(texts, marks)));
            }
        }

        return hits;
    }

    private static SearchHit Hit(SearchGroup group, HitRow row, IReadOnlyList<SearchSnippet> snippets) => new(
        group, row.Id, row.PatientId, row.VisitId, new PersonName(row.FirstName, row.LastName), row.Mrn, row.Title, row.Status, row.Doctor, row.At)
    {
        Snippets = snippets,
    };

    /// <summary>Where the question was met; where it was met nowhere that is shown, how the note begins.</summary>
    private static IReadOnlyList<SearchSnippet> Snippets(List<(string Label, string Text)> texts, SearchMarks marks)
    {
        var cut = texts.ConvertAll(field => marks.Cut(field.Label, field.Text));
        var met = cut.Where(snippet => snippet.Marks.Count > 0).Take(MostSnippets).ToList();
        return met.Count > 0 ? met : [.. cut.Take(1)];
    }

    /// <summary>The lines that were met come first: a sheet may have more than are shown.</summary>
    private static IReadOnlyList<SearchSnippet> Lines(string[] lines, SearchMarks marks)
        => [.. lines.Select(line => marks.Cut(null, line)).OrderByDescending(line => line.Marks.Count > 0).Take(MostLines)];
}

/// <summary>A row of <see cref="HitSql"/>.</summary>
internal sealed record HitRow
{
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid? VisitId { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string? Mrn { get; init; }

    public required string Title { get; init; }

    public required string? Status { get; init; }

    public required string? Doctor { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string[] Lines { get; init; }

    public override string ToString() => $"{nameof(HitRow)} {Id}";
}
