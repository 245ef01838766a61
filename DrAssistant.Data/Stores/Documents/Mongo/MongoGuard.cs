using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// Refuses settings with which patients' data would go over the network in clear, be read from a server that lags behind, or be
/// acknowledged before they are safe. libmongoc only logs an option that it does not know, so a typing error in tls would pass.
/// </summary>
internal static partial class MongoGuard
{
    private const string Tls = "tls";
    private const int LongestWait = 600_000;

    /// <summary>Every option that may stand in the address, and what its value may be.</summary>
    private static readonly Dictionary<string, Func<string, bool>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [Tls] = IsFlag,
        ["tlsCAFile"] = File.Exists,
        ["authSource"] = value => value.Length > 0,
        ["authMechanism"] = value => value is "SCRAM-SHA-1" or "SCRAM-SHA-256",
        ["replicaSet"] = value => value.Length > 0,
        ["directConnection"] = IsFlag,
        ["retryReads"] = IsFlag,
        ["retryWrites"] = IsFlag,
        ["connectTimeoutMS"] = value => IsWithin(value, 1, LongestWait),
        ["serverSelectionTimeoutMS"] = value => IsWithin(value, 1, LongestWait),
        ["socketTimeoutMS"] = value => IsWithin(value, 1, LongestWait), // 0 would be for ever
        ["waitQueueTimeoutMS"] = value => IsWithin(value, 1, LongestWait),
        ["heartbeatFrequencyMS"] = value => IsWithin(value, 500, LongestWait),
        ["maxPoolSize"] = value => IsWithin(value, 1, 100),
    };

    /// <summary>Everything that is wrong, each in a sentence that names its key.</summary>
    public static IEnumerable<string> Refuse(MongoOptions options, bool development)
    {
        if (!DatabaseName().IsMatch(options.Database))
        {
            yield return $"{MongoOptions.DatabaseKey} must be the name of a database: letters, digits, - and _, at most 60.";
        }

        if (options.CaFile is { Length: > 0 } file && !File.Exists(file))
        {
            yield return $"{MongoOptions.CaFileKey} must name a file with the authority's certificate (PEM) that the portal may read.";
        }

        foreach (var refusal in RefuseUri(options, development))
        {
            yield return refusal;
        }
    }

    private static IEnumerable<string> RefuseUri(MongoOptions options, bool development)
    {
        if (string.IsNullOrWhiteSpace(options.Uri))
        {
            return [$"{MongoOptions.UriKey} is missing. Set it to the address of the MongoDB server, such as mongodb://user:password@mongo.example/?tls=true, or set {DocumentStoreOptions.KindKey} to {DocumentStoreOptions.InPostgres}."];
        }

        return MongoAddress.Parse(options.Uri) is { } address
            ? RefuseOptions(address).Concat(RefusePlain(options, address, development))
            : [$"{MongoOptions.UriKey} is not an address such as mongodb://user:password@mongo.example:27017/?tls=true. Special characters of the password are written as in %40 for @; hosts are named one by one, not by mongodb+srv."];
    }

    private static IEnumerable<string> RefuseOptions(MongoAddress address)
    {
        foreach (var (name, value) in address.Options)
        {
            if (!Known.TryGetValue(name, out var isRight))
            {
                yield return $"{MongoOptions.UriKey} has an option that the portal does not know or sets itself: {Printable(name)}. It knows {string.Join(", ", Known.Keys)}.";
            }
            else if (!isRight(value))
            {
                yield return $"{MongoOptions.UriKey} has a wrong value for {Printable(name)}.";
            }
        }
    }

    private static IEnumerable<string> RefusePlain(MongoOptions options, MongoAddress address, bool development)
    {
        var isEncrypted = string.Equals(address.Option(Tls), "true", StringComparison.OrdinalIgnoreCase);
        if (!isEncrypted && !development && address.Hosts.Any(host => !LocalHost.Is(host)))
        {
            yield return $"{MongoOptions.UriKey} reaches MongoDB over the network and must have tls=true (with {MongoOptions.CaFileKey}, if its authority is your own).";
        }
        else if (!isEncrypted && (options.CaFile is { Length: > 0 } || address.Option("tlsCAFile") is not null))
        {
            yield return $"{MongoOptions.UriKey} must have tls=true where an authority's certificate is given.";
        }
    }

    /// <summary>What is no name of an option may be a piece of a password.</summary>
    private static string Printable(string name) => OptionName().IsMatch(name) ? name : "one with special characters";

    private static bool IsFlag(string value) => bool.TryParse(value, out _);

    private static bool IsWithin(string value, int least, int most)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,60}$", RegexOptions.None, 1000)]
    private static partial Regex DatabaseName();

    [GeneratedRegex("^[A-Za-z]{1,40}$", RegexOptions.None, 1000)]
    private static partial Regex OptionName();
}
