using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Providers;

namespace DrAssistant.Portal.Components.Ordering;

/// <summary>The screens' words for orders.</summary>
internal static class OrderWords
{
    public static string Of(OrderType type) => type switch
    {
        OrderType.Lab => "Laboratory",
        OrderType.Imaging => "Imaging",
        OrderType.Procedure => "Procedures",
        _ => "Referral",
    };

    public static string Icon(OrderType type) => type switch
    {
        OrderType.Lab => "science",
        OrderType.Imaging => "radiology",
        OrderType.Procedure => "stethoscope",
        _ => "send",
    };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.InProgress => "In progress",
        _ => status.ToString(),
    };

    public static string? Colour(OrderStatus status) => status switch
    {
        OrderStatus.Ordered => "info",
        OrderStatus.InProgress => "warn",
        OrderStatus.Completed => "ok",
        OrderStatus.Cancelled => "bad",
        _ => null,
    };

    public static string Of(OrderUrgency urgency) => urgency switch
    {
        OrderUrgency.Urgent => "Urgent",
        OrderUrgency.Stat => "At once",
        _ => "Routine",
    };

    public static string Of(BodySide side) => side.ToString();

    public static string Of(LetterPart part) => part switch
    {
        LetterPart.Note => "This visit's note",
        LetterPart.Results => "Latest results",
        _ => part.ToString(),
    };

    /// <summary>Why one may not need it, with the day and who.</summary>
    public static string Of(OrderedBefore before, ClinicClock clock)
    {
        var by = before.By is { } doctor ? $" by {doctor}" : "";
        return before.How switch
        {
            OrderedHow.InTheBasket => $"Is in this basket already, with {before.Name}",
            OrderedHow.Open => $"{before.Name} ordered {ClinicFormat.Date(clock.DayOf(before.At))}{by}, not back yet",
            _ => $"{before.Name} done {ClinicFormat.Date(clock.DayOf(before.At))}{by}",
        };
    }

    public static bool Takes(ProviderKind place, OrderType type) => (place, type) switch
    {
        (ProviderKind.Hospital, _) => true,
        (ProviderKind.Laboratory, _) => type is OrderType.Lab,
        (ProviderKind.Imaging, _) => type is OrderType.Imaging,
        _ => type is OrderType.Procedure or OrderType.Referral,
    };

    public static string Items(int count) => Common.Words.Count(count, "order");
}
