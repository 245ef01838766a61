using System.Text.RegularExpressions;

namespace DrAssistant.Data.Stores.Objects.S3;

/// <summary>A bucket on a server that speaks S3, such as MinIO.</summary>
internal sealed class S3Options
{
    public const string Section = ObjectStoreOptions.Section + ":S3";
    public const string EndpointKey = Section + ":Endpoint";
    public const string BucketKey = Section + ":Bucket";
    public const string AccessKeyKey = Section + ":AccessKey";
    public const string SecretKeyKey = Section + ":SecretKey";
    public const string RegionKey = Section + ":Region";

    /// <summary>Scheme, host and port.</summary>
    public string? Endpoint { get; set; }

    /// <summary>It has to be there: the portal does not make it.</summary>
    public string? Bucket { get; set; }

    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>What requests are signed for. Servers that have no regions take this one.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>For servers that know no bodies in signed pieces, such as OpenStack Swift: a body is signed as a whole.</summary>
    public bool PlainBodies { get; set; }
}

/// <summary>Refuses settings that lack something, or with which requests would go over the network in clear.</summary>
internal static partial class S3Guard
{
    /// <summary>Everything that is wrong, each in a sentence that names its key, and never with the value.</summary>
    public static IEnumerable<string> Refuse(S3Options options, bool development)
    {
        if (RefuseEndpoint(options.Endpoint, development) is { } refused)
        {
            yield return refused;
        }

        if (!BucketName().IsMatch(options.Bucket ?? ""))
        {
            yield return $"{S3Options.BucketKey} must be the name of a bucket: 3 to 63 small letters, digits, dots and hyphens.";
        }

        if (string.IsNullOrWhiteSpace(options.AccessKey) || string.IsNullOrWhiteSpace(options.SecretKey))
        {
            yield return $"{S3Options.AccessKeyKey} and {S3Options.SecretKeyKey} must be those of a user who may read, write, list and delete in the bucket.";
        }

        if (!RegionName().IsMatch(options.Region))
        {
            yield return $"{S3Options.RegionKey} must be the name of a region, such as us-east-1.";
        }
    }

    private static string? RefuseEndpoint(string? endpoint, bool development)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            return $"{S3Options.EndpointKey} must be the address of a server that speaks S3, such as https://minio.example:9000, without path and password.";
        }

        return address.Scheme == Uri.UriSchemeHttp && !development && !LocalHost.Is(address.Host)
            ? $"{S3Options.EndpointKey} reaches the object store over the network and must begin with https://."
            : null;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]\z", RegexOptions.None, 1000)]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^[a-z0-9\-]{1,40}\z", RegexOptions.None, 1000)]
    private static partial Regex RegionName();
}
