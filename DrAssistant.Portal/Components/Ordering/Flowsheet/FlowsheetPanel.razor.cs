using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Ordering.Flowsheet;

/// <summary>All results of one patient, and up to three of their tests as a chart. What comes in appears by itself.</summary>
public partial class FlowsheetPanel(IResultHistory history, ICurrentUser user, IJSRuntime script)
{
    private const int Step = 12;

    private ResultFlowsheet? _sheet;
    private Refusal? _refusal;
    private int _shown = Step;
    private List<(TestCode Test, string Name)> _drawn = [];
    private string? _why;
    private Guid? _asked;
    private bool _found;

    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    /// <summary>The order whose values are marked and in sight.</summary>
    [Parameter]
    public Guid? Sought { get; set; }

    /// <summary>The result that is open to begin with.</summary>
    [Parameter]
    public Guid? First { get; set; }

    private IReadOnlyList<DateOnly> Days => [.. _sheet!.Days.Take(_shown)];

    private IReadOnlyList<TestSeries> Drawn => [.. _drawn.Select(Find).OfType<TestSeries>()];

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        _asked = First;
        return ReloadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_found && FirstSought is { } value)
        {
            _found = true;
            await script.InvokeVoidAsync("clinicShell.inSight", FlowsheetRow.IdOf(value));
        }
    }

    /// <summary>What stands in the first cell that has a value of the order.</summary>
    private ResultPoint? FirstSought => Sought is not { } order ? null : _sheet?.Groups.SelectMany(g => g.Tests)
        .Select(t => t.Values.LastOrDefault(v => v.OrderId == order) is { } met ? t.Values.Last(v => v.Day == met.Day) : null).FirstOrDefault(v => v is not null);

    protected override bool Concerns(DayChange change) => change?.PatientId == PatientId && change.Kind is "result.changed" or "order.changed";

    protected override Task ReloadAsync() => LoadAsync(
        cancellation => history.FlowsheetAsync(PatientId, cancellation),
        read =>
        {
            _refusal = read.Refusal;
            if (read.Value is { } sheet)
            {
                _sheet = sheet;
                if (!_found && FirstSought is { } value)
                {
                    _shown = Math.Max(_shown, sheet.Days.Index().FirstOrDefault(d => d.Item == value.Day).Index + 1);
                }

                _drawn = _drawn.FindAll(d => Find(d) is not null);
                if (_drawn.Count == 0 && Worth(sheet) is { } first)
                {
                    _drawn = [Key(first)];
                }
            }
        });

    /// <summary>To begin with: of what is out of range, that which has the longest line.</summary>
    private static TestSeries? Worth(ResultFlowsheet sheet) => sheet.Groups.SelectMany(g => g.Tests).Where(t => t.Line.Any())
        .OrderByDescending(t => Plot.Dot(t.Values[^1].Flag) != Plot.Dot(ResultFlag.Normal))
        .ThenByDescending(t => t.Line.Count()).FirstOrDefault();

    private static (TestCode Test, string Name) Key(TestSeries series) => (series.Test, series.Name);

    private TestSeries? Find((TestCode Test, string Name) key) => _sheet?.Groups.SelectMany(g => g.Tests).FirstOrDefault(t => Key(t) == key);

    private bool IsDrawn(TestSeries series) => _drawn.Contains(Key(series));

    /// <summary>Tests of one unit come beside one another; one of another unit takes the others' place, and that is said.</summary>
    private void Draw(TestSeries series)
    {
        _why = null;
        if (_drawn.Remove(Key(series)))
        {
            return;
        }

        if (!series.Line.Any())
        {
            _why = $"{series.Name} has no numbers to draw.";
            return;
        }

        if (Drawn is [var first, ..] && first.Unit != series.Unit)
        {
            _drawn = [];
        }

        if (_drawn.Count == TrendChart.Most)
        {
            _why = $"Three tests fit into one picture: {_drawn[0].Name} made room.";
            _drawn.RemoveAt(0);
        }

        _drawn.Add(Key(series));
    }
}
