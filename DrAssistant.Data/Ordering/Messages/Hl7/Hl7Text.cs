using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Ordering.Messages.Hl7;

/// <summary>The separators that a message chose for itself in MSH-1 and MSH-2, and its escape sequences (HL7 2.5.1, 2.5.4 and 2.7).</summary>
internal sealed record Hl7Separators(char Field, char Component, char Repetition, char Escape, char Subcomponent)
{
    private const int Shortest = 8;

    public static Hl7Separators Of(string msh)
    {
        if (msh.Length < Shortest || !msh.StartsWith("MSH", StringComparison.Ordinal))
        {
            throw new UnreadableMessageException("It does not begin with a whole MSH segment.");
        }

        var separators = new Hl7Separators(msh[3], msh[4], msh[5], msh[6], msh[7]);
        char[] all = [separators.Field, separators.Component, separators.Repetition, separators.Escape, separators.Subcomponent];
        return all.Distinct().Count() == all.Length && !all.Any(char.IsLetterOrDigit)
            ? separators
            : throw new UnreadableMessageException("The separators in MSH-1 and MSH-2 are not five different signs.");
    }

    /// <summary>The text as it was meant. A sequence that only formats is left out, a line break is one.</summary>
    public string Unescape(string text, Encoding letters)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != Escape)
            {
                plain.Append(text[at]);
                continue;
            }

            var end = text.IndexOf(Escape, at + 1);
            if (end < 0)
            {
                // A single escape sign is a mistake that people's systems make; it is a sign like another.
                plain.Append(text[at]);
                continue;
            }

            plain.Append(Meaning(text[(at + 1)..end], letters));
            at = end;
        }

        return plain.ToString();
    }

    private string Meaning(string sequence, Encoding letters) => sequence switch
    {
        "F" => Field.ToString(),
        "S" => Component.ToString(),
        "T" => Subcomponent.ToString(),
        "R" => Repetition.ToString(),
        "E" => Escape.ToString(),
        ['X', .. var hex] => Hex(hex, letters),
        ['.', 'b', 'r', ..] or ['.', 's', 'p', ..] or ['.', 'c', 'e', ..] => "\n",
        _ => "",
    };

    private static string Hex(string digits, Encoding letters)
    {
        if (digits.Length == 0 || digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            throw new UnreadableMessageException(string.Create(CultureInfo.InvariantCulture, $"An escape sequence with {digits.Length} hexadecimal digits cannot be read."));
        }

        return letters.GetString(Convert.FromHexString(digits));
    }
}

/// <summary>One segment. Fields count from 1 as in the standard, also in MSH, where the first is the separator itself.</summary>
internal sealed class Hl7Segment
{
    private readonly string[] _fields;
    private readonly Hl7Separators _separators;
    private readonly Encoding _letters;

    public Hl7Segment(string text, int number, Hl7Separators separators, Encoding letters)
    {
        (_separators, _letters, Number) = (separators, letters, number);
        var fields = text.Split(separators.Field);
        Name = fields[0];
        _fields = Name is "MSH" or "FHS" or "BHS" ? ["", separators.Field.ToString(), .. fields[1..]] : ["", .. fields[1..]];
    }

    public string Name { get; }

    /// <summary>Which segment of the message it is, from 1, for whoever looks for it.</summary>
    public int Number { get; }

    /// <summary>A field, of whose repetitions the first, of whose components the one at <paramref name="component"/>; null when nothing stands there.</summary>
    public string? Text(int field, int component = 1) => Repetitions(field) is [var first, ..] ? Part(first, component) : null;

    /// <summary>The repetitions of a field, as they stand.</summary>
    public IReadOnlyList<string> Repetitions(int field)
        => field >= _fields.Length || _fields[field].Length == 0 ? [] : _fields[field].Split(_separators.Repetition);

    /// <summary>A component of one repetition; of its subcomponents the one at <paramref name="sub"/>.</summary>
    public string? Part(string repetition, int component, int sub = 1)
    {
        var components = repetition.Split(_separators.Component);
        if (component > components.Length)
        {
            return null;
        }

        var subs = components[component - 1].Split(_separators.Subcomponent);
        return sub > subs.Length ? null : Said(_separators.Unescape(subs[sub - 1], _letters));
    }

    /// <summary>A component with all its subcomponents, blanks between them.</summary>
    public string? Whole(string repetition, int component)
    {
        var components = repetition.Split(_separators.Component);
        return component > components.Length ? null : Said(_separators.Unescape(components[component - 1].Replace(_separators.Subcomponent, ' '), _letters));
    }

    /// <summary>A field that is text: its separators of components are signs like others.</summary>
    public string? Lines(int field)
        => Said(string.Join('\n', Repetitions(field).Select(line => _separators.Unescape(line, _letters).TrimEnd())));

    // HL7 2.5.1, 2.5.3.2: two quotation marks say that there is nothing.
    private static string? Said(string text) => text.Trim() is { Length: > 0 } said && said != "\"\"" ? said : null;
}
