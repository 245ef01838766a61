using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Patients.Timeline;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakePatients : IPatients
{
    public List<string> Questions { get; } = [];

    public List<bool> AlsoInactive { get; } = [];

    public List<(Guid Patient, string Reason)> Broken { get; } = [];

    public Func<string, Task<Result<IReadOnlyList<PatientHit>>>> Find { get; set; } = _ => Task.FromResult<Result<IReadOnlyList<PatientHit>>>(new List<PatientHit>());

    public Func<Guid, Task<Result<ChartBanner>>> Open { get; set; } = _ => Task.FromResult<Result<ChartBanner>>(Refusal.NotFound("Patient"));

    public Result<DateTimeOffset> BreakGlass { get; set; } = Day.At(14, 41);

    public Task<Result<IReadOnlyList<PatientHit>>> FindAsync(string question, CancellationToken cancellation)
    {
        Questions.Add(question);
        return Find(question);
    }

    public Task<Result<IReadOnlyList<PatientHit>>> FindAsync(string question, bool alsoInactive, CancellationToken cancellation)
    {
        AlsoInactive.Add(alsoInactive);
        return FindAsync(question, cancellation);
    }

    public List<PatientHit> Coming { get; } = [];

    public Task<Result<IReadOnlyList<PatientHit>>> ComingAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<PatientHit>>>(Coming);

    public Task<Result<PatientHit>> WhoAsync(Guid patientId, CancellationToken cancellation)
        => Task.FromResult<Result<PatientHit>>(Day.Hit("Lakshmi", "Chaudhuri") with { Id = patientId });

    public Task<Result<ChartBanner>> OpenAsync(Guid patientId, CancellationToken cancellation) => Open(patientId);

    public Task<Result<DateTimeOffset>> BreakGlassAsync(Guid patientId, string reason, CancellationToken cancellation)
    {
        Broken.Add((patientId, reason));
        return Task.FromResult(BreakGlass);
    }

    public Task<Result<string>> RevealAbhaAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult<Result<string>>("91-4382-7765-4108");
}

internal sealed class FakeMerging : IPatientMerging
{
    public List<MergeDraft> Asked { get; } = [];

    public List<(string Act, string? Reason)> Acts { get; } = [];

    public Func<Guid, Guid, Result<MergeComparison>> Compare { get; set; } = (_, _) => Refusal.NotFound("One of the two patients");

    public Result<Guid> AskAnswer { get; set; } = Guid.CreateVersion7();

    public List<MergeLine> Lines { get; } = [];

    public Result<MergeRequest> Request { get; set; } = Refusal.NotFound("Merge");

    public Task<Result<MergeComparison>> CompareAsync(Guid survivorId, Guid mergedId, CancellationToken cancellation) => Task.FromResult(Compare(survivorId, mergedId));

    public Task<Result<Guid>> AskAsync(MergeDraft draft, CancellationToken cancellation)
    {
        Asked.Add(draft);
        return Task.FromResult(AskAnswer);
    }

    public Task<Result<IReadOnlyList<MergeLine>>> ListAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<MergeLine>>>(Lines.ToList());

    public Task<Result<MergeRequest>> OpenAsync(Guid mergeId, CancellationToken cancellation) => Task.FromResult(Request);

    public Task<Result<MergeRequest>> ApproveAsync(Guid mergeId, string? note, CancellationToken cancellation) => ActAsync("approve", note);

    public Task<Result<MergeRequest>> DeclineAsync(Guid mergeId, string reason, CancellationToken cancellation) => ActAsync("decline", reason);

    public Task<Result<MergeRequest>> UndoAsync(Guid mergeId, string reason, CancellationToken cancellation) => ActAsync("undo", reason);

    private Task<Result<MergeRequest>> ActAsync(string act, string? reason)
    {
        Acts.Add((act, reason));
        return Task.FromResult(Request);
    }
}

internal sealed class FakeTimeline : IPatientTimeline
{
    public List<(TimelineFilter Filter, TimelineCursor? Before)> Asked { get; } = [];

    public Func<Guid, TimelineFilter, TimelineCursor?, Task<Result<TimelinePage>>> Page { get; set; }
        = (_, _, _) => Task.FromResult<Result<TimelinePage>>(new TimelinePage([], null, 0, []));

    public Task<Result<TimelinePage>> PageAsync(Guid patientId, TimelineFilter filter, TimelineCursor? before, CancellationToken cancellation)
    {
        Asked.Add((filter, before));
        return Page(patientId, filter, before);
    }
}
