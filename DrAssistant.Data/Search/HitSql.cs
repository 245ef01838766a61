using DrAssistant.Data.Stores.Search;

namespace DrAssistant.Data.Search;

/// <summary>What is shown of a hit. Every table in it has policies for whoever reads.</summary>
internal static class HitSql
{
    private const string Head = """
        n.patient_id AS "PatientId", n.first_name AS "FirstName", n.last_name AS "LastName", n.mrn AS "Mrn", u.full_name AS "Doctor"
        """;

    private const string Whose = "JOIN patient_names n ON n.patient_id = x.patient_id LEFT JOIN users u ON u.id = x.doctor_id";

    /// <summary>The heads of notes: their visits.</summary>
    public const string Visits = $$"""
        SELECT x.id AS "Id", {{Head}}, x.id AS "VisitId", 'Note' AS "Title", NULL AS "Status", x.created_at AS "At", ARRAY[]::text[] AS "Lines"
        FROM encounters x {{Whose}} WHERE x.id = ANY ({0})
        """;

    public static string Of(SearchKind kind) => kind switch
    {
        SearchKind.Prescription => Prescriptions,
        SearchKind.Order => Orders,
        SearchKind.Result => Results,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Notes are read where they are kept, and documents are sealed."),
    };

    private const string Prescriptions = $$"""
        SELECT x.id AS "Id", {{Head}}, x.encounter_id AS "VisitId", concat_ws(' ', 'Prescription', x.number) AS "Title", x.status AS "Status",
            coalesce(x.signed_at, x.created_at) AS "At",
            ARRAY(SELECT concat_ws(' ', i.medication_name, CASE WHEN i.brand <> '' THEN '(' || i.brand || ')' END, nullif(i.strength, ''), i.dosage, i.frequency)
                || CASE WHEN i.stopped_at IS NULL THEN '' ELSE ', stopped' END
                FROM prescription_items i WHERE i.prescription_id = x.id ORDER BY i.position, i.id) AS "Lines"
        FROM prescriptions x {{Whose}} WHERE x.id = ANY ({0}) AND (x.signed_at IS NOT NULL OR x.cancelled_at IS NULL)
        """;

    private const string Orders = $$"""
        SELECT x.id AS "Id", {{Head}}, x.encounter_id AS "VisitId",
            concat_ws(' ', CASE x.order_type WHEN 'lab' THEN 'Laboratory order' WHEN 'imaging' THEN 'Imaging order' WHEN 'procedure' THEN 'Procedure order' ELSE 'Referral' END, x.number) AS "Title",
            x.status AS "Status", coalesce(x.ordered_at, x.created_at) AS "At",
            ARRAY(SELECT i.item_name FROM order_items i WHERE i.order_id = x.id ORDER BY i.position, i.id) || array_remove(ARRAY[x.reason, x.referred_to]::text[], NULL) AS "Lines"
        FROM orders x {{Whose}} WHERE x.id = ANY ({0})
        """;

    private const string Results = $$"""
        SELECT x.id AS "Id", {{Head}}, x.encounter_id AS "VisitId", concat_ws(' ', 'Results of', x.number) AS "Title",
            CASE WHEN bool_and(r.reviewed_at IS NOT NULL) THEN 'reviewed' ELSE 'not_reviewed' END AS "Status", max(r.effective_at) AS "At",
            array_agg(concat_ws(' ', r.name, r.comparator, trim_scale(r.value_number)::text, r.value_text, r.unit)
                || CASE WHEN r.flag IN ('normal', 'unknown') THEN '' ELSE ', ' || replace(r.flag, '_', ' ') END ORDER BY i.position, r.position, r.id) AS "Lines"
        FROM orders x {{Whose}} JOIN order_items i ON i.order_id = x.id JOIN results r ON r.order_item_id = i.id
        WHERE x.id = ANY ({0}) AND r.superseded_by IS NULL AND r.status <> 'cancelled'
        GROUP BY x.id, n.patient_id, n.first_name, n.last_name, n.mrn, u.full_name
        """;
}
