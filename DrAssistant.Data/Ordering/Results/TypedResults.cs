using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Reads what somebody typed for an order: values, or a question beside each field that cannot be read.</summary>
internal sealed class TypedResults(OrderCatalogue catalogue, Order order, IReadOnlyList<OrderResult> standing)
{
    private const int LongestText = 4_000;

    public (IReadOnlyList<ItemValue> Values, IReadOnlyList<ResultQuestion> Questions) Read(ResultDraft draft)
    {
        var (values, questions) = (new List<ItemValue>(), new List<ResultQuestion>());
        foreach (var typed in draft.Values.Where(v => !string.IsNullOrWhiteSpace(v.Value)))
        {
            if (order.Items.Find(i => i.Id == typed.ItemId) is not { } item || !Belongs(item, typed))
            {
                questions.Add(new ResultQuestion(typed.ItemId, typed.Code, "This was not ordered here."));
            }
            else if (Value(item, typed, draft, out var question) is { } value)
            {
                values.Add(new ItemValue(item.Id, value));
            }
            else
            {
                questions.Add(new ResultQuestion(item.Id, typed.Code, question!));
            }
        }

        if (values.Count == 0 && questions.Count == 0)
        {
            questions.Add(new ResultQuestion(Guid.Empty, "", "Enter at least one value."));
        }

        return (values, questions);
    }

    private bool Belongs(OrderItem item, TypedResult typed)
        => (typed.Code == item.ItemCode && typed.CodeSystem == (item.CodeSystem ?? "")) || (catalogue.TestOf(item) is { } entry
            && catalogue.TestsOf(entry).Any(t => ResultFields.CodeOf(t) == (typed.CodeSystem, typed.Code)));

    private ReportedValue? Value(OrderItem item, TypedResult typed, ResultDraft draft, out string? question)
    {
        question = null;
        var test = catalogue.TestOf(typed.CodeSystem, typed.Code);
        var earlier = standing.FirstOrDefault(r => r.OrderItemId == item.Id && r.Code == typed.Code && r.CodeSystem == typed.CodeSystem);
        var value = new ReportedValue
        {
            Code = typed.Code,
            CodeSystem = typed.CodeSystem,
            Name = test?.Name ?? item.ItemName,
            EffectiveAt = draft.TakenAt,
            Status = draft.Preliminary ? ResultStatus.Preliminary : earlier is null or { Status: ResultStatus.Preliminary } ? ResultStatus.Final : ResultStatus.Corrected,
            LaboratoryFlag = typed.Says switch { PaperSays.Normal => "N", PaperSays.Abnormal => "A", PaperSays.Critical => "AA", _ => null },
            Comment = PlainText.Of(draft.Comment) is { Length: > 0 } comment ? comment : null,
        };
        if (test?.ValueType is not ResultValueType.Numeric)
        {
            var text = PlainText.Of(typed.Value);
            question = text.Length > LongestText ? $"At most {LongestText} characters." : null;
            return question is null ? value with { Text = text } : null;
        }

        return TypedNumber.Read(typed.Value, out question) is { } number
            ? value with { Number = number.Number, Comparator = number.Comparator, Unit = typed.Unit ?? test.Unit } : null;
    }
}
