using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// A patient's data as they are typed: every field is the text in it, right or wrong, so that nothing typed is lost to a check.
/// The form edits this directly; the service reads it by the same rules that the form shows.
/// </summary>
public sealed class PatientDraft
{
    public const int ShortestReason = 3;
    public const int LongestReason = 255;

    private readonly Dictionary<PatientField, string> _texts = [];

    /// <summary>The patient's id from the start, so that a form that is sent twice registers once.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The text of a field; empty where nothing was typed.</summary>
    public string this[PatientField field]
    {
        get => _texts.GetValueOrDefault(field, "");
        set => _texts[field] = value;
    }

    /// <summary>The patient said that there is no telephone; without this, a mobile number is asked for.</summary>
    public bool NoPhone { get; set; }

    public AllergiesStatus AllergiesStatus { get; set; }

    /// <summary>What is listed when allergies are known. At the desk only what is added: the record's own list is clinical.</summary>
    public IList<AllergyDraft> Allergies { get; private init; } = [];

    /// <summary>The list above is all of the record's, and may be shortened.</summary>
    public bool AllergiesAreRead { get; init; } = true;

    public bool ConsentGiven { get; set; }

    public ConsentHow ConsentHow { get; set; }

    /// <summary>Records that look alike and were said to be other people's.</summary>
    public ISet<Guid> ToldApart { get; } = new HashSet<Guid>();

    /// <summary>Why a very likely one is another person: "twin sister", "father of the same name".</summary>
    public string? ToldApartReason { get; set; }

    /// <summary>A new photo, as the browser scaled it; kept with the record when that is registered.</summary>
    public ReadOnlyMemory<byte> Photo { get; set; }

    /// <summary>The texts as the record had them when the form was opened; null in a new registration.</summary>
    internal PatientDraft? Opened { get; private set; }

    /// <summary>Whether anything was typed at all.</summary>
    public bool IsEmpty => _texts.Values.All(string.IsNullOrWhiteSpace) && Allergies.Count == 0 && Photo.IsEmpty;

    /// <summary>Whether anything differs from what was opened.</summary>
    public bool HasChanges => Opened is null ? !IsEmpty : ChangedFields().Any();

    /// <summary>What the desk or the doctor wrote into a field, for comparing and for the audit trail.</summary>
    public string TextOf(PatientField field) => field switch
    {
        PatientField.Allergies => AllergiesText(),
        PatientField.Mobile when NoPhone => "",
        PatientField.Age when !string.IsNullOrWhiteSpace(this[PatientField.BirthDate]) => "", // worked into the date already
        PatientField.Consent => ConsentGiven ? EnumText.Of(ConsentHow) : "",
        PatientField.ToldApart => "",
        _ => PlainText.Of(this[field]),
    };

    /// <summary>From here on, what changes is told apart from what stands in the record.</summary>
    internal PatientDraft Open()
    {
        Opened = Copy();
        return this;
    }

    internal IEnumerable<PatientField> ChangedFields()
        => Enum.GetValues<PatientField>().Where(field => TextOf(field) != (Opened?.TextOf(field) ?? ""));

    internal bool IsAsOpened(PatientField field) => Opened is { } opened && TextOf(field) == opened.TextOf(field);

    /// <summary>
    /// Somebody else has saved meanwhile: what they changed and this form did not is taken over; what both changed stays as it is typed
    /// here, and is answered with <see cref="Take"/> or left.
    /// </summary>
    public void Rebase(PatientChanged changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        foreach (var difference in changed.Differences.Where(d => !d.BothChanged))
        {
            Take(changed.Now.Draft, difference.Field);
        }

        Opened = changed.Now.Draft.Copy();
    }

    /// <summary>Puts what stands in <paramref name="other"/> into a field.</summary>
    public void Take(PatientDraft other, PatientField field)
    {
        ArgumentNullException.ThrowIfNull(other);
        this[field] = other[field];
        if (field is PatientField.Allergies)
        {
            AllergiesStatus = other.AllergiesStatus;
            Allergies.Clear();
            foreach (var allergy in other.Allergies)
            {
                Allergies.Add(allergy.Copy());
            }
        }
        else if (field is PatientField.Mobile)
        {
            NoPhone = other.NoPhone;
        }
        else if (field is PatientField.Consent)
        {
            (ConsentGiven, ConsentHow) = (other.ConsentGiven, other.ConsentHow);
        }
    }

    /// <summary>It is a patient's whole record, and not for logs.</summary>
    public override string ToString() => $"{nameof(PatientDraft)} {Id}";

    private PatientDraft Copy()
    {
        var copy = new PatientDraft { Id = Id, AllergiesAreRead = AllergiesAreRead };
        foreach (var field in Enum.GetValues<PatientField>())
        {
            copy.Take(this, field);
        }

        return copy;
    }

    private string AllergiesText() => AllergiesStatus is AllergiesStatus.Known
        ? string.Join("; ", Allergies.Where(a => !a.IsEmpty).Select(a => a.Text).Prepend(EnumText.Of(AllergiesStatus)))
        : EnumText.Of(AllergiesStatus);
}

/// <summary>One line of the allergies.</summary>
public sealed class AllergyDraft
{
    /// <summary>The record's own line, or null for a new one.</summary>
    public Guid? Id { get; init; }

    public string? Substance { get; set; }

    public string? Reaction { get; set; }

    public AllergySeverity? Severity { get; set; }

    internal bool IsEmpty => PlainText.Of(Substance).Length == 0 && PlainText.Of(Reaction).Length == 0;

    internal string Text => string.Join(", ", new[] { PlainText.Of(Substance), PlainText.Of(Reaction), Severity is { } s ? EnumText.Of(s) : "" }.Where(t => t.Length > 0));

    public override string ToString() => nameof(AllergyDraft);

    internal AllergyDraft Copy() => new() { Id = Id, Substance = Substance, Reaction = Reaction, Severity = Severity };
}

/// <summary>How the privacy notice was agreed to.</summary>
public enum ConsentHow
{
    /// <summary>Signed on paper.</summary>
    Paper,
    Spoken,

    /// <summary>By a parent or guardian, for a child (Digital Personal Data Protection Act 2023, s. 9).</summary>
    Guardian,
}
