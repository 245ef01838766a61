using System.Text.RegularExpressions;

namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>Refuses settings with which the index would go over the network in clear, be open to everybody, or have a name that no index may have.</summary>
internal static partial class ElasticGuard
{
    private const string Example = "https://elasticsearch.example:9200";

    /// <summary>Everything that is wrong, each in a sentence that names its key.</summary>
    public static IEnumerable<string> Refuse(ElasticOptions options, bool development)
        => RefuseUrl(options, development).Concat(RefuseSignIn(options)).Concat(RefusePrefix(options));

    private static IEnumerable<string> RefuseUrl(ElasticOptions options, bool development)
    {
        if (string.IsNullOrWhiteSpace(options.Url))
        {
            return [$"{ElasticOptions.UrlKey} is missing. Set it to the address of the server, such as {Example}, or set {SearchStoreOptions.KindKey} to {SearchStoreOptions.InPostgres}."];
        }

        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return [$"{ElasticOptions.UrlKey} is not an address such as {Example}. User name and password have keys of their own."];
        }

        return url.Scheme == Uri.UriSchemeHttps || development || LocalHost.Is(url.Host)
            ? []
            : [$"{ElasticOptions.UrlKey} reaches Elasticsearch over the network and must begin with https."];
    }

    private static IEnumerable<string> RefuseSignIn(ElasticOptions options)
    {
        var (hasKey, hasUser, hasPassword) = (options.ApiKey is { Length: > 0 }, options.Username is { Length: > 0 }, options.Password is { Length: > 0 });
        if (hasKey && (hasUser || hasPassword))
        {
            yield return $"{ElasticOptions.ApiKeyKey} and {ElasticOptions.UsernameKey} are two ways to sign in: give one.";
        }
        else if (hasUser != hasPassword)
        {
            yield return $"{ElasticOptions.UsernameKey} and {ElasticOptions.PasswordKey} belong together.";
        }
        else if (!hasKey && !hasUser && Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && !LocalHost.Is(url.Host))
        {
            yield return $"{ElasticOptions.ApiKeyKey}, or {ElasticOptions.UsernameKey} and {ElasticOptions.PasswordKey}, must say how the portal signs in: a server on another machine may not be open to everybody.";
        }

        if (hasKey && !Base64().IsMatch(options.ApiKey!))
        {
            yield return $"{ElasticOptions.ApiKeyKey} must be the encoded key, in base64.";
        }
    }

    private static IEnumerable<string> RefusePrefix(ElasticOptions options)
        => PrefixName().IsMatch(options.Prefix) ? [] : [$"{ElasticOptions.PrefixKey} must be small letters, digits and -, begin with a letter and have at most 60."];

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$", RegexOptions.None, 1000)]
    private static partial Regex PrefixName();

    [GeneratedRegex("^[A-Za-z0-9+/_-]{8,}={0,2}$", RegexOptions.None, 1000)]
    private static partial Regex Base64();
}
