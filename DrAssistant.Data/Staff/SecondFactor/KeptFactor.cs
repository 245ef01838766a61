using System.Security.Cryptography;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Staff.SecondFactor;

/// <summary>A person's second factor: the sealed secret that their telephone shares, and the hashes of their recovery codes.</summary>
internal sealed class KeptFactor
{
    public required Guid UserId { get; init; }

    /// <summary>Sealed; null where it was taken away.</summary>
    public byte[]? Secret { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>The last step whose code was used.</summary>
    public long LastStep { get; private set; }

    public List<byte[]> RecoveryCodes { get; private set; } = [];

    public DateTimeOffset ChangedAt { get; private set; }

    public bool IsOn => Secret is not null;

    public static FieldAddress AddressOf(Guid userId) => new("second_factors", "secret", userId);

    /// <summary>From here on codes are asked. <paramref name="step"/> is the one whose code proved it.</summary>
    public void TurnOn(byte[] sealedSecret, long step, IEnumerable<byte[]> recoveryCodes, DateTimeOffset now)
        => (Secret, ConfirmedAt, LastStep, RecoveryCodes, ChangedAt) = (sealedSecret, now, step, [.. recoveryCodes], now);

    /// <summary>Other recovery codes; the earlier ones stop working.</summary>
    public void Renew(IEnumerable<byte[]> recoveryCodes, DateTimeOffset now) => (RecoveryCodes, ChangedAt) = ([.. recoveryCodes], now);

    public void TurnOff(DateTimeOffset now) => (Secret, ConfirmedAt, RecoveryCodes, ChangedAt) = (null, null, [], now);

    /// <summary>Whether the code of this step may still be used; if so, it is used now.</summary>
    public bool TryUse(long step)
    {
        if (step <= LastStep)
        {
            return false;
        }

        LastStep = step;
        return true;
    }

    /// <summary>Uses up a recovery code, if it is one.</summary>
    public bool TryUse(byte[] codeHash)
    {
        var left = RecoveryCodes.Where(kept => !CryptographicOperations.FixedTimeEquals(kept, codeHash)).ToList();
        if (left.Count == RecoveryCodes.Count)
        {
            return false;
        }

        RecoveryCodes = left;
        return true;
    }
}
