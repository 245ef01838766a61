using System.Text.Json;
using DrAssistant.Data.Drafting.Extractive;

namespace DrAssistant.Data.Drafting.Model;

/// <summary>Reads a model's answer. Whatever is not as it was asked for is left out; nothing of it is believed before the checker has seen it.</summary>
internal static class ModelAnswer
{
    private const int MostSentences = 200;
    private const int LongestSentence = 600;
    private const int LongestHeading = 80;

    /// <summary>Null when it is no answer at all. The first sentences of a section come first in the visit; how much each is worth, only its section tells.</summary>
    public static IReadOnlyList<Piece>? Read(string? text, Transcript transcript)
    {
        try
        {
            using var answer = JsonDocument.Parse(Bare(text ?? ""), new JsonDocumentOptions { MaxDepth = 8 });
            if (answer.RootElement.ValueKind != JsonValueKind.Object || !answer.RootElement.TryGetProperty("sentences", out var sentences) || sentences.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            return [.. sentences.EnumerateArray().Take(MostSentences).Select(s => Piece(s, transcript)).OfType<Piece>()];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Servers that know no structured output put a fence around it.</summary>
    private static string Bare(string text)
    {
        var (from, to) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        return from >= 0 && to > from ? text[from..(to + 1)] : text;
    }

    private static Piece? Piece(JsonElement sentence, Transcript transcript)
    {
        if (sentence.ValueKind != JsonValueKind.Object || Text(sentence, "text") is not { Length: > 2 and <= LongestSentence } text
            || !Enum.TryParse<DraftSection>(Text(sentence, "section"), ignoreCase: true, out var section) || !Enum.IsDefined(section))
        {
            return null;
        }

        var heading = Text(sentence, "heading") is { Length: <= LongestHeading } named ? named : "";
        var spans = Turns(sentence).Where(t => t >= 1 && t <= transcript.Turns.Count).Distinct().Order().Select(t => transcript.Turns[t - 1]).Select(t => new TranscriptSpan(t.Start, t.End, t.Speaker)).ToList();
        return new Piece(section, heading, OneLine(text), spans, 3, spans.Count > 0 ? spans[0].Start : 0);
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()?.Trim() : null;

    private static IEnumerable<int> Turns(JsonElement sentence)
        => sentence.TryGetProperty("turns", out var turns) && turns.ValueKind == JsonValueKind.Array
            ? turns.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Number && t.TryGetInt32(out _)).Select(t => t.GetInt32())
            : [];

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
