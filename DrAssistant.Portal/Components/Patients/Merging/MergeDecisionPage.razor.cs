using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients.Merging;

/// <summary>An admin looks at a request, decides, and undoes. Declining and undoing ask why first; what was written stays when refused.</summary>
public partial class MergeDecisionPage(IPatientMerging merging, ClinicClock clock)
{
    private Guid? _loaded;
    private MergeRequest? _merge;
    private Refusal? _refusal;
    private Step _step;
    private string _reason = "";
    private string? _reasonFault;
    private string? _said;
    private bool _focusField;
    private bool _focusHead;
    private ElementReference _field;
    private ElementReference _head;

    private enum Step
    {
        Look,
        Decline,
        Undo,
    }

    [Parameter]
    public Guid MergeId { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (_loaded == MergeId)
        {
            return Task.CompletedTask;
        }

        (_loaded, _merge, _refusal, _said, _step, _reason) = (MergeId, null, null, null, Step.Look, "");
        return OpenAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusField)
        {
            _focusField = false;
            await _field.FocusAsync();
        }

        if (_focusHead)
        {
            _focusHead = false;
            await _head.FocusAsync();
        }
    }

    private string Consequence(MergeRequest merge) => _step is Step.Decline
        ? "Both records work on as they do now."
        : merge.WrittenSince switch
        {
            0 => "Each record has what was its own again. Nothing was written since the merge.",
            var many => $"Each record has what was its own again. {Words.Count(many, "row")} written since the merge stay{(many == 1 ? "s" : "")} with {merge.Line.SurvivorMrn ?? "the record that stayed"}, unless they belong to something that goes back.",
        };

    private Task OpenAsync() => LoadAsync(
        cancellation => merging.OpenAsync(MergeId, cancellation),
        opened => (_merge, _refusal) = (opened.Value, opened.Refusal));

    private void Begin(Step step)
    {
        (_step, _reasonFault, _refusal) = (step, null, null);
        (_focusField, _focusHead) = (step is not Step.Look, step is Step.Look);
    }

    private void Typed(string? typed) => (_reason, _reasonFault) = (typed ?? "", null);

    private Task ApproveAsync() => SaveAsync(async () => Show(await merging.ApproveAsync(MergeId, null, CancellationToken.None), "Merged. Both numbers lead to the record that stays."));

    private Task ConfirmAsync() => SaveAsync(async () => Show(
        _step is Step.Undo ? await merging.UndoAsync(MergeId, _reason, CancellationToken.None) : await merging.DeclineAsync(MergeId, _reason, CancellationToken.None),
        _step is Step.Undo ? "Undone. Each record has what was its own." : "Declined. Both records stay as they are."));

    private void Show(Result<MergeRequest> answer, string said)
    {
        if (answer.Refusal is { Field: nameof(MergeDraft.Reason) } fault)
        {
            (_reasonFault, _focusField) = (fault.Message, true);
            return;
        }

        _refusal = answer.Refusal;
        if (answer.Succeeded)
        {
            (_merge, _said, _step, _reason, _focusHead) = (answer.Value, said, Step.Look, "", true);
        }
    }
}
