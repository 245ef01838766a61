using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Encounters.Pregnancy;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Prescribing.Safety;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakeVitals : IVitals
{
    public Func<Guid, Result<VitalsForm>> Form { get; set; } = _ => Refusal.NotFound("Patient");

    public Func<VitalsDraft, Result<VitalSet>> Record { get; set; } = _ => Refusal.NotFound("Patient");

    public Func<VitalCorrection, Result<VitalSet>> Correct { get; set; } = _ => Refusal.NotFound("Value");

    public IReadOnlyList<VitalValue> Latest { get; set; } = [];

    public IReadOnlyList<VitalSeries> Series { get; set; } = [];

    public DateOnly? AskedSince { get; private set; }

    public Task<Result<VitalsForm>> FormAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult(Form(patientId));

    public Task<Result<VitalSet>> RecordAsync(VitalsDraft draft, CancellationToken cancellation) => Task.FromResult(Record(draft));

    public Task<Result<VitalSet>> CorrectAsync(VitalCorrection correction, CancellationToken cancellation) => Task.FromResult(Correct(correction));

    public Task<Result<VitalSetPage>> SetsAsync(Guid patientId, Guid? encounterId, DateTimeOffset? before, CancellationToken cancellation)
        => Task.FromResult<Result<VitalSetPage>>(new VitalSetPage([], null));

    public Task<Result<IReadOnlyList<VitalValue>>> LatestAsync(Guid patientId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<VitalValue>>>(Latest.ToList());

    public Task<Result<IReadOnlyList<VitalSeries>>> SeriesAsync(Guid patientId, DateOnly? since, CancellationToken cancellation)
    {
        AskedSince = since;
        return Task.FromResult<Result<IReadOnlyList<VitalSeries>>>(Series.ToList());
    }
}

internal sealed class FakeGrowth : IGrowth
{
    public Func<Guid, Result<GrowthCharts>> Charts { get; set; } = _ => Refusal.NotFound("Patient");

    public Task<Result<GrowthCharts>> ChartsAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult(Charts(patientId));
}

internal sealed class FakePregnancy : IPregnancy
{
    public PregnancyAnswer Answer { get; set; } = new(Guid.Empty, IsAsked: false, PregnancyState.NotKnown, null, null);

    public List<PregnancyState> Recorded { get; } = [];

    public Task<Result<PregnancyAnswer>> ReadAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult<Result<PregnancyAnswer>>(Answer with { PatientId = patientId });

    public Task<Result<PregnancyAnswer>> RecordAsync(Guid patientId, PregnancyState state, CancellationToken cancellation)
    {
        Recorded.Add(state);
        Answer = Answer with { PatientId = patientId, State = state };
        return Task.FromResult<Result<PregnancyAnswer>>(Answer);
    }
}

internal sealed class FakeAllergies : IAllergies
{
    public Func<Result<AllergyList>> List { get; set; } = () => Refusal.NotFound("Patient");

    public IReadOnlyList<AllergySubstance> Substances { get; set; } = [];

    /// <summary>What was done, in words; each answers with <see cref="List"/>.</summary>
    public List<string> Done { get; } = [];

    public NewAllergyDraft? Added { get; private set; }

    public Task<Result<AllergyList>> ListAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult(List());

    public Task<Result<IReadOnlyList<AllergySubstance>>> FindSubstancesAsync(string question, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<AllergySubstance>>>(Substances.ToList());

    public Task<Result<AllergyList>> AddAsync(NewAllergyDraft allergy, CancellationToken cancellation)
    {
        Added = allergy;
        return Did($"add {allergy.Substance}");
    }

    public Task<Result<AllergyList>> ReviseAsync(AllergyRevision revision, CancellationToken cancellation) => Did($"revise {revision.Seen.Substance} to {revision.Reaction}");

    public Task<Result<AllergyList>> DeactivateAsync(Guid allergyId, string reason, CancellationToken cancellation) => Did($"off: {reason}");

    public Task<Result<AllergyList>> MarkInErrorAsync(Guid allergyId, string reason, CancellationToken cancellation) => Did($"error: {reason}");

    public Task<Result<AllergyList>> RecordNoneAsync(Guid patientId, CancellationToken cancellation) => Did("none");

    public Task<Result<AllergyList>> ConfirmAsync(Guid patientId, CancellationToken cancellation) => Did("confirm");

    private Task<Result<AllergyList>> Did(string what)
    {
        Done.Add(what);
        return Task.FromResult(List());
    }
}

internal sealed class FakeEssentials : IPatientEssentials
{
    public Func<Task<Result<PatientEssentials>>> Read { get; set; } = () => Day.Answer(new PatientEssentials(
        Guid.Empty, new AllergyList(Guid.Empty, AllergiesStatus.NotAsked, null, [], [], 0), [], 0, null, null, NotesReachable: true, [], [], 0, [], []));

    public int Reads { get; private set; }

    public Task<Result<PatientEssentials>> ReadAsync(Guid patientId, Guid? encounterId, CancellationToken cancellation)
    {
        Reads++;
        return Read();
    }
}
