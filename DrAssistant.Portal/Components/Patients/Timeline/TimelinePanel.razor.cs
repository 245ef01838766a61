using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients.Timeline;

/// <summary>Everything that happened to one patient, a page at a time. The filters are in the address; the searched words are not.</summary>
public partial class TimelinePanel(IPatientTimeline timeline, ICurrentUser user, NavigationManager navigation, TimeProvider time)
{
    private const int OpenAtFirst = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly List<TimelineVisit> _visits = [];
    private readonly HashSet<Guid> _toggled = [];
    private TimelineFilter _filter = TimelineFilter.All;
    private TimelineAddress? _read;
    private string _text = "";
    private int? _year;
    private TimelinePage? _page;
    private TimelineCursor? _next;
    private IReadOnlyList<TimelineYear> _years = [];
    private Refusal? _refusal;
    private bool _olderFailed;

    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    /// <summary>The filters as the address has them.</summary>
    [Parameter]
    public TimelineAddress Address { get; set; } = new();

    private bool IsFiltered => IsChosen || !string.IsNullOrWhiteSpace(_filter.Text);

    private bool IsChosen => _filter.Kinds.Count > 0 || _filter.DoctorId is not null || _filter.From is not null;

    private int ShownVisits => _visits.Count(v => v.IsVisit);

    private int? Current => _year ?? (_visits.Count > 0 ? Clock.Local(_visits[0].Start).Year : null);

    private string FoundWords
        => string.Join(", ", new[]
        {
            $"{_page?.TotalVisits ?? 0} of {Words.Count(_page?.AllVisits ?? 0, "visit")}",
            _page is { FoundDocuments: > 0 and var documents } ? Words.Count(documents, "document") : null, TimelineWords.Of(_filter.Kinds),
            _page?.Doctors.FirstOrDefault(d => d.Id == _filter.DoctorId)?.Name,
            TimelineAddress.Periods.Where(p => p.Word == Address.Period).Select(p => p.Name.ToLowerInvariant()).FirstOrDefault(),
            string.IsNullOrWhiteSpace(_filter.Text) ? null : $"with “{_filter.Text}”",
        }.Where(w => !string.IsNullOrEmpty(w))) + ".";

    protected override void OnInitialized() => Follow(user.Id);

    protected override Task OnParametersSetAsync()
    {
        if (_read == Address)
        {
            return Task.CompletedTask;
        }

        _read = Address;
        _filter = Address.FilterOn(Clock.Today, _filter.Text);
        return ReadFirstAsync(TimeSpan.Zero);
    }

    protected override bool Concerns(DayChange change) => change.PatientId == PatientId;

    /// <summary>What is new comes on top; who has scrolled on or jumped keeps the place.</summary>
    protected override Task ReloadAsync()
        => _year is null && (_page is null || _visits.Count <= _page.Visits.Count) ? ReadFirstAsync(TimeSpan.Zero) : Task.CompletedTask;

    private Task ReadFirstAsync(TimeSpan pause)
    {
        var from = _year is { } year ? new TimelineCursor(Clock.DayBounds(new DateOnly(year, 12, 31)).To, Guid.Empty) : null;
        return LoadAsync(
            async cancellation =>
            {
                await Task.Delay(pause, time, cancellation);
                return await timeline.PageAsync(PatientId, _filter, from, cancellation);
            },
            ShowFirst);
    }

    private void ShowFirst(Result<TimelinePage> read)
    {
        (_refusal, _olderFailed) = (read.Refusal, false);
        if (read.Succeeded)
        {
            _visits.Clear();
            ShowMore(read.Value);
            _years = read.Value.Years.Count > 0 || !IsFiltered ? read.Value.Years : _years;
        }
    }

    private void ShowMore(TimelinePage page)
    {
        _visits.AddRange(page.Visits.Where(v => _visits.TrueForAll(known => known.EncounterId != v.EncounterId)));
        (_page, _next) = (page, page.Next);
    }

    private async Task OlderAsync()
    {
        if (_next is null || Loading)
        {
            return;
        }

        await LoadAsync(
            cancellation => timeline.PageAsync(PatientId, _filter, _next, cancellation),
            read =>
            {
                _refusal = read.Refusal;
                if (read.Succeeded)
                {
                    ShowMore(read.Value);
                }
            });
        _olderFailed = LoadFailure is not null;
    }

    private bool IsOpen(TimelineVisit visit)
    {
        var openAtFirst = IsFiltered || _visits.IndexOf(visit) < OpenAtFirst;
        return openAtFirst != _toggled.Contains(visit.EncounterId);
    }

    private void Toggle(TimelineVisit visit)
    {
        if (!_toggled.Add(visit.EncounterId))
        {
            _toggled.Remove(visit.EncounterId);
        }
    }

    // The address changes, and with it the parameter that reads anew.
    private void Choose((TimelineFilter Filter, string? Period) chosen)
        => navigation.NavigateTo(navigation.GetUriWithQueryParameters(TimelineAddress.Words(chosen.Filter, chosen.Period)), replace: true);

    private Task TypedAsync(string text)
    {
        _text = text;
        _filter = _filter with { Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim() };
        return ReadFirstAsync(Pause);
    }

    private Task ClearAsync()
    {
        _text = "";
        _filter = _filter with { Text = null };
        if (IsChosen)
        {
            Choose((TimelineFilter.All, null));
            return Task.CompletedTask;
        }

        return ReadFirstAsync(TimeSpan.Zero);
    }

    private Task JumpAsync(int? year)
    {
        _year = year;
        return ReadFirstAsync(TimeSpan.Zero);
    }
}
