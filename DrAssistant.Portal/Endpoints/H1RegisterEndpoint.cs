using System.Globalization;
using System.Text;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives the register of Schedule H1 medicines as a table to keep or to hand over.</summary>
internal static class H1RegisterEndpoint
{
    public static void MapH1Register(this IEndpointRouteBuilder routes)
        => routes.MapGet("/prescriptions/h1-register.csv", ReadAsync).RequireAuthorization(Permissions.ReadH1Register);

    /// <summary>One line a medicine, with a head; in UTF-8 with its mark, so that a spreadsheet reads names in Indian scripts.</summary>
    internal static string Table(IEnumerable<H1Entry> entries, ClinicClock clock)
    {
        var table = new StringBuilder("\uFEFFSigned,Prescriber,Registration number,Patient,MRN,Medicine,Strength,Quantity,Cancelled\r\n");
        foreach (var entry in entries)
        {
            string?[] cells =
            [
                ClinicFormat.DateAndTime(entry.SignedAt, clock), entry.Prescriber, entry.RegistrationNumber, entry.Patient, entry.Mrn, entry.Medicine, entry.Strength, entry.Quantity,
                entry.CancelledAt is { } at ? ClinicFormat.DateAndTime(at, clock) : null,
            ];
            table.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return table.ToString();
    }

    private static async Task<IResult> ReadAsync(string? from, string? to, IPrescriptionRegister register, ClinicClock clock, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!Day(from, out var first) || !Day(to, out var last))
        {
            return Results.Text("Write from and to as 2026-11-29.", statusCode: StatusCodes.Status400BadRequest);
        }

        var read = await register.H1Async(new H1Query(first, last, ForExport: true), context.RequestAborted);
        return read.Value is { } found
            ? Results.File(Encoding.UTF8.GetBytes(Table(found.Entries, clock)), "text/csv; charset=utf-8", FormattableString.Invariant($"h1-register-{first:yyyy-MM-dd}-{last:yyyy-MM-dd}.csv"))
            : Results.Text(read.Refusal!.Message, statusCode: read.Refusal.Kind is RefusalKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
    }

    private static bool Day(string? text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Quoted; what a spreadsheet would run as a formula gets an apostrophe before it.</summary>
    internal static string Cell(string? text)
    {
        var plain = text ?? "";
        var safe = plain is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{plain}" : plain;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
