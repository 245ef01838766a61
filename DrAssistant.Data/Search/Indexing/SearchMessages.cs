using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using Npgsql;

namespace DrAssistant.Data.Search.Indexing;

/// <summary>
/// What the practice changes is brought into the index. What fails is tried again by the relay, and after ten times set aside and
/// reported to the admins; the rest goes on.
/// </summary>
internal sealed class SearchMessages(SearchIndexer indexer, ClinicDataSources clinic) : IOutboxHandler
{
    /// <summary>One document, whose kind stands beside it.</summary>
    public const string One = "search.document";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "note.changed", NoteIntents.Kind, "prescription.changed", "order.changed", "result.changed", DocumentKeeping.Changed,
        "patient.changed", "patient.imported", One,
    };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        switch (message.Kind, message.SubjectId)
        {
            case ("patient.changed" or "patient.imported", _) when message.PatientId is { } patient:
                await WholePatientAsync(patient, cancellation);
                break;
            case ("note.changed" or NoteIntents.Kind, { } note):
                await indexer.WriteAsync(SearchKind.Note, [note], cancellation);
                break;
            case ("prescription.changed", { } prescription):
                await indexer.WriteAsync(SearchKind.Prescription, [prescription], cancellation);
                break;
            case ("order.changed", { } order):
                await indexer.WriteAsync(SearchKind.Order, [order], cancellation);
                break;
            case ("result.changed", { } report):
                await indexer.WriteAsync(SearchKind.Result, await OrdersOfAsync(report, cancellation), cancellation);
                break;
            case (DocumentKeeping.Changed, { } document):
                await indexer.WriteAsync(SearchKind.Document, [document], cancellation);
                break;
            case (One, { } document):
                await indexer.WriteAsync(KindOf(message), [document], cancellation);
                break;
        }
    }

    public static IReadOnlyDictionary<string, string> Ids(SearchKind kind) => new Dictionary<string, string> { ["kind"] = EnumText.Of(kind) };

    private static SearchKind KindOf(OutboxMessage message)
        => EnumText.Parse<SearchKind>(JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!["kind"]);

    /// <summary>After a merge everything of a patient is somebody else's, and after an import all of it is new.</summary>
    private async Task WholePatientAsync(Guid patient, CancellationToken cancellation)
    {
        foreach (var kind in Enum.GetValues<SearchKind>())
        {
            foreach (var ids in (await indexer.SourceOf(kind).OfPatientAsync(patient, cancellation)).Chunk(Reindexer.Page))
            {
                await indexer.WriteAsync(kind, ids, cancellation);
            }
        }
    }

    /// <summary>A report may bring values to several orders.</summary>
    private async Task<IReadOnlyList<Guid>> OrdersOfAsync(Guid report, CancellationToken cancellation)
    {
        await using var find = clinic.Worker.CreateCommand(
            "SELECT DISTINCT i.order_id FROM results r JOIN order_items i ON i.id = r.order_item_id WHERE r.report_id = $1");
        find.Parameters.Add(new NpgsqlParameter { Value = report });
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => row.GetGuid(0), cancellation);
    }
}
