using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Prescribing.Signing;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Prescriptions in memory: a test sees every line that reaches them, and says what is refused.</summary>
internal sealed class FakePrescriptions : IPrescriptions
{
    public List<PrescriptionView> All { get; } = [];

    public List<PrescriptionHead> Earlier { get; } = [];

    public List<MedicineLineDraft> Written { get; } = [];

    public int Begun { get; private set; }

    /// <summary>Every act waits for it.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    /// <summary>Asked before anything is done to the draft.</summary>
    public Func<PrescriptionAct, MedicineLineDraft?, Refusal?> Refuse { get; set; } = (_, _) => null;

    public Func<MedicineLineDraft, MedicineLineView> Reads { get; set; } = line => Line(line.Name!, line.Dose) with { MedicineId = line.MedicineId, Strength = line.Strength, Form = line.Form, Brand = line.Brand };

    public static MedicineLineView Line(string name, string? dose = "1-0-1 5d", params string[] missing)
        => new(Guid.CreateVersion7(), 0, name.ToLowerInvariant(), name, true, missing.Length > 0 ? null : $"1 tablet {dose}", missing) { Dose = dose, Grid = "1-0-1", Quantity = "10 tablets", Strength = "500 mg", Form = "tablet" };

    public static PrescriptionView Of(Guid encounterId, Guid patientId, PrescriptionStatus status, params MedicineLineView[] lines)
        => new(
            Guid.CreateVersion7(), encounterId, patientId, Guid.CreateVersion7(), "Dr. Meera Iyer", status, 1, true, status is PrescriptionStatus.Draft, Day.At(10, 30), Day.At(10, 42),
            [.. lines.Select((l, at) => l with { Position = at })])
        {
            ValidFrom = Day.Date,
            SignedAt = status is PrescriptionStatus.Draft ? null : Day.At(10, 45),
        };

    public Task<Result<PrescriptionView>> BeginAsync(PrescriptionStart start, CancellationToken cancellation)
    {
        Begun++;
        var begun = Of(start.EncounterId, start.PatientId, PrescriptionStatus.Draft);
        All.Add(begun);
        return Task.FromResult<Result<PrescriptionView>>(begun);
    }

    public Task<Result<PrescriptionView>> ReadAsync(Guid prescriptionId, CancellationToken cancellation)
        => Task.FromResult<Result<PrescriptionView>>(All.First(p => p.Id == prescriptionId));

    public Task<Result<IReadOnlyList<PrescriptionView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<PrescriptionView>>>(All.Where(p => p.EncounterId == encounterId).ToList());

    public Task<Result<PrescriptionList>> ListAsync(PrescriptionListQuery query, CancellationToken cancellation)
        => Task.FromResult<Result<PrescriptionList>>(new PrescriptionList(query.PatientId, Earlier, HasMore: false));

    public Task<Result<PrescriptionView>> AddLineAsync(PrescriptionAct act, MedicineLineDraft line, CancellationToken cancellation)
    {
        Written.Add(line);
        return Do(act, line, lines => [.. lines, Reads(line) with { Id = line.Id }]);
    }

    public Task<Result<PrescriptionView>> ChangeLineAsync(PrescriptionAct act, MedicineLineDraft line, CancellationToken cancellation)
    {
        Written.Add(line);
        return Do(act, line, lines => [.. lines.Select(l => l.Id == line.Id ? Reads(line) with { Id = line.Id } : l)]);
    }

    public Task<Result<PrescriptionView>> MoveLineAsync(PrescriptionAct act, Guid lineId, int position, CancellationToken cancellation)
        => Do(act, null, lines =>
        {
            var moved = lines.First(l => l.Id == lineId);
            var rest = lines.Where(l => l.Id != lineId).ToList();
            rest.Insert(position, moved);
            return rest;
        });

    public Task<Result<PrescriptionView>> RemoveLineAsync(PrescriptionAct act, Guid lineId, CancellationToken cancellation)
        => Do(act, null, lines => [.. lines.Where(l => l.Id != lineId)]);

    public Task<Result<PrescriptionView>> ReviseAsync(PrescriptionAct act, PrescriptionParticulars particulars, CancellationToken cancellation) => Do(act, null, lines => lines);

    public Task<Result<PrescriptionView>> RepeatAsync(PrescriptionAct act, Guid? fromPrescriptionId, CancellationToken cancellation)
        => Do(act, null, lines => [.. lines, Line("Telmisartan")]);

    public async Task<Result<PrescriptionView>> Do(PrescriptionAct act, MedicineLineDraft? line, Func<IReadOnlyList<MedicineLineView>, IReadOnlyList<MedicineLineView>> with)
    {
        await Slow;
        if (Refuse(act, line) is { } refusal)
        {
            return refusal;
        }

        var at = All.FindIndex(p => p.Id == act.PrescriptionId);
        All[at] = All[at] with { Version = act.Version + 1, Lines = [.. with(All[at].Lines).Select((l, place) => l with { Position = place })] };
        return All[at];
    }
}

/// <summary>Favourites of which a test says what there is.</summary>
internal sealed class FakeFavourites(FakePrescriptions prescriptions) : IFavouriteMedicines
{
    public List<FavouriteMedicine> Own { get; } = [];

    public List<Guid> Added { get; } = [];

    public List<MedicineSet> Sets { get; } = [];

    public static FavouriteMedicine Of(string name, string? brand = null)
        => new(Guid.CreateVersion7(), FakePrescriptions.Line(name) with { Brand = brand }, $"{name} 1-0-1", 3, IsWithdrawn: false);

    public Task<Result<IReadOnlyList<FavouriteMedicine>>> ListAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<FavouriteMedicine>>>(Own);

    public Task<Result<FavouriteMedicine>> KeepAsync(Guid prescriptionId, Guid lineId, CancellationToken cancellation)
    {
        var line = prescriptions.All.First(p => p.Id == prescriptionId).Lines.First(l => l.Id == lineId);
        Own.Add(new FavouriteMedicine(Guid.CreateVersion7(), line, line.Name, 0, IsWithdrawn: false));
        return Task.FromResult<Result<FavouriteMedicine>>(Own[^1]);
    }

    public Task<Result<Guid>> RemoveAsync(Guid favouriteId, CancellationToken cancellation) => Task.FromResult<Result<Guid>>(favouriteId);

    public Task<Result<PrescriptionView>> AddAsync(PrescriptionAct act, Guid favouriteId, CancellationToken cancellation)
    {
        Added.Add(favouriteId);
        return prescriptions.Do(act, null, lines => [.. lines, Own.First(f => f.Id == favouriteId).Line with { Id = Guid.CreateVersion7() }]);
    }

    public Task<Result<IReadOnlyList<FrequentMedicine>>> FrequentAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<FrequentMedicine>>>(new List<FrequentMedicine>());

    public Task<Result<IReadOnlyList<MedicineSet>>> SetsAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<MedicineSet>>>(Sets);

    public Task<Result<MedicineSet>> SaveSetAsync(MedicineSetDraft set, CancellationToken cancellation)
    {
        Sets.Add(new MedicineSet(Guid.CreateVersion7(), set.Name, !set.ForThePractice, prescriptions.All.First(p => p.Id == set.FromPrescriptionId).Lines));
        return Task.FromResult<Result<MedicineSet>>(Sets[^1]);
    }

    public Task<Result<Guid>> RemoveSetAsync(Guid setId, CancellationToken cancellation) => Task.FromResult<Result<Guid>>(setId);

    public Task<Result<PrescriptionView>> AddSetAsync(PrescriptionAct act, Guid setId, CancellationToken cancellation) => prescriptions.Do(act, null, lines => [.. lines, .. Sets.First(s => s.Id == setId).Lines.Select(l => l with { Id = Guid.CreateVersion7() })]);
}

/// <summary>A check that finds what a test says.</summary>
internal sealed class FakeSafety : IPrescriptionSafety
{
    /// <summary>Every check waits for it.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    public List<SafetyFinding> Findings { get; } = [];

    public List<NotChecked> NotChecked { get; } = [];

    public List<FindingOverride> Overrides { get; } = [];

    public IReadOnlyList<OverrideReasonWords> Reasons { get; } = [new(OverrideReason.WillMonitor, "The patient will be monitored"), new(OverrideReason.NoAlternative, "There is no alternative")];

    public static SafetyFinding Serious(Guid line)
        => new($"allergy:{line:N}", SafetyKind.Allergy, SafetySeverity.Serious, Interrupts: true, line.ToString(), null, "Amoxicillin is a penicillin", "Allergic to penicillins", "Choose another group.", "starter list", Day.Date);

    public async Task<Result<DraftSafety>> CheckAsync(DraftCheck check, CancellationToken cancellation)
    {
        await Slow;
        return Found(check.PrescriptionId);
    }

    public Task<Result<DraftSafety>> OverrideAsync(FindingOverride decision, CancellationToken cancellation)
    {
        Overrides.Add(decision);
        return Task.FromResult<Result<DraftSafety>>(Found(decision.PrescriptionId));
    }

    public Task<Result<IReadOnlyList<OverriddenFinding>>> OverridesAsync(Guid prescriptionId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<OverriddenFinding>>>(new List<OverriddenFinding>());

    private DraftSafety Found(Guid prescription) => new(
        prescription,
        new SafetyReport(Day.Now, 3, 1, "lists 1", Day.Date, Findings, NotChecked),
        Overrides.ToDictionary(o => o.FindingKey, o => new OverriddenFinding(o.FindingKey, "", "", "", "", "", "", "", Day.Now, o.Reason, o.Text, Day.Now, "Dr. Meera Iyer")),
        new CheckedFacts(55.4m, Day.Date, PregnancyState.NotKnown, 74, null, Day.Date, 2));
}

/// <summary>Signing that notes what was signed.</summary>
internal sealed class FakePrescriptionSigning(FakePrescriptions prescriptions) : IPrescriptionSigning
{
    public List<PrescriptionSigning> Signings { get; } = [];

    public List<string?> Cancelled { get; } = [];

    public List<(Guid Line, string Reason)> Stopped { get; } = [];

    public Func<PrescriptionSigning, Refusal?> Refuse { get; set; } = _ => null;

    public Task<Result<PrescriptionView>> SignAsync(PrescriptionSigning signing, CancellationToken cancellation)
    {
        Signings.Add(signing);
        return Task.FromResult(Refuse(signing) is { } refusal ? refusal : Become(signing.PrescriptionId, PrescriptionStatus.Signed));
    }

    public Task<Result<PrescriptionView>> SendAsync(Guid prescriptionId, Guid patientId, CancellationToken cancellation) => Task.FromResult(Become(prescriptionId, PrescriptionStatus.Sent));

    public Task<Result<PrescriptionView>> DispenseAsync(Guid prescriptionId, Guid patientId, CancellationToken cancellation) => Task.FromResult(Become(prescriptionId, PrescriptionStatus.Dispensed));

    public Task<Result<PrescriptionView>> CancelAsync(Guid prescriptionId, Guid patientId, string? reason, CancellationToken cancellation)
    {
        Cancelled.Add(reason);
        return Task.FromResult(Become(prescriptionId, PrescriptionStatus.Cancelled));
    }

    public Task<Result<PrescriptionView>> ReplaceAsync(Guid prescriptionId, Guid patientId, Guid? encounterId, CancellationToken cancellation)
    {
        var old = prescriptions.All.First(p => p.Id == prescriptionId);
        var draft = FakePrescriptions.Of(old.EncounterId, patientId, PrescriptionStatus.Draft, [.. old.Lines]) with { ReplacesId = prescriptionId };
        prescriptions.All.Add(draft);
        return Task.FromResult<Result<PrescriptionView>>(draft);
    }

    public Task<Result<PrescriptionView>> StopMedicineAsync(Guid prescriptionId, Guid lineId, string reason, CancellationToken cancellation)
    {
        Stopped.Add((lineId, reason));
        var at = prescriptions.All.FindIndex(p => p.Id == prescriptionId);
        prescriptions.All[at] = prescriptions.All[at] with
        {
            Lines = [.. prescriptions.All[at].Lines.Select(l => l.Id == lineId ? l with { Stopped = new PrescriptionStep(Day.Now, null, null), StopReason = reason } : l)],
        };
        return Task.FromResult<Result<PrescriptionView>>(prescriptions.All[at]);
    }

    private Result<PrescriptionView> Become(Guid id, PrescriptionStatus status)
    {
        var at = prescriptions.All.FindIndex(p => p.Id == id);
        return prescriptions.All[at] = prescriptions.All[at] with { Status = status, SignedAt = Day.Now, MayWrite = false };
    }
}

/// <summary>A formulary of which a test says what it finds.</summary>
internal sealed class FakeFormulary : IFormulary
{
    public List<Medicine> Medicines { get; } = [];

    public Func<string, Task<Result<IReadOnlyList<MedicineHit>>>>? Find { get; set; }

    public static Medicine Amoxicillin { get; } = new("amoxicillin", "Amoxicillin")
    {
        Forms = ["capsule", "suspension"],
        Strengths = ["250 mg", "500 mg", "125 mg in 5 mL"],
        Routes = ["oral"],
        Brands = ["Mox"],
    };

    public Task<Result<IReadOnlyList<MedicineHit>>> FindAsync(string question, int count, CancellationToken cancellation)
        => Find?.Invoke(question) ?? Task.FromResult<Result<IReadOnlyList<MedicineHit>>>(
            Medicines.Where(m => m.GenericName.StartsWith(question, StringComparison.OrdinalIgnoreCase)).Select(m => new MedicineHit(m, m.GenericName, MedicineNameKind.Generic, Misspelt: false)).ToList());

    public Task<Result<Medicine>> GetAsync(string medicineId, CancellationToken cancellation)
        => Task.FromResult<Result<Medicine>>(Medicines.Find(m => m.Id == medicineId) is { } medicine ? medicine : Refusal.NotFound("Medicine"));
}

/// <summary>A register that a test fills.</summary>
internal sealed class FakeRegister : IPrescriptionRegister
{
    public List<H1Query> Asked { get; } = [];

    public List<H1Entry> Entries { get; } = [];

    public List<OverrideCount> Counts { get; } = [];

    public Task<Result<H1Register>> H1Async(H1Query query, CancellationToken cancellation)
    {
        Asked.Add(query);
        return Task.FromResult<Result<H1Register>>(new H1Register(query.From, query.To, Entries, HasMore: false));
    }

    public Task<Result<OverrideRates>> OverridesAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
        => Task.FromResult<Result<OverrideRates>>(new OverrideRates(from, to, Counts));
}
