using System.Runtime.InteropServices;
using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// A font with those glyphs alone that a document uses, so that a page of text is thirty kilobytes and not six hundred. It is HarfBuzz's own, of the library that
/// shapes the text; its managed package has no door to it. Numbers of glyphs stay, so what was shaped with the whole font is drawn with the part.
/// </summary>
internal static partial class FontSubset
{
    private const string Library = "libHarfBuzzSharp";
    private const uint NoHinting = 0x1;
    private const uint RetainGlyphNumbers = 0x2;
    private const uint NoLayoutClosure = 0x200;
    private const int DropTables = 3;

    /// <summary>Only needed for shaping, which is done.</summary>
    private static readonly string[] Shaping = ["GSUB", "GPOS", "GDEF", "kern", "DSIG"];

    /// <summary>Null where it cannot be made: the whole font serves as well.</summary>
    public static SKTypeface? Of(nint face, IEnumerable<ushort> glyphs)
    {
        try
        {
            return Cut(face, glyphs) is { } font ? SKTypeface.FromData(font) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static SKData? Cut(nint face, IEnumerable<ushort> glyphs)
    {
        var input = CreateInput();
        if (input == 0)
        {
            return null;
        }

        try
        {
            SetFlags(input, NoHinting | RetainGlyphNumbers | NoLayoutClosure);
            var wanted = GlyphSet(input);
            foreach (var glyph in glyphs)
            {
                Add(wanted, glyph);
            }

            var dropped = Set(input, DropTables);
            foreach (var table in Shaping)
            {
                Add(dropped, table.Aggregate(0u, (tag, letter) => (tag << 8) | letter));
            }

            var part = Subset(face, input);
            return part == 0 ? null : Copied(part);
        }
        finally
        {
            DestroyInput(input);
        }
    }

    private static SKData? Copied(nint part)
    {
        var blob = BlobOf(part);
        try
        {
            var data = DataOf(blob, out var length);
            return length == 0 ? null : SKData.CreateCopy(data, length);
        }
        finally
        {
            DestroyBlob(blob);
            DestroyFace(part);
        }
    }

    [LibraryImport(Library, EntryPoint = "hb_subset_input_create_or_fail")]
    private static partial nint CreateInput();

    [LibraryImport(Library, EntryPoint = "hb_subset_input_destroy")]
    private static partial void DestroyInput(nint input);

    [LibraryImport(Library, EntryPoint = "hb_subset_input_set_flags")]
    private static partial void SetFlags(nint input, uint flags);

    [LibraryImport(Library, EntryPoint = "hb_subset_input_glyph_set")]
    private static partial nint GlyphSet(nint input);

    [LibraryImport(Library, EntryPoint = "hb_subset_input_set")]
    private static partial nint Set(nint input, int which);

    [LibraryImport(Library, EntryPoint = "hb_set_add")]
    private static partial void Add(nint set, uint member);

    [LibraryImport(Library, EntryPoint = "hb_subset_or_fail")]
    private static partial nint Subset(nint face, nint input);

    [LibraryImport(Library, EntryPoint = "hb_face_reference_blob")]
    private static partial nint BlobOf(nint face);

    [LibraryImport(Library, EntryPoint = "hb_blob_get_data")]
    private static partial nint DataOf(nint blob, out uint length);

    [LibraryImport(Library, EntryPoint = "hb_blob_destroy")]
    private static partial void DestroyBlob(nint blob);

    [LibraryImport(Library, EntryPoint = "hb_face_destroy")]
    private static partial void DestroyFace(nint face);
}
