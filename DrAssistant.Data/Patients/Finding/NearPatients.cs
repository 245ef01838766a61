using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>Those whom one looks for most, as parts of a statement: who is in one's care; at the desk, who was here lately or is about to come.</summary>
/// <param name="With">Table expressions that the other parts need, each with a comma behind it.</param>
/// <param name="Is">Whether the patient of this id is one of them.</param>
/// <param name="WhoMeet">A subquery <c>(patient_id, terms)</c> of those whose name meets each of an array of conditions.</param>
internal sealed record NearPatients(string With, Func<string, string> Is, Func<string, string> WhoMeet)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(36);

    /// <summary>However many they are, an index has their names, and only those who meet the question are read.</summary>
    private static readonly NearPatients InCare = new(
        "",
        id => $"EXISTS (SELECT FROM care_team c WHERE c.user_id = (SELECT clinic_carer()) AND c.patient_id = {id} AND (c.until IS NULL OR c.until > now()))",
        conditions => $"SELECT patient_id, terms FROM in_care_who_meet({conditions})");

    public static NearPatients Of(SearchManner how, SearchParameters parameters) => how.IsCarer ? InCare : AtTheDesk(how.Now, parameters);

    private static NearPatients AtTheDesk(DateTimeOffset now, SearchParameters parameters) => new(
        $"""
        near AS MATERIALIZED (
            SELECT DISTINCT patient_id FROM appointments
            WHERE start_time > {parameters.Add(now - Lately, NpgsqlDbType.TimestampTz)} AND start_time < {parameters.Add(now + Lately, NpgsqlDbType.TimestampTz)}),
        """,
        id => $"EXISTS (SELECT FROM near WHERE near.patient_id = {id})",
        conditions => $"""
            SELECT t.patient_id, n.terms FROM near JOIN patient_name_terms t ON t.patient_id = near.patient_id JOIN known_names n ON n.id = t.name_id
            WHERE n.terms @@ ALL ({conditions}::tsquery[])
            """);
}
