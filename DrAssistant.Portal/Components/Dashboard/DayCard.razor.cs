using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components.Dashboard;

public partial class DayCard
{
    private ElementReference _grip;
    private bool _lifted;
    private bool _focusGrip;

    /// <summary>One of the names in <see cref="DayCards"/>.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public string? Count { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>At the right of the head.</summary>
    [Parameter]
    public RenderFragment? Head { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private CardArranger? Arranger { get; set; }

    /// <summary>Renders the page that holds the columns.</summary>
    [CascadingParameter]
    private Action? Rearranged { get; set; }

    private bool Arranging => Arranger?.Arranging is true;

    private bool IsHidden => Arranger?.IsHidden(Name) is true;

    private string HeadId => $"card-{Name}";

    private string? HideTitle => Name == DayCards.Alerts ? "Critical alerts are shown all the same" : null;

    // In the other column it is another component: it takes over that it is lifted.
    protected override void OnInitialized() => _lifted = _focusGrip = Arranger?.Lifted == Name;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // A card that moved in the document has lost the focus on the way.
        if (_focusGrip && Arranging)
        {
            _focusGrip = false;
            await _grip.FocusAsync();
        }
    }

    private async Task LiftAsync()
    {
        if (Arranger is { } arranger)
        {
            await arranger.LiftOrDropAsync(Name, Title);
            _lifted = arranger.Lifted == Name;
            Rearranged?.Invoke();
        }
    }

    private Task KeyAsync(KeyboardEventArgs key)
    {
        if (Arranger is not { } arranger || arranger.Lifted != Name)
        {
            return Task.CompletedTask;
        }

        switch (key.Key)
        {
            case "ArrowUp": arranger.Move(CardMove.Up); break;
            case "ArrowDown": arranger.Move(CardMove.Down); break;
            case "ArrowLeft": arranger.Move(CardMove.Left); break;
            case "ArrowRight": arranger.Move(CardMove.Right); break;
            case "Escape": arranger.PutBack(); _lifted = false; break;
            case " " or "Enter": return LiftAsync();
            default: return Task.CompletedTask;
        }

        _focusGrip = true;
        Rearranged?.Invoke();
        return Task.CompletedTask;
    }

    private Task MoveAsync(CardMove move) => Arranger?.MoveAsync(Name, Title, move) ?? Task.CompletedTask;

    private Task ToggleAsync() => Arranger?.ToggleAsync(Name, Title) ?? Task.CompletedTask;

    private void Drag()
    {
        if (Arranger is { Arranging: true } arranger)
        {
            arranger.Dragged = Name;
        }
    }

    private Task DropAsync() => Arranger?.DropOnAsync(Name, Title) ?? Task.CompletedTask;
}
