using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Documents.Content.Pdf;

/// <summary>What the codes of a font mean, and how far each moves on.</summary>
internal sealed class PdfFont
{
    private const double UsualWidth = 500;
    private const int MostCodes = 70_000;

    /// <summary>The glyph names that PDFs without a table of characters use most (Adobe Glyph List), beside the letters, which are their own names.</summary>
    private static readonly Dictionary<string, string> Glyphs = new(StringComparer.Ordinal)
    {
        ["space"] = " ", ["zero"] = "0", ["one"] = "1", ["two"] = "2", ["three"] = "3", ["four"] = "4", ["five"] = "5", ["six"] = "6", ["seven"] = "7",
        ["eight"] = "8", ["nine"] = "9", ["period"] = ".", ["comma"] = ",", ["colon"] = ":", ["semicolon"] = ";", ["hyphen"] = "-", ["slash"] = "/",
        ["parenleft"] = "(", ["parenright"] = ")", ["percent"] = "%", ["plus"] = "+", ["equal"] = "=", ["less"] = "<", ["greater"] = ">", ["quoteright"] = "'",
        ["endash"] = "–", ["emdash"] = "—", ["fi"] = "fi", ["fl"] = "fl", ["ff"] = "ff", ["ffi"] = "ffi", ["ffl"] = "ffl", ["degree"] = "°", ["mu"] = "µ",
    };

    private readonly Dictionary<int, string> _texts = [];
    private readonly Dictionary<int, double> _widths = [];
    private readonly bool _hasTable;
    private readonly bool _isComposite;
    private readonly double _default;

    public PdfFont(PdfFile file, Dictionary<string, object?>? font)
    {
        _isComposite = file.NameOf(font, "Subtype") == "Type0";
        _default = UsualWidth;
        if (file.Get(font, "ToUnicode") is PdfStream table)
        {
            _hasTable = true;
            ReadTable(file.Unpack(table));
        }

        if (_isComposite)
        {
            var below = file.DictionaryOf((file.Get(font, "DescendantFonts") as List<object?>)?.FirstOrDefault());
            _default = file.Get(below, "DW") is double width ? width : 1000;
            ReadWidths(file, file.Get(below, "W") as List<object?>);
            return;
        }

        ReadDifferences(file, file.Get(file.DictionaryOf(file.Get(font, "Encoding")), "Differences") as List<object?>);
        var first = file.Get(font, "FirstChar") is double number ? (int)number : 0;
        var widths = file.Get(font, "Widths") as List<object?> ?? [];
        for (var i = 0; i < Math.Min(widths.Count, 256); i++)
        {
            _widths[first + i] = file.Resolve(widths[i]) as double? ?? UsualWidth;
        }
    }

    /// <summary>The codes of a string, each with what it says and how wide it is, in thousandths of the size.</summary>
    public IEnumerable<(string Text, double Width, bool IsBlank)> Read(byte[] codes)
    {
        var step = _isComposite ? 2 : 1;
        for (var i = 0; i + step <= codes.Length; i += step)
        {
            var code = _isComposite ? (codes[i] << 8) | codes[i + 1] : codes[i];
            yield return (TextOf(code), _widths.GetValueOrDefault(code, _default), !_isComposite && code == ' ');
        }
    }

    /// <summary>A simple font without a table is read as Latin; codes of another have no meaning of their own.</summary>
    private string TextOf(int code)
        => _texts.TryGetValue(code, out var text) ? text
            : _isComposite || (_hasTable && _texts.Count > 0) ? ""
            : code is >= 32 and < 127 or >= 160 ? ((char)code).ToString() : " ";

    private void ReadDifferences(PdfFile file, List<object?>? differences)
    {
        var code = 0;
        foreach (var item in differences ?? [])
        {
            switch (file.Resolve(item))
            {
                case double number:
                    code = (int)number;
                    break;
                case PdfName { Text: var glyph }:
                    var text = glyph.Length == 1 ? glyph : Glyphs.GetValueOrDefault(glyph);
                    if (text is not null)
                    {
                        _texts.TryAdd(code, text);
                    }

                    code++;
                    break;
            }
        }
    }

    /// <summary>Widths of a composite font (ISO 32000-1, 9.7.4.3): a code with a list, or two codes with one width.</summary>
    private void ReadWidths(PdfFile file, List<object?>? widths)
    {
        for (var i = 0; widths is not null && i + 1 < widths.Count && _widths.Count < MostCodes;)
        {
            if (file.Resolve(widths[i]) is not double first)
            {
                i++;
            }
            else if (file.Resolve(widths[i + 1]) is List<object?> list)
            {
                for (var n = 0; n < list.Count && n < MostCodes; n++)
                {
                    _widths[(int)first + n] = file.Resolve(list[n]) as double? ?? _default;
                }

                i += 2;
            }
            else
            {
                if (i + 2 < widths.Count && file.Resolve(widths[i + 1]) is double last && file.Resolve(widths[i + 2]) is double width)
                {
                    for (var code = (int)first; code <= Math.Min(last, first + MostCodes); code++)
                    {
                        _widths[code] = width;
                    }
                }

                i += 3;
            }
        }
    }

    /// <summary>A table of characters: bfchar and bfrange (ISO 32000-1, 9.10.3).</summary>
    private void ReadTable(byte[] table)
    {
        var lexer = new PdfLexer(table);
        var operands = new List<object?>();
        while (!lexer.IsAtEnd && _texts.Count < MostCodes)
        {
            var next = lexer.Next();
            if (next is not PdfWord word)
            {
                operands.Add(next);
                continue;
            }

            if (word.Text == "endbfchar")
            {
                for (var i = 0; i + 1 < operands.Count; i += 2)
                {
                    Map(operands[i], operands[i + 1], 0);
                }
            }
            else if (word.Text == "endbfrange")
            {
                for (var i = 0; i + 2 < operands.Count; i += 3)
                {
                    MapRange(operands[i], operands[i + 1], operands[i + 2]);
                }
            }

            operands.Clear();
        }
    }

    private void MapRange(object? first, object? last, object? to)
    {
        if (first is not byte[] from || last is not byte[] until)
        {
            return;
        }

        var (start, count) = (CodeOf(from), Math.Min(CodeOf(until) - CodeOf(from), 0xFFFF));
        for (var n = 0; n <= count && _texts.Count < MostCodes; n++)
        {
            if (to is List<object?> list)
            {
                if (n < list.Count)
                {
                    Map(start + n, list[n] as byte[], 0);
                }
            }
            else
            {
                Map(start + n, to as byte[], n);
            }
        }
    }

    private void Map(object? code, object? text, int plus)
    {
        if (code is byte[] bytes)
        {
            Map(CodeOf(bytes), text as byte[], plus);
        }
    }

    private void Map(int code, byte[]? text, int plus)
    {
        if (text is not { Length: > 0 })
        {
            return;
        }

        var words = text.Length == 1 ? ((char)text[0]).ToString() : Encoding.BigEndianUnicode.GetString(text);
        _texts[code] = plus == 0 ? words : string.Create(CultureInfo.InvariantCulture, $"{words[..^1]}{(char)(words[^1] + plus)}");
    }

    private static int CodeOf(byte[] code) => code.Take(3).Aggregate(0, (sum, b) => (sum << 8) | b);
}
