using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Ordering.History;

internal sealed class ResultHistoryService(SecuredBatch batch, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IResultHistory
{
    private readonly HistoryRows _rows = new(clock);

    public async Task<Result<ResultFlowsheet>> FlowsheetAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        var sheet = await batch.ReadAsync(
            [
                VitalRows.Person(patientId), HistoryQuery.Values(patientId), HistoryQuery.Kinds(patientId, clock.Today), HistoryQuery.OpenOrders(patientId),
                Noted("results.flowsheet", patientId),
            ],
            (reader, token) => ReadSheetAsync(patientId, reader, token),
            cancellation);
        return sheet is null ? Refusal.NotFound("Patient") : sheet;
    }

    public async Task<Result<TestSeries?>> TrendAsync(Guid patientId, TestCode test, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        var (isThere, series) = await batch.ReadAsync(
            [VitalRows.Person(patientId), HistoryQuery.ValuesOf(patientId, test), HistoryQuery.Kinds(patientId, clock.Today), Noted("results.trend", patientId)],
            (reader, token) => ReadTrendAsync(test, reader, token),
            cancellation);
        return isThere ? series : Refusal.NotFound("Patient");
    }

    public async Task<Result<ResultDetail>> DetailAsync(Guid resultId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        var found = await batch.ReadAsync([HistoryQuery.Value(resultId), HistoryQuery.Before(resultId), NotedResult(resultId)], ReadDetailAsync, cancellation);
        return found is null ? Refusal.NotFound("Result") : found;
    }

    private async Task<ResultFlowsheet?> ReadSheetAsync(Guid patientId, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        if (await reader.ListAsync(VitalRows.PersonOf, cancellation) is [])
        {
            return null;
        }

        var rows = await reader.ListAsync(_rows.Of, cancellation);
        var kinds = await reader.ListAsync(HistoryRows.Kind, cancellation);
        var open = (await reader.ListAsync(row => (int)row.GetInt64(0), cancellation)).Single();
        var shown = rows.Take(HistoryQuery.MostValues).ToList();
        return new ResultFlowsheet(
            patientId, FlowsheetLayout.Groups(shown, kinds), [.. shown.Select(r => r.Point.Day).Distinct().OrderDescending()], open, rows.Count > HistoryQuery.MostValues);
    }

    private async Task<(bool IsThere, TestSeries? Series)> ReadTrendAsync(TestCode test, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        if (await reader.ListAsync(VitalRows.PersonOf, cancellation) is [])
        {
            return (false, null);
        }

        var rows = await reader.ListAsync(_rows.Of, cancellation);
        var kind = (await reader.ListAsync(HistoryRows.Kind, cancellation)).SingleOrDefault(k => k.Test == test);
        return (true, rows.Exists(r => r.Point.Number is not null) ? FlowsheetLayout.Series(rows, kind) : null);
    }

    private async Task<ResultDetail?> ReadDetailAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var details = await reader.ListAsync(Detail, cancellation);
        var before = await reader.ListAsync(HistoryRows.Earlier, cancellation);
        return details is [var detail] ? detail with { Before = before } : null;
    }

    private ResultDetail Detail(NpgsqlDataReader row)
    {
        const int More = HistoryRows.Width;
        var value = _rows.Of(row);
        return new ResultDetail(
            value.Point, row.GetGuid(More), row.GetGuid(More + 1), row.GetGuid(More + 2), value.Test, value.Name, row.TextOrNull(More + 3),
            HistoryRows.Reference(value, null), row.Instant(More + 4), [])
        {
            LaboratoryFlag = row.TextOrNull(More + 5),
            Laboratory = row.TextOrNull(More + 6),
            Comment = row.TextOrNull(More + 7),
            Review = row.TextOrNull(More + 8) is { } by ? new ResultReview(by, row.Instant(More + 9), row.TextOrNull(More + 10)) : null,
        };
    }

    private NpgsqlBatchCommand Noted(string what, Guid patientId)
    {
        var noted = new NpgsqlBatchCommand { Parameters = { new() { Value = patientId } } };
        noted.CommandText = audit.Part(
            noted, new AuditEntry(AuditAction.Read, what) { PatientId = patientId, ResourceType = "patient", ResourceId = patientId }, "patients WHERE patients.id = $1");
        return noted;
    }

    private NpgsqlBatchCommand NotedResult(Guid resultId) => audit.Statement(
        new AuditEntry(AuditAction.Read, "result.read") { ResourceType = "result", ResourceId = resultId },
        "SELECT patient_id FROM results WHERE id = $1", new NpgsqlParameter { Value = resultId });
}
