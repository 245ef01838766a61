using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Encounters;

/// <summary>Names the person, says what is still open, takes the follow-up, and ends the visit.</summary>
public partial class EndVisitDialog(IEncounters encounters, ClinicClock clock)
{
    private static readonly (When Choice, string Words)[] Choices = [(When.Never, "No follow-up"), (When.In, "In days or weeks"), (When.On, "On a day")];

    private When _when;
    private string _number = "2";
    private FollowUpUnit _unit = FollowUpUnit.Weeks;
    private DateOnly? _on;
    private string? _forTheDesk;
    private string? _error;
    private Refusal? _refusal;
    private VisitUnfinished? _open;
    private bool _unsaved;

    private enum When
    {
        Never,
        In,
        On,
    }

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>Brings what was typed in the note to the server; false when that did not succeed.</summary>
    [Parameter, EditorRequired]
    public Func<Task<bool>> SaveNote { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback<EndedVisit> OnEnded { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private int? Number
        => int.TryParse(_number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>What the interval comes to, so that nobody counts on fingers.</summary>
    private string Due => Number is not { } number ? "" : ClinicFormat.DateWithWeekday(_unit switch
    {
        FollowUpUnit.Days => clock.Today.AddDays(number),
        FollowUpUnit.Weeks => clock.Today.AddDays(number * 7),
        _ => clock.Today.AddMonths(number),
    });

    private void Choose(When choice) => (_when, _error) = (choice, null);

    private Task EndAsync() => SaveAsync(async () =>
    {
        _error = (_when, Number, _on) switch
        {
            (When.In, null, _) => "Write a number, such as 2.",
            (When.On, _, null) => "Choose the day.",
            _ => null,
        };
        if (_error is not null)
        {
            return;
        }

        // Ending leaves the page: what was typed a moment ago arrives first. Where it cannot, ending is for the doctor to decide.
        if (!_unsaved && !await SaveNote())
        {
            (_unsaved, _refusal) = (true, Refusal.Unavailable("What you typed in the note has not reached the server yet. The note says where it is kept meanwhile."));
            return;
        }

        var ended = await encounters.EndAsync(new VisitEnding(Visit.EncounterId, Wish(), EndAnyway: _open is not null), CancellationToken.None);
        (_refusal, _open) = (ended.Refusal, ended.Refusal as VisitUnfinished);
        if (ended.Succeeded)
        {
            await OnEnded.InvokeAsync(ended.Value);
        }
    });

    private FollowUpWish? Wish()
    {
        var desk = string.IsNullOrWhiteSpace(_forTheDesk) ? null : _forTheDesk.Trim();
        return _when switch
        {
            When.In => new FollowUpWish(In: new FollowUpInterval(Number!.Value, _unit), ForTheDesk: desk),
            When.On => new FollowUpWish(On: _on, ForTheDesk: desk),
            _ => null,
        };
    }
}
