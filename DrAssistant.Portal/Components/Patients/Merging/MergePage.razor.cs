using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Merging;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients.Merging;

/// <summary>Compares two records and asks for their merge. What was chosen and written stays when the other one is to stay instead.</summary>
public partial class MergePage(IPatientMerging merging, NavigationManager navigation)
{
    private readonly Dictionary<MergeField, MergeSide> _choices = [];
    private (Guid Survivor, Guid Merged)? _loaded;
    private MergeComparison? _compared;
    private Guid? _asked;
    private Refusal? _refusal;
    private string? _reasonFault;
    private string _reason = "";
    private bool _focusDone;
    private ElementReference _head;
    private ElementReference _done;
    private ElementReference _field;

    [Parameter]
    public Guid SurvivorId { get; set; }

    [Parameter]
    public Guid MergedId { get; set; }

    private bool CanAsk => _asked is null && _compared is { OpenRequest: null };

    protected override Task OnParametersSetAsync()
    {
        if (_loaded == (SurvivorId, MergedId))
        {
            return Task.CompletedTask;
        }

        // Never one patient's data under another's address; but turning the two around asks nothing anew of the person.
        if (_loaded != (MergedId, SurvivorId))
        {
            (_reason, _reasonFault) = ("", null);
            _choices.Clear();
        }

        (_loaded, _compared, _asked, _refusal) = ((SurvivorId, MergedId), null, null, null);
        return CompareAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _head.FocusAsync();
        }

        if (_focusDone)
        {
            _focusDone = false;
            await _done.FocusAsync();
        }
    }

    private Task CompareAsync() => LoadAsync(
        cancellation => merging.CompareAsync(SurvivorId, MergedId, cancellation),
        compared => (_compared, _refusal) = (compared.Value, compared.Refusal));

    private void Choose((MergeField Field, MergeSide Side) chosen) => _choices[chosen.Field] = chosen.Side;

    /// <summary>The value that was chosen stays chosen, whichever record it is of.</summary>
    private void Swap()
    {
        foreach (var (field, side) in _choices.ToList())
        {
            _choices[field] = side is MergeSide.Survivor ? MergeSide.Merged : MergeSide.Survivor;
        }

        navigation.NavigateTo(MergeWords.PageOf(MergedId, SurvivorId), replace: true);
    }

    private void Typed(string? typed) => (_reason, _reasonFault) = (typed ?? "", null);

    private Task AskAsync() => SaveAsync(async () =>
    {
        var asked = await merging.AskAsync(new MergeDraft(SurvivorId, MergedId, _choices, _reason), CancellationToken.None);
        var aboutReason = asked.Refusal?.Field is nameof(MergeDraft.Reason);
        _refusal = aboutReason ? null : asked.Refusal;
        _reasonFault = aboutReason ? asked.Refusal?.Message : null;
        if (asked.Succeeded)
        {
            (_asked, _focusDone) = (asked.Value, true);
        }
        else if (_reasonFault is not null)
        {
            await _field.FocusAsync();
        }
    });
}
