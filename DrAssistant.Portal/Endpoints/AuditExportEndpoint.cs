using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives what was found in the audit trail as a table, line by line as it is read: it may be long.</summary>
internal static class AuditExportEndpoint
{
    public const string Address = "/admin/audit.csv";

    public static void MapAuditExport(this IEndpointRouteBuilder routes) => routes.MapGet(Address, ReadAsync).RequireAuthorization(Permissions.ReadAudit);

    private static async Task ReadAsync(
        string? person, string? patient, string? deed, DateTimeOffset? from, DateTimeOffset? to, IAuditTrail trail, ClinicClock clock, HttpContext context)
    {
        var answer = context.Response;
        answer.Headers.CacheControl = "no-store";
        var read = await trail.ExportAsync(
            new AuditSearch { Person = person, Patient = patient, Deed = deed, From = from?.ToUniversalTime(), To = to?.ToUniversalTime() }, context.RequestAborted);
        if (!read.Succeeded)
        {
            answer.StatusCode = read.Refusal.Kind is RefusalKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
            await answer.WriteAsync(read.Refusal.Message, context.RequestAborted);
            return;
        }

        answer.ContentType = "text/csv; charset=utf-8";
        answer.Headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=audit-{clock.Today:yyyy-MM-dd}.csv");
        await answer.WriteAsync("\uFEFFWhen,Who,Role,What,Severity,Outcome,MRN,Address,Reason\r\n", context.RequestAborted);
        await foreach (var line in read.Value.Lines.WithCancellation(context.RequestAborted))
        {
            string?[] cells =
            [
                clock.Local(line.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), line.Actor ?? "System", line.ActorRole, line.Event, line.Severity, line.Outcome,
                line.PatientMrn, line.IpAddress, line.Reason,
            ];
            await answer.WriteAsync($"{string.Join(',', cells.Select(H1RegisterEndpoint.Cell))}\r\n", context.RequestAborted);
        }
    }
}
