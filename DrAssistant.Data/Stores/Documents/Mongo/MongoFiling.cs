using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// Changes whose a note, a recording or a transcript is, and nothing else of it. Versions stay where they were written: the portal's user has no right to
/// change one, and whoever may read the record that stays may read the one that was merged into it.
/// </summary>
internal sealed class MongoFiling(MongoClient mongo, MongoSchema schema) : IDocumentFiling
{
    private static readonly DocumentCollection[] Filed = [DocumentCollection.ClinicalNotes, DocumentCollection.NoteAmendments, DocumentCollection.VoiceRecordings, DocumentCollection.Transcripts, DocumentCollection.NoteDrafts];

    public async Task<long> FileAsync(Guid patientId, IReadOnlyCollection<Guid> encounterIds, CancellationToken cancellation)
    {
        if (encounterIds.Count == 0)
        {
            return 0;
        }

        await schema.EnsureAsync(cancellation);
        var misfiled = new BsonDocument
        {
            { DocumentFields.EncounterId, new BsonDocument { { "$in", encounterIds } } },
            { DocumentFields.PatientId, new BsonDocument { { "$ne", patientId } } },
        };
        var change = new BsonDocument { { "$set", new BsonDocument { { DocumentFields.PatientId, patientId } } } };
        return await mongo.WriteAsync(
            "file",
            session => Filed.Sum(collection => session.Update(MongoSchema.Name(collection), misfiled, change, MongoConcerns.Writing())),
            cancellation);
    }
}
