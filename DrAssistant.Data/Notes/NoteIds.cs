using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Ids that follow from what they stand for, so that an act which is carried out twice writes the same document twice, and the
/// second time nothing.
/// </summary>
internal static class NoteIds
{
    /// <summary>The note that is begun for an encounter, after so many that were entered in error.</summary>
    public static Guid OfEncounter(Guid encounterId, int inError = 0) => Derive("note", encounterId, inError);

    /// <summary>A version of a note that is kept.</summary>
    public static Guid OfVersion(Guid noteId, int version) => Derive("version", noteId, version);

    /// <summary>The draft of the n-th amendment of a note.</summary>
    public static Guid OfAmendment(Guid noteId, int number) => Derive("amendment", noteId, number);

    /// <summary>RFC 9562, version 8: the first bits of a hash.</summary>
    private static Guid Derive(string what, Guid of, int number)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}|{of:D}|{number}"))).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
