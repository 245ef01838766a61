using System.Buffers.Binary;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Documents.Content;

/// <summary>The beginning of a DICOM file (PS3.10, 7.1): 128 bytes of anything, DICM, then group 2.</summary>
internal static class DicomHeader
{
    private const int PreambleLength = 128;
    private const int FirstElement = 132;
    private const ushort MetaGroup = 2;

    public static bool Begins(ReadOnlySpan<byte> file)
        => file.Length >= FirstElement && file[PreambleLength..].StartsWith("DICM"u8);

    public static Refusal? Objection(ReadOnlySpan<byte> file)
    {
        var preamble = file[..PreambleLength];

        // The standard lets a TIFF stand there; a program that hides before the picture is no use to anybody but an attacker.
        var isEmpty = !preamble.ContainsAnyExcept((byte)0);
        if (!isEmpty && preamble is not ([(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..]))
        {
            return Refusal.Invalid("This DICOM file begins with something that is no picture, so it is not taken in.");
        }

        return file.Length >= FirstElement + 8 && BinaryPrimitives.ReadUInt16LittleEndian(file[FirstElement..]) == MetaGroup
            ? null
            : Refusal.Invalid("This DICOM file is cut off or damaged. Export it anew.");
    }
}
