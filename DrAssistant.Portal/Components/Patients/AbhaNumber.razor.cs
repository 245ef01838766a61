using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>The ABHA number, masked but for its end. Showing it is an audit event of its own, and lasts half a minute.</summary>
public partial class AbhaNumber(IPatients patients, TimeProvider time)
{
    private static readonly TimeSpan ShownFor = TimeSpan.FromSeconds(30);

    private ITimer? _timer;
    private string? _whole;
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    [Parameter, EditorRequired]
    public string Masked { get; set; } = "";

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer?.Dispose();
            _whole = null;
        }

        base.Dispose(disposing);
    }

    private Task ShowAsync() => SaveAsync(async () =>
    {
        var revealed = await patients.RevealAbhaAsync(PatientId, CancellationToken.None);
        (_whole, _refusal) = (revealed.Value, revealed.Refusal);
        _timer ??= time.CreateTimer(_ => _ = InvokeAsync(Hide), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(ShownFor, Timeout.InfiniteTimeSpan);
    });

    private void Hide()
    {
        _whole = null;
        StateHasChanged();
    }
}
