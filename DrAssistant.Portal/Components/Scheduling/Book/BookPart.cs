using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>What the grid and each of its columns know alike: what may be done, what is looked for, what is picked, and who hears of a choice.</summary>
public abstract class BookPart : ComponentBase
{
    [Parameter]
    public bool CanBook { get; set; }

    [Parameter]
    public bool CanMove { get; set; }

    [Parameter]
    public string Filter { get; set; } = "";

    /// <summary>What another desk has just moved: outlined for a moment.</summary>
    [Parameter]
    public IReadOnlySet<Guid> Moved { get; set; } = new HashSet<Guid>();

    [Parameter]
    public PickedSlot? Picked { get; set; }

    [Parameter]
    public EventCallback<ChosenSlot> OnFree { get; set; }

    [Parameter]
    public EventCallback<Guid> OnVisit { get; set; }
}
