namespace DrAssistant.Data.Prescribing.Taking;

/// <summary>What counts as taken, said once for every list of medicines.</summary>
internal static class TakenSql
{
    /// <summary>
    /// <c>line</c>: each line of each medicine's latest prescription, and whether it is taken on a day (<c>taken</c>). One medicine is one, however often it was
    /// prescribed; what its latest prescription says counts, which may be two lines (one in the morning, another strength at night). A cancelled prescription
    /// was never given. What was typed here has food and timing among the words: <c>said</c> is the instructions alone. $1 is the patient, $2 the day.
    /// </summary>
    public const string Lines = """
        WITH line AS (SELECT * FROM (
            SELECT m.key, i.id, i.position, p.id AS prescription_id, p.encounter_id, i.medication_name AS name, i.strength, i.form, i.brand, i.words,
                i.dosage, i.frequency, i.duration, i.instructions, p.valid_from, i.ends_on, i.stopped_at, i.stopped_by, i.stop_reason, u.full_name,
                CASE WHEN i.typed IS NULL THEN i.instructions ELSE i.typed->>'Instructions' END AS said,
                (i.stopped_at IS NULL AND (i.ends_on IS NULL OR i.ends_on >= $2)) AS taken,
                min(p.valid_from) OVER (PARTITION BY m.key) AS since,
                first_value(p.id) OVER (PARTITION BY m.key ORDER BY p.valid_from DESC, coalesce(p.signed_at, p.created_at) DESC, i.id DESC) AS latest
            FROM prescription_items i JOIN prescriptions p ON p.id = i.prescription_id JOIN users u ON u.id = p.doctor_id
                CROSS JOIN LATERAL (SELECT coalesce(i.code_system || i.medication_code, lower(i.medication_name)) AS key) m
            WHERE p.patient_id = $1 AND p.status IN ('signed', 'sent', 'dispensed')) every WHERE prescription_id = latest)
        """;

    /// <summary>"Metformin 500 mg tablet".</summary>
    public const string Product = "concat_ws(' ', name, strength, form)";
}
