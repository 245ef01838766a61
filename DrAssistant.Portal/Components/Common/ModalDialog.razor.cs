using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Common;

/// <summary>A dialog that is open as long as it is rendered: whoever shows it takes it away when it says so.</summary>
public sealed partial class ModalDialog(IJSRuntime script)
{
    private readonly string _titleId = $"dialog-{Guid.CreateVersion7():N}";
    private ElementReference _dialog;
    private bool _asks;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>Its body and foot.</summary>
    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>Where Esc has to ask first. A browser may close a dialog all the same, at a second Esc; then it is closed.</summary>
    [Parameter]
    public EventCallback OnEscape { get; set; }

    /// <summary>Whether something is typed that closing would lose: then Esc, and a button that asks for <see cref="LeaveAsync"/>, ask first.</summary>
    [Parameter]
    public Func<bool>? Unsaved { get; set; }

    /// <summary>Closes, unless something typed would be lost: that is asked about once.</summary>
    public async Task LeaveAsync()
    {
        if (!_asks && Unsaved?.Invoke() is true)
        {
            _asks = true;
            StateHasChanged();
            return;
        }

        await OnClose.InvokeAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await script.InvokeVoidAsync("clinicDialog.open", _dialog);
        }
    }

    private Task EscapeAsync() => OnEscape.HasDelegate ? OnEscape.InvokeAsync() : LeaveAsync();
}
