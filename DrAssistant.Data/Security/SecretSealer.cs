namespace DrAssistant.Data.Security;

/// <summary>Keeps small secrets of the portal itself unreadable on disk, with the keys that protect the patients' data.</summary>
public sealed class SecretSealer
{
    private const string Place = "portal_secrets";

    private readonly PhiCipher _cipher;

    internal SecretSealer(PhiCipher cipher) => _cipher = cipher;

    /// <summary>Seals <paramref name="secret"/> to its purpose and id; with another purpose or id it cannot be opened.</summary>
    public byte[] Seal(string purpose, Guid id, string secret) => _cipher.Protect(new FieldAddress(Place, purpose, id), secret);

    /// <summary>The secret that was sealed.</summary>
    /// <exception cref="InvalidOperationException">It was changed or moved, or its key is gone.</exception>
    public string Open(string purpose, Guid id, byte[] sealedSecret)
    {
        try
        {
            return _cipher.Reveal(new FieldAddress(Place, purpose, id), sealedSecret);
        }
        catch (UnreadableFieldException e)
        {
            throw new InvalidOperationException("A secret of the portal cannot be read.", e);
        }
    }
}
