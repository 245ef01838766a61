using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components.Settings;

public partial class OrderedRows
{
    private readonly Dictionary<string, ElementReference> _grips = [];
    private List<OrderedRow> _rows = [];
    private List<OrderedRow> _beforeLift = [];
    private string? _lifted;
    private string? _dragged;
    private string? _focus;
    private string? _said;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<OrderedRow> Rows { get; set; } = [];

    /// <summary>The names in their new order.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<string>> OnMoved { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<string> OnToggled { get; set; }

    protected override void OnParametersSet()
    {
        // While a row is in the air its place is the hand's.
        if (_lifted is null)
        {
            _rows = [.. Rows];
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // A row that moved in the document has lost the focus on the way.
        if (_focus is { } name && _grips.TryGetValue(name, out var grip))
        {
            _focus = null;
            await grip.FocusAsync();
        }
    }

    private async Task LiftOrDropAsync(string name)
    {
        if (_lifted is null)
        {
            (_lifted, _beforeLift) = (name, [.. _rows]);
            _said = $"{TitleOf(name)} is lifted.";
            return;
        }

        _lifted = null;
        _said = $"{TitleOf(name)} is number {Place(name) + 1} of {_rows.Count}.";
        if (!_rows.SequenceEqual(_beforeLift))
        {
            await TellAsync();
        }
    }

    private async Task KeyAsync(KeyboardEventArgs key, string name)
    {
        if (_lifted != name)
        {
            return;
        }

        switch (key.Key)
        {
            case "ArrowUp": Shift(name, -1); break;
            case "ArrowDown": Shift(name, 1); break;
            case "Escape": (_rows, _lifted, _said) = (_beforeLift, null, $"{TitleOf(name)} is back at its place."); break;
            case " " or "Enter": await LiftOrDropAsync(name); break;
            default: return;
        }

        _focus = name;
    }

    private Task StepAsync(string name, int step)
    {
        Shift(name, step);
        return TellAsync();
    }

    private Task DropOnAsync(string target)
    {
        if (_dragged is not { } name || name == target)
        {
            return Task.CompletedTask;
        }

        _dragged = null;
        var (from, to) = (Place(name), Place(target));
        var row = _rows[from];
        _rows.RemoveAt(from);
        _rows.Insert(to, row);
        return TellAsync();
    }

    private void Shift(string name, int step)
    {
        var from = Place(name);
        var to = from + step;
        if (to >= 0 && to < _rows.Count)
        {
            (_rows[from], _rows[to]) = (_rows[to], _rows[from]);
            _said = $"{TitleOf(name)} is number {to + 1} of {_rows.Count}.";
        }
    }

    private Task TellAsync() => OnMoved.InvokeAsync([.. _rows.Select(r => r.Name)]);

    private int Place(string name) => _rows.FindIndex(r => r.Name == name);

    private string TitleOf(string name) => _rows[Place(name)].Title;
}

public sealed record OrderedRow(string Name, string Title, bool IsShown);
