namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>How the portal reaches Elasticsearch: by a key, or by a user name and a password.</summary>
internal sealed class ElasticOptions
{
    private const string Own = SearchStoreOptions.Section + ":Elasticsearch:";

    public const string UrlKey = Own + nameof(Url);
    public const string ApiKeyKey = Own + nameof(ApiKey);
    public const string UsernameKey = Own + nameof(Username);
    public const string PasswordKey = Own + nameof(Password);
    public const string PrefixKey = Own + nameof(Prefix);

    /// <summary>Scheme, host and port, such as https://elasticsearch:9200.</summary>
    public string Url { get; set; } = "";

    /// <summary>As the server gave it out, in base64; a secret.</summary>
    public string? ApiKey { get; set; }

    public string? Username { get; set; }

    /// <summary>A secret.</summary>
    public string? Password { get; set; }

    /// <summary>How the names of the portal's indices begin. Practices that share a server do not share it.</summary>
    public string Prefix { get; set; } = "clinic";
}
