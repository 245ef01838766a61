using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>Which documents, in MongoDB's words. There is no filter without the patients who may be touched.</summary>
internal static class MongoFilters
{
    public static BsonDocument Of(Guid id, AccessFilter access)
        => All([("_id", id), .. Within(access, patientId: null)]);

    public static BsonDocument Of(DocumentQuery query, AccessFilter access) => All(
    [
        .. Within(access, query.PatientId),
        .. Is(DocumentFields.EncounterId, query.EncounterId),
        .. In(DocumentFields.EncounterId, query.EncounterIds),
        .. Is(DocumentFields.DoctorId, query.DoctorId),
        .. Is(DocumentFields.Status, query.Status),
        .. Is(DocumentFields.Status, query.NotStatus is { } not ? new BsonDocument { { "$ne", not } } : null),
        .. After(query),
    ]);

    /// <summary>The version before this one, of the same document and patient, in a status that still allows it.</summary>
    public static BsonDocument Replaceable(StoredDocument next, string whileStatus, AccessFilter access) => All(
    [
        ("_id", next.Id),
        .. Within(access, next.PatientId),
        (DocumentFields.Version, next.Version - 1),
        (DocumentFields.Status, whileStatus),
        (DocumentFields.CreatedAt, MongoDocuments.Milliseconds(next.CreatedAt)),
    ]);

    public static BsonDocument Order(DocumentQuery query)
    {
        var direction = query.OldestFirst ? 1 : -1;
        return new BsonDocument { { DocumentFields.CreatedAt, direction }, { "_id", direction } };
    }

    private static BsonDocument All(IReadOnlyList<(string Field, object? Value)> conditions)
        => new() { { "$and", conditions.Select(condition => new BsonDocument { { condition.Field, condition.Value } }).ToList() } };

    /// <summary>Where one patient is asked for, the filter says yes or no to that one; a doctor's list may hold thousands.</summary>
    private static IEnumerable<(string Field, object? Value)> Within(AccessFilter access, Guid? patientId) => (access.Patients, patientId) switch
    {
        (_, { } patient) => [(DocumentFields.PatientId, AnyOf(access.Allows(patient) ? [patient] : []))],
        ({ } patients, null) => [(DocumentFields.PatientId, AnyOf(patients))],
        (null, null) => [(DocumentFields.PatientId, new BsonDocument { { "$exists", true } })],
    };

    private static IEnumerable<(string Field, object? Value)> Is(string field, object? value)
        => value is null ? [] : [(field, value)];

    private static IEnumerable<(string Field, object? Value)> In(string field, IReadOnlyCollection<Guid>? values)
        => values is null ? [] : [(field, AnyOf(values))];

    private static IEnumerable<(string Field, object? Value)> After(DocumentQuery query)
    {
        if (query.After is not { } last)
        {
            return [];
        }

        var beyond = query.OldestFirst ? "$gt" : "$lt";
        var instant = MongoDocuments.Milliseconds(last.CreatedAt);
        return
        [
            ("$or", new List<object?>
            {
                new BsonDocument { { DocumentFields.CreatedAt, new BsonDocument { { beyond, instant } } } },
                new BsonDocument { { DocumentFields.CreatedAt, instant }, { "_id", new BsonDocument { { beyond, last.Id } } } },
            }),
        ];
    }

    private static BsonDocument AnyOf(IEnumerable<Guid> values) => new() { { "$in", values } };
}
