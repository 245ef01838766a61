using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Documents.Content.Pdf;

/// <summary>
/// Reads the objects of PDF syntax (ISO 32000-1, 7.2 and 7.3): null, bool, double, <see cref="PdfName"/>, byte[] (a string), <see cref="PdfRef"/>,
/// List (an array), Dictionary, and <see cref="PdfWord"/> for everything else, such as an operator. Whatever is malformed is read as something.
/// </summary>
internal sealed class PdfLexer(byte[] bytes, int position = 0, int? end = null)
{
    private const int Deepest = 40;
    private const int LongestWord = 64;

    private readonly int _end = Math.Min(end ?? bytes.Length, bytes.Length);

    public int Position { get; set; } = position;

    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return Position >= _end;
        }
    }

    /// <summary>The next object; a <see cref="PdfWord"/> without letters at the end.</summary>
    public object? Next(int depth = 0)
    {
        SkipBlanks();
        if (Position >= _end || depth > Deepest)
        {
            Position = _end;
            return PdfWord.Nothing;
        }

        return bytes[Position] switch
        {
            (byte)'/' => Name(),
            (byte)'(' => Text(),
            (byte)'<' => Peek(1) == '<' ? Dictionary(depth) : Hex(),
            (byte)'[' => Array(depth),
            (byte)']' or (byte)'{' or (byte)'}' or (byte)')' => Single(),
            (byte)'>' => Closing(),
            (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.' => NumberOrReference(),
            _ => Word(),
        };
    }

    public static bool IsBlank(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    public void SkipBlanks()
    {
        while (Position < _end)
        {
            if (bytes[Position] == (byte)'%')
            {
                while (Position < _end && bytes[Position] is not (10 or 13))
                {
                    Position++;
                }
            }
            else if (!IsBlank(bytes[Position]))
            {
                return;
            }
            else
            {
                Position++;
            }
        }
    }

    private static bool IsRegular(byte b)
        => !IsBlank(b) && b is not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%');

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private int Peek(int ahead) => Position + ahead < _end ? bytes[Position + ahead] : -1;

    private PdfWord Single() => new(((char)bytes[Position++]).ToString());

    private PdfWord Closing()
    {
        Position += Peek(1) == '>' ? 2 : 1;
        return new PdfWord(">>");
    }

    private PdfName Name()
    {
        Position++;
        var name = new StringBuilder();
        while (Position < _end && IsRegular(bytes[Position]))
        {
            if (bytes[Position] == (byte)'#' && Position + 2 < _end && Digit(bytes[Position + 1]) >= 0 && Digit(bytes[Position + 2]) >= 0)
            {
                name.Append((char)((Digit(bytes[Position + 1]) << 4) | Digit(bytes[Position + 2])));
                Position += 3;
            }
            else
            {
                name.Append((char)bytes[Position++]);
            }
        }

        return new PdfName(name.ToString());
    }

    private PdfWord Word()
    {
        var start = Position;
        while (Position < _end && IsRegular(bytes[Position]))
        {
            Position++;
        }

        return new PdfWord(Encoding.Latin1.GetString(bytes, start, Math.Min(LongestWord, Position - start)));
    }

    private object? NumberOrReference()
    {
        var word = Word().Text;
        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return 0d;
        }

        var after = Position;
        return number is >= 0 and < int.MaxValue && word.All(char.IsAsciiDigit) && IsReference() ? new PdfRef((int)number) : Back(after, number);
    }

    /// <summary>Whether a generation and an R follow.</summary>
    private bool IsReference()
    {
        SkipBlanks();
        var digits = 0;
        for (; Position < _end && char.IsAsciiDigit((char)bytes[Position]) && digits < 6; digits++)
        {
            Position++;
        }

        SkipBlanks();
        if (digits == 0 || Peek(0) != 'R' || (Position + 1 < _end && IsRegular(bytes[Position + 1])))
        {
            return false;
        }

        Position++;
        return true;
    }

    private object Back(int to, double number)
    {
        Position = to;
        return number;
    }

    private byte[] Text()
    {
        var text = new List<byte>();
        var depth = 1;
        for (Position++; Position < _end; Position++)
        {
            var b = bytes[Position];
            depth += b == (byte)'(' ? 1 : b == (byte)')' ? -1 : 0;
            if (depth == 0)
            {
                Position++;
                break;
            }

            if (b != (byte)'\\')
            {
                text.Add(b);
            }
            else if (++Position < _end)
            {
                Escaped(text);
            }
        }

        return [.. text];
    }

    private void Escaped(List<byte> text)
    {
        var b = bytes[Position];
        switch (b)
        {
            case (byte)'n': text.Add(10); break;
            case (byte)'r': text.Add(13); break;
            case (byte)'t': text.Add(9); break;
            case (byte)'b' or (byte)'f': break;
            case 10: break;
            case 13:
                Position += Peek(1) == 10 ? 1 : 0;
                break;
            case >= (byte)'0' and <= (byte)'7':
                var code = b - '0';
                for (var more = 0; more < 2 && Peek(1) is >= '0' and <= '7'; more++)
                {
                    code = (code * 8) + bytes[++Position] - '0';
                }

                text.Add((byte)code);
                break;
            default: text.Add(b); break;
        }
    }

    private byte[] Hex()
    {
        var text = new List<byte>();
        var half = -1;
        for (Position++; Position < _end && bytes[Position] != (byte)'>'; Position++)
        {
            var digit = Digit(bytes[Position]);
            if (digit >= 0)
            {
                if (half >= 0)
                {
                    text.Add((byte)((half << 4) | digit));
                }

                half = half >= 0 ? -1 : digit;
            }
        }

        Position++;
        if (half >= 0)
        {
            text.Add((byte)(half << 4));
        }

        return [.. text];
    }

    private List<object?> Array(int depth)
    {
        Position++;
        var items = new List<object?>();
        while (Position < _end)
        {
            var item = Next(depth + 1);
            if (item is PdfWord { Text: "]" or "" or "endobj" })
            {
                break;
            }

            items.Add(item);
        }

        return items;
    }

    private Dictionary<string, object?> Dictionary(int depth)
    {
        Position += 2;
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (Position < _end && Next(depth + 1) is PdfName key)
        {
            entries[key.Text] = Next(depth + 1);
        }

        return entries;
    }
}

internal sealed record PdfName(string Text);

internal sealed record PdfRef(int Number);

internal sealed record PdfWord(string Text)
{
    public static PdfWord Nothing { get; } = new("");
}

/// <summary>A dictionary with bytes of the file behind it, as they stand there.</summary>
internal sealed record PdfStream(Dictionary<string, object?> Entries, int Start, int Length);
