namespace DrAssistant.Portal.Components.Dashboard;

/// <summary>What is going on while cards are arranged: which one is lifted or dragged, and how it was before.</summary>
internal sealed class CardArranger(Func<DayCards, string, Task> arranged)
{
    private DayCards? _beforeLift;

    public DayCards Cards { get; set; } = DayCards.Usual;

    public bool Arranging { get; set; }

    /// <summary>The card that arrow keys move.</summary>
    public string? Lifted { get; private set; }

    public string? Dragged { get; set; }

    /// <summary>Critical alerts are seen whatever was hidden.</summary>
    public bool HasCriticalAlerts { get; set; }

    public bool IsHidden(string card)
        => Cards.Hidden.Contains(card) && !(card == DayCards.Alerts && HasCriticalAlerts);

    public async Task LiftOrDropAsync(string card, string title)
    {
        if (Lifted is null)
        {
            (Lifted, _beforeLift) = (card, Cards);
            return;
        }

        var before = _beforeLift ?? Cards;
        Lifted = null;
        if (before != Cards)
        {
            await arranged(before, $"{title} moved.");
        }
    }

    public void Move(CardMove move)
    {
        if (Lifted is { } card)
        {
            Cards = Cards.Move(card, move);
        }
    }

    public void PutBack()
    {
        Cards = Lifted is null ? Cards : _beforeLift ?? Cards;
        Lifted = null;
    }

    public Task MoveAsync(string card, string title, CardMove move)
        => ChangeAsync(Cards.Move(card, move), $"{title} moved.");

    public async Task DropOnAsync(string target, string title)
    {
        if (Dragged is { } card)
        {
            Dragged = null;
            await ChangeAsync(Cards.MoveBefore(card, target), $"Moved to where {title} was.");
        }
    }

    public Task ToggleAsync(string card, string title)
        => ChangeAsync(Cards.Toggle(card), Cards.Hidden.Contains(card) ? $"{title} is shown again." : $"{title} hidden.");

    public Task AsItWasAsync() => ChangeAsync(DayCards.Usual, "Cards are as they were.");

    private Task ChangeAsync(DayCards to, string said)
    {
        var before = Cards;
        Cards = to;
        return arranged(before, said);
    }
}
