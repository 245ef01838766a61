using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;

/// <summary>Documents under unique indexes and a validator.</summary>
internal sealed class WireCollection
{
    private readonly List<BsonDocument> _documents = [];
    private readonly List<BsonDocument> _indexes = [new() { { "key", new BsonDocument { { "_id", 1 } } }, { "name", "_id_" }, { "unique", true } }];

    public BsonDocument? Validator { get; set; }

    public IReadOnlyList<BsonDocument> Documents => _documents;

    public void Add(IEnumerable<BsonDocument> indexes)
        => _indexes.AddRange(indexes.Where(index => !_indexes.Exists(known => Equals(known["name"], index["name"]))));

    public void Drop(string index)
    {
        if (_indexes.RemoveAll(known => Equals(known["name"], index)) == 0)
        {
            throw new WireRefusal(27, $"index not found with name [{index}]");
        }
    }

    public IEnumerable<BsonDocument> Find(BsonDocument filter) => _documents.Where(document => WireQuery.Matches(document, filter));

    public void Insert(BsonDocument document)
    {
        Check(document, inPlaceOf: null);
        _documents.Add(document);
    }

    public int Replace(BsonDocument filter, BsonDocument with)
    {
        var index = _documents.FindIndex(document => WireQuery.Matches(document, filter));
        if (index < 0)
        {
            return 0;
        }

        if (with.First().Key.StartsWith('$'))
        {
            throw new WireRefusal(9, "only whole documents are replaced here");
        }

        Check(with, _documents[index]);
        _documents[index] = with;
        return 1;
    }

    public int Set(BsonDocument filter, BsonDocument change)
    {
        var fields = change.Count == 1 && change["$set"] is BsonDocument set ? set : throw new WireRefusal(9, "only $set is known here");
        var hit = Find(filter).ToList();
        foreach (var document in hit)
        {
            var changed = new BsonDocument();
            foreach (var (name, value) in document)
            {
                changed.Add(name, fields.Has(name) ? fields[name] : value);
            }

            Check(changed, document);
            _documents[_documents.IndexOf(document)] = changed;
        }

        return hit.Count;
    }

    public int Remove(BsonDocument filter, bool onlyOne)
    {
        var hit = Find(filter).Take(onlyOne ? 1 : int.MaxValue).ToList();
        hit.ForEach(document => _documents.Remove(document));
        return hit.Count;
    }

    private void Check(BsonDocument document, BsonDocument? inPlaceOf)
    {
        if (Validator is { } validator && !WireSchema.Allows(document, validator))
        {
            throw new WireRefusal(121, "Document failed validation");
        }

        foreach (var index in _indexes.Where(index => index["unique"] is true))
        {
            var fields = index.Get<BsonDocument>("key")!.Select(field => field.Key).ToList();
            var part = index.Get<BsonDocument>("partialFilterExpression") ?? [];
            if (WireQuery.Matches(document, part) && _documents.Exists(other => other != inPlaceOf && WireQuery.Matches(other, part) && fields.TrueForAll(field => WireQuery.Order(other[field], document[field]) == 0)))
            {
                throw new WireRefusal(11000, $"E11000 duplicate key error index: {index["name"]}");
            }
        }
    }
}

/// <summary>The part of $jsonSchema that the portal's validators use.</summary>
internal static class WireSchema
{
    public static bool Allows(BsonDocument document, BsonDocument validator)
    {
        var schema = validator.Get<BsonDocument>("$jsonSchema") ?? throw new WireRefusal(2, "only $jsonSchema is known here");
        return schema.All(rule => rule.Key switch
        {
            "bsonType" => rule.Value is "object",
            "required" => ((List<object?>)rule.Value!).TrueForAll(name => document.Has((string)name!)),
            "properties" => ((BsonDocument)rule.Value!).All(property => !document.Has(property.Key) || Fits(document[property.Key], (BsonDocument)property.Value!)),
            _ => throw new WireRefusal(9, $"unknown $jsonSchema keyword: {rule.Key}"),
        });
    }

    private static bool Fits(object? value, BsonDocument rules) => rules.All(rule => rule.Key switch
    {
        "bsonType" => rule.Value is List<object?> types ? types.Contains(TypeOf(value)) : TypeOf(value).Equals(rule.Value),
        "enum" => ((List<object?>)rule.Value!).Contains(value),
        "minimum" => WireQuery.Order(value, rule.Value) >= 0,
        _ => throw new WireRefusal(9, $"unknown $jsonSchema keyword: {rule.Key}"),
    });

    private static string TypeOf(object? value) => value switch
    {
        null => "null",
        Guid or byte[] => "binData",
        DateTimeOffset => "date",
        string => "string",
        int => "int",
        long => "long",
        double => "double",
        decimal => "decimal",
        bool => "bool",
        BsonDocument => "object",
        _ => "array",
    };
}
