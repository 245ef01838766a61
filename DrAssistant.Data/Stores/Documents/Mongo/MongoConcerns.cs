using DrAssistant.Data.Stores.Documents.Mongo.Bson;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// What is written counts when the majority of the servers has it in its journal; what is read is what the majority has. A note
/// that was acknowledged survives the loss of a server.
/// </summary>
internal static class MongoConcerns
{
    /// <summary>Milliseconds until the server gives up, before the socket does.</summary>
    private const int ServerPatience = 8_000;

    private const string Majority = "majority";

    public static BsonDocument Writing() => new()
    {
        { "writeConcern", new BsonDocument { { "w", Majority }, { "j", true }, { "wtimeout", ServerPatience } } },
    };

    public static BsonDocument Reading() => new()
    {
        { "readConcern", new BsonDocument { { "level", Majority } } },
        { "maxTimeMS", ServerPatience },
    };

    public static BsonDocument Reading(int most)
    {
        var options = Reading();
        options.Add("limit", (long)most);
        options.Add("batchSize", (long)most); // all of them in one answer, where they fit
        return options;
    }
}
