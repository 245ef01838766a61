using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients.Merging;

/// <summary>Requests to merge, live: a new one comes with the alert that tells of it.</summary>
public partial class MergesPanel(IPatientMerging merging, ICurrentUser user)
{
    private IReadOnlyList<MergeLine>? _lines;
    private Refusal? _refusal;

    /// <summary>Only those that wait, as on Today.</summary>
    [Parameter]
    public bool OnlyOpen { get; set; }

    private List<MergeLine>? Shown => _lines?.Where(line => !OnlyOpen || line.Status is MergeStatus.Asked).ToList();

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change?.Kind is "alert.changed" or "alert.raised" or "patient.changed";

    protected override Task ReloadAsync() => LoadAsync(
        merging.ListAsync,
        read => (_lines, _refusal) = (read.Succeeded ? read.Value : _lines, read.Refusal));

    private string Who(MergeLine line) => line.Status is MergeStatus.Asked
        ? $"asked by {line.AskedBy}, {ClinicFormat.DateAndTime(line.AskedAt, Clock)}"
        : $"by {line.DecidedBy}, {ClinicFormat.DateAndTime(line.DecidedAt ?? line.AskedAt, Clock)}";
}
