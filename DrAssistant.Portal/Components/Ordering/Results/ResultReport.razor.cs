using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Results;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Results;

/// <summary>A report beside the list.</summary>
public partial class ResultReport
{
    private static readonly (DeskMessage Message, string Words)[] Messages =
        [(DeskMessage.AskToCome, "To come today"), (DeskMessage.AskToBook, "To book a visit"), (DeskMessage.AskToRing, "To ring the doctor")];

    private Ask? _asks;
    private string _title = "";
    private int _days = 1;

    [Inject]
    private ClinicClock Clock { get; set; } = default!;

    [Parameter, EditorRequired]
    public InboxReport Report { get; set; } = default!;

    /// <summary>The worst value over time.</summary>
    [Parameter]
    public TestSeries? Trend { get; set; }

    [Parameter]
    public bool Saving { get; set; }

    [Parameter]
    public string? Comment { get; set; }

    [Parameter]
    public EventCallback<string?> CommentChanged { get; set; }

    [Parameter]
    public EventCallback OnAcknowledge { get; set; }

    [Parameter]
    public EventCallback OnReview { get; set; }

    [Parameter]
    public EventCallback<(string Title, int Days)> OnFollowUp { get; set; }

    [Parameter]
    public EventCallback<DeskMessage> OnDesk { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    /// <summary>The form of the order, to correct a value or add one.</summary>
    [Parameter]
    public EventCallback OnEnter { get; set; }

    private string Escalation
    {
        get
        {
            if (Report.Escalated)
            {
                return "The doctors on duty were told too.";
            }

            if (Report.EscalatesAt is not { } at)
            {
                return "";
            }

            var left = at - Clock.Now;
            return left > TimeSpan.Zero
                ? $"Goes to the doctors on duty at {ClinicFormat.Time(Clock.TimeOf(at))}, in {ClinicFormat.Waiting(left)}, if nobody answers."
                : "Goes to the doctors on duty as soon as one is here.";
        }
    }

    /// <summary>Who answered and who reviewed, each said once.</summary>
    private IEnumerable<string> Seen => Report.Values
        .SelectMany(v => new[]
        {
            v.Acknowledged is { } known ? $"Acknowledged by {known.Who}, {ClinicFormat.DateAndTime(known.At, Clock)}." : null,
            v.Reviewed is { } seen ? $"Reviewed by {seen.Who}, {ClinicFormat.DateAndTime(seen.At, Clock)}{(seen.Comment is { } words ? $": {words}" : ".")}" : null,
        })
        .OfType<string>().Distinct();

    private static string Remarks(InboxValue value) => string.Join(" · ", new[]
    {
        value.Status is ResultStatus.Preliminary ? "preliminary" : value.Status is ResultStatus.Corrected ? "corrected" : null,
        value.Reported is { } reported ? $"reported as {reported}" : null,
        value.LaboratoryFlag is { } flag ? $"the laboratory says {flag}" : null,
        value.Comment,
    }.OfType<string>());

    private void AskForTask() => (_asks, _title) = (Ask.Task, _title.Length > 0 ? _title : $"Follow up {Report.Values[0].Name}"[..Math.Min(100, 10 + Report.Values[0].Name.Length)]);

    private async Task DoneAsync(Task act)
    {
        await act;
        (_asks, _title) = (null, "");
    }

    private enum Ask
    {
        Task,
        Desk,
    }
}
