using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>Looks whether this browser kept text of a note that is signed by now and does not have it.</summary>
public sealed partial class NoteLeft(NoteAids aids, ICurrentUser user, ClinicClock clock, IJSRuntime script) : IAsyncDisposable
{
    private DotNetObjectReference<NoteLeft>? _page;
    private IJSObjectReference? _module;
    private LeftText? _left;
    private bool _gone;

    /// <summary>The note as it was signed.</summary>
    [Parameter, EditorRequired]
    public NoteView Note { get; set; } = default!;

    /// <summary>Whether it can be added to by who reads it.</summary>
    [Parameter]
    public bool MayAdd { get; set; }

    /// <summary>The text is to go into an addendum.</summary>
    [Parameter]
    public EventCallback<string> OnAdd { get; set; }

    /// <summary>The key of an earlier session of the same person, as base64; null when there is none any more.</summary>
    [JSInvokable]
    public Task<string?> FindKey(Guid keyId) => aids.FindKeyAsync(keyId);

    /// <summary>It is where it belongs by now, or not wanted.</summary>
    public async Task ForgetAsync()
    {
        if (_left is { } left && _module is not null)
        {
            _left = null;
            await _module.InvokeVoidAsync("forget", left.Names);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, and its module with it.
        }

        _page?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Note.Status is NoteStatus.Draft || !user.Can(Permissions.WriteNotes) || await aids.KeyAsync() is not { } key)
        {
            return;
        }

        try
        {
            await LookAsync(key);
        }
        catch (Exception left) when (_gone && left is JSException or ObjectDisposedException or OperationCanceledException)
        {
            // Whoever went to another page at once took away what was asked for; that page must not break with it.
        }
    }

    private async Task LookAsync(BrowserKey key)
    {
        _page = DotNetObjectReference.Create(this);
        _module = await script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/note-left.js"]}");
        if (_module is not null && await _module.InvokeAsync<IReadOnlyList<KeptText>?>("find", _page, new { NoteId = Note.Id, PersonId = user.Id, Key = key }) is { Count: > 0 } kept)
        {
            await ShowAsync(kept);
        }
    }

    private async Task ShowAsync(IReadOnlyList<KeptText> kept)
    {
        // Of one field the latest counts; what the note says all the same is not missing in it.
        var missing = kept.SelectMany(copy => copy.Texts).Where(field => SoapText.Knows(field.Key)).GroupBy(field => field.Key, field => field.Value)
            .Select(field => (Path: field.Key, Text: SoapText.Clean(field.Last())))
            .Where(field => field.Text is not null && field.Text != SoapText.Clean(SoapText.Text(Note.Content, field.Path))).ToList();
        _left = new LeftText(
            [.. kept.Select(copy => copy.Name)],
            clock.Local(kept[^1].At).ToString("HH:mm", CultureInfo.InvariantCulture),
            [.. missing.Select(field => (SoapLayout.LabelOf(field.Path), field.Text!.Replace('\t', ' ')))]);
        if (missing.Count == 0)
        {
            await ForgetAsync();
        }

        StateHasChanged();
    }

    private sealed record LeftText(IReadOnlyList<string> Names, string At, IReadOnlyList<(string Label, string Text)> Lines)
    {
        public string Whole => string.Join('\n', Lines.Select(line => $"{line.Label}: {line.Text}"));

        public override string ToString() => nameof(LeftText);
    }
}

/// <summary>What one page left in the browser.</summary>
internal sealed record KeptText(string Name, DateTimeOffset At, Dictionary<string, string> Texts)
{
    public override string ToString() => nameof(KeptText);
}
