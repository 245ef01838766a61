using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Queue;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Writes down what was asked of it, and answers with what a test gave it: a visit, or a refusal for every act.</summary>
internal sealed class FakeQueue : IQueue
{
    public List<string> Acts { get; } = [];

    public List<Identifier> Confirmed { get; } = [];

    public Refusal? Refusal { get; set; }

    /// <summary>How the visit stands after any act.</summary>
    public Func<Guid, BookedVisit> After { get; set; } = id => throw new InvalidOperationException($"No visit was given for {id}.");

    public PersonAtDesk Person { get; set; } = new(
        Guid.CreateVersion7(), new PersonName("Lakshmi", "Chaudhuri"), new DateOnly(1988, 3, 1), DateOfBirthEstimated: false,
        Age.On(Day.Date, new DateOnly(1988, 3, 1)), Gender.Female, "SC26-005120-6", "4108", AbhaEnd: null);

    public Task<Result<PersonAtDesk>> IdentifyAsync(Guid appointmentId, CancellationToken cancellation) => Task.FromResult<Result<PersonAtDesk>>(Person);

    public Task<Result<BookedVisit>> ArriveAsync(Guid appointmentId, CancellationToken cancellation) => Act("arrive", appointmentId);

    public Task<Result<BookedVisit>> CheckInAsync(Guid appointmentId, IReadOnlyCollection<Identifier> confirmed, CancellationToken cancellation)
    {
        Confirmed.AddRange(confirmed);
        return Act("check in", appointmentId);
    }

    public Task<Result<BookedVisit>> ToNurseAsync(Guid appointmentId, CancellationToken cancellation) => Act("to nurse", appointmentId);

    public Task<Result<BookedVisit>> PutBackAsync(Guid appointmentId, bool vitalsDone, CancellationToken cancellation)
        => Act(vitalsDone ? "vitals done" : "put back", appointmentId);

    public Task<Result<BookedVisit>> CallNextAsync(Guid doctorId, Guid expected, CancellationToken cancellation) => Act("call", expected);

    public Task<Result<BookedVisit>> CallAgainAsync(Guid appointmentId, CancellationToken cancellation) => Act("call again", appointmentId);

    public Task<Result<BookedVisit>> SkipAsync(Guid appointmentId, CancellationToken cancellation) => Act("skip", appointmentId);

    private Task<Result<BookedVisit>> Act(string act, Guid appointmentId)
    {
        Acts.Add(act);
        return Task.FromResult(Refusal is { } refusal ? (Result<BookedVisit>)refusal : After(appointmentId));
    }
}
