using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Cache;

/// <summary>What carries messages between portals: nothing beside PostgreSQL, or a Redis server.</summary>
internal sealed class CacheOptions
{
    public const string Section = "Stores:Cache";
    public const string KindKey = Section + ":Kind";
    public const string ConnectionKey = Section + ":Redis:Connection";

    public const string InPostgres = "Local";
    public const string InRedis = "Redis";

    /// <summary>A word and not an enum, so that a wrong one is answered in the operator's words.</summary>
    public string Kind { get; set; } = InPostgres;

    public RedisOptions Redis { get; set; } = new();

    /// <summary>What decides which services there are, before there are options.</summary>
    public static bool SaysRedis(IConfiguration configuration) => string.Equals(configuration[KindKey], InRedis, StringComparison.OrdinalIgnoreCase);

    public bool IsRedis => string.Equals(Kind, InRedis, StringComparison.OrdinalIgnoreCase);
}

internal sealed class RedisOptions
{
    /// <summary>Host, port, password and TLS, as StackExchange.Redis reads them.</summary>
    public string? Connection { get; set; }
}

internal sealed class CacheOptionsValidator : IValidateOptions<CacheOptions>
{
    public ValidateOptionsResult Validate(string? name, CacheOptions options)
    {
        if (!options.IsRedis)
        {
            return string.Equals(options.Kind, CacheOptions.InPostgres, StringComparison.OrdinalIgnoreCase)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{CacheOptions.KindKey} must be {CacheOptions.InPostgres} or {CacheOptions.InRedis}.");
        }

        return string.IsNullOrWhiteSpace(options.Redis.Connection)
            ? ValidateOptionsResult.Fail($"{CacheOptions.KindKey} is {CacheOptions.InRedis}: {CacheOptions.ConnectionKey} must say where it is, such as redis:6379,password=…,ssl=true.")
            : RedisServer.Problem(options.Redis.Connection) is { } problem ? ValidateOptionsResult.Fail($"{CacheOptions.ConnectionKey}: {problem}") : ValidateOptionsResult.Success;
    }
}
