using System.Text;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>Puts words that were heard into lines. Who speaks these engines do not know, so no line says it.</summary>
internal sealed class SpeechText
{
    /// <summary>Seconds of silence after which a new line begins.</summary>
    private const double Pause = 1;

    private readonly StringBuilder _text = new();
    private readonly List<SpokenWord> _words = [];
    private double? _lastEnd;

    public string Text => _text.ToString();

    public IReadOnlyList<SpokenWord> Words => _words;

    /// <summary>The words' confidence, each as long as it was spoken.</summary>
    public double? Confidence()
    {
        var told = _words.Where(word => word.Confidence is not null).ToList();
        var spoken = told.Sum(Spoken);
        return told.Count == 0 ? null : Math.Round(told.Sum(word => word.Confidence!.Value * Spoken(word)) / spoken, 3);
    }

    /// <summary>One word, with what stands around it, such as a comma.</summary>
    public void Add(string word, double from, double to, double? confidence)
    {
        var plain = Plain(word);
        if (plain.Length == 0)
        {
            return;
        }

        Part(from);
        _words.Add(new SpokenWord(_text.Length, plain.Length, Math.Round(from, 3), Math.Round(Math.Max(from, to), 3), confidence is { } c ? Math.Round(Math.Clamp(c, 0, 1), 3) : null));
        _text.Append(plain);
        _lastEnd = Math.Max(from, to);
    }

    /// <summary>A sentence of an engine that does not tell when each of its words was spoken: they share its time by their length.</summary>
    public void AddSentence(string sentence, double from, double to, double? confidence)
    {
        var words = Plain(sentence).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var letters = (double)words.Sum(word => word.Length);
        var at = from;
        foreach (var word in words)
        {
            var end = at + ((to - from) * word.Length / letters);
            Add(word, at, end, confidence);
            at = end;
        }
    }

    private void Part(double from)
    {
        if (_lastEnd is { } last)
        {
            _text.Append(from - last > Pause ? '\n' : ' ');
        }
    }

    private static double Spoken(SpokenWord word) => Math.Max(0.05, word.To - word.From);

    private static string Plain(string heard) => string.Join(' ', heard.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(part => new string([.. part.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))])).Where(part => part.Length > 0));
}
