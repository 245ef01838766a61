using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>A measurement of a visit.</summary>
internal sealed record Measurement(string Category, string Code, string Name, decimal? Number, string? Text, string? Unit)
{
    public string Sentence => $"{Name}: {Number?.ToString("0.##", CultureInfo.InvariantCulture) ?? Text}{(IsWorthSaying(Unit) ? $" {UnitWords.Of(Unit)}" : "")}";

    // UCUM writes {score} and the like for what has no unit.
    private static bool IsWorthSaying(string? unit) => unit is { Length: > 0 } && !unit.StartsWith('{') && !unit.StartsWith('(') && unit != "1";
}

/// <summary>What was found and done in one visit, as it stands in the tables.</summary>
internal sealed record FactsOfVisit
{
    public List<Diagnosis> Diagnoses { get; } = [];

    public List<Measurement> Measurements { get; } = [];

    public List<string> LabResults { get; } = [];

    public List<string> Medicines { get; } = [];

    public List<string> Procedures { get; } = [];

    public List<string> Vaccines { get; } = [];
}

/// <summary>The facts of many visits, in one round trip.</summary>
internal sealed class VisitFacts
{
    private static readonly FactsOfVisit Nothing = new();

    private readonly Dictionary<Guid, FactsOfVisit> _byVisit = [];

    private delegate void Take(FactsOfVisit facts, NpgsqlDataReader row);

    private static readonly (string Sql, Take Take)[] Questions =
    [
        ("""
            SELECT encounter_id, name, code, code_system FROM conditions
            WHERE encounter_id = ANY($1) AND status <> 'entered_in_error' ORDER BY recorded_at, name
            """,
            (facts, row) => facts.Diagnoses.Add(new Diagnosis(row.GetString(1), row.TextOrNull(2), row.TextOrNull(3)))),
        ("""
            SELECT encounter_id, category, code, name, value_number, value_text, unit FROM observations
            WHERE encounter_id = ANY($1) AND status <> 'entered_in_error' ORDER BY effective_at, name
            """,
            (facts, row) => facts.Measurements.Add(new Measurement(row.GetString(1), row.GetString(2), row.GetString(3), row.NumberOrNull(4), row.TextOrNull(5), row.TextOrNull(6)))),
        ("""
            SELECT o.encounter_id, r.name, r.value_number, r.value_text, r.unit, r.flag FROM results r
            JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id
            WHERE o.encounter_id = ANY($1) AND r.status <> 'cancelled' ORDER BY r.effective_at, r.name
            """,
            (facts, row) => facts.LabResults.Add(Result(row))),
        ("""
            SELECT p.encounter_id, i.medication_name, i.dosage, i.frequency FROM prescription_items i
            JOIN prescriptions p ON p.id = i.prescription_id
            WHERE p.encounter_id = ANY($1) AND p.status <> 'cancelled' ORDER BY p.created_at, i.medication_name
            """,
            (facts, row) => facts.Medicines.Add(string.Join(", ", new[] { row.GetString(1), row.GetString(2), row.GetString(3) }.Distinct()))),
        ("""
            SELECT encounter_id, name || CASE status WHEN 'not_done' THEN ' (not done)' WHEN 'stopped' THEN ' (stopped)' ELSE '' END FROM procedures
            WHERE encounter_id = ANY($1) AND status <> 'entered_in_error' ORDER BY started_at, name
            """,
            (facts, row) => facts.Procedures.Add(row.GetString(1))),
        ("""
            SELECT encounter_id, name || CASE status WHEN 'not_done' THEN ' (not given)' ELSE '' END FROM immunizations
            WHERE encounter_id = ANY($1) AND status <> 'entered_in_error' ORDER BY given_at, name
            """,
            (facts, row) => facts.Vaccines.Add(row.GetString(1))),
    ];

    private VisitFacts()
    {
    }

    public static async Task<VisitFacts> LoadAsync(NpgsqlConnection connection, Guid[] visits, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (sql, _) in Questions)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = visits } } });
        }

        var facts = new VisitFacts();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        foreach (var (_, take) in Questions)
        {
            await reader.ListAsync(row => Taken(row, take), cancellation);
        }

        return facts;

        bool Taken(NpgsqlDataReader row, Take take)
        {
            take(facts.Open(row.GetGuid(0)), row);
            return true;
        }
    }

    public FactsOfVisit Of(Guid visit) => _byVisit.GetValueOrDefault(visit, Nothing);

    private FactsOfVisit Open(Guid visit)
    {
        if (!_byVisit.TryGetValue(visit, out var facts))
        {
            _byVisit.Add(visit, facts = new FactsOfVisit());
        }

        return facts;
    }

    private static string Result(NpgsqlDataReader row)
    {
        var flag = row.GetString(5);
        var said = new Measurement("laboratory", "", row.GetString(1), row.NumberOrNull(2), row.TextOrNull(3), row.TextOrNull(4)).Sentence;
        return flag is "normal" or "unknown" ? said : $"{said} ({flag.Replace('_', ' ')})";
    }
}
