using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Cache;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// The seed's <c>session:{sessionId}</c> in Redis. The key is the hash of the browser's secret, so a dump of Redis opens nothing; a keyed hash over what it says shows that a
/// portal wrote it, so who can write into Redis cannot sign in as somebody.
/// </summary>
internal sealed class RedisSessionCopies(
    RedisCache redis, LatelyEnded record, BlindIndex seal, IOptions<SessionOptions> options, TimeProvider time) : ISessionCopies
{
    /// <summary>Absolute end checked, idle end moved, in one step, and at most once a minute as in the record. A copy that was read with another version of the account is taken away.</summary>
    private const string Slide = """
        local kept = redis.call('GET', KEYS[1])
        if not kept then return 0 end
        local session = cjson.decode(kept)
        local now, idle = tonumber(ARGV[1]), tonumber(ARGV[2])
        if session.account ~= ARGV[3] or now >= session.expires or now >= session.lastActivity + idle then
          redis.call('DEL', KEYS[1])
          return 0
        end
        if now - session.lastActivity < 60 then return 1 end
        session.lastActivity = now
        redis.call('SET', KEYS[1], cjson.encode(session), 'EX', math.min(idle, session.expires - now))
        return 1
        """;

    public async Task<SessionView?> FindAsync(byte[] key, CancellationToken cancellation)
    {
        if (await redis.GetAsync(KeyOf(key), cancellation) is not { } bytes || Read(bytes) is not { } copy || copy.Seal is null || !IsSealed(copy, key))
        {
            return null;
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return now < copy.Expires && now < copy.LastActivity + (long)options.Value.Idle.TotalSeconds && record.Vouches(copy.SessionId, copy.UserId, copy.Account)
            ? copy.ToView()
            : null;
    }

    public async Task KeepAsync(byte[] key, SessionView session, string account, CancellationToken cancellation)
    {
        var copy = SessionCopy.Of(session, account);
        var life = TimeSpan.FromSeconds(Math.Min(copy.Expires, copy.LastActivity + (long)options.Value.Idle.TotalSeconds) - time.GetUtcNow().ToUnixTimeSeconds());
        if (life > TimeSpan.Zero)
        {
            await redis.SetAsync(KeyOf(key), JsonSerializer.SerializeToUtf8Bytes(copy with { Seal = SealOf(copy, key) }, JsonSerializerOptions.Web), life, cancellation);
        }
    }

    public Task SlideAsync(byte[] key, string account, CancellationToken cancellation) => redis.RunAsync(
        Slide,
        KeyOf(key),
        [
            time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ((long)options.Value.Idle.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            account,
        ],
        cancellation);

    public async Task ForgetAsync(IReadOnlyCollection<Session> ended, CancellationToken cancellation)
    {
        foreach (var session in ended)
        {
            record.Note(session.Id);
        }

        if (ended.Count > 0)
        {
            await redis.RemoveAsync([.. ended.Select(s => KeyOf(s.KeyHash))], cancellation);
        }
    }

    internal static string KeyOf(byte[] key) => $"session:{Convert.ToHexStringLower(key)}";

    private static SessionCopy? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<SessionCopy>(bytes, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // Not ours, or of another release.
            return null;
        }
    }

    private bool IsSealed(SessionCopy copy, byte[] key) => CryptographicOperations.FixedTimeEquals(SealOf(copy, key), copy.Seal);

    /// <summary>Over all but the last activity, which Redis moves.</summary>
    private byte[] SealOf(SessionCopy copy, byte[] key)
        => seal.Of(BlindIndexPurpose.SessionCopy, JsonSerializer.Serialize(copy with { LastActivity = 0, Seal = key }, JsonSerializerOptions.Web));
}

/// <summary>The seed's record, and what the portal needs beside it. Times are seconds since 1970.</summary>
internal sealed record SessionCopy
{
    public required Guid UserId { get; init; }

    public required string Role { get; init; }

    public required long Created { get; init; }

    public required long Expires { get; init; }

    public required long LastActivity { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>For who looks into Redis; the portal grants by the role.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    public required Guid SessionId { get; init; }

    public required string UserName { get; init; }

    public required string FullName { get; init; }

    /// <summary>Which version of the person's account this was read with.</summary>
    public required string Account { get; init; }

    public byte[]? Seal { get; init; }

    public static SessionCopy Of(SessionView session, string account) => new()
    {
        UserId = session.UserId,
        Role = EnumText.Of(session.Role),
        Created = session.CreatedAt.ToUnixTimeSeconds(),
        Expires = session.ExpiresAt.ToUnixTimeSeconds(),
        LastActivity = session.LastActivityAt.ToUnixTimeSeconds(),
        IpAddress = session.IpAddress,
        UserAgent = session.UserAgent,
        Permissions = [.. RolePermissions.Of(session.Role).Order(StringComparer.Ordinal)],
        SessionId = session.Id,
        UserName = session.UserName,
        FullName = session.FullName,
        Account = account,
    };

    public SessionView ToView() => new(
        SessionId,
        UserId,
        UserName,
        FullName,
        EnumText.Parse<StaffRole>(Role),
        DateTimeOffset.FromUnixTimeSeconds(Created),
        DateTimeOffset.FromUnixTimeSeconds(LastActivity),
        DateTimeOffset.FromUnixTimeSeconds(Expires),
        IpAddress,
        UserAgent);

    public override string ToString() => $"{nameof(SessionCopy)} {SessionId}";
}
