using DrAssistant.Data.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Common;

public partial class ClinicTime(ClinicClock clock)
{
    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    [Parameter]
    public bool WithDate { get; set; }
}
