using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrAssistant.Data.Drafting.Batch;

/// <summary>The sentences of a draft with their spans, for a reader in any language: positions count characters of Unicode, not halves of UTF-16.</summary>
internal static class SentenceJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private sealed record Line(DraftSection Section, string Heading, string Text, double Confidence, bool Supported, IEnumerable<SupportFault> Faults, IEnumerable<Span> Spans);

    private sealed record Span(int Start, int End, Speaker Speaker, string Text);

    public static string Of(DraftedNote note, string dialogue)
    {
        var lines = note.Sentences.Select(s => new Line(
            s.Section, s.Heading, s.Text, s.Confidence, s.IsSupported, s.Faults,
            s.Spans.Select(p => new Span(Place(dialogue, p.Start), Place(dialogue, p.End), p.Speaker, dialogue[p.Start..p.End]))));
        return JsonSerializer.Serialize(lines, Options);
    }

    private static int Place(string text, int at) => at - text.Take(at).Count(char.IsLowSurrogate);
}
