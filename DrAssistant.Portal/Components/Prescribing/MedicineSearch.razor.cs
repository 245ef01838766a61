using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>Finds a medicine while one types: one's own favourites first, then what one signs often, then the formulary, then free text.</summary>
public partial class MedicineSearch(IFormulary formulary)
{
    private const int Enough = 2;
    private const int MostOwn = 5;
    private const int MostFound = 8;

    private ElementReference _field;
    private IReadOnlyList<MedicineOption> _options = [];
    private IReadOnlyList<MedicineHit> _hits = [];
    private string _text = "";
    private string _asked = "";
    private bool _showsFavourites;
    private bool _enter;
    private int _at;

    /// <summary>The most used first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<FavouriteMedicine> Favourites { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<FrequentMedicine> Frequent { get; set; } = [];

    /// <summary>Adds what was chosen; answers why not, and then what was typed stays.</summary>
    [Parameter, EditorRequired]
    public Func<MedicineOption, Task<Refusal?>> Take { get; set; } = default!;

    private Refusal? Refused { get; set; }

    private string? Error => (Refused ?? SaveFailure?.AsRefusal())?.Message;

    private bool IsOpen => _options.Count > 0 && (_showsFavourites || _text.Trim().Length >= Enough);

    private string? Said => IsOpen ? $"{_options.Count} to choose from" : null;

    public ValueTask FocusAsync() => _field.FocusAsync();

    /// <summary>All favourites, without a letter typed.</summary>
    public async Task ShowFavouritesAsync()
    {
        (_text, _showsFavourites, _at) = ("", true, 0);
        _options = [.. Favourites.Select(MedicineOption.Of)];
        StateHasChanged();
        await _field.FocusAsync();
    }

    private static string OptionId(int at) => FormattableString.Invariant($"rx-option-{at}");

    private async Task TypedAsync(string? typed)
    {
        (_text, _showsFavourites, _enter, Refused, _at) = (typed ?? "", false, false, null, 0);
        Compose();
        await FindAsync();
        if (_enter && _asked == _text && _options.Count > 0)
        {
            await TakeAsync(_options[0]);
        }
    }

    private Task FindAsync()
    {
        var (asked, typed) = (_text, TypedMedicine.Of(_text));
        return LoadAsync(
            async cancellation => typed.Name.Length < Enough ? new List<MedicineHit>() : await formulary.FindAsync(typed.Name, MostFound, cancellation),
            (Result<IReadOnlyList<MedicineHit>> found) =>
            {
                (_hits, _asked, Refused) = (found.Value ?? [], asked, found.Refusal);
                Compose();
            });
    }

    private void Compose()
    {
        var typed = TypedMedicine.Of(_text);
        if (typed.Name.Length < Enough)
        {
            _options = [];
            return;
        }

        var own = Favourites.Where(f => !f.IsWithdrawn && MedicineOption.Fits(f.Line, typed)).Take(MostOwn).Select(MedicineOption.Of);
        var often = Frequent.Where(f => !f.IsWithdrawn && MedicineOption.Fits(f.Line, typed)).Select(MedicineOption.Of);

        // What sounds like it is offered where nothing is spelt like it.
        var found = _hits.Where(hit => !hit.Misspelt || _hits.All(h => h.Misspelt)).Select(hit => MedicineOption.Of(hit, typed));
        _options = [.. own.Concat(often.ExceptBy(own.Select(o => o.Says), o => o.Says).Take(MostOwn)), .. found, MedicineOption.FreeText(_text.Trim(), typed)];
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
                return ShowFavouritesAsync();
            case { Key: "Enter" } when _at == 0 && !_showsFavourites && _asked != _text && !(IsOpen && _options[0].IsOwn):
                // The list still answers fewer letters: what the key means is known when the answer to all of them has come.
                _enter = true;
                break;
            case { Key: "Enter" } when IsOpen:
                return TakeAsync(_options[_at]);
            case { Key: "Escape" }:
                (_options, _showsFavourites) = ([], false);
                break;
        }

        return Task.CompletedTask;
    }

    private Task TakeAsync(MedicineOption option) => SaveAsync(async () =>
    {
        Refused = await Take(option);
        if (Refused is null)
        {
            (_text, _asked, _options, _hits, _showsFavourites, _enter, _at) = ("", "", [], [], false, false, 0);
        }
    });
}
