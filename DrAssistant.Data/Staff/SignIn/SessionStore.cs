using System.Net;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// Sessions in PostgreSQL, which is also the record of revocation for every other place that they may be kept in.
/// The reads are single statements: they run at every request, before anybody is signed in.
/// </summary>
internal sealed class SessionStore(
    ClinicDataSources data, IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, ISessionCopies copies, SessionNews news,
    IOptions<SessionOptions> options, TimeProvider time) : ISessions
{
    /// <summary>Whether session s of user u goes on; $1 is now and $2 the earliest last activity.</summary>
    private const string Open = $"{Kept} AND s.last_activity_at > $2";

    /// <summary>Whether it goes on, or would if somebody had done something in it.</summary>
    private const string Kept = "s.revoked_at IS NULL AND s.expires_at > $1 AND u.status = 'active'";

    private const string Columns =
        "s.id, s.user_id, u.username, u.full_name, u.role, s.created_at, s.last_activity_at, s.expires_at, s.ip_address, s.user_agent";

    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    public async Task<SessionView?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (SessionSecret.KeyOf(secret) is not { } key)
        {
            return null;
        }

        if (await copies.FindAsync(key, cancellation) is { } copy)
        {
            return copy;
        }

        await using var find = Ask($"SELECT {Columns}, u.xmin::text FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.key_hash = $3 AND {Open}");
        find.Parameters.Add(new NpgsqlParameter { Value = key });
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }

        var (found, account) = (await ReadAsync(reader, cancellation), reader.GetString(10));
        await reader.CloseAsync();
        await copies.KeepAsync(key, found, account, cancellation);
        return found;
    }

    public async Task<bool> TouchAsync(Guid sessionId, CancellationToken cancellation)
    {
        await using var touch = Ask($"""
            WITH touched AS (
                UPDATE sessions s SET last_activity_at = $1 FROM users u
                WHERE s.id = $3 AND u.id = s.user_id AND s.last_activity_at <= $4 AND {Open})
            SELECT s.key_hash, u.xmin::text FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $3 AND {Open}
            """);
        touch.Parameters.Add(new NpgsqlParameter { Value = sessionId });
        touch.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() - BetweenTouches });
        await using var reader = await touch.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return false;
        }

        var (key, account) = (reader.GetFieldValue<byte[]>(0), reader.GetString(1));
        await reader.CloseAsync();
        await copies.SlideAsync(key, account, cancellation);
        return true;
    }

    public async Task<IReadOnlySet<Guid>> EndedAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
    {
        var (ends, now) = (await EndsAsync(sessionIds, cancellation), time.GetUtcNow());
        return sessionIds.Where(id => !ends.TryGetValue(id, out var end) || end <= now).ToHashSet();
    }

    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> EndsAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
    {
        var ends = new Dictionary<Guid, DateTimeOffset>();
        if (sessionIds.Count == 0)
        {
            return ends;
        }

        await using var ask = Ask($"SELECT s.id, s.last_activity_at, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ANY ($3) AND {Kept}");
        ask.Parameters.Add(new NpgsqlParameter { Value = sessionIds.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var open = await ask.ExecuteReaderAsync(cancellation);
        while (await open.ReadAsync(cancellation))
        {
            var (idleEnd, absoluteEnd) = (open.GetFieldValue<DateTimeOffset>(1) + options.Value.Idle, open.GetFieldValue<DateTimeOffset>(2));
            ends[open.GetGuid(0)] = idleEnd < absoluteEnd ? idleEnd : absoluteEnd;
        }

        return ends;
    }

    public async Task<Result<IReadOnlyList<SessionView>>> MineAsync(CancellationToken cancellation)
        => user.Id is { } me ? await ListAsync(me, cancellation) : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<SessionView>>> OfAsync(Guid userId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "session.read") { ResourceType = "user", ResourceId = userId });
        await db.SaveChangesAsync(cancellation);
        return await ListAsync(userId, cancellation);
    }

    public async Task<Result<int>> RevokeAsync(Guid sessionId, string reason, CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId, cancellation);
        return session is null || (session.UserId != me && !user.Can(Permissions.ManageUsers))
            ? Refusal.NotFound("Session")
            : await EndAsync(db, [session], reason, cancellation);
    }

    public async Task<Result<int>> RevokeAllAsync(Guid userId, string reason, bool exceptThisOne, CancellationToken cancellation)
    {
        if (user.Id != userId && !user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        var kept = exceptThisOne ? user.SessionId : null;
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var open = await db.Sessions
            .Where(s => s.UserId == userId && s.RevokedAt == null && s.Id != kept)
            .ToListAsync(cancellation);
        return await EndAsync(db, open, reason, cancellation);
    }

    private async Task<List<SessionView>> ListAsync(Guid userId, CancellationToken cancellation)
    {
        await using var list = Ask($"SELECT {Columns} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.user_id = $3 AND {Open} ORDER BY s.created_at DESC");
        list.Parameters.Add(new NpgsqlParameter { Value = userId });
        var mine = new List<SessionView>();
        await using var reader = await list.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            mine.Add(await ReadAsync(reader, cancellation));
        }

        return mine;
    }

    private async Task<int> EndAsync(ClinicDb db, IReadOnlyCollection<Session> sessions, string reason, CancellationToken cancellation)
    {
        var open = sessions.Where(s => s.RevokedAt is null).ToList();
        foreach (var session in open)
        {
            session.Revoke(user.Id, reason, time.GetUtcNow());
            audit.Add(db, new AuditEntry(AuditAction.Update, session.Id == user.SessionId ? "sign-out.done" : "session.revoke")
            {
                ResourceType = "session",
                ResourceId = session.Id,
                Reason = reason,
                Severity = session.UserId == user.Id ? "low" : "medium",
            });
        }

        await db.SaveChangesAsync(cancellation);
        await copies.ForgetAsync(open, cancellation);
        if (open.Count > 0)
        {
            await news.TellAsync();
        }

        return open.Count;
    }

    private NpgsqlCommand Ask(string sql)
    {
        var now = time.GetUtcNow();
        var command = data.App.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now - options.Value.Idle });
        return command;
    }

    private static async Task<SessionView> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) => new(
        reader.GetGuid(0),
        reader.GetGuid(1),
        reader.GetString(2),
        reader.GetString(3),
        EnumText.Parse<StaffRole>(reader.GetString(4)),
        reader.GetFieldValue<DateTimeOffset>(5),
        reader.GetFieldValue<DateTimeOffset>(6),
        reader.GetFieldValue<DateTimeOffset>(7),
        await reader.IsDBNullAsync(8, cancellation) ? null : reader.GetFieldValue<IPAddress>(8).ToString(),
        await reader.IsDBNullAsync(9, cancellation) ? null : reader.GetString(9));
}
