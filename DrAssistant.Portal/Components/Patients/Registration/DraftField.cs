using System.Diagnostics.CodeAnalysis;
using DrAssistant.Data.Patients.Registration;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>Base of what stands for one field of the form: its label, its text, and what is said below it.</summary>
public abstract class DraftField : ComponentBase
{
    [CascadingParameter]
    [NotNull]
    public PatientFormState? Form { get; set; }

    [Parameter, EditorRequired]
    public PatientField Field { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Said below the field while nothing is wrong.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>How many of the twelve columns: c3.</summary>
    [Parameter]
    public string Columns { get; set; } = "c4";

    protected string Id => PatientFormState.IdOf(Field);

    protected string SaidId => $"{Id}-said";

    protected string? Warning => Form.Check.WarningOf(Field);

    protected string? Invalid => Form.FaultOf(Field) is null ? null : "true";

    protected string? DescribedBy => Form.FaultOf(Field) is null && Warning is null && Hint is null && !SaysMore ? null : SaidId;

    /// <summary>A kind of field may have more to say.</summary>
    protected virtual bool SaysMore => false;
}
