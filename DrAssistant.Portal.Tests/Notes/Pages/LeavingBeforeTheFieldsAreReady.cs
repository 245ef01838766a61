using DrAssistant.Portal.Components.Notes;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>The fields of a note take a moment in the browser: who goes on before they are ready must not break the page they go to.</summary>
public sealed class LeavingBeforeTheFieldsAreReady
{
    private static readonly NoteStartInBrowser Start = new(Guid.CreateVersion7(), null, 1, "11:00", new Dictionary<string, string>(), null, [], Focus: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_browser_that_cannot_finish_is_told_only_to_who_is_still_here(bool leaves)
    {
        var browser = new SlowBrowser();
        var script = new NoteScript(browser);
        using var page = DotNetObjectReference.Create(this);
        var started = script.StartAsync("note-fields.js", default(ElementReference), page, Start);
        if (leaves)
        {
            await script.DisposeAsync();
        }

        browser.Open.SetException(new JSException("There is no tracked object with that id."));

        Assert.Equal(leaves, await Record.ExceptionAsync(() => started) is null);
    }

    /// <summary>A module that is there at once, and whose page never opens.</summary>
    private sealed class SlowBrowser : IJSRuntime, IJSObjectReference
    {
        public TaskCompletionSource<IJSObjectReference> Open { get; } = new();

        public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
            => identifier switch
            {
                "import" => (T)(object)this,
                "open" => (T)await Open.Task,
                _ => throw new InvalidOperationException($"Nobody asks for {identifier}."),
            };

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
