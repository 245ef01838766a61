namespace DrAssistant.Portal.Components.Patients;

/// <summary>What was typed into the search of the top bar, on its way to the patient list. Never in an address: it may be a patient's name.</summary>
public sealed class PatientQuestion
{
    private string? _text;
    private string? _carried;

    public event EventHandler? Asked;

    public void Ask(string text)
    {
        _text = text;
        Asked?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Takes a search that found nobody along to the registration, which begins with it.</summary>
    public void Carry(string text) => _carried = text;

    /// <summary>The text to begin a registration with, once.</summary>
    public string? TakeCarried()
    {
        var text = _carried;
        _carried = null;
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>The text, once; null when nothing was asked.</summary>
    public string? Take()
    {
        var text = _text;
        _text = null;
        return text;
    }
}
