using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Ordering;

/// <summary>Something to choose: an order set, or one entry of the catalogue.</summary>
internal sealed record OrderOption(string Key, string Icon, string Name, string? Detail, string? Aside) : IAddOption
{
    public bool IsAtHand => Set is not null;

    public OrderSet? Set { get; private init; }

    public CatalogueEntry? Entry { get; private init; }

    public static OrderOption Of(OrderSet set)
        => new($"set {set.Id}", "playlist_add", set.Name, set.UseWhen, $"set of {set.Members.Count}") { Set = set };

    public static OrderOption Of(CatalogueHit hit)
    {
        var entry = hit.Entry;
        var also = hit.Name == entry.Name ? entry.ShortName : hit.Name;
        var aside = entry.Type switch
        {
            OrderType.Lab when entry.IsPanel => $"panel of {entry.Members.Count}",
            OrderType.Lab => entry.Specimen?.Replace('-', ' '),
            _ => OrderWords.Of(entry.Type),
        };
        return new OrderOption(entry.Id, OrderWords.Icon(entry.Type), entry.Name, also == entry.Name ? null : also, aside) { Entry = entry };
    }

    /// <summary>Each typed word begins a word of the set's name.</summary>
    public static bool Fits(OrderSet set, string typed)
    {
        var name = set.Name.Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries);
        return typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => name.Any(n => n.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }
}
