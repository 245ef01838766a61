namespace DrAssistant.Portal.Components.Encounters;

/// <summary>What stands beside the note, in place of what one needs to know: one at a time.</summary>
public enum VisitPanel
{
    None,
    Prescription,
    Orders,
    Voice,
}
