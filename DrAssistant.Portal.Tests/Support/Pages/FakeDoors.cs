using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Who sits before the page.</summary>
internal sealed class FakePerson : ICurrentUser
{
    public Guid? Id { get; } = Guid.CreateVersion7();

    public StaffRole? Role { get; set; } = StaffRole.Doctor;

    public string? FullName { get; set; } = "Dr. Meera Iyer";

    public Guid? SessionId { get; set; }

    public string? IpAddress => null;

    public string? UserAgent => null;

    public bool IsSystem => false;

    public bool Can(string permission) => RolePermissions.Grants(Role, permission);
}

internal sealed class FakeFeed : IDayFeed
{
    private readonly List<Func<DayChange, Task>> _listeners = [];

    public int Listeners => _listeners.Count;

    public IDisposable Listen(Guid? userId, Func<DayChange, Task> changed)
    {
        _listeners.Add(changed);
        return new Listening(() => _listeners.Remove(changed));
    }

    public Task PublishAsync(DayChange change) => Task.WhenAll(_listeners.ToList().Select(l => l(change)));

    private sealed class Listening(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}

internal sealed class FakeDashboard : IDashboard
{
    public Func<Task<Result<DoctorDay>>> Today { get; set; } = () => throw new InvalidOperationException("No day was given.");

    public Func<Task<Result<IReadOnlyList<DraftToSign>>>> Drafts { get; set; } = () => Task.FromResult<Result<IReadOnlyList<DraftToSign>>>(new List<DraftToSign>());

    public int Reads { get; private set; }

    public Task<Result<DoctorDay>> TodayAsync(CancellationToken cancellation)
    {
        Reads++;
        return Today();
    }

    public Task<Result<IReadOnlyList<DraftToSign>>> DraftsToSignAsync(CancellationToken cancellation) => Drafts();
}

internal sealed class FakeScheduling : IScheduling
{
    public Func<DateOnly, Task<Result<DayBook>>> Day { get; set; } = _ => throw new InvalidOperationException("No book was given.");

    public Func<Guid, DateOnly, int, Task<Result<DoctorDays>>> Days { get; set; } = (_, _, _) => throw new InvalidOperationException("No days were given.");

    public Task<Result<DayBook>> DayAsync(DateOnly day, CancellationToken cancellation) => Day(day);

    public Task<Result<DoctorDays>> DaysAsync(Guid doctorId, DateOnly from, int days, CancellationToken cancellation) => Days(doctorId, from, days);
}

internal sealed class FakeTasks : ITaskList
{
    public List<TaskLine> Tasks { get; } = [];

    public Refusal? Refusal { get; set; }

    public Task<Result<IReadOnlyList<TaskLine>>> MineAsync(CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<TaskLine>>>(Tasks.Where(t => t.Status is ClinicTaskStatus.Pending).ToList());

    public List<TaskQuestion> Asked { get; } = [];

    public Task<Result<IReadOnlyList<TaskLine>>> ListAsync(TaskQuestion question, CancellationToken cancellation)
    {
        Asked.Add(question);
        return MineAsync(cancellation);
    }

    public Task<Result<TaskLine>> CompleteAsync(Guid taskId, CancellationToken cancellation) => SetAsync(taskId, ClinicTaskStatus.Completed);

    public Task<Result<TaskLine>> ReopenAsync(Guid taskId, CancellationToken cancellation) => SetAsync(taskId, ClinicTaskStatus.Pending);

    private Task<Result<TaskLine>> SetAsync(Guid taskId, ClinicTaskStatus status)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<TaskLine>>(refusal);
        }

        var at = Tasks.FindIndex(t => t.Id == taskId);
        Tasks[at] = Tasks[at] with { Status = status };
        return Task.FromResult<Result<TaskLine>>(Tasks[at]);
    }
}

internal sealed class FakeAlerts : IAlerts
{
    public List<AlertLine> Alerts { get; } = [];

    public Task<Result<IReadOnlyList<AlertLine>>> UnreadAsync(CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<AlertLine>>>(Alerts.ToList());

    public List<AlertQuestion> Asked { get; } = [];

    public Task<Result<IReadOnlyList<AlertLine>>> SomeAsync(IReadOnlyList<Guid> alertIds, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<AlertLine>>>(Alerts.Where(a => alertIds.Contains(a.Id)).ToList());

    public Task<Result<IReadOnlyList<AlertLine>>> ListAsync(AlertQuestion question, CancellationToken cancellation)
    {
        Asked.Add(question);
        return UnreadAsync(cancellation);
    }

    public Task<Result<int>> MarkAllReadAsync(CancellationToken cancellation)
        => Task.FromResult<Result<int>>(Alerts.RemoveAll(a => a.Severity is not AlertSeverity.Critical));

    public Task<Result<int>> CountUnreadAsync(CancellationToken cancellation) => Task.FromResult<Result<int>>(Alerts.Count);

    public Task<Result<AlertLine>> AcknowledgeAsync(Guid alertId, CancellationToken cancellation)
    {
        var alert = Alerts.Single(a => a.Id == alertId);
        Alerts.Remove(alert);
        return Task.FromResult<Result<AlertLine>>(alert);
    }
}

internal sealed class FakeEncounters : IEncounters
{
    public Func<Guid, Result<StartedEncounter>> Start { get; set; } = _ => Refusal.NotFound("Appointment");

    public Func<VisitDraft, Result<StartedEncounter>> StartAdHoc { get; set; } = _ => Refusal.NotFound("Patient");

    public Func<Guid, Result<VisitHead>> Open { get; set; } = _ => Refusal.NotFound("Visit");

    public IReadOnlyList<OpenVisit> Mine { get; set; } = [];

    public Func<ComplaintChange, Result<VisitHead>> Revise { get; set; } = _ => Refusal.NotFound("Visit");

    public Func<VisitEnding, Result<EndedVisit>> End { get; set; } = _ => Refusal.NotFound("Visit");

    public Func<VisitCancelling, Result<VisitHead>> Cancel { get; set; } = _ => Refusal.NotFound("Visit");

    public Task<Result<StartedEncounter>> StartAsync(Guid appointmentId, CancellationToken cancellation) => Task.FromResult(Start(appointmentId));

    public Task<Result<StartedEncounter>> StartAdHocAsync(VisitDraft draft, CancellationToken cancellation) => Task.FromResult(StartAdHoc(draft));

    public Task<Result<VisitHead>> OpenAsync(Guid encounterId, CancellationToken cancellation) => Task.FromResult(Open(encounterId));

    public Task<Result<IReadOnlyList<OpenVisit>>> MineAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<OpenVisit>>>(Mine.ToList());

    public Task<Result<VisitHead>> ReviseComplaintAsync(ComplaintChange change, CancellationToken cancellation) => Task.FromResult(Revise(change));

    public Task<Result<EndedVisit>> EndAsync(VisitEnding ending, CancellationToken cancellation) => Task.FromResult(End(ending));

    public Task<Result<VisitHead>> CancelAsync(VisitCancelling cancelling, CancellationToken cancellation) => Task.FromResult(Cancel(cancelling));
}

internal sealed class FakeStaff : IStaff
{
    public Task<Result<IReadOnlyList<StaffLine>>> ListAsync(CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<StaffLine>>>(new List<StaffLine>());
}
