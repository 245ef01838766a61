using System.Globalization;
using DrAssistant.Data.Reference;
using Npgsql;

namespace DrAssistant.Data.Ordering.History;

/// <summary>The statements of results over time, for one batch.</summary>
internal static class HistoryQuery
{
    public const int MostValues = 3000;

    private const string Columns = """
        r.id, r.code_system, r.code, r.name, r.value_number, r.comparator, r.value_text, r.unit, r.flag, r.status, r.effective_at,
        r.reference_low, r.reference_high, r.reference_text, EXISTS (SELECT 1 FROM results e WHERE e.superseded_by = r.id), (SELECT a.order_id FROM order_items a WHERE a.id = r.order_item_id)
        """;

    private const string Shown = "r.superseded_by IS NULL AND r.status <> 'cancelled'";

    /// <summary>Newest first, one more than is shown.</summary>
    public static NpgsqlBatchCommand Values(Guid patientId) => With($"""
        SELECT {Columns} FROM results r WHERE r.patient_id = $1 AND {Shown}
        ORDER BY r.effective_at DESC, r.id DESC LIMIT {(MostValues + 1).ToString(CultureInfo.InvariantCulture)}
        """, patientId);

    public static NpgsqlBatchCommand ValuesOf(Guid patientId, TestCode test) => With($"""
        SELECT {Columns} FROM results r WHERE r.patient_id = $1 AND r.code_system = $2 AND r.code = $3 AND {Shown}
        ORDER BY r.effective_at DESC, r.id DESC LIMIT {MostValues.ToString(CultureInfo.InvariantCulture)}
        """, patientId, test.System, test.Code);

    /// <summary>Of which kind each test of the patient is, and from where on it is critical at this age; a house test has the catalogue's id for its code.</summary>
    public static NpgsqlBatchCommand Kinds(Guid patientId, DateOnly today) => With("""
        SELECT DISTINCT ON (t.code_system, t.code) t.code_system, t.code, c.category, n.critical_low, n.critical_high, n.unit
        FROM (SELECT DISTINCT r.code_system, r.code FROM results r WHERE r.patient_id = $1) t
            JOIN patients p ON p.id = $1
            JOIN order_catalogue c ON c.code_system = t.code_system AND c.code = t.code OR t.code_system = $3 AND c.id = t.code
            LEFT JOIN reference_ranges n ON n.test_id = c.id AND n.is_active AND (n.sex IS NULL OR n.sex = p.gender)
                AND n.from_years <= ($2 - p.date_of_birth) / 365.25 AND n.to_years > ($2 - p.date_of_birth) / 365.25
        ORDER BY t.code_system, t.code, c.is_active DESC, c.id, n.sex NULLS LAST
        """, patientId, today, CodeSystems.Catalogue);

    public static NpgsqlBatchCommand OpenOrders(Guid patientId)
        => With("SELECT count(*) FROM orders WHERE patient_id = $1 AND status IN ('ordered', 'in_progress')", patientId);

    public static NpgsqlBatchCommand Value(Guid resultId) => With($"""
        SELECT {Columns}, r.patient_id, o.id, o.encounter_id, i.item_name, r.issued_at, r.laboratory_flag, v.name, r.comment, u.full_name, r.reviewed_at, r.review_comment
        FROM results r JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id
            LEFT JOIN providers v ON v.id = coalesce(r.provider_id, o.provider_id) LEFT JOIN users u ON u.id = r.reviewed_by
        WHERE r.id = $1
        """, resultId);

    /// <summary>What it took the place of, and what that did.</summary>
    public static NpgsqlBatchCommand Before(Guid resultId) => With("""
        WITH RECURSIVE earlier AS (
            SELECT r.*, 1 AS step FROM results r WHERE r.superseded_by = $1
            UNION ALL SELECT r.*, e.step + 1 FROM results r JOIN earlier e ON r.superseded_by = e.id WHERE e.step < 20)
        SELECT id, value_number, comparator, value_text, unit, issued_at FROM earlier ORDER BY step, issued_at DESC
        """, resultId);

    private static NpgsqlBatchCommand With(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
