using DrAssistant.Data.Ordering.Results;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Alerts;

/// <summary>Tells the ordering doctor of a report: once a report, however many of its values are out of range.</summary>
internal sealed class ResultAlerts(AlertWriter alerts)
{
    public const string Source = "results";

    private const int MostNamed = 8;

    private static readonly Dictionary<OrderResult, OrderResult> NoneReplaced = [];

    /// <summary>
    /// A final value out of range, a correction of one that was, and a critical one even while it is preliminary. The rest waits in the inbox.
    /// </summary>
    public async Task RaiseAsync(
        ClinicDb db, Guid doctor, Guid report, IReadOnlyList<OrderResult> values, IReadOnlyDictionary<OrderResult, OrderResult> replaced,
        CancellationToken cancellation)
    {
        var told = values
            .Where(v => v.IsCritical || (v.Status is not ResultStatus.Preliminary && (v.IsAbnormal || replaced.GetValueOrDefault(v)?.IsAbnormal == true)))
            .OrderByDescending(v => ResultFlags.Rank(v.Flag)).ToList();
        if (told.Count == 0)
        {
            return;
        }

        var worst = told[0];
        await alerts.RaiseAsync(
            db,
            doctor,
            new AlertDraft(AlertType.LabResult, worst.IsCritical ? AlertSeverity.Critical : AlertSeverity.High, Title(told, replaced), Message(told, replaced))
            {
                PatientId = worst.PatientId,
                Source = Source,
                SourceId = report,
                ActionUrl = Address(report),
            },
            cancellation);
    }

    /// <summary>A critical value that nobody answered for: also to the doctors who are here now. What was told one is not told again.</summary>
    public async Task<IReadOnlyList<Guid>> EscalateAsync(
        ClinicDb db, IReadOnlyList<Guid> doctors, OrderResult worst, string waitsFor, CancellationToken cancellation)
    {
        var report = worst.ReportId ?? worst.Id;
        var told = await db.Alerts.Where(a => a.Source == Source && a.SourceId == report).Select(a => a.UserId).ToListAsync(cancellation);
        var others = doctors.Except(told).ToList();
        foreach (var doctor in others)
        {
            await alerts.RaiseAsync(
                db,
                doctor,
                new AlertDraft(AlertType.LabResult, AlertSeverity.Critical, Title([worst], NoneReplaced), $"{waitsFor} has not answered. {Message([worst], NoneReplaced)}")
                {
                    PatientId = worst.PatientId,
                    Source = Source,
                    SourceId = report,
                    ActionUrl = $"/patients/{worst.PatientId}",
                },
                cancellation);
        }

        return others;
    }

    public static string Address(Guid report) => $"/results?report={report}";

    private static string Title(IReadOnlyList<OrderResult> told, IReadOnlyDictionary<OrderResult, OrderResult> replaced)
    {
        var worst = told[0];
        return worst.IsCritical ? $"{Line(worst, replaced)}, critical"
            : told.Count == 1 ? Line(worst, replaced)
            : $"{told.Count} abnormal results of one report";
    }

    private static string Message(IReadOnlyList<OrderResult> told, IReadOnlyDictionary<OrderResult, OrderResult> replaced)
    {
        var worst = told[0];
        var reference = ResultText.Range(worst.ReferenceLow, worst.ReferenceHigh, worst.ReferenceText);
        var others = told.Count == 1 ? [] : told.Skip(worst.IsCritical ? 1 : 0).Take(MostNamed).Select(v => Line(v, replaced)).ToList();
        string?[] parts =
        [
            reference.Length > 0 && (worst.IsCritical || told.Count == 1) ? $"Reference {reference}." : null,
            worst.Status is ResultStatus.Preliminary ? "Preliminary." : null,
            others.Count > 0 ? $"{(worst.IsCritical ? "Also " : "")}{string.Join(", ", others)}." : null,
            worst.IsCritical ? "Acknowledge it, then act." : null,
        ];
        return string.Join(' ', parts.OfType<string>()) is { Length: > 0 } message ? message : "Look at the result.";
    }

    private static string Line(OrderResult value, IReadOnlyDictionary<OrderResult, OrderResult> replaced)
    {
        var line = $"{value.Name} {ResultText.Value(value)} {ResultText.Arrow(value.Flag)}".TrimEnd();
        return replaced.TryGetValue(value, out var was) && value.Status is ResultStatus.Corrected ? $"{line}, was {ResultText.Value(was)}" : line;
    }
}
