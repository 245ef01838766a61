using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// The fonts of this machine that a prescription is printed with: Noto Sans (Debian: fonts-noto-core), or any sans with Latin letters, and one font for each Indian script.
/// They are opened when the first page is set.
/// </summary>
internal sealed partial class PrintFonts : IDisposable
{
    private static readonly string[] LatinNames = ["NotoSans", "DejaVuSans", "LiberationSans", "FreeSans", "Arial", "Helvetica"];

    private static readonly string[] Scripts =
    [
        "Devanagari", "Tamil", "Telugu", "Bengali", "Kannada", "Gujarati", "Malayalam", "Gurmukhi", "Oriya", "Arabic", "Symbols", "Symbols2", "Math",
    ];

    private readonly Lazy<Chain> _regular;
    private readonly Lazy<Chain> _bold;
    private readonly ILogger _log;

    public PrintFonts(ILogger<PrintFonts> log)
        : this(SystemFolders, log)
    {
    }

    /// <summary>The fonts of some folders.</summary>
    /// <param name="folders">Where fonts lie, folders within them included.</param>
    /// <param name="log">For the one line at the start.</param>
    internal PrintFonts(IEnumerable<string> folders, ILogger log)
    {
        _log = log;
        var files = new Lazy<Dictionary<string, string>>(() => FilesIn(folders));
        _regular = new Lazy<Chain>(() => Open(files.Value, bold: false));
        _bold = new Lazy<Chain>(() => Open(files.Value, bold: true));
    }

    /// <summary>Whether anything can be printed here.</summary>
    public bool CanPrint => _regular.Value.Faces.Count > 0;

    /// <summary>Which scripts of the list there is no font for.</summary>
    public IReadOnlyList<string> Missing => _regular.Value.Missing;

    private static IEnumerable<string> SystemFolders =>
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts",
        Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    /// <summary>Says in one line what there is to print with.</summary>
    public void Announce()
    {
        if (!CanPrint)
        {
            Nothing();
        }
        else if (Missing.Count > 0)
        {
            Without(Path.GetFileNameWithoutExtension(_regular.Value.Faces[0].Path), string.Join(", ", Missing));
        }
        else
        {
            All(Path.GetFileNameWithoutExtension(_regular.Value.Faces[0].Path));
        }
    }

    /// <summary>Whether every letter of <paramref name="text"/> has a font.</summary>
    public bool Has(string text) => Elements(text).All(element => FaceOf(_regular.Value, element) is not null);

    /// <summary>The text in stretches of one font each. A letter without a font is a question mark, never a box.</summary>
    public IEnumerable<(PrintFace Face, string Text)> Stretches(string text, bool bold)
    {
        var chain = bold ? _bold.Value : _regular.Value;
        var stretch = new StringBuilder();
        PrintFace? current = null;
        foreach (var element in Elements(text))
        {
            var (face, shown) = FaceOf(chain, element) is { } found ? (found, element) : (chain.Faces[0], "?");
            if (face != current && stretch.Length > 0)
            {
                yield return (current!, stretch.ToString());
                stretch.Clear();
            }

            current = face;
            stretch.Append(shown);
        }

        if (stretch.Length > 0)
        {
            yield return (current!, stretch.ToString());
        }
    }

    public void Dispose()
    {
        foreach (var chain in new[] { _regular, _bold }.Where(chain => chain.IsValueCreated))
        {
            foreach (var face in chain.Value.Faces)
            {
                face.Dispose();
            }
        }
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    private static PrintFace? FaceOf(Chain chain, string element)
        => chain.Faces.FirstOrDefault(face => element.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || face.Has(rune.Value)));

    private static Dictionary<string, string> FilesIn(IEnumerable<string> folders)
    {
        var lookEverywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseInsensitive };
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", lookEverywhere)))
        {
            files.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }

        return files;
    }

    private static Chain Open(Dictionary<string, string> files, bool bold)
    {
        var faces = new List<PrintFace>();
        if ((LatinNames.Select(name => Find(files, name, bold)).OfType<string>().FirstOrDefault() ?? AnySans(files)) is { } latin && PrintFace.Open(latin, isLatin: true) is { } first)
        {
            faces.Add(first);
        }

        var missing = new List<string>();
        foreach (var script in Scripts)
        {
            if (faces.Count > 0 && Find(files, $"NotoSans{script}", bold) is { } path && PrintFace.Open(path, isLatin: false) is { } face)
            {
                faces.Add(face);
            }
            else
            {
                missing.Add(script);
            }
        }

        return new Chain(faces, missing);
    }

    private static string? Find(Dictionary<string, string> files, string name, bool bold)
    {
        var regular = files.GetValueOrDefault($"{name}-Regular") ?? files.GetValueOrDefault(name);
        return bold ? files.GetValueOrDefault($"{name}-Bold") ?? files.GetValueOrDefault($"{name} Bold") ?? regular : regular;
    }

    private static string? AnySans(Dictionary<string, string> files)
        => files.OrderBy(file => file.Key, StringComparer.OrdinalIgnoreCase).Where(file => file.Key.Contains("Sans", StringComparison.OrdinalIgnoreCase))
            .Select(file => file.Value).FirstOrDefault(IsLatin);

    private static bool IsLatin(string path)
    {
        using var face = PrintFace.Open(path, isLatin: true);
        return face is not null && "AZaz09.,:-()/".All(c => face.Has(c));
    }

    [LoggerMessage(LogLevel.Information, "Printing: {Latin}, and fonts for all Indian scripts of the list")]
    private partial void All(string latin);

    [LoggerMessage(LogLevel.Warning, "Printing: {Latin}. No font for {Scripts}: lines in these scripts are left out. The package fonts-noto-core has them.")]
    private partial void Without(string latin, string scripts);

    [LoggerMessage(LogLevel.Error, "Printing: no font with Latin letters was found, so nothing can be printed. Install the package fonts-noto-core.")]
    private partial void Nothing();

    private sealed record Chain(IReadOnlyList<PrintFace> Faces, IReadOnlyList<string> Missing);
}
