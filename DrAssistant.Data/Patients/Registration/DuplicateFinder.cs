using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// Looks among the practice's patients for the person who is being registered. Whom it shows is a disclosure, and written into the
/// audit trail; whom it only compared is not shown.
/// </summary>
internal sealed class DuplicateFinder(SecuredBatch batch, AuditTrail audit, DuplicateQuery query, ClinicClock clock)
{
    private const int MostShown = 8;

    private const string Seen = """
        SELECT p.id, p.created_at,
            (SELECT max(a.start_time) FROM appointments a WHERE a.patient_id = p.id AND a.status IN ('checked_in', 'in_progress', 'completed')) AS last
        FROM patients p WHERE p.id = ANY ($1)
        """;

    public async Task<DuplicateAnswer> FindAsync(DuplicateQuestion asked, CancellationToken cancellation)
    {
        var (hits, sameMobile) = await CompareAsync(asked, cancellation);
        var ids = hits.Select(h => h.Id).ToArray();
        NpgsqlParameter Shown() => new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
        var seen = await batch.ReadAsync(
            [
                new NpgsqlBatchCommand(Seen) { Parameters = { Shown() } },
                audit.Statement(new AuditEntry(AuditAction.Execute, "patient.duplicates") { Changes = Asked(asked) }, "SELECT unnest($1)", Shown()),
            ],
            (reader, token) => reader.ListAsync(
                row => (Id: row.GetGuid(0), Registered: row.GetFieldValue<DateTimeOffset>(1), Last: row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(2)), token),
            cancellation);
        var byId = seen.ToDictionary(s => s.Id);
        return new DuplicateAnswer(
            [.. hits.Select(hit => byId.TryGetValue(hit.Id, out var facts)
                ? hit with { RegisteredOn = clock.DayOf(facts.Registered), LastHere = facts.Last is { } last ? clock.DayOf(last) : null }
                : hit)],
            sameMobile);
    }

    /// <summary>The likeliest first, without an entry in the trail: for a check that shows nobody.</summary>
    public async Task<(IReadOnlyList<LikelyDuplicate> Hits, int SameMobile)> CompareAsync(DuplicateQuestion asked, CancellationToken cancellation)
    {
        if (query.For(asked) is not { } command)
        {
            return ([], 0);
        }

        var candidates = await batch.ReadAsync([command], (reader, token) => reader.ListAsync(Candidate, token), cancellation);
        var today = clock.Today;
        return (
            [.. candidates
                .Select(c => (Candidate: c, Score: DuplicateScore.Of(asked, c)))
                .Where(c => c.Score is not null)
                .OrderByDescending(c => c.Score!.Value.Likelihood).ThenByDescending(c => c.Score!.Value.Points).ThenByDescending(c => c.Candidate.Id)
                .Take(MostShown)
                .Select(c => new LikelyDuplicate(
                    c.Candidate.Id, c.Candidate.Name, c.Candidate.Mrn, c.Candidate.DateOfBirth,
                    Age.On(today, c.Candidate.DateOfBirth, c.Candidate.Estimated), c.Candidate.Gender, c.Candidate.Status,
                    c.Score!.Value.Likelihood, c.Score.Value.Facts))],
            candidates.Count(c => c.SamePhone));
    }

    private static List<FieldChange> Asked(DuplicateQuestion asked) =>
    [
        new("name", null, asked.FullName), new("birth_date", null, asked.Born is { } born ? ClinicFormat.Date(born) : null),
        new("mobile", null, asked.Mobile), new("abha_number", null, asked.AbhaNumber),
    ];

    private static Candidate Candidate(NpgsqlDataReader row) => new(
        row.GetGuid(0), new PersonName(row.GetString(1), row.GetString(2)), row.TextOrNull(3), row.Day(4), row.GetBoolean(5),
        row.Word<Gender>(6), row.Word<PatientStatus>(7), row.GetBoolean(8), row.GetBoolean(9));
}
