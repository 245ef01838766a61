using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
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

    public Task<Result<ChartBanner>> OpenAsync(Guid patientId, CancellationToken cancellation) => Open(patientId);

    public Task<Result<DateTimeOffset>> BreakGlassAsync(Guid patientId, string reason, CancellationToken cancellation)
    {
        Broken.Add((patientId, reason));
        return Task.FromResult(BreakGlass);
    }

    public Task<Result<string>> RevealAbhaAsync(Guid patientId, CancellationToken cancellation) => Task.FromResult<Result<string>>("91-4382-7765-4108");
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
