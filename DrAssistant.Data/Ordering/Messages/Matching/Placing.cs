using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Data.Ordering.Messages.Matching;

/// <summary>Why nobody could say where a result belongs.</summary>
public enum UnmatchedReason
{
    NoOrder,
    SeveralOrders,
    PatientUnknown,
    PatientDiffers,
    OrderCancelled,
    TestNotOrdered,
    UnitUnknown,
    ValueUnreadable,
    AlreadyFinal,
    NotFiled,
}

/// <summary>Where a value goes: to an item, to the work-list, or nowhere because it is there already.</summary>
internal sealed record Placed(Finding Finding, OrderedItem? Item, UnmatchedReason? Why)
{
    public override string ToString() => nameof(Placed);
}

/// <summary>
/// Places the values of a report: by the number of the order, else by the person's number and the test. What fits nothing, or more than one thing,
/// goes to people. Nothing is guessed.
/// </summary>
internal sealed class Placing(ReportedPerson reported, MatchingFacts facts)
{
    public IReadOnlyList<Placed> Place(ReportedGroup group)
    {
        var (items, why) = Candidates(group);
        return [.. group.Findings.Select(finding => why is { } reason ? new Placed(finding, null, reason) : Place(group, finding, items))];
    }

    /// <summary>The items among which the test may be, or why there are none.</summary>
    private (IReadOnlyList<OrderedItem> Items, UnmatchedReason? Why) Candidates(ReportedGroup group)
    {
        var numbers = group.OrderNumbers.Select(MatchingFacts.Plain).ToHashSet(StringComparer.Ordinal);
        var ordered = facts.Items.Where(i => i.Number is not null && numbers.Contains(i.Number)).ToList();
        if (ordered.Select(i => i.OrderId).Distinct().Count() > 1)
        {
            return ([], UnmatchedReason.SeveralOrders);
        }

        if (ordered.Count > 0)
        {
            return OfOrder(ordered);
        }

        // A number as we give them that no order has was mistyped: what it would have been is not ours to say.
        return numbers.Any(IsOurs) ? ([], UnmatchedReason.NoOrder) : OfPerson();
    }

    private (IReadOnlyList<OrderedItem> Items, UnmatchedReason? Why) OfOrder(List<OrderedItem> ordered)
    {
        var record = ordered[0].PatientId;
        if (facts.People.All(p => p.RecordId != record) || PersonCheck.Contradicts(reported, record, facts.People))
        {
            return ([], UnmatchedReason.PatientDiffers);
        }

        if (!PersonCheck.HasNumberOf(reported, record, facts.People) && !PersonCheck.Confirms(reported, facts.People.First(p => p.RecordId == record)))
        {
            return ([], UnmatchedReason.PatientUnknown);
        }

        return ordered[0].Status is OrderStatus.Cancelled ? ([], UnmatchedReason.OrderCancelled) : (ordered, null);
    }

    private (IReadOnlyList<OrderedItem> Items, UnmatchedReason? Why) OfPerson()
    {
        var records = facts.People.Select(p => p.RecordId).Distinct().Where(id => PersonCheck.HasNumberOf(reported, id, facts.People)).ToList();
        return records switch
        {
            [] => ([], UnmatchedReason.PatientUnknown),
            [var record] when PersonCheck.Contradicts(reported, record, facts.People) => ([], UnmatchedReason.PatientDiffers),
            [var record] when !PersonCheck.Confirms(reported, facts.People.First(p => p.RecordId == record)) => ([], UnmatchedReason.PatientUnknown),
            [var record] => (facts.Items.Where(i => i.PatientId == record && i.Status is not OrderStatus.Cancelled).ToList(), null),
            _ => ([], UnmatchedReason.PatientDiffers),
        };
    }

    private Placed Place(ReportedGroup group, Finding finding, IReadOnlyList<OrderedItem> items)
    {
        if (finding.Unreadable is not null)
        {
            return new Placed(finding, null, UnmatchedReason.ValueUnreadable);
        }

        var byNumber = group.OrderNumbers.Select(MatchingFacts.Plain).Any(n => items.Any(i => i.Number == n));
        // What has this very value already is that test, whether it is sent again or put right.
        IReadOnlyList<OrderedItem>[] inTurn = byNumber
            ? [items]
            : [[.. items.Where(i => Standing(i, finding) is { } standing && standing.EffectiveAt == finding.EffectiveAt)], [.. items.Where(i => i.IsOpen)]];
        foreach (var among in inTurn)
        {
            if (Fitting(group.Test, finding.Test, among) is { Count: > 0 } fitting)
            {
                return fitting.Count > 1 ? new Placed(finding, null, UnmatchedReason.SeveralOrders) : Against(fitting[0], group, finding);
            }
        }

        return new Placed(finding, null, byNumber ? UnmatchedReason.TestNotOrdered : UnmatchedReason.NoOrder);
    }

    /// <summary>What the laboratory says that it answers; else the test by itself; else the panel that it is part of.</summary>
    private static List<OrderedItem> Fitting(ReportedCode asked, ReportedCode found, IReadOnlyList<OrderedItem> items)
    {
        var answered = items.Where(i => asked.Has(i.Code, i.System)).ToList();
        if (answered.Count > 0)
        {
            return answered;
        }

        var itself = items.Where(i => found.Has(i.Code, i.System)).ToList();
        return itself.Count > 0 ? itself : items.Where(i => i.Members.Any(code => found.Has(code, null))).ToList();
    }

    private Placed Against(OrderedItem item, ReportedGroup group, Finding finding)
    {
        if (Standing(item, finding) is not { Status: not ResultStatus.Preliminary } standing || finding.Status is ResultStatus.Corrected or ResultStatus.Cancelled)
        {
            return new Placed(finding, item, null);
        }

        // A report that grows is sent again as a whole: what has not changed is there already.
        if (standing.EffectiveAt == finding.EffectiveAt && standing.Number == finding.Number && (finding.Number is not null || standing.Text == finding.Text))
        {
            return new Placed(finding, null, null);
        }

        return group.IsCorrection && finding.Status is ResultStatus.Final
            ? new Placed(finding with { Status = ResultStatus.Corrected }, item, null)
            : new Placed(finding, null, UnmatchedReason.AlreadyFinal);
    }

    private StandingValue? Standing(OrderedItem item, Finding finding)
        => facts.Standing.FirstOrDefault(s => s.ItemId == item.ItemId && finding.Test.Has(s.Code, null));

    /// <summary>OR-26-000018.</summary>
    private static bool IsOurs(string number)
        => number.Length >= 12 && number.StartsWith("OR-", StringComparison.Ordinal) && number[5] == '-' && number.Where((_, at) => at is not (0 or 1 or 2 or 5)).All(char.IsAsciiDigit);
}
