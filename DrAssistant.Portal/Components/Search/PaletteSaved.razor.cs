using DrAssistant.Data.Common;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Saved;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Search;

/// <summary>Searches that somebody keeps for themselves: to ask again, to remove, and to add what is being asked.</summary>
public partial class PaletteSaved(ISavedSearches searches)
{
    private IReadOnlyList<SavedSearch> _saved = [];
    private SearchQuestion? _shown;
    private ElementReference _field;
    private Refusal? _refusal;
    private string _name = "";
    private string? _said;
    private bool _naming;
    private bool _focus;

    /// <summary>What is being asked, with its filters.</summary>
    [Parameter, EditorRequired]
    public SearchQuestion Question { get; set; } = default!;

    [Parameter]
    public EventCallback<SearchQuestion> OnChosen { get; set; }

    protected override Task OnInitializedAsync() => ReadAsync();

    /// <summary>What was said of one search is not said of the next.</summary>
    protected override void OnParametersSet()
    {
        if (Question != _shown)
        {
            (_shown, _said, _refusal, _naming) = (Question, null, null, _naming && Question.Text.Length > 0);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus)
        {
            _focus = false;
            await _field.FocusAsync();
        }
    }

    private Task ReadAsync() => LoadAsync(searches.ListAsync, listed => _saved = listed.Value ?? []);

    private void Name() => (_naming, _focus, _name, _said, _refusal) = (true, true, "", null, null);

    private Task KeepAsync() => SaveAsync(async () =>
    {
        var kept = await searches.SaveAsync(_name, Question, CancellationToken.None);
        _refusal = kept.Refusal;
        if (kept.Value is { } saved)
        {
            (_naming, _said) = (false, $"Saved as “{saved.Name}”.");
            await ReadAsync();
        }
    });

    private Task RemoveAsync(SavedSearch saved) => SaveAsync(async () =>
    {
        _refusal = await searches.RemoveAsync(saved.Id, CancellationToken.None);
        await ReadAsync();
    });
}
