using System.Numerics;
using System.Text;

namespace DrAssistant.Data.Documents.Content.Pdf;

/// <summary>
/// Follows what a page shows (ISO 32000-1, 9.4) closely enough to know where one word ends and the next begins: a gap beyond a fifth of the size is a
/// blank, another line is a new line.
/// </summary>
internal sealed class PdfWords(PdfFile pdf, int most, Deadline deadline)
{
    private const int DeepestForm = 6;
    private const int MostOperands = 512;
    private const float Gap = 0.2f;

    private readonly StringBuilder _words = new();
    private readonly Dictionary<object, PdfFont> _fonts = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<State> _saved = new();
    private State _state = State.Beginning;
    private Matrix3x2 _text = Matrix3x2.Identity;
    private Matrix3x2 _line = Matrix3x2.Identity;
    private Vector2? _end;

    public bool IsFull => _words.Length >= most;

    public void Add(PdfPage page)
    {
        _saved.Clear();
        (_state, _end) = (State.Beginning, null);
        if (_words.Length > 0)
        {
            _words.Append('\n');
        }

        var streams = pdf.Get(page.Entries, "Contents") switch
        {
            PdfStream one => [one],
            List<object?> many => many.Select(pdf.Resolve).OfType<PdfStream>(),
            _ => [],
        };
        using var content = new MemoryStream();
        foreach (var stream in streams)
        {
            content.Write(pdf.Unpack(stream));
            content.WriteByte((byte)'\n');
        }

        Follow(content.ToArray(), page.Resources, 0);
    }

    public override string ToString() => _words.ToString().Trim();

    private void Follow(byte[] content, Dictionary<string, object?>? resources, int depth)
    {
        var lexer = new PdfLexer(content);
        var operands = new List<object?>();
        while (!lexer.IsAtEnd && !IsFull && !deadline.IsOver)
        {
            var next = lexer.Next();
            if (next is not PdfWord word)
            {
                operands.Add(next);
                if (operands.Count > MostOperands)
                {
                    operands.Clear();
                }

                continue;
            }

            if (word.Text == "ID")
            {
                SkipPicture(lexer, content);
            }
            else if (word.Text == "Do")
            {
                Form(operands, resources, depth);
            }
            else
            {
                Carry(word.Text, operands, resources);
            }

            operands.Clear();
        }
    }

    private void Carry(string word, List<object?> operands, Dictionary<string, object?>? resources)
    {
        switch (word)
        {
            case "q" when _saved.Count < 200:
                _saved.Push(_state);
                break;
            case "Q" when _saved.Count > 0:
                _state = _saved.Pop();
                break;
            case "cm" when MatrixOf(operands) is { } matrix:
                _state = _state with { Page = matrix * _state.Page };
                break;
            case "BT":
                _text = _line = Matrix3x2.Identity;
                break;
            case "Tf" when operands is [PdfName font, double size, ..]:
                _state = _state with { Font = FontOf(font.Text, resources), Size = (float)size };
                break;
            case "Tc" when operands is [double between, ..]:
                _state = _state with { Between = (float)between };
                break;
            case "Tw" when operands is [double blank, ..]:
                _state = _state with { Blank = (float)blank };
                break;
            case "TL" when operands is [double leading, ..]:
                _state = _state with { Leading = (float)leading };
                break;
            case "Tm" when MatrixOf(operands) is { } matrix:
                _text = _line = matrix;
                break;
            case "Td" or "TD" when operands is [double x, double y, ..]:
                _state = word == "TD" ? _state with { Leading = -(float)y } : _state;
                Move((float)x, (float)y);
                break;
            case "T*":
                Move(0, -_state.Leading);
                break;
            case "Tj" when operands is [byte[] codes, ..]:
                Show(codes);
                break;
            case "'" or "\"" when operands is [.., byte[] codes]:
                Move(0, -_state.Leading);
                Show(codes);
                break;
            case "TJ" when operands is [List<object?> pieces, ..]:
                Show(pieces);
                break;
        }
    }

    private static Matrix3x2? MatrixOf(List<object?> operands)
        => operands is [double a, double b, double c, double d, double e, double f, ..]
            ? new Matrix3x2((float)a, (float)b, (float)c, (float)d, (float)e, (float)f) : null;

    private static void SkipPicture(PdfLexer lexer, byte[] content)
    {
        var end = content.AsSpan(Math.Min(lexer.Position, content.Length)).IndexOf("EI"u8);
        lexer.Position = end < 0 ? content.Length : lexer.Position + end + 2;
    }

    private void Move(float x, float y) => _text = _line = Matrix3x2.CreateTranslation(x, y) * _line;

    private void Show(List<object?> pieces)
    {
        foreach (var piece in pieces)
        {
            if (piece is double back)
            {
                _text = Matrix3x2.CreateTranslation(-(float)back / 1000 * _state.Size, 0) * _text;
            }
            else if (piece is byte[] codes)
            {
                Show(codes);
            }
        }
    }

    private void Show(byte[] codes)
    {
        foreach (var (text, width, isBlank) in _state.Font?.Read(codes) ?? [])
        {
            Part();
            if (text.Length > 0 && text[0] >= ' ')
            {
                _words.Append(text);
            }

            _text = Matrix3x2.CreateTranslation((float)(width / 1000 * _state.Size) + _state.Between + (isBlank ? _state.Blank : 0), 0) * _text;
            _end = Vector2.Transform(Vector2.Zero, _text * _state.Page);
        }
    }

    /// <summary>Whether what comes belongs to the word before it.</summary>
    private void Part()
    {
        var whole = _text * _state.Page;
        var here = Vector2.Transform(Vector2.Zero, whole);
        var size = Math.Max(0.01f, Math.Abs(_state.Size) * new Vector2(whole.M11, whole.M12).Length());
        if (_words.Length == 0 || _end is not { } end || char.IsWhiteSpace(_words[^1]))
        {
            return;
        }

        var along = Vector2.Normalize(new Vector2(whole.M11, whole.M12) is { } direction && direction.Length() > 0 ? direction : Vector2.UnitX);
        var moved = here - end;
        var (ahead, aside) = (Vector2.Dot(moved, along), Math.Abs((moved.X * along.Y) - (moved.Y * along.X)));
        if (aside > size / 2)
        {
            _words.Append('\n');
        }
        else if (ahead > Gap * size || ahead < -size)
        {
            _words.Append(' ');
        }
    }

    private PdfFont? FontOf(string name, Dictionary<string, object?>? resources)
    {
        var font = pdf.DictionaryOf(pdf.Get(pdf.DictionaryOf(pdf.Get(resources, "Font")), name));
        if (font is null)
        {
            return null;
        }

        return _fonts.TryGetValue(font, out var known) ? known : _fonts[font] = new PdfFont(pdf, font);
    }

    /// <summary>A page within the page.</summary>
    private void Form(List<object?> operands, Dictionary<string, object?>? resources, int depth)
    {
        if (depth >= DeepestForm || operands is not [PdfName name, ..]
            || pdf.Get(pdf.DictionaryOf(pdf.Get(resources, "XObject")), name.Text) is not PdfStream form || pdf.NameOf(form.Entries, "Subtype") != "Form")
        {
            return;
        }

        var before = _state;
        if (pdf.Get(form.Entries, "Matrix") is List<object?> numbers && MatrixOf(numbers) is { } matrix)
        {
            _state = _state with { Page = matrix * _state.Page };
        }

        Follow(pdf.Unpack(form), pdf.DictionaryOf(pdf.Get(form.Entries, "Resources")) ?? resources, depth + 1);
        _state = before;
    }

    private sealed record State(Matrix3x2 Page, PdfFont? Font, float Size, float Between, float Blank, float Leading)
    {
        public static State Beginning { get; } = new(Matrix3x2.Identity, null, 1, 0, 0, 0);
    }
}
