using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>An inbox that a test fills; what was done with it is written down.</summary>
internal sealed class FakeResultInbox : IResultInbox
{
    public List<InboxLine> Lines { get; } = [];

    public Func<Guid, Result<InboxReport>> Open { get; set; } = _ => Refusal.NotFound("Result");

    /// <summary>Until it is set, nothing opens.</summary>
    public TaskCompletionSource? Slow { get; set; }

    public Func<IReadOnlyList<Guid>, Result<ReviewMark>>? Review { get; set; }

    public List<string> Done { get; } = [];

    public Task<Result<ResultInbox>> ReadAsync(bool practice, CancellationToken cancellation)
    {
        Done.Add(practice ? "read practice" : "read mine");
        return Task.FromResult<Result<ResultInbox>>(new ResultInbox(Lines.ToList(), 11, More: false));
    }

    public Task<Result<int>> CountAsync(CancellationToken cancellation) => Task.FromResult<Result<int>>(Lines.Count);

    public async Task<Result<InboxReport>> OpenAsync(Guid reportId, CancellationToken cancellation)
    {
        if (Slow is { } slow)
        {
            await slow.Task.WaitAsync(cancellation);
        }

        return Open(reportId);
    }

    public Task<Result<InboxReport>> AcknowledgeAsync(Guid reportId, CancellationToken cancellation)
    {
        Done.Add($"acknowledge {reportId}");
        return Task.FromResult(Open(reportId));
    }

    public Task<Result<ReviewMark>> ReviewAsync(IReadOnlyList<Guid> reportIds, string? comment, CancellationToken cancellation)
    {
        Done.Add($"review {string.Join(' ', reportIds)} {comment}".TrimEnd());
        if (Review?.Invoke(reportIds) is { } answer)
        {
            return Task.FromResult(answer);
        }

        Lines.RemoveAll(l => reportIds.Contains(l.ReportId));
        return Task.FromResult<Result<ReviewMark>>(new ReviewMark(reportIds, Day.Now));
    }

    public Task<Result<ReviewMark>> TakeBackAsync(ReviewMark mark, CancellationToken cancellation)
    {
        Done.Add("take back");
        return Task.FromResult<Result<ReviewMark>>(mark);
    }

    public Task<Result<Guid>> FollowUpAsync(Guid reportId, string title, int inDays, CancellationToken cancellation)
    {
        Done.Add($"task {title} {inDays}");
        return Task.FromResult<Result<Guid>>(Guid.CreateVersion7());
    }

    public Task<Result<Guid>> TellTheDeskAsync(Guid reportId, DeskMessage message, CancellationToken cancellation)
    {
        Done.Add($"desk {message}");
        return Task.FromResult<Result<Guid>>(Guid.CreateVersion7());
    }
}

internal sealed class FakeResults : IResults
{
    public List<OrderWaiting> Waiting { get; } = [];

    public Func<Guid, Result<OrderToAnswer>> Form { get; set; } = _ => Refusal.NotFound("Order");

    public Func<ResultDraft, Result<EnteredResults>> Enter { get; set; } = _ => new EnteredResults(Guid.CreateVersion7(), []);

    public Task<Result<IReadOnlyList<OrderWaiting>>> WaitingAsync(CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<OrderWaiting>>>(Waiting.ToList());

    public Task<Result<OrderToAnswer>> FormAsync(Guid orderId, CancellationToken cancellation) => Task.FromResult(Form(orderId));

    public Task<Result<EnteredResults>> EnterAsync(ResultDraft draft, CancellationToken cancellation) => Task.FromResult(Enter(draft));
}
