using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;

/// <summary>Filters and order as MongoDB's manual defines them, for the operators that the portal uses; any other is an error.</summary>
internal static class WireQuery
{
    public static bool Matches(BsonDocument document, BsonDocument filter) => filter.All(condition => condition.Key switch
    {
        "$and" => Each(condition.Value).TrueForAll(part => Matches(document, part)),
        "$or" => Each(condition.Value).Exists(part => Matches(document, part)),
        ['$', ..] => throw new WireRefusal(2, $"unknown top level operator: {condition.Key}"),
        _ => Holds(document, condition.Key, condition.Value),
    });

    public static IEnumerable<BsonDocument> Sort(IEnumerable<BsonDocument> documents, BsonDocument? by)
    {
        var sorted = documents.ToList();
        sorted.Sort((left, right) => (by ?? []).Select(field => Order(left[field.Key], right[field.Key]) * (int)field.Value!).FirstOrDefault(order => order != 0));
        return sorted;
    }

    /// <summary>Different types in the order of the manual; within binaries by length, then subtype, then byte by byte.</summary>
    public static int Order(object? left, object? right)
    {
        var byType = Rank(left) - Rank(right);
        return byType != 0 ? byType : (left, right) switch
        {
            (null, null) => 0,
            (string a, string b) => string.CompareOrdinal(a, b),
            (bool a, bool b) => a.CompareTo(b),
            (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
            (Guid or byte[], Guid or byte[]) => Order(Binary(left), Binary(right)),
            (int or long or double or decimal, int or long or double or decimal) => Convert.ToDecimal(left, null).CompareTo(Convert.ToDecimal(right, null)),
            _ => throw new WireRefusal(2, "not ordered here"),
        };
    }

    private static bool Holds(BsonDocument document, string field, object? condition)
    {
        var value = document[field];
        if (condition is not BsonDocument { Count: > 0 } operators || !operators.First().Key.StartsWith('$'))
        {
            return Order(value, condition) == 0;
        }

        return operators.All(one => one.Key switch
        {
            "$in" => ((List<object?>)one.Value!).Exists(candidate => Order(value, candidate) == 0),
            "$ne" => Order(value, one.Value) != 0,
            "$exists" => document.Has(field) == one.Value is true,
            "$lt" => Rank(value) == Rank(one.Value) && Order(value, one.Value) < 0,
            "$gt" => Rank(value) == Rank(one.Value) && Order(value, one.Value) > 0,
            "$lte" => Rank(value) == Rank(one.Value) && Order(value, one.Value) <= 0,
            "$gte" => Rank(value) == Rank(one.Value) && Order(value, one.Value) >= 0,
            _ => throw new WireRefusal(2, $"unknown operator: {one.Key}"),
        });
    }

    private static List<BsonDocument> Each(object? list) => [.. ((List<object?>)list!).Cast<BsonDocument>()];

    private static int Rank(object? value) => value switch
    {
        null => 1,
        int or long or double or decimal => 2,
        string => 3,
        BsonDocument => 4,
        Guid or byte[] => 6,
        bool => 8,
        DateTimeOffset => 9,
        _ => 5,
    };

    private static (int Length, int Subtype, byte[] Bytes) Binary(object? value) => value switch
    {
        Guid id => (16, BinarySubtype.Uuid, id.ToByteArray(bigEndian: true)),
        byte[] bytes => (bytes.Length, BinarySubtype.Generic, bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static int Order((int Length, int Subtype, byte[] Bytes) left, (int Length, int Subtype, byte[] Bytes) right)
    {
        var byHead = (left.Length, left.Subtype).CompareTo((right.Length, right.Subtype));
        return byHead != 0 ? byHead : left.Bytes.AsSpan().SequenceCompareTo(right.Bytes);
    }
}
