using System.Security.Cryptography;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>A sealed random key in the row of each session; the database takes it away when the session is revoked.</summary>
internal sealed class DraftKeys(ClinicDataSources data, ICurrentUser user, PhiCipher cipher, IOptions<SessionOptions> options, TimeProvider time) : IDraftKeys
{
    private const int Bytes = 32;
    private static readonly TimeSpan AfterItsEnd = TimeSpan.FromDays(1);

    public async Task<Result<DraftKey>> CurrentAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me || user.SessionId is not { } session)
        {
            return Refusal.Forbidden;
        }

        // Two pages that ask at once get the same key: whoever is first has made it.
        await using var ask = data.App.CreateCommand(
            "UPDATE sessions SET draft_key = coalesce(draft_key, $3) WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL RETURNING draft_key");
        ask.Parameters.Add(new NpgsqlParameter { Value = session });
        ask.Parameters.Add(new NpgsqlParameter { Value = me });
        ask.Parameters.Add(new NpgsqlParameter { Value = cipher.ProtectBytes(AddressOf(session), RandomNumberGenerator.GetBytes(Bytes)) });
        return await RevealAsync(ask, session, cancellation);
    }

    public async Task<Result<DraftKey>> FindAsync(Guid keyId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var ask = data.App.CreateCommand(
            "SELECT draft_key FROM sessions WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL AND draft_key IS NOT NULL AND least(expires_at, last_activity_at + $4) > $3");
        ask.Parameters.Add(new NpgsqlParameter { Value = keyId });
        ask.Parameters.Add(new NpgsqlParameter { Value = me });
        ask.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() - AfterItsEnd });
        ask.Parameters.Add(new NpgsqlParameter { Value = options.Value.Idle });
        return await RevealAsync(ask, keyId, cancellation);
    }

    private async Task<Result<DraftKey>> RevealAsync(NpgsqlCommand ask, Guid session, CancellationToken cancellation)
        => await ask.ExecuteScalarAsync(cancellation) is byte[] kept
            ? new DraftKey(session, cipher.RevealBytes(AddressOf(session), kept))
            : Refusal.NotFound("Key");

    private static FieldAddress AddressOf(Guid session) => new("sessions", "draft_key", session);
}
