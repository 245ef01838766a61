namespace DrAssistant.Portal.Components.Patients;

/// <summary>What was typed into the search of the top bar, on its way to the patient list. Never in an address: it may be a patient's name.</summary>
public sealed class PatientQuestion
{
    private string? _text;

    public event EventHandler? Asked;

    public void Ask(string text)
    {
        _text = text;
        Asked?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>The text, once; null when nothing was asked.</summary>
    public string? Take()
    {
        var text = _text;
        _text = null;
        return text;
    }
}
