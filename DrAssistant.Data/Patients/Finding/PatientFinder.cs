using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>Asks for patients and makes hits of the answer: one round trip, or two where digits must be compared after revealing.</summary>
internal sealed class PatientFinder(
    SecuredBatch batch, ICurrentUser user, AuditTrail audit, PatientVault vault, PatientSearchQuery search, ClinicClock clock)
{
    public async Task<List<PatientHit>> FindAsync(string question, bool alsoInactive, CancellationToken cancellation)
    {
        var asked = AskedFor.Of(question, clock.Today);
        asked = asked with { TailOf = await TailOfAsync(asked, cancellation) };
        var entry = new AuditEntry(AuditAction.Execute, "patient.search") { Changes = [new FieldChange("question", null, asked.Text)] };
        return await AskAsync(await search.ForAsync(asked, Manner(alsoInactive), cancellation), entry, new NameMarks(asked.Name), cancellation);
    }

    /// <summary>Who still has an appointment today, the earliest first; a doctor's own.</summary>
    public Task<List<PatientHit>> ComingAsync(CancellationToken cancellation)
    {
        var doctor = user.Role is StaffRole.Doctor ? user.Id : null;
        return AskAsync(
            PatientSearchQuery.Coming(clock.DayBounds(clock.Today), doctor, Manner(alsoInactive: false)), new AuditEntry(AuditAction.Read, "patient.coming"), new NameMarks(""), cancellation);
    }

    private SearchManner Manner(bool alsoInactive) => new(user.Can(Permissions.ReadEncounters), alsoInactive, clock.Now);

    private Task<List<PatientHit>> AskAsync((string Sql, NpgsqlParameter[] Parameters) question, AuditEntry entry, NameMarks marks, CancellationToken cancellation)
        => batch.ReadAsync(
            [audit.Reading(entry, question.Sql, question.Parameters)], (reader, token) => reader.ListAsync(row => Hit(row, marks), token), cancellation, plannedOnce: true);

    /// <summary>
    /// Only the last four digits of a telephone number are kept for looking up. Of the few who share them, the ones whose number ends
    /// with all that was typed; nobody else is shown to anybody, or said to have been.
    /// </summary>
    private async Task<IReadOnlyList<Guid>?> TailOfAsync(AskedFor asked, CancellationToken cancellation)
    {
        if (search.TailCandidates(asked) is not { } candidates)
        {
            return null;
        }

        var command = new NpgsqlBatchCommand(candidates.Sql);
        foreach (var parameter in candidates.Parameters)
        {
            command.Parameters.Add(parameter);
        }

        var found = await batch.ReadAsync(
            [command], (reader, token) => reader.ListAsync(row => (Id: row.GetGuid(0), Phone: Bytes(row, 1)), token), cancellation);
        return [.. found.Where(row => vault.RevealColumn(row.Id, "phone", row.Phone)?.EndsWith(asked.Digits!, StringComparison.Ordinal) == true).Select(row => row.Id)];
    }

    private PatientHit Hit(NpgsqlDataReader row, NameMarks marks)
    {
        var name = new PersonName(row.GetString(1), row.GetString(2));
        var other = row.TextOrNull(10) is { } first ? new PersonName(first, row.TextOrNull(11)) : null;
        return new PatientHit(
            row.GetGuid(0), name, row.TextOrNull(3), row.Day(4), Age.On(clock.Today, row.Day(4), row.GetBoolean(5)), row.Word<Gender>(6), row.GetBoolean(7))
        {
            Status = row.Word<PatientStatus>(8),
            PhoneMasked = PhoneMask.Of(vault.RevealColumn(row.GetGuid(0), "phone", Bytes(row, 9))),
            Matched = marks.In(name.Listed),
            FoundAs = other is null ? null : new FormerIdentity(other, row.TextOrNull(12)),
        };
    }

    private static byte[]? Bytes(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
