using System.Globalization;

namespace DrAssistant.Data.Drafting.Words;

/// <summary>Numbers as they are said, written as a note writes them: one thirty two over eighty is 132/80, seven point five is 7.5.</summary>
internal static class SpokenNumbers
{
    private static readonly Dictionary<string, int> Ones = Count(1, "one two three four five six seven eight nine");
    private static readonly Dictionary<string, int> Teens = Count(10, "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");
    private static readonly Dictionary<string, int> Tens = new(StringComparer.Ordinal)
    {
        ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    };

    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal)
    {
        "mg", "mcg", "ml", "cm", "mm", "%", "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes", "times", "time", "pill", "pills", "tablet", "tablets", "plus",
        "pound", "pounds", "pack", "packs", "beer", "glass", "degree", "degrees", "out", "over", "point", "gram", "grams", "puff", "puffs", "by", "to", "or", "unit", "units", "episode", "dose",
    };

    public static List<Word> Write(List<Word> words)
    {
        var written = new List<Word>(words.Count);
        var i = 0;
        while (i < words.Count)
        {
            var (text, used) = At(words, i);
            written.Add(used == 0 ? words[i] : new Word(text, words[i].Start, words[i + used - 1].End));
            i += Math.Max(used, 1);
        }

        return Joined(written);
    }

    private static (string Text, int Used) At(List<Word> words, int at)
    {
        var (value, used) = Whole(words, at);
        if (used == 0)
        {
            return Text(words, at) is "point" && Digits(words, at + 1) is { Length: > 0 } tenths ? ($"0.{tenths}", 2) : ("", 0);
        }

        // "the white one" is no number, "one week" is.
        if (used == 1 && value == 1 && words[at].Text == "one" && !Counted.Contains(Text(words, at + 1)))
        {
            return ("", 0);
        }

        if (Text(words, at + used) is "point" or "." && Digits(words, at + used + 1) is { Length: > 0 } decimals && IsDecimal(words, at + used))
        {
            return (string.Create(CultureInfo.InvariantCulture, $"{value}.{decimals}"), used + 2);
        }

        return (value.ToString(CultureInfo.InvariantCulture), used);
    }

    /// <summary>A full stop between numbers is a decimal point only where speech was written down by a machine: seven . five.</summary>
    private static bool IsDecimal(List<Word> words, int point) => Text(words, point) is "point" || !Counted.Contains(Text(words, point + 2));

    private static string Digits(List<Word> words, int at)
    {
        var text = Text(words, at);
        return Ones.TryGetValue(text, out var one) ? one.ToString(CultureInfo.InvariantCulture)
            : text is "zero" or "oh" ? "0"
            : Tens.TryGetValue(text, out var ten) ? ten.ToString(CultureInfo.InvariantCulture)
            : text.Length is > 0 and < 3 && text.All(char.IsAsciiDigit) ? text : "";
    }

    private static (int Value, int Used) Whole(List<Word> words, int at)
    {
        var (value, used) = BelowHundred(words, at);
        if (used == 0)
        {
            return Text(words, at) is "a" && Text(words, at + 1) is "hundred" or "thousand" && !Text(words, at + 2).StartsWith("of", StringComparison.Ordinal)
                ? Scaled(words, at + 2, Text(words, at + 1) == "hundred" ? 100 : 1000, 2) : (0, 0);
        }

        var next = Text(words, at + used);
        if (next is "hundred" or "thousand")
        {
            return Scaled(words, at + used + 1, value * (next == "hundred" ? 100 : 1000), used + 1);
        }

        // One oh four is 104, and one eighteen over seventy is a pressure and not 18/70.
        if (value <= 9 && used == 1 && next is "oh" or "o" && Ones.TryGetValue(Text(words, at + 2), out var last))
        {
            return ((value * 100) + last, 3);
        }

        // One twenty is 120, twenty eighteen is a year; two three stays two numbers.
        var (low, more) = BelowHundred(words, at + used);
        return more > 0 && low >= 10 && used == 1 && (value <= 9 ? value < 4 : value is 19 or 20) && !(value <= 9 && low < 20 && more == 1 && Text(words, at + used + more) != "over")
            ? ((value * 100) + low, used + more)
            : (value, used);
    }

    private static (int Value, int Used) Scaled(List<Word> words, int at, int value, int used)
    {
        var skip = Text(words, at) == "and" ? 1 : 0;
        var (rest, more) = BelowHundred(words, at + skip);
        return more > 0 ? (value + rest, used + skip + more) : (value, used);
    }

    private static (int Value, int Used) BelowHundred(List<Word> words, int at)
    {
        var text = Text(words, at);
        if (Tens.TryGetValue(text, out var ten))
        {
            return Ones.TryGetValue(Text(words, at + 1), out var one) ? (ten + one, 2) : (ten, 1);
        }

        if (text.Split('-') is [var tens, var ones] && Tens.TryGetValue(tens, out ten) && Ones.TryGetValue(ones, out var unit))
        {
            return (ten + unit, 1);
        }

        return Teens.TryGetValue(text, out var teen) ? (teen, 1) : Ones.TryGetValue(text, out var single) ? (single, 1) : (0, 0);
    }

    /// <summary>132 over 80, 3 out of 6, 50 year old, 1 plus.</summary>
    private static List<Word> Joined(List<Word> words)
    {
        var joined = new List<Word>(words.Count);
        var i = 0;
        while (i < words.Count)
        {
            var (text, used) = words[i].IsNumber ? Pair(words, i) : ("", 1);
            joined.Add(used == 1 ? words[i] : new Word(text, words[i].Start, words[i + used - 1].End));
            i += used;
        }

        return joined;
    }

    private static (string Text, int Used) Pair(List<Word> words, int i)
    {
        var number = words[i].Text;
        var (a, b, c) = (Text(words, i + 1), Text(words, i + 2), Text(words, i + 3));
        return (a, b) switch
        {
            ("over", _) when IsNumber(b) => ($"{number}/{b}", 3),
            ("out", "of") when IsNumber(c) => ($"{number}/{c}", 4),
            ("year-old" or "year-olds", _) => ($"{number}-year-old", 2),
            ("year" or "years", "old") => ($"{number}-year-old", 3),
            ("plus", _) => ($"{number}+", 2),
            ("%", _) => ($"{number}%", 2),
            ("by", _) when IsNumber(b) => ($"{number} x {b}", 3),
            _ => (number, 1),
        };
    }

    private static bool IsNumber(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]);

    private static string Text(List<Word> words, int at) => at < words.Count ? words[at].Text : "";

    private static Dictionary<string, int> Count(int from, string words)
        => words.Split(' ').Select((word, index) => (word, index)).ToDictionary(w => w.word, w => from + w.index, StringComparer.Ordinal);
}
