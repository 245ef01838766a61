using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>Finds a medicine while one types: one's own favourites first, then what one signs often, then the formulary, then free text.</summary>
public partial class MedicineSearch(IFormulary formulary)
{
    private const int Enough = 2;
    private const int MostOwn = 5;
    private const int MostFound = 8;

    private AddField<MedicineOption, MedicineHit>? _field;

    /// <summary>The most used first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<FavouriteMedicine> Favourites { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<FrequentMedicine> Frequent { get; set; } = [];

    /// <summary>Adds what was chosen; answers why not, and then what was typed stays.</summary>
    [Parameter, EditorRequired]
    public Func<MedicineOption, Task<Refusal?>> Take { get; set; } = default!;

    public ValueTask FocusAsync() => _field?.FocusAsync() ?? ValueTask.CompletedTask;

    /// <summary>All favourites, without a letter typed.</summary>
    public Task ShowFavouritesAsync() => _field?.ShowAtHandAsync() ?? Task.CompletedTask;

    private async Task<Result<IReadOnlyList<MedicineHit>>> FindAsync(string text, CancellationToken cancellation)
    {
        var typed = TypedMedicine.Of(text);
        return typed.Name.Length < Enough ? new List<MedicineHit>() : await formulary.FindAsync(typed.Name, MostFound, cancellation);
    }

    private IReadOnlyList<MedicineOption> Compose(string text, IReadOnlyList<MedicineHit> hits)
    {
        var typed = TypedMedicine.Of(text);
        if (typed.Name.Length < Enough)
        {
            return [];
        }

        var own = Favourites.Where(f => !f.IsWithdrawn && MedicineOption.Fits(f.Line, typed)).Take(MostOwn).Select(f => (f.Line, Option: MedicineOption.Of(f)));
        var often = Frequent.Where(f => !f.IsWithdrawn && MedicineOption.Fits(f.Line, typed)).Select(f => (f.Line, Option: MedicineOption.Of(f)));
        var atHand = own.Concat(often.ExceptBy(own.Select(o => o.Option.Says), o => o.Option.Says).Take(MostOwn)).ToLookup(o => MedicineOption.HasMore(o.Line, typed), o => o.Option);

        // What sounds like it is offered where nothing is spelt like it.
        var found = hits.Where(hit => !hit.Misspelt || hits.All(h => h.Misspelt)).Select(hit => MedicineOption.Of(hit, typed));
        return [.. atHand[false], .. found, .. atHand[true].Select(o => o with { IsAtHand = false }), MedicineOption.FreeText(text.Trim(), typed)];
    }

    private IReadOnlyList<MedicineOption> AllFavourites() => [.. Favourites.Select(MedicineOption.Of)];
}
