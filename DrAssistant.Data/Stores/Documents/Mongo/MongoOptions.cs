namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>How the portal reaches MongoDB.</summary>
internal sealed class MongoOptions
{
    public const string UriKey = DocumentStoreOptions.Section + ":Mongo:Uri";
    public const string DatabaseKey = DocumentStoreOptions.Section + ":Mongo:Database";
    public const string CaFileKey = DocumentStoreOptions.Section + ":Mongo:CaFile";

    /// <summary>Hosts, user and password, as mongodb://user:password@host/?tls=true; a secret.</summary>
    public string Uri { get; set; } = "";

    public string Database { get; set; } = "clinic";

    /// <summary>The authority that signed the server's certificate, where it is none that the system knows.</summary>
    public string? CaFile { get; set; }
}
