using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Data.Prescribing.Taking;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Prescriptions in memory: a test sees every line that reaches them, and says what is refused.</summary>
internal sealed class FakePrescriptions : IPrescriptions
{
    public List<PrescriptionView> All { get; } = [];

    public List<PrescriptionHead> Earlier { get; } = [];

    public List<PatientMedicine> Taken { get; } = [];

    public List<PatientMedicine> Past { get; } = [];

    public List<MedicationsQuery> Asked { get; } = [];

    /// <summary>Why a chart's medications are not shown.</summary>
    public Refusal? Hidden { get; set; }

    public bool Unreadable { get; set; }

    /// <summary>What was repeated, and in which draft.</summary>
    public List<(Guid Draft, Guid? From)> Repeated { get; } = [];

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

    /// <summary>What a chart says is taken, and the newest of all prescriptions in memory.</summary>
    public Task<Result<PatientMedications>> OfPatientAsync(MedicationsQuery query, CancellationToken cancellation)
    {
        Asked.Add(query);
        if (Unreadable)
        {
            throw new TimeoutException();
        }

        var all = All.Where(p => p.PatientId == query.PatientId).OrderByDescending(p => p.SignedAt ?? p.CreatedAt).ToList();
        var take = Math.Max(query.Prescriptions, all.FindIndex(p => p.Id == query.Sought) + 1);
        return Task.FromResult<Result<PatientMedications>>(
            Hidden ?? (Result<PatientMedications>)new PatientMedications(query.PatientId, [.. Taken], [.. Past.Take(query.Past)], Past.Count, [.. all.Take(take)], all.Count));
    }

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
    {
        Repeated.Add((act.PrescriptionId, fromPrescriptionId));
        return Do(act, null, lines => [.. lines, Line("Telmisartan")]);
    }

    public static PatientMedicine Medicine(string name, Guid? item = null, Guid? prescription = null) => new(
        item ?? Guid.CreateVersion7(), prescription ?? Guid.CreateVersion7(), Guid.CreateVersion7(), name, Day.Date.AddDays(-90), Day.Date.AddDays(-10), null, "Dr. Meera Iyer")
    {
        Strength = "500 mg",
        Form = "tablet",
        How = "1 tablet twice a day after food",
        VisitType = EncounterType.OfficeVisit,
        VisitStart = Day.At(10, 0).AddDays(-10),
    };

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
        new SafetyReport(Day.Now, 1, "lists 1", Day.Date, Findings, NotChecked),
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
