using System.IO.Compression;

namespace DrAssistant.Data.Documents.Content.Pdf;

/// <summary>
/// The objects of a PDF, found by reading it from its beginning to its end: no table in it is believed. Everything is bounded: how much is unpacked,
/// of one stream and of all, how many objects there may be, and how long it may take. What is beyond a bound is left out.
/// </summary>
internal sealed class PdfFile
{
    private const int MostOfAStream = 8 * 1024 * 1024;
    private const long MostOfAll = 96L * 1024 * 1024;
    private const int MostObjects = 400_000;

    private readonly byte[] _bytes;
    private readonly Dictionary<int, object?> _objects = [];
    private readonly Deadline _deadline;
    private long _unpacked;

    public PdfFile(byte[] bytes, Deadline deadline)
    {
        (_bytes, _deadline) = (bytes, deadline);
        Scan();
        foreach (var packed in _objects.Values.OfType<PdfStream>().Where(s => NameOf(s.Entries, "Type") == "ObjStm").Reverse().ToList())
        {
            UnpackObjects(packed);
        }
    }

    public IEnumerable<KeyValuePair<int, object?>> Objects => _objects;

    /// <summary>The object itself where there is a reference to it.</summary>
    public object? Resolve(object? value)
    {
        for (var hops = 0; value is PdfRef reference && hops < 16; hops++)
        {
            value = _objects.GetValueOrDefault(reference.Number);
        }

        return value is PdfRef ? null : value;
    }

    /// <summary>A dictionary, also that of a stream.</summary>
    public Dictionary<string, object?>? DictionaryOf(object? value) => Resolve(value) switch
    {
        Dictionary<string, object?> entries => entries,
        PdfStream stream => stream.Entries,
        _ => null,
    };

    public object? Get(Dictionary<string, object?>? entries, string key) => entries is null ? null : Resolve(entries.GetValueOrDefault(key));

    public string? NameOf(Dictionary<string, object?>? entries, string key) => (Get(entries, key) as PdfName)?.Text;

    /// <summary>What a stream holds; empty where it is packed in a way that has no words in it, or is beyond a bound.</summary>
    public byte[] Unpack(PdfStream stream)
    {
        var filters = Get(stream.Entries, "Filter") switch
        {
            PdfName one => [one.Text],
            List<object?> many => many.Select(f => (Resolve(f) as PdfName)?.Text ?? "").ToList(),
            _ => new List<string>(),
        };
        if (_deadline.IsOver || _unpacked >= MostOfAll || filters.Count > 1 || (filters is [var only] && only is not ("FlateDecode" or "Fl")))
        {
            return [];
        }

        var raw = _bytes.AsSpan(stream.Start, stream.Length);
        var content = filters.Count == 0 ? raw[..Math.Min(raw.Length, MostOfAStream)].ToArray() : Inflate(raw);
        _unpacked += content.Length;
        return Get(stream.Entries, "DecodeParms") is Dictionary<string, object?> parameters ? Unpredict(content, parameters) : content;
    }

    private void Scan()
    {
        for (var at = 0; at < _bytes.Length && _objects.Count < MostObjects && !_deadline.IsOver;)
        {
            var next = _bytes.AsSpan(at).IndexOf("obj"u8);
            if (next < 0)
            {
                return;
            }

            var word = at + next;
            at = NumberBefore(word) is { } number ? Read(number, word + 3) : word + 3;
        }
    }

    /// <summary>The number of the object that begins with this "obj": two numbers stand before it.</summary>
    private int? NumberBefore(int word)
    {
        var at = word - 1;
        return Blanks(ref at) && Digits(ref at) is not null && Blanks(ref at) ? Digits(ref at) : null;
    }

    private bool Blanks(ref int at)
    {
        var from = at;
        while (at >= 0 && PdfLexer.IsBlank(_bytes[at]))
        {
            at--;
        }

        return at < from;
    }

    private int? Digits(ref int at)
    {
        long number = 0, place = 1;
        var from = at;
        for (; at >= 0 && char.IsAsciiDigit((char)_bytes[at]) && from - at < 9; at--, place *= 10)
        {
            number += place * (_bytes[at] - '0');
        }

        return at < from ? (int)number : null;
    }

    private int Read(int number, int at)
    {
        var lexer = new PdfLexer(_bytes, at);
        var value = lexer.Next();
        if (value is not Dictionary<string, object?> entries)
        {
            _objects[number] = value;
            return Math.Max(lexer.Position, at);
        }

        var after = lexer.Position;
        if (lexer.Next() is not PdfWord { Text: "stream" })
        {
            _objects[number] = entries;
            return after;
        }

        var start = lexer.Position;
        start += start < _bytes.Length && _bytes[start] == 13 ? 1 : 0;
        start += start < _bytes.Length && _bytes[start] == 10 ? 1 : 0;
        var length = LengthAt(entries, start);
        _objects[number] = new PdfStream(entries, start, length);
        return start + length;
    }

    /// <summary>As the dictionary says, if the stream ends there; otherwise to where it does.</summary>
    private int LengthAt(Dictionary<string, object?> entries, int start)
    {
        if (entries.GetValueOrDefault("Length") is double said && said >= 0 && said <= _bytes.Length - start)
        {
            var end = start + (int)said;
            if (_bytes.AsSpan(end, Math.Min(16, _bytes.Length - end)).IndexOf("endstream"u8) >= 0)
            {
                return (int)said;
            }
        }

        var found = _bytes.AsSpan(start).IndexOf("endstream"u8);
        return found < 0 ? _bytes.Length - start : found;
    }

    /// <summary>Objects that stand in a stream (7.5.7). What is in the file later counts: the last are read first.</summary>
    private void UnpackObjects(PdfStream packed)
    {
        var content = Unpack(packed);
        if (Get(packed.Entries, "N") is not double count || Get(packed.Entries, "First") is not double first || first > content.Length)
        {
            return;
        }

        var head = new PdfLexer(content, 0, (int)first);
        for (var n = 0; n < count && _objects.Count < MostObjects && !head.IsAtEnd; n++)
        {
            if (head.Next() is double number && head.Next() is double offset && number is >= 0 and < int.MaxValue && first + offset < content.Length)
            {
                _objects.TryAdd((int)number, new PdfLexer(content, (int)(first + offset)).Next());
            }
        }
    }

    private static byte[] Inflate(ReadOnlySpan<byte> raw)
    {
        using var packed = new MemoryStream(raw.ToArray(), writable: false);
        using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        var piece = new byte[16 * 1024];
        try
        {
            // Never more than the bound: a stream of a few kilobytes may unpack to gigabytes.
            while (content.Length < MostOfAStream && inflate.Read(piece, 0, piece.Length) is > 0 and var read)
            {
                content.Write(piece, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // What came before the damage is worth having.
        }

        return content.ToArray();
    }

    /// <summary>Takes the PNG predictors away (7.4.4.4); of streams with objects only the one that writers use, Up, and None.</summary>
    private byte[] Unpredict(byte[] content, Dictionary<string, object?> parameters)
    {
        if (Get(parameters, "Predictor") is not (double and >= 10d))
        {
            return content;
        }

        var columns = Get(parameters, "Columns") is double c and >= 1d and < 65_536d ? (int)c : 1;
        var plain = new byte[content.Length / (columns + 1) * columns];
        for (int row = 0, from = 0; from + columns < content.Length; row++, from += columns + 1)
        {
            for (var i = 0; i < columns; i++)
            {
                var above = row > 0 ? plain[((row - 1) * columns) + i] : (byte)0;
                plain[(row * columns) + i] = content[from] == 2 ? (byte)(content[from + 1 + i] + above) : content[from + 1 + i];
            }
        }

        return plain;
    }
}

/// <summary>How long a file may take.</summary>
internal sealed class Deadline(TimeSpan most)
{
    private readonly long _started = System.Diagnostics.Stopwatch.GetTimestamp();

    public bool IsOver => System.Diagnostics.Stopwatch.GetElapsedTime(_started) > most;
}
