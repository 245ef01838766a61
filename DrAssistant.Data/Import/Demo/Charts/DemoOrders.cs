using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Demo.Stories;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>What a visit ordered, and what came back.</summary>
internal sealed class DemoOrders(DemoCatalogue catalogue, DemoMoment moment, DemoRecord record)
{
    private const int DaysUntilDone = 4;
    private const int PercentOfVariation = 3;

    /// <summary>The results that wait in an inbox, with the doctor whose it is, in the order they came.</summary>
    public List<(Guid Doctor, OrderResult Result)> ToReview { get; } = [];

    public void Order(DemoChart chart, DemoSeen seen, Guid encounter, Guid doctor)
    {
        if (seen.End is not { } end)
        {
            return;
        }

        OrderTests(chart, seen, end, encounter, doctor);
        foreach (var asked in seen.Plan.Visit.Asks.Select(id => (Id: id, catalogue.Other(id).Type)).GroupBy(a => a.Type, a => a.Id))
        {
            // A referral is the other practice's to complete.
            var done = asked.Key is not OrderType.Referral && moment.Now - end > TimeSpan.FromDays(DaysUntilDone);
            var order = Order(chart, asked.Key, done ? end.AddDays(DaysUntilDone) : null, encounter, doctor, end);
            order.Items.AddRange(asked.Select(id => Item(order, id, catalogue.Other(id).Name, CodeSystems.Catalogue)));
        }
    }

    private void OrderTests(DemoChart chart, DemoSeen seen, DateTimeOffset end, Guid encounter, Guid doctor)
    {
        var tests = seen.Plan.Visit.Tests;
        if (tests.Count == 0)
        {
            return;
        }

        // Taken after the visit, back in the evening; what is taken today comes tomorrow.
        var issued = seen.Plan.ForInbox ? moment.Now.AddMinutes(-chart.Dice.Between(25, 240)) : end.AddHours(5).AddMinutes(chart.Dice.Below(90));
        var isBack = issued < moment.Now;
        var order = Order(chart, OrderType.Lab, isBack ? issued : null, encounter, doctor, end, seen.Plan.ForInbox ? OrderUrgency.Urgent : OrderUrgency.Routine);
        foreach (var test in tests)
        {
            var ordered = catalogue.Test(test.Id);
            var item = Item(order, ordered.Loinc ?? test.Id, ordered.Name, ordered.Loinc is null ? CodeSystems.Catalogue : CodeSystems.Loinc);
            order.Items.Add(item);
            if (isBack)
            {
                record.Results.AddRange(test.Values.Select(value => Result(chart, seen, test, value, item, doctor, (end.AddMinutes(12), issued))));
            }
        }
    }

    private Order Order(
        DemoChart chart, OrderType type, DateTimeOffset? completed, Guid encounter, Guid doctor, DateTimeOffset at, OrderUrgency urgency = OrderUrgency.Routine)
    {
        var order = new Order
        {
            Id = Guid.CreateVersion7(),
            EncounterId = encounter,
            PatientId = chart.Patient.Id,
            DoctorId = doctor,
            OrderType = type,
            Status = completed is null ? OrderStatus.Ordered : OrderStatus.Completed,
            Urgency = urgency,
            OrderedAt = at,
            CompletedAt = completed,
            CreatedAt = at,
            UpdatedAt = completed ?? at,
        };
        record.Orders.Add(order);
        return order;
    }

    private static OrderItem Item(Order order, string code, string name, string system) => new()
    {
        Id = Guid.CreateVersion7(),
        OrderId = order.Id,
        PatientId = order.PatientId,
        ItemCode = code,
        ItemName = name,
        CodeSystem = system,
        CreatedAt = order.CreatedAt,
        UpdatedAt = order.UpdatedAt,
    };

    private OrderResult Result(
        DemoChart chart, DemoSeen seen, DemoTest test, DemoValue value, OrderItem item, Guid doctor, (DateTimeOffset Taken, DateTimeOffset Issued) at)
    {
        var about = catalogue.Test(value.Id);
        var range = catalogue.Ranges.For(value.Id, chart.Patient.Gender, chart.AgeInDays(seen.Plan.Day));
        decimal? number = value.Number is { } usual ? Math.Round(test.Exact ? usual : chart.Dice.Around(usual, PercentOfVariation), about.Decimals) : null;
        var reviewed = at.Issued.AddHours(chart.Dice.Between(1, 11));
        var isReviewed = !seen.Plan.ForInbox;
        var result = new OrderResult
        {
            Id = Guid.CreateVersion7(),
            OrderItemId = item.Id,
            PatientId = chart.Patient.Id,
            Code = about.Loinc ?? value.Id,
            CodeSystem = about.Loinc is null ? CodeSystems.Catalogue : CodeSystems.Loinc,
            Name = about.Name,
            ValueNumber = number,
            ValueText = value.Words,
            Unit = number is null ? null : about.Unit,
            ReferenceLow = number is null ? null : range?.Low,
            ReferenceHigh = number is null ? null : range?.High,
            Flag = Flag(value, number, range),
            EffectiveAt = at.Taken,
            IssuedAt = at.Issued,
            CreatedAt = at.Issued,
            ReviewedBy = isReviewed ? doctor : null,
            ReviewedAt = isReviewed ? (reviewed < moment.Now ? reviewed : moment.Now) : null,
        };
        if (!isReviewed)
        {
            ToReview.Add((doctor, result));
        }

        chart.NewResults.Add(string.Create(CultureInfo.InvariantCulture, $"{about.Name} {number}{value.Words} {UnitWords.Of(result.Unit)}").Trim());
        return result;
    }

    private static ResultFlag Flag(DemoValue value, decimal? number, ReferenceRange? range) => (number, range) switch
    {
        (null, _) => value.Abnormal ? ResultFlag.Abnormal : ResultFlag.Normal,
        ({ } measured, { } limits) => limits.Flag(measured),
        _ => ResultFlag.Unknown,
    };
}
