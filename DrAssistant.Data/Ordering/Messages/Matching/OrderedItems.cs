using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace DrAssistant.Data.Ordering.Messages.Matching;

/// <summary>Somebody of the practice whom a report may mean.</summary>
/// <param name="RecordId">The record that all of theirs leads to.</param>
internal sealed record KnownPerson(Guid RecordId, string? Mrn, string Name, DateOnly Born, bool BornEstimated, Gender Gender)
{
    public override string ToString() => $"{nameof(KnownPerson)} {RecordId}";
}

/// <summary>An ordered test that a report may answer.</summary>
/// <param name="Members">The codes of the tests that it is a panel of.</param>
internal sealed record OrderedItem(
    Guid ItemId, Guid OrderId, string? Number, OrderStatus Status, Guid PatientId, string Code, string? System, DateTimeOffset? CompletedAt, IReadOnlyList<string> Members)
{
    public bool IsOpen => Status is OrderStatus.Ordered or OrderStatus.InProgress && CompletedAt is null;
}

/// <summary>A value that stands against an item.</summary>
internal sealed record StandingValue(Guid ItemId, string Code, ResultStatus Status, decimal? Number, string? Text, DateTimeOffset EffectiveAt);

/// <summary>All that a message may be about: the people whose numbers it names and whose orders it names, and their ordered tests.</summary>
internal sealed record MatchingFacts(IReadOnlyList<KnownPerson> People, IReadOnlyList<OrderedItem> Items, IReadOnlyList<StandingValue> Standing)
{
    private const int MostItems = 1_000;

    public static async Task<MatchingFacts> ReadAsync(ClinicDb db, LaboratoryMessage message, CancellationToken cancellation)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var findings = message.Groups.SelectMany(g => g.Findings).ToList();
        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        object[] values =
        [
            message.Groups.SelectMany(g => g.OrderNumbers).Select(Plain).Distinct().ToArray(),
            message.Person.Numbers.SelectMany(NumbersOf).Distinct().ToArray(),
            findings.SelectMany(f => f.Test.Codes).Select(c => c.Code).Distinct().ToArray(),
            findings.Select(f => f.EffectiveAt).Distinct().ToArray(),
        ];
        foreach (var sql in new[] { PeopleSql, ItemsSql, StandingSql })
        {
            var command = new NpgsqlBatchCommand(sql);
            Array.ForEach(values, value => command.Parameters.Add(new NpgsqlParameter { Value = value }));
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var people = await reader.ListAsync(PersonOf, cancellation);
        var items = await reader.ListAsync(ItemOf, cancellation);
        return new MatchingFacts(people, items, await reader.ListAsync(StandingOf, cancellation));
    }

    /// <summary>A practice's number as it is kept, however the laboratory wrote it.</summary>
    internal static IEnumerable<string> NumbersOf(string written) => Mrn.TryParse(written, out var mrn) ? [written, mrn.Text] : [written];

    internal static string Plain(string number) => number.Trim().ToUpperInvariant();

    private static KnownPerson PersonOf(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.TextOrNull(1), $"{row.GetString(2)} {row.GetString(3)}", row.Day(4), row.GetBoolean(5), row.Word<Gender>(6));

    private static OrderedItem ItemOf(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.TextOrNull(2), row.Word<OrderStatus>(3), row.GetGuid(4), row.GetString(5), row.TextOrNull(6), row.InstantOrNull(7),
        row.GetFieldValue<string[]>(8));

    private static StandingValue StandingOf(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.Word<ResultStatus>(2), row.NumberOrNull(3), row.TextOrNull(4), row.Instant(5));

    private const string Meant = """
        WITH meant AS (
            SELECT survivor_id AS id FROM patient_names WHERE mrn = ANY ($2)
            UNION SELECT patient_id FROM orders WHERE number = ANY ($1) AND status <> 'draft'
        )
        """;

    // The numbers of records that were merged into a person's are theirs as well.
    private const string PeopleSql = Meant + """
        SELECT n.survivor_id, n.mrn, s.first_name, s.last_name, s.date_of_birth, s.date_of_birth_estimated, s.gender
        FROM patient_names n JOIN patient_names s ON s.patient_id = n.survivor_id
        WHERE n.survivor_id IN (SELECT id FROM meant) AND $3::text[] IS NOT NULL AND $4::timestamptz[] IS NOT NULL
        """;

    // Of a person's tests those that are open, and those that have this very value already: a repetition or a correction.
    private static readonly string ItemsSql = $"""
        {Meant}
        SELECT i.id, i.order_id, o.number, o.status, o.patient_id, i.item_code, i.code_system, i.completed_at,
            ARRAY(SELECT m.code FROM order_catalogue c
                  JOIN order_catalogue m ON m.id = ANY (c.members) OR EXISTS (SELECT 1 FROM order_catalogue p WHERE p.id = ANY (c.members) AND m.id = ANY (p.members))
                  WHERE m.code IS NOT NULL AND (c.id = i.catalogue_id OR i.catalogue_id IS NULL AND (c.id = i.item_code OR c.code = i.item_code)))
        FROM orders o JOIN order_items i ON i.order_id = o.id
        WHERE o.status <> 'draft' AND o.patient_id IN (SELECT id FROM meant) AND (o.number = ANY ($1)
            OR o.status IN ('ordered', 'in_progress') AND i.completed_at IS NULL
            OR EXISTS (SELECT 1 FROM results r WHERE r.order_item_id = i.id AND r.superseded_by IS NULL AND r.code = ANY ($3) AND r.effective_at = ANY ($4)))
        ORDER BY o.ordered_at DESC NULLS LAST, i.id LIMIT {MostItems}
        """;

    private const string StandingSql = Meant + """
        SELECT r.order_item_id, r.code, r.status, r.value_number, r.value_text, r.effective_at
        FROM results r JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id
        WHERE r.patient_id IN (SELECT id FROM meant) AND r.superseded_by IS NULL AND r.code = ANY ($3) AND (o.number = ANY ($1) OR r.effective_at = ANY ($4))
        """;
}
