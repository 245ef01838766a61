using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>
/// A page that another one opens for a patient. The address names them only until the page stands: a reload, a step back or a link that
/// somebody sends must not begin the same again, and nothing may lead back here after the person has gone on.
/// </summary>
public abstract class PatientInAddress : ComponentBase
{
    [Inject]
    [System.Diagnostics.CodeAnalysis.NotNull]
    private NavigationManager? Navigation { get; set; }

    /// <summary>The patient as the address has them.</summary>
    public abstract string? Asked { get; set; }

    /// <summary>The address's word for the patient.</summary>
    protected abstract string Word { get; }

    /// <summary>Who it was about, also when the address has forgotten it.</summary>
    protected Guid? Who { get; private set; }

    protected override void OnInitialized() => Who = Guid.TryParse(Asked, out var patient) ? patient : null;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Asked is not null)
        {
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(Word, (string?)null), replace: true);
        }
    }
}
