using System.Globalization;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Documents;

/// <summary>Seals what is said about documents, their parts and what was made of them; each to its row and its place in it.</summary>
internal sealed class DocumentVault(PhiCipher cipher)
{
    private const string Documents = "patient_documents";
    private const string Extracts = "document_extracts";

    public byte[] SealTitle(Guid document, string title) => cipher.Protect(new FieldAddress(Documents, "title", document), title);

    public string Title(Guid document, byte[] title) => cipher.Reveal(new FieldAddress(Documents, "title", document), title);

    public byte[]? SealDescription(Guid document, string? description) => cipher.Protect(new FieldAddress(Documents, "description", document), description);

    public string? Description(Guid document, byte[]? description) => cipher.Reveal(new FieldAddress(Documents, "description", document), description);

    public byte[] SealReason(Guid document, string reason) => cipher.Protect(new FieldAddress(Documents, "error_reason", document), reason);

    public string Reason(Guid document, byte[] reason) => cipher.Reveal(new FieldAddress(Documents, "error_reason", document), reason);

    public byte[] SealPart(Guid document, int number, ReadOnlySpan<byte> content) => cipher.ProtectBytes(PartAt(document, number), content);

    public byte[] Part(Guid document, int number, byte[] content) => cipher.RevealBytes(PartAt(document, number), content);

    public byte[] SealThumbnail(Guid document, ReadOnlySpan<byte> picture) => cipher.ProtectBytes(new FieldAddress(Extracts, "thumbnail", document), picture);

    public byte[] Thumbnail(Guid document, byte[] picture) => cipher.RevealBytes(new FieldAddress(Extracts, "thumbnail", document), picture);

    public byte[] SealWords(Guid document, string words) => cipher.Protect(new FieldAddress(Extracts, "words", document), words);

    public string? Words(Guid document, byte[]? words) => cipher.Reveal(new FieldAddress(Extracts, "words", document), words);

    // The place is sealed in too: parts cannot change places.
    private static FieldAddress PartAt(Guid document, int number)
        => new("document_parts", string.Create(CultureInfo.InvariantCulture, $"content.{number}"), document);
}
