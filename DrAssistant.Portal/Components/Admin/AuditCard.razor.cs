using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;

namespace DrAssistant.Portal.Components.Admin;

/// <summary>The newest lines. Reading them is recorded too, so they are read once and on demand, not live.</summary>
public partial class AuditCard(IAuditTrail trail, ClinicClock clock)
{
    private const int Newest = 20;

    private IReadOnlyList<AuditLine>? _lines;
    private Refusal? _refusal;

    protected override Task OnInitializedAsync() => ReadAsync();

    private static bool IsCritical(AuditLine line) => string.Equals(line.Severity, "critical", StringComparison.OrdinalIgnoreCase);

    private Task ReadAsync() => LoadAsync(
        cancellation => trail.LatestAsync(Newest, cancellation),
        read => (_lines, _refusal) = (read.Succeeded ? read.Value : _lines, read.Refusal));
}
