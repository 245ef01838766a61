using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>One hit of a search, and what this person may do with it.</summary>
public partial class PatientHitRow(ICurrentUser user)
{
    [Parameter, EditorRequired]
    public PatientHit Hit { get; set; } = default!;

    /// <summary>The patient that another is looked for to compare with.</summary>
    [Parameter]
    public PatientHit? Compare { get; set; }

    /// <summary>Another of those that are shown may be the same person: then the question stands there without being looked for.</summary>
    [Parameter]
    public bool Alike { get; set; }

    [Parameter]
    public EventCallback<PatientHit?> Comparing { get; set; }

    private bool IsCompared => Compare?.Id == Hit.Id;

    private bool AtTheDesk => user.Role is StaffRole.Receptionist;

    private string Open => user.Can(Permissions.ReadEncounters) ? Words.ChartOf(Hit.Id) : Words.EditOf(Hit.Id);
}
