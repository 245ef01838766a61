using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Portal.Tests.Prescribing.Safety;

/// <summary>A person and what is prescribed, put together and checked.</summary>
internal sealed class Checked
{
    public static readonly DateOnly Today = new(2026, 11, 29);
    public static readonly FormularySnapshot Formulary = FormularySnapshot.FromFile();

    private readonly List<ProposedLine> _lines = [];
    private readonly List<TakenMedicine> _active = [];
    private readonly List<SafetyAllergy> _allergies = [];
    private AllergiesStatus _status = AllergiesStatus.NoneKnown;

    /// <summary>A man of forty whose kidneys work, unless a test says otherwise.</summary>
    public SafetyPerson Person { get; set; } = new(new DateOnly(1986, 1, 15), Gender.Male) { Egfr = 95, KidneyMeasuredOn = new DateOnly(2026, 10, 1) };

    public Checked AllergicTo(string substance, string? code = null, AllergyType type = AllergyType.Allergy)
    {
        _status = AllergiesStatus.Known;
        _allergies.Add(new SafetyAllergy(substance, code, type, "hives", AllergySeverity.Severe));
        return this;
    }

    public Checked NobodyAskedAboutAllergies()
    {
        _status = AllergiesStatus.NotAsked;
        return this;
    }

    /// <summary>By generic name or brand; free text where nothing is called so.</summary>
    public Checked Given(string name, string? sig = null, string? strength = null, string? form = null, string? route = null)
    {
        var medicine = MedicineCalled(name);
        form ??= medicine?.Forms[0];
        _lines.Add(new ProposedLine($"line{_lines.Count + 1}", name, medicine?.Id) { Form = form, Strength = strength, Route = route, Sig = Read(sig, form) });
        return this;
    }

    public Checked Taking(string name, string? sig = null, string? strength = null, DateOnly? stoppedOn = null)
    {
        var medicine = MedicineCalled(name);
        _active.Add(new TakenMedicine($"taken{_active.Count + 1}", name, medicine?.Id) { Form = medicine?.Forms[0], Strength = strength, Sig = Read(sig, medicine?.Forms[0]), StoppedOn = stoppedOn });
        return this;
    }

    public SafetyReport Report() => SafetyEngine.Check(
        new SafetyQuestion(Person, new SafetyAllergies(_status, _allergies), Today, _active, _lines), Formulary, InteractionData.Starter, new DateTimeOffset(2026, 11, 29, 6, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<SafetyFinding> Found(SafetyKind kind) => [.. Report().Findings.Where(f => f.Kind == kind)];

    public SafetyFinding One(SafetyKind kind) => Assert.Single(Found(kind));

    public IReadOnlyList<string> NotChecked(SafetyKind kind) => [.. Report().NotChecked.Where(n => n.What == kind).Select(n => n.Why)];

    private static Medicine? MedicineCalled(string name) => Formulary.Get(name) ?? Formulary.Called(name).Select(h => h.Medicine).FirstOrDefault();

    private static Sig? Read(string? sig, string? form)
    {
        if (sig is null)
        {
            return null;
        }

        var read = SigReader.Read(sig, form: form);
        Assert.True(read.Succeeded, $"{sig}: {read.Refusal?.Message}");
        return read.Value;
    }
}
