using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Registration;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>
/// One form in the hands of its parts: the draft as it is typed, and what is wrong with the fields that were left. A message goes as soon
/// as its field is touched again; text never does.
/// </summary>
public sealed class PatientFormState(PatientDraft draft, ClinicClock clock)
{
    private readonly Dictionary<PatientField, string> _faults = [];
    private string? _filledState;

    /// <summary>Something was typed or left; every part shows itself anew.</summary>
    public event EventHandler? Changed;

    /// <summary>What duplicates are looked for by has changed.</summary>
    public event EventHandler? IdentityChanged;

    public PatientDraft Draft { get; } = draft;

    public PatientCheck Check => new(Draft, clock.Today);

    public IReadOnlyDictionary<PatientField, string> Faults => _faults;

    /// <summary>The state that the PIN code filled in, to be said beside it.</summary>
    public string? StateOfPin => PinCode.Parse(Draft[PatientField.Pin]).Value?.State?.Name;

    public string? FaultOf(PatientField field) => _faults.GetValueOrDefault(field);

    public static string IdOf(PatientField field) => $"reg-{EnumText.Of(field).Replace('_', '-')}";

    public void Typed(PatientField field, string? text)
    {
        Draft[field] = text ?? "";
        Touched(field);
    }

    /// <summary>A field was changed in another way than by typing into it.</summary>
    public void Touched(PatientField field)
    {
        _faults.Remove(field);
        if (field is PatientField.BirthDate)
        {
            Draft[PatientField.Age] = "";
            _faults.Remove(PatientField.Age);
        }

        Changed?.Invoke(this, EventArgs.Empty);
        if (IsIdentity(field))
        {
            IdentityChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Checks a field and writes it as it will be kept, so that a slip is seen where it was made.</summary>
    public void Left(PatientField field)
    {
        if (Check.FaultOf(field, needed: false) is { } fault)
        {
            _faults[field] = fault.Message;
            if (field is PatientField.AbhaNumber or PatientField.AbhaAddress && AbhaGuard.HoldsAadhaar(Draft[field]))
            {
                // Aadhaar Act 2016, s. 29: it is not even kept as text in a form.
                Draft[field] = "";
            }
        }
        else
        {
            _faults.Remove(field);
            Tidy(field);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Says what is wrong with a field, whoever found it.</summary>
    public void Say(PatientField field, string message)
    {
        _faults[field] = message;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Before saving: everything that is wrong or missing. True when nothing is.</summary>
    public bool ShowAll()
    {
        _faults.Clear();
        foreach (var (field, fault) in Check.Faults())
        {
            _faults[field] = fault.Message;
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return _faults.Count == 0;
    }

    private void Tidy(PatientField field)
    {
        switch (field)
        {
            case PatientField.AbhaNumber when AbhaGuard.Shown(Draft[field]) is { } shown:
                Draft[field] = shown;
                break;
            case PatientField.Mobile or PatientField.ContactPhone or PatientField.GuardianPhone when Data.Patients.PhoneNumber.Parse(Draft[field]).Value is { } phone:
                Draft[field] = phone.Shown;
                break;
            case PatientField.BirthDate or PatientField.Age when Draft.TextOf(field).Length > 0 && Check.Birth is { } birth:
                Draft[PatientField.BirthDate] = birth.Text;
                break;
            case PatientField.Pin when PinCode.Parse(Draft[field]).Value is { } pin:
                Draft[field] = pin.Text;
                FillState();
                break;
        }
    }

    /// <summary>Where nobody has chosen a state, the PIN code does; and does again when it is corrected.</summary>
    private void FillState()
    {
        if (StateOfPin is { } state && (Draft[PatientField.State].Length == 0 || Draft[PatientField.State] == _filledState))
        {
            Draft[PatientField.State] = _filledState = state;
            _faults.Remove(PatientField.State);
        }
    }

    private static bool IsIdentity(PatientField field)
        => field is PatientField.FullName or PatientField.BirthDate or PatientField.Age or PatientField.Mobile or PatientField.Sex or PatientField.AbhaNumber;
}
