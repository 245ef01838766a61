using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// The adapter for MongoDB. The server knows nothing of the practice's people: whose documents may be touched is in every command,
/// and what was signed is protected by what a replacement asks for.
/// </summary>
internal sealed class MongoDocumentStore(MongoClient mongo, MongoSchema schema, ICurrentUser user) : IDocumentStore
{
    private const string Draft = "draft";
    private const string Amended = "amended";
    private const string InError = "entered_in_error";

    public async Task<StoredDocument?> FindAsync(DocumentCollection collection, Guid id, AccessFilter access, CancellationToken cancellation)
        => await StoredAsync(collection, MongoFilters.Of(id, access), cancellation) is { } found ? MongoDocuments.FromBson(found) : null;

    public async Task<IReadOnlyList<StoredDocument>> ListAsync(
        DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation)
    {
        if (query.Take <= 0)
        {
            return []; // to MongoDB, a limit of 0 is none
        }

        await schema.EnsureAsync(cancellation);
        var options = MongoConcerns.Reading(query.Take);
        options.Add("sort", MongoFilters.Order(query));
        var found = await mongo.ReadAsync("list", session => session.Find(MongoSchema.Name(collection), MongoFilters.Of(query, access), options), cancellation);
        return [.. found.Select(MongoDocuments.FromBson)];
    }

    public async Task<long> CountAsync(DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation)
    {
        await schema.EnsureAsync(cancellation);
        return await mongo.ReadAsync(
            "count", session => session.Count(MongoSchema.Name(collection), MongoFilters.Of(query, access), MongoConcerns.Reading()), cancellation);
    }

    public Task<bool> TryInsertAsync(DocumentCollection collection, StoredDocument document, AccessFilter access, CancellationToken cancellation)
    {
        RefuseOutside(access, document);
        var stored = MongoDocuments.ToBson(collection, document);
        return WrittenAsync("insert", collection, stored, session => Insert(session, collection, stored), cancellation);
    }

    public Task<bool> TryReplaceAsync(
        DocumentCollection collection, StoredDocument document, string whileStatus, AccessFilter access, CancellationToken cancellation)
    {
        RefuseOutside(access, document);
        RefuseRewriting(collection, document, whileStatus);
        var stored = MongoDocuments.ToBson(collection, document);
        var which = MongoFilters.Replaceable(document, whileStatus, access);
        return WrittenAsync(
            "replace", collection, stored, session => session.Replace(MongoSchema.Name(collection), which, stored, MongoConcerns.Writing()), cancellation);
    }

    private static bool Insert(MongoSession session, DocumentCollection collection, BsonDocument stored)
    {
        try
        {
            session.Insert(MongoSchema.Name(collection), stored, MongoConcerns.Writing());
            return true;
        }
        catch (MongoException there) when (there.Fault == MongoFault.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes, and where the connection was lost on the way finds out whether it was done: by doing it once more, which its id or
    /// version lets happen once, and looking whose document is there.
    /// </summary>
    private async Task<bool> WrittenAsync(
        string operation, DocumentCollection collection, BsonDocument stored, Func<MongoSession, bool> write, CancellationToken cancellation)
    {
        await schema.EnsureAsync(cancellation);
        try
        {
            return await mongo.WriteAsync(operation, write, cancellation);
        }
        catch (DocumentStoreException lost) when (lost.IsOutcomeUnknown)
        {
            try
            {
                return await mongo.WriteAsync(operation, write, CancellationToken.None) || await IsThereAsync(collection, stored);
            }
            catch (DocumentStoreException still) when (still.IsAway)
            {
                throw new DocumentStoreException(still.Message, still) { IsAway = true, AwaySince = still.AwaySince, IsOutcomeUnknown = true };
            }
        }
    }

    private async Task<bool> IsThereAsync(DocumentCollection collection, BsonDocument stored)
    {
        var found = await StoredAsync(collection, new BsonDocument { { DocumentFields.Id, stored[DocumentFields.Id] } }, CancellationToken.None);
        return found is not null && found.ToBytes().AsSpan().SequenceEqual(stored.ToBytes());
    }

    private async Task<BsonDocument?> StoredAsync(DocumentCollection collection, BsonDocument filter, CancellationToken cancellation)
    {
        await schema.EnsureAsync(cancellation);
        return (await mongo.ReadAsync("find", session => session.Find(MongoSchema.Name(collection), filter, MongoConcerns.Reading(1)), cancellation))
            .SingleOrDefault();
    }

    private void RefuseOutside(AccessFilter access, StoredDocument document)
    {
        if (!access.Allows(document.PatientId))
        {
            throw new UnauthorizedAccessException($"Document {document.Id} is outside what {user.Id} may write.");
        }
    }

    /// <summary>PostgreSQL has triggers for this.</summary>
    private static void RefuseRewriting(DocumentCollection collection, StoredDocument document, string whileStatus)
    {
        if (collection == DocumentCollection.NoteVersions)
        {
            throw new InvalidOperationException("A version of a note is written and never rewritten.");
        }

        if (collection == DocumentCollection.ClinicalNotes && whileStatus != Draft && (whileStatus == InError || document.Status is not (Amended or InError)))
        {
            throw new InvalidOperationException("A signed note is not changed.");
        }

        if (collection == DocumentCollection.NoteAmendments && whileStatus != Draft)
        {
            throw new InvalidOperationException("An amendment that was signed or given up is not changed.");
        }
    }
}
