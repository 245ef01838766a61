using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.SecondFactor;

/// <summary>The door to one's own second factor: a code of one's telephone beside the password.</summary>
public interface ISecondFactor
{
    Task<Result<FactorState>> StateAsync(CancellationToken cancellation);

    /// <summary>A new secret for the telephone. It counts only once a code of it was typed.</summary>
    Task<Result<FactorOffer>> OfferAsync(CancellationToken cancellation);

    /// <summary>Turns it on, or replaces it, if the code is the offer's and the password one's own. All other sessions end. Answers the recovery codes, once.</summary>
    Task<Result<RecoveryCodes>> TurnOnAsync(FactorOffer offer, string code, string password, CancellationToken cancellation);

    /// <summary>New recovery codes in the place of those that are left.</summary>
    Task<Result<RecoveryCodes>> RenewCodesAsync(string password, CancellationToken cancellation);

    /// <summary>Refused where the practice requires it.</summary>
    Task<Result<FactorState>> TurnOffAsync(string password, CancellationToken cancellation);
}

public sealed record FactorState(bool IsOn, bool IsRequired, int CodesLeft, DateTimeOffset? Since);

/// <summary>What the telephone takes up: by its camera, or typed.</summary>
/// <param name="Key">In groups of four.</param>
/// <param name="Picture">The same as a QR code, a PNG in a data address.</param>
/// <param name="Sealed">The secret, which only the portal can open.</param>
public sealed record FactorOffer(string Key, string Picture, string Sealed)
{
    public override string ToString() => nameof(FactorOffer);
}

/// <summary>Shown once: only their hashes are kept.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes)
{
    public override string ToString() => nameof(RecoveryCodes);
}
