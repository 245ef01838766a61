namespace DrAssistant.Portal.Components.Dashboard;

/// <summary>
/// Which cards of Today stand where: two columns, one below the other on a phone. Kept in the preferences as <c>side:alerts</c>.
/// The next patient is not among them: that card is always first.
/// </summary>
internal sealed record DayCards(IReadOnlyList<string> Main, IReadOnlyList<string> Side, IReadOnlySet<string> Hidden)
{
    public const string Patients = "patients";
    public const string Alerts = "alerts";
    public const string Results = "results";
    public const string Drafts = "drafts";
    public const string Tasks = "tasks";

    private const string MainPrefix = "main:";
    private const string SidePrefix = "side:";

    public static DayCards Usual { get; } = new([Patients], [Alerts, Results, Drafts, Tasks], new HashSet<string>());

    /// <summary>What was kept; a card that is missing stands at its usual place, one that is not known is left out.</summary>
    public static DayCards From(IReadOnlyList<string> layout, IReadOnlyList<string> hidden)
    {
        var main = Named(layout, MainPrefix);
        var side = Named(layout, SidePrefix).Except(main).ToList();
        Complete(main, Usual.Main, side);
        Complete(side, Usual.Side, main);
        return new DayCards(main, side, hidden.Where(IsCard).ToHashSet());
    }

    public static string TitleOf(string card) => card switch
    {
        Patients => "Today’s patients",
        Alerts => "Alerts",
        Results => "Results to review",
        Drafts => "Drafts to sign",
        Tasks => "Tasks",
        _ => card,
    };

    public IReadOnlyList<string> ToLayout() => [.. Main.Select(c => MainPrefix + c), .. Side.Select(c => SidePrefix + c)];

    public DayCards Move(string card, CardMove move) => move switch
    {
        CardMove.Up => Within(card, -1),
        CardMove.Down => Within(card, 1),
        CardMove.Left => Side.Contains(card) ? this with { Side = [.. Side.Where(c => c != card)], Main = [.. Main, card] } : this,
        CardMove.Right => Main.Contains(card) ? this with { Main = [.. Main.Where(c => c != card)], Side = [card, .. Side] } : this,
        _ => this,
    };

    /// <summary>Takes <paramref name="card"/> to where <paramref name="target"/> stands; what stood there goes down.</summary>
    public DayCards MoveBefore(string card, string target)
    {
        if (card == target || !IsCard(card))
        {
            return this;
        }

        IReadOnlyList<string> Placed(IReadOnlyList<string> column)
            => [.. column.Where(c => c != card).SelectMany(c => c == target ? [card, c] : new[] { c })];
        return this with { Main = Placed(Main), Side = Placed(Side) };
    }

    public DayCards Toggle(string card)
        => this with { Hidden = Hidden.Contains(card) ? Hidden.Where(c => c != card).ToHashSet() : [.. Hidden, card] };

    private static bool IsCard(string name) => Usual.Main.Contains(name) || Usual.Side.Contains(name);

    private static List<string> Named(IReadOnlyList<string> layout, string prefix)
        => [.. layout.Where(e => e.StartsWith(prefix, StringComparison.Ordinal)).Select(e => e[prefix.Length..]).Where(IsCard).Distinct()];

    private static void Complete(List<string> column, IReadOnlyList<string> usual, List<string> other)
    {
        for (var place = 0; place < usual.Count; place++)
        {
            if (!column.Contains(usual[place]) && !other.Contains(usual[place]))
            {
                column.Insert(Math.Min(place, column.Count), usual[place]);
            }
        }
    }

    private DayCards Within(string card, int step)
        => this with { Main = Shifted(Main, card, step), Side = Shifted(Side, card, step) };

    private static IReadOnlyList<string> Shifted(IReadOnlyList<string> column, string card, int step)
    {
        var cards = column.ToList();
        var at = cards.IndexOf(card);
        var to = at + step;
        if (at >= 0 && to >= 0 && to < cards.Count)
        {
            (cards[at], cards[to]) = (cards[to], cards[at]);
        }

        return cards;
    }
}

internal enum CardMove
{
    Up,
    Down,
    Left,
    Right,
}
