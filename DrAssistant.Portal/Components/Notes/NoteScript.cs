using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>What a page of a note starts with in the browser.</summary>
internal sealed record NoteStartInBrowser(
    Guid NoteId,
    Guid? PersonId,
    int Version,
    string At,
    IReadOnlyDictionary<string, string> Texts,
    BrowserKey? Key,
    IReadOnlyList<BrowserShortcut> Shortcuts,
    bool Focus)
{
    public override string ToString() => nameof(NoteStartInBrowser);
}

/// <summary>The key of what the browser keeps, as base64.</summary>
internal sealed record BrowserKey(Guid Id, string Key)
{
    public override string ToString() => nameof(BrowserKey);
}

internal sealed record BrowserShortcut(string Key, string Text, string Section);

/// <summary>The fields in the browser (js/note-fields.js): they hold the text while somebody types, and this tells them what is new.</summary>
internal sealed class NoteScript(IJSRuntime runtime) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _page;
    private bool _left;

    public async Task StartAsync<TPage>(string address, ElementReference root, DotNetObjectReference<TPage> page, NoteStartInBrowser start)
        where TPage : class
    {
        try
        {
            _module = await runtime.InvokeAsync<IJSObjectReference>("import", address);
            if (!_left && _module is not null)
            {
                _page = await _module.InvokeAsync<IJSObjectReference>("open", root, page, start);
            }
        }
        catch (Exception cut) when (_left && cut is JSException or ObjectDisposedException or OperationCanceledException)
        {
            // Whoever went on before the fields were ready had typed nothing; the page they went to must not break with these.
        }

        if (_left)
        {
            await DisposeAsync();
        }
    }

    /// <summary>The note as it is now.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="at">When it was saved.</param>
    /// <param name="texts">What is new.</param>
    /// <param name="settled">Fields that show it whatever was typed there: somebody decided so.</param>
    public ValueTask ShowAsync(int version, string at, IReadOnlyDictionary<string, string> texts, params string[] settled)
        => CallAsync("show", version, at, texts, settled);

    public ValueTask OthersAsync(IEnumerable<string> paths) => CallAsync("others", paths.ToArray());

    public ValueTask FocusAsync(string path) => CallAsync("go", path);

    /// <summary>What stands in a field now; null when nobody knows.</summary>
    public async ValueTask<string?> TextAsync(string path) => _page is null ? null : await _page.InvokeAsync<string?>("text", path);

    /// <summary>Sends what was typed without waiting for a pause; false when it did not arrive.</summary>
    public async ValueTask<bool> SaveNowAsync()
    {
        try
        {
            return _page is null || await _page.InvokeAsync<bool>("saveNow");
        }
        catch (Exception silent) when (silent is JSException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _left = true;
        var (page, module) = (_page, _module);
        (_page, _module) = (null, null);
        try
        {
            if (page is not null)
            {
                await page.InvokeVoidAsync("close");
                await page.DisposeAsync();
            }

            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, and with it what there was to leave. What it had typed lies in its copy.
        }
    }

    private async ValueTask CallAsync(string what, params object?[] with)
    {
        if (_page is not null)
        {
            await _page.InvokeVoidAsync(what, with);
        }
    }
}
