using DrAssistant.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components.Common;

/// <summary>Something that a field offers while one types.</summary>
public interface IAddOption
{
    /// <summary>Unlike any other's in the list.</summary>
    string Key { get; }

    string Icon { get; }

    string Name { get; }

    string? Detail { get; }

    /// <summary>What comes of choosing it, at the end of the line.</summary>
    string? Aside { get; }

    /// <summary>Known without asking the server: Enter takes it before the answer has come.</summary>
    bool IsAtHand { get; }
}

/// <summary>Finds what can be added while one types, and adds it by arrows and Enter: what is at hand first, then what the server finds.</summary>
/// <typeparam name="TOption">What the list shows.</typeparam>
/// <typeparam name="THit">What the server answers with.</typeparam>
public partial class AddField<TOption, THit>
{
    private ElementReference _field;
    private IReadOnlyList<TOption> _options = [];
    private IReadOnlyList<THit> _hits = [];
    private Refusal? _refused;
    private string _text = "";
    private string _asked = "";
    private bool _showsAtHand;
    private bool _enter;
    private int _at;

    /// <summary>The beginning of the ids of the field, its list and its options.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string Placeholder { get; set; } = "";

    /// <summary>What the list of keys says of Alt A.</summary>
    [Parameter, EditorRequired]
    public string KeyWords { get; set; } = "";

    [Parameter, EditorRequired]
    public string ListLabel { get; set; } = "";

    /// <summary>What could not be read, when it could not.</summary>
    [Parameter, EditorRequired]
    public string What { get; set; } = "";

    /// <summary>The most letters.</summary>
    [Parameter]
    public int Longest { get; set; } = 80;

    [Parameter]
    public RenderFragment? Hint { get; set; }

    /// <summary>Asks the server. Called with each letter; an answer to fewer letters than are typed by now is dropped.</summary>
    [Parameter, EditorRequired]
    public Func<string, CancellationToken, Task<Result<IReadOnlyList<THit>>>> Find { get; set; } = default!;

    /// <summary>The list, of what is typed and what the server found. Empty while too little is typed.</summary>
    [Parameter, EditorRequired]
    public Func<string, IReadOnlyList<THit>, IReadOnlyList<TOption>> Compose { get; set; } = default!;

    /// <summary>What the arrow down shows in the empty field.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlyList<TOption>> AtHand { get; set; } = default!;

    /// <summary>Adds what was chosen; answers why not, and then what was typed comes back.</summary>
    [Parameter, EditorRequired]
    public Func<TOption, Task<Refusal?>> Take { get; set; } = default!;

    private bool IsOpen => _options.Count > 0;

    private string DescribedBy => Hint is null ? $"{Id}-search-error" : $"{Id}-search-error {Id}-search-hint";

    public ValueTask FocusAsync() => _field.FocusAsync();

    /// <summary>All that is at hand, without a letter typed.</summary>
    public async Task ShowAtHandAsync()
    {
        (_text, _options, _showsAtHand, _at) = ("", AtHand(), true, 0);
        StateHasChanged();
        await _field.FocusAsync();
    }

    private string OptionId(int at) => FormattableString.Invariant($"{Id}-option-{at}");

    private async Task TypedAsync(string? typed)
    {
        (_text, _showsAtHand, _enter, _refused, _at) = (typed ?? "", false, false, null, 0);
        _options = Compose(_text, _hits);
        await FindAsync();
        if (_enter && _asked == _text && _options.Count > 0)
        {
            await TakeAsync(_options[0]);
        }
    }

    private Task FindAsync()
    {
        var asked = _text;
        return LoadAsync(cancellation => Find(asked, cancellation), found =>
        {
            (_hits, _asked, _refused) = (found.Value ?? [], asked, found.Refusal);
            _options = Compose(_text, _hits);
        });
    }

    private Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key)
        {
            case { Key: "ArrowDown" } when IsOpen:
                _at = (_at + 1) % _options.Count;
                break;
            case { Key: "ArrowUp" } when IsOpen:
                _at = (_at + _options.Count - 1) % _options.Count;
                break;
            case { Key: "ArrowDown" } when _text.Length == 0:
                return ShowAtHandAsync();
            case { Key: "Enter" } when _at == 0 && !_showsAtHand && _asked != _text && !(IsOpen && _options[0].IsAtHand):
                // The list still answers fewer letters: what the key means is known when the answer to all of them has come.
                _enter = true;
                break;
            case { Key: "Enter" } when IsOpen:
                return TakeAsync(_options[_at]);
            case { Key: "Escape" }:
                (_options, _showsAtHand) = ([], false);
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>The field is free for the next at once: who types on loses no letter while this one is on its way.</summary>
    private async Task TakeAsync(TOption option)
    {
        var typed = _text;
        (_text, _asked, _options, _hits, _showsAtHand, _enter, _at, _refused) = ("", "", [], [], false, false, 0, null);
        var taken = await TryAsync<TOption>(async () => await Take(option) is { } refusal ? refusal : option);
        _refused = taken.Refusal;
        if (_refused is not null && _text.Length == 0)
        {
            _text = typed;
        }
    }
}
