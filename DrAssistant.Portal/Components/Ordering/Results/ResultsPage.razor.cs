using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using DrAssistant.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Results;

/// <summary>What waits for a doctor's eye, worst first, with the report beside it; and what waits to be typed in.</summary>
public partial class ResultsPage(IResultInbox inbox, IResults results, IResultHistory history, ICurrentUser user, OpenWork work)
{
    private readonly Dictionary<Guid, string?> _comments = [];
    private ResultsTab _tab;
    private ResultInbox? _inbox;
    private IReadOnlyList<OrderWaiting>? _waiting;
    private Guid? _wanted;
    private InboxReport? _report;
    private TestSeries? _trend;
    private Refusal? _refusal;
    private ReviewMark? _mark;
    private Guid? _entering;
    private string? _told;

    /// <summary>A report, or one of its values, that is opened at once.</summary>
    [SupplyParameterFromQuery]
    private Guid? Report { get; set; }

    private bool Reviews => user.Can(Permissions.ReviewResults);

    private string? Summary => (_tab, _inbox) switch
    {
        (ResultsTab.ToEnter, _) => _waiting is { } waiting ? $"{Words.Count(waiting.Count, "order")} waiting, the most urgent and oldest first" : null,
        (_, { } read) => string.Join(" · ", new[]
        {
            "Worst first, then oldest",
            Counted(read, "critical", InboxState.CriticalNotAcknowledged, InboxState.Critical),
            Counted(read, "abnormal", InboxState.Abnormal),
            Counted(read, "normal", InboxState.Normal),
            read.ReviewedToday > 0 ? $"reviewed today {read.ReviewedToday}" : null,
        }.OfType<string>()),
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        _tab = Reviews ? ResultsTab.Mine : ResultsTab.ToEnter;
        Follow(user.Id);
        await ReloadAsync();
        if (Report is { } wanted && Reviews)
        {
            await ChooseAsync(wanted);
        }
    }

    protected override bool Concerns(DayChange change) => change.Kind is "result.changed" or "alert.changed" or "alert.raised" or "order.changed" or "patient.changed";

    protected override Task ReloadAsync() => LoadAsync(
        async cancellation => (
            Inbox: _tab is ResultsTab.ToEnter ? null : (Result<ResultInbox>?)await inbox.ReadAsync(_tab is ResultsTab.Practice, cancellation),
            Waiting: _tab is ResultsTab.ToEnter ? (Result<IReadOnlyList<OrderWaiting>>?)await results.WaitingAsync(cancellation) : null,
            Open: _wanted is { } wanted ? ((Result<InboxReport> Report, TestSeries? Trend)?)await OpenAsync(wanted, cancellation) : null),
        read =>
        {
            (_inbox, _waiting) = (read.Inbox is { Succeeded: true } lines ? lines.Value : _inbox, read.Waiting is { Succeeded: true } orders ? orders.Value : _waiting);
            (_report, _trend) = read.Open is { Report.Succeeded: true } again ? (again.Report.Value, again.Trend) : (_report, _trend);
            _refusal = read.Inbox?.Refusal ?? read.Waiting?.Refusal;
        });

    private static string? Counted(ResultInbox read, string word, params InboxState[] states)
        => read.Lines.Count(l => states.Contains(l.State)) is > 0 and var count ? $"{count} {word}" : null;

    private string Pressed(ResultsTab tab) => _tab == tab ? "true" : "false";

    private Task ShowAsync(ResultsTab tab)
    {
        (_tab, _wanted, _report, _inbox, _waiting, _told) = (tab, null, null, null, null, null);
        return ReloadAsync();
    }

    private void Close() => (_wanted, _report) = (null, null);

    /// <summary>News of the day that come meanwhile read the list again and stop this reading: what is wanted is kept, and opened with them.</summary>
    private Task ChooseAsync(Guid report)
    {
        _wanted = report;
        return LoadAsync(
            cancellation => OpenAsync(report, cancellation),
            read => (_report, _trend, _refusal, _told) = (read.Report.Value, read.Trend, read.Report.Refusal, null));
    }

    private async Task<(Result<InboxReport> Report, TestSeries? Trend)> OpenAsync(Guid report, CancellationToken cancellation)
    {
        var opened = await inbox.OpenAsync(report, cancellation);
        var worst = opened.Value?.Values.OrderByDescending(v => Rank(v.Flag)).FirstOrDefault(v => v.Number is not null);
        var trend = worst is null ? null : (await history.TrendAsync(opened.Value!.PatientId, new TestCode(worst.CodeSystem, worst.Code), cancellation)).Value;
        return (opened, trend);
    }

    private static int Rank(ResultFlag flag) => Words.IsCritical(flag) ? 2 : flag is ResultFlag.Normal or ResultFlag.Unknown ? 0 : 1;

    private Task StepAsync(int by)
    {
        if (_inbox is not { Lines: { Count: > 0 } lines })
        {
            return Task.CompletedTask;
        }

        var at = lines.ToList().FindIndex(l => l.ReportId == _report?.ReportId);
        return ChooseAsync(lines[Math.Clamp(at + by, 0, lines.Count - 1)].ReportId);
    }

    private Task AcknowledgeAsync() => ActAsync(async report =>
    {
        var answered = await inbox.AcknowledgeAsync(report.ReportId, CancellationToken.None);
        _report = answered.Value ?? _report;
        return answered.Refusal;
    });

    /// <summary>Reviewed, and on to the next.</summary>
    private Task ReviewAsync() => ActAsync(async report =>
    {
        var next = _inbox?.Lines.SkipWhile(l => l.ReportId != report.ReportId).Skip(1).FirstOrDefault();
        var done = await inbox.ReviewAsync([report.ReportId], _comments.GetValueOrDefault(report.ReportId), CancellationToken.None);
        if (done.Succeeded)
        {
            _comments.Remove(report.ReportId);
            (_mark, _wanted, _report) = (done.Value, null, null);
            if (next is not null)
            {
                await ChooseAsync(next.ReportId);
            }
        }

        return done.Refusal;
    });

    private Task ReviewTogetherAsync(IReadOnlyList<Guid> reports) => SaveAsync(async () =>
    {
        var done = await inbox.ReviewAsync(reports, null, CancellationToken.None);
        (_mark, _refusal, _wanted, _report) = (done.Value, done.Refusal, null, null);
        await AfterAsync();
    });

    private Task TakeBackAsync() => SaveAsync(async () =>
    {
        var mark = _mark!;
        _mark = null;
        _refusal = (await inbox.TakeBackAsync(mark, CancellationToken.None)).Refusal;
        await AfterAsync();
    });

    private Task FollowUpAsync((string Title, int Days) wish) => ActAsync(async report =>
    {
        var made = await inbox.FollowUpAsync(report.ReportId, wish.Title, wish.Days, CancellationToken.None);
        _told = made.Succeeded ? "A task for you was made." : null;
        return made.Refusal;
    });

    private Task TellTheDeskAsync(DeskMessage message) => ActAsync(async report =>
    {
        var made = await inbox.TellTheDeskAsync(report.ReportId, message, CancellationToken.None);
        _told = made.Succeeded ? "Reception was told. Nothing of the result stands in it." : null;
        return made.Refusal;
    });

    private Task EnteredAsync(EnteredResults entered)
    {
        (_entering, _told) = (null, entered.Critical.Count > 0
            ? $"Filed. {string.Join(", ", entered.Critical)}: critical. The doctor was alerted; tell them in person too." : "Filed.");
        return ReloadAsync();
    }

    private Task ActAsync(Func<InboxReport, Task<Refusal?>> act) => SaveAsync(async () =>
    {
        if (_report is { } report)
        {
            _refusal = await act(report);
            await AfterAsync();
        }
    });

    private async Task AfterAsync()
    {
        var refused = _refusal;
        await ReloadAsync();
        _refusal ??= refused;
        await work.RefreshAsync(CancellationToken.None);
    }

    private enum ResultsTab
    {
        Mine,
        Practice,
        ToEnter,
    }
}
