namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>A connection string of MongoDB in its parts: mongodb://user:password@host:port,host/database?option=value.</summary>
internal sealed class MongoAddress
{
    public const string Scheme = "mongodb://";

    private MongoAddress(IReadOnlyList<string> hosts, IReadOnlyList<KeyValuePair<string, string>> options)
        => (Hosts, Options) = (hosts, options);

    /// <summary>With their ports, where they name one.</summary>
    public IReadOnlyList<string> Hosts { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Options { get; }

    /// <summary>The last one counts, as it does for libmongoc; names are of any case.</summary>
    public string? Option(string name)
        => Options.LastOrDefault(option => option.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Null where the text is none.</summary>
    public static MongoAddress? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var (rest, query) = Split(text[Scheme.Length..], '?');
        var (authority, database) = Split(rest, '/');
        var hosts = authority[(authority.LastIndexOf('@') + 1)..].Split(',').Select(Uri.UnescapeDataString).ToList();
        var user = authority[..Math.Max(authority.LastIndexOf('@'), 0)];
        var options = query.Split(['&', ';'], StringSplitOptions.RemoveEmptyEntries).Select(option => Split(option, '=')).ToList();
        var isWhole = hosts.TrueForAll(IsHost) && !user.Contains('@', StringComparison.Ordinal) && !database.Contains('@', StringComparison.Ordinal)
            && options.TrueForAll(option => option.After.Length > 0 && option.After.IndexOfAny(['/', '@', '?']) < 0 || IsPath(option));
        return isWhole
            ? new MongoAddress(hosts, [.. options.Select(option => KeyValuePair.Create(option.Before, Uri.UnescapeDataString(option.After)))])
            : null;
    }

    private static bool IsPath((string Before, string After) option) => option.After.StartsWith('/');

    private static bool IsHost(string host)
        => host.Length > 0 && host.IndexOfAny([' ', '@', '?']) < 0 && (host.StartsWith('/') || !host.Contains('/', StringComparison.Ordinal));

    private static (string Before, string After) Split(string text, char at)
        => text.IndexOf(at, StringComparison.Ordinal) is var index and >= 0 ? (text[..index], text[(index + 1)..]) : (text, "");
}
