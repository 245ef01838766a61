using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Merging;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients.Merging;

/// <summary>Shows a comparison. Who may choose is told of each choice; it keeps none itself.</summary>
public partial class MergeTable
{
    [Parameter, EditorRequired]
    public MergeComparison Compared { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyDictionary<MergeField, MergeSide> Choices { get; set; } = default!;

    /// <summary>The merge was carried out: the survivor's values are those of afterwards.</summary>
    [Parameter]
    public bool IsDone { get; set; }

    [Parameter]
    public EventCallback<(MergeField Field, MergeSide Side)> Chosen { get; set; }

    [Parameter]
    public EventCallback Swap { get; set; }

    [Inject]
    private ClinicClock Clock { get; set; } = default!;

    private bool CanChoose => Chosen.HasDelegate;

    private string Since(MergeRecord record) => ClinicFormat.Date(Clock.DayOf(record.Since));

    private MergeSide SideOf(MergeFieldLine line) => IsDone ? MergeSide.Survivor : Choices.TryGetValue(line.Field, out var side) ? side : line.Proposed;

    private string? After(MergeFieldLine line) => SideOf(line) is MergeSide.Survivor ? line.Survivor : line.Merged;
}
