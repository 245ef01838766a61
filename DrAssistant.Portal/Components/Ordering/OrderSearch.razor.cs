using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components.Ordering;

/// <summary>Finds what can be ordered while one types: sets that are called so first, then the catalogue.</summary>
public partial class OrderSearch(IOrderCatalogue catalogue)
{
    private const int Enough = 2;
    private const int MostSets = 4;
    private const int MostFound = 9;

    private ElementReference _field;
    private List<OrderOption> _options = [];
    private IReadOnlyList<CatalogueHit> _hits = [];
    private string _text = "";
    private string _asked = "";
    private bool _showsSets;
    private bool _enter;
    private int _at;

    [Parameter, EditorRequired]
    public IReadOnlyList<OrderSet> Sets { get; set; } = [];

    /// <summary>Adds what was chosen; answers why not, and then what was typed stays.</summary>
    [Parameter, EditorRequired]
    public Func<CatalogueEntry?, OrderSet?, Task<Refusal?>> Take { get; set; } = default!;

    private Refusal? Refused { get; set; }

    private string? Error => Refused?.Message;

    private bool IsOpen => _options.Count > 0 && (_showsSets || Typed.Length >= Enough);

    private string Typed => _text.Trim();

    public ValueTask FocusAsync() => _field.FocusAsync();

    private static string OptionId(int at) => FormattableString.Invariant($"order-option-{at}");

    private async Task TypedAsync(string? typed)
    {
        (_text, _showsSets, _enter, Refused, _at) = (typed ?? "", false, false, null, 0);
        Compose();
        await FindAsync();
        if (_enter && _asked == _text && _options.Count > 0)
        {
            await TakeAsync(_options[0]);
        }
    }

    private Task FindAsync()
    {
        var asked = _text;
        return LoadAsync(
            async cancellation => Typed.Length < Enough ? new List<CatalogueHit>() : await catalogue.FindAsync(asked, null, MostFound, cancellation),
            (Result<IReadOnlyList<CatalogueHit>> found) =>
            {
                (_hits, _asked, Refused) = (found.Value ?? [], asked, found.Refusal);
                Compose();
            });
    }

    private void Compose()
    {
        if (Typed.Length < Enough)
        {
            _options = [];
            return;
        }

        var sets = Sets.Where(s => OrderOption.Fits(s, Typed)).OrderBy(s => !s.Name.StartsWith(Typed, StringComparison.OrdinalIgnoreCase)).Take(MostSets);
        _options = [.. sets.Select(OrderOption.Of), .. _hits.Select(OrderOption.Of)];
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
                (_options, _showsSets, _at) = ([.. Sets.Select(OrderOption.Of)], true, 0);
                break;
            case { Key: "Enter" } when _at == 0 && !_showsSets && _asked != _text && !(IsOpen && _options[0].Set is not null):
                // The list still answers fewer letters: what the key means is known when the answer to all of them has come.
                _enter = true;
                break;
            case { Key: "Enter" } when IsOpen:
                return TakeAsync(_options[_at]);
            case { Key: "Escape" }:
                (_options, _showsSets) = ([], false);
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>The field is free for the next at once: who types on loses no letter while this one is on its way.</summary>
    private async Task TakeAsync(OrderOption option)
    {
        var typed = _text;
        (_text, _asked, _options, _hits, _showsSets, _enter, _at, Refused) = ("", "", [], [], false, false, 0, null);
        Refused = await Take(option.Entry, option.Set);
        if (Refused is not null && _text.Length == 0)
        {
            _text = typed;
        }
    }
}
