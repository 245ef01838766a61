using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// Keys for what a browser keeps of unsaved text, for those who write notes. Each session has one; signing out ends it, and what is left in the
/// browser cannot be read by anybody from then on.
/// </summary>
public interface IDraftKeys
{
    /// <summary>The key of the session that is signed in.</summary>
    Task<Result<DraftKey>> CurrentAsync(CancellationToken cancellation);

    /// <summary>
    /// The key of an earlier session of the same person that ran out by itself less than a day ago, for text that it left
    /// behind. Not found once that session was signed out or ended by somebody.
    /// </summary>
    Task<Result<DraftKey>> FindAsync(Guid keyId, CancellationToken cancellation);
}

/// <summary>An AES-256 key for this person and session.</summary>
/// <param name="Id">What a copy in the browser is marked with, to find its key again.</param>
/// <param name="Key">32 bytes.</param>
public sealed record DraftKey(Guid Id, IReadOnlyList<byte> Key)
{
    public override string ToString() => $"{nameof(DraftKey)} {Id}";
}
