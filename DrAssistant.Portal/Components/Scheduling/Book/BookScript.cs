using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>What follows the hand in the browser (js/book.js): focus, dragging, moving by keys.</summary>
public sealed class BookScript(IJSRuntime runtime) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private DotNetObjectReference<BookHand>? _hand;
    private bool _left;

    public bool IsReady { get; private set; }

    /// <summary>Answers whether the window is as narrow as a phone's.</summary>
    public async Task<bool> StartAsync(string address, BookHand hand)
    {
        _hand = DotNetObjectReference.Create(hand);
        var module = await runtime.InvokeAsync<IJSObjectReference>("import", address);
        if (_left)
        {
            // Somebody went on to another page before the script had come: there is nothing here to follow any more.
            await LetGoAsync(module);
            return false;
        }

        (_module, IsReady) = (module, true);
        return _module is not null && await _module.InvokeAsync<bool>("start", _hand);
    }

    /// <summary>Brings now into sight, and the focus to the first free slot if it is nowhere yet.</summary>
    public Task BeginAsync() => CallAsync("begin");

    /// <summary>Remembers where the focus is, as what opened a panel.</summary>
    public Task RememberAsync() => CallAsync("remember");

    /// <summary>Brings the focus back to what opened the panel.</summary>
    public Task ReturnAsync() => CallAsync("giveBack");

    public Task FocusAsync(string selector) => CallAsync("focusOn", selector);

    /// <summary>Lifts a block, for the arrows to move and Enter to put down.</summary>
    public Task CarryAsync(Guid appointmentId) => CallAsync("carry", appointmentId.ToString());

    public async ValueTask DisposeAsync()
    {
        _left = true;
        await CallAsync("stop");
        await LetGoAsync(_module);
        _module = null;
        _hand?.Dispose();
    }

    private static async Task LetGoAsync(IJSObjectReference? module)
    {
        try
        {
            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and its module with it.
        }
    }

    private async Task CallAsync(string name, params object?[] arguments)
    {
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync(name, arguments);
            }
        }
        catch (JSDisconnectedException)
        {
            // Nobody looks at the page any more.
        }
    }
}

/// <summary>What the browser tells the book.</summary>
public sealed class BookHand(Func<BlockDropped, Task> dropped, Func<bool, Task> narrowed)
{
    /// <summary>A block was put down. The numbers come from a browser: whoever uses them checks them.</summary>
    [JSInvokable]
    public Task DroppedAsync(string visit, string doctor, string day, int minute, int minutes)
        => Guid.TryParse(visit, out var visitId) && Guid.TryParse(doctor, out var doctorId)
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date)
                ? dropped(new BlockDropped(visitId, doctorId, date, minute, minutes))
                : Task.CompletedTask;

    [JSInvokable]
    public Task NarrowedAsync(bool narrow) => narrowed(narrow);
}

/// <summary>Where a block was put down, by the practice's wall clock.</summary>
public sealed record BlockDropped(Guid AppointmentId, Guid DoctorId, DateOnly Day, int Minute, int Minutes);
