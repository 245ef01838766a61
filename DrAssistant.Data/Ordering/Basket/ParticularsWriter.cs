using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Basket;

/// <summary>What is said about items and orders, as typed: refused beside its field, or kept.</summary>
internal static class ParticularsWriter
{
    public static Refusal? Change(BasketAtWork basket, OrderItemDraft draft)
    {
        if (basket.Find(draft.Id) is not { } item)
        {
            return OrderRefusals.NoItem;
        }

        var words = PlainText.Of(draft.Instructions, OrderItemDraft.LongestInstructions + 1);
        if (words.Length > OrderItemDraft.LongestInstructions)
        {
            return TooLong(OrderItemDraft.LongestInstructions, nameof(draft.Instructions));
        }

        if (draft.Side is { } side && (!Enum.IsDefined(side) || basket.Catalogue.Get(item.CatalogueId) is { Sided: false }))
        {
            return Refusal.Invalid("This has no side.", nameof(draft.Side));
        }

        var order = basket.OrderOf(item);
        basket.Note(order, $"instructions.{item.Id:N}", item.Instructions, Said(words));
        basket.Note(order, $"side.{item.Id:N}", Word(item.Side), Word(draft.Side));
        (item.Instructions, item.Side) = (Said(words), draft.Side);
        return null;
    }

    public static Refusal? Revise(BasketAtWork basket, OrderParticularsDraft draft)
    {
        var (reason, notes) = (PlainText.Of(draft.Reason, OrderParticularsDraft.LongestReason + 1), PlainText.Of(draft.Notes, OrderParticularsDraft.LongestNotes + 1));
        var to = PlainText.Of(draft.ReferredTo, OrderParticularsDraft.LongestReferredTo + 1);
        if (reason.Length > OrderParticularsDraft.LongestReason)
        {
            return TooLong(OrderParticularsDraft.LongestReason, nameof(draft.Reason));
        }

        if (notes.Length > OrderParticularsDraft.LongestNotes)
        {
            return TooLong(OrderParticularsDraft.LongestNotes, nameof(draft.Notes));
        }

        if (to.Length > OrderParticularsDraft.LongestReferredTo)
        {
            return TooLong(OrderParticularsDraft.LongestReferredTo, nameof(draft.ReferredTo));
        }

        if (draft.Urgency is { } urgency && !Enum.IsDefined(urgency))
        {
            return Refusal.Invalid("Say how urgent it is.", nameof(draft.Urgency));
        }

        foreach (var order in basket.Drafts.Where(o => draft.Type is null || o.OrderType == draft.Type))
        {
            Revise(basket, order, draft, (reason, notes, to));
        }

        return null;
    }

    private static void Revise(BasketAtWork basket, Order order, OrderParticularsDraft draft, (string Reason, string Notes, string To) words)
    {
        if (draft.Urgency is { } urgency)
        {
            basket.Note(order, "urgency", EnumText.Of(order.Urgency), EnumText.Of(urgency));
            order.Urgency = urgency;
        }

        if (draft.Reason is not null)
        {
            basket.Note(order, "reason", order.Reason, Said(words.Reason));
            order.Reason = Said(words.Reason);
        }

        if (draft.Notes is not null)
        {
            basket.Note(order, "notes", order.Notes, Said(words.Notes));
            order.Notes = Said(words.Notes);
        }

        if (draft.ReferredTo is not null)
        {
            basket.Note(order, "referred_to", order.ReferredTo, Said(words.To));
            order.ReferredTo = Said(words.To);
        }

        if (draft.ProviderId is { } provider)
        {
            Guid? chosen = provider == Guid.Empty ? null : provider;
            basket.Note(order, "provider_id", order.ProviderId?.ToString(), chosen?.ToString());
            order.ProviderId = chosen;
        }

        if (draft.LetterParts is { } parts && order.OrderType is OrderType.Referral)
        {
            string[] chosen = [.. parts.Where(Enum.IsDefined).Distinct().Order().Select(EnumText.Of)];
            basket.Note(order, "letter_parts", string.Join(' ', order.LetterParts ?? []), string.Join(' ', chosen));
            order.LetterParts = chosen;
        }
    }

    private static Refusal TooLong(int most, string field) => Refusal.Invalid($"At most {most} characters.", field);

    private static string? Said(string text) => text.Length == 0 ? null : text;

    private static string? Word(BodySide? side) => side is { } said ? EnumText.Of(said) : null;
}
