using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>
/// The text of a note as it is kept: what is blank is absent, the first diagnosis is the primary one, the body mass index is computed,
/// and everything has an upper limit. The words themselves stay as they were typed.
/// </summary>
internal static partial class NoteContent
{
    public const int LongestText = 20_000;
    public const int LongestNote = 200_000;
    private const int MostItems = 100;
    private const decimal GreatestMeasure = 10_000;

    /// <summary>What is kept of what was sent, or which field cannot be.</summary>
    public static Result<SoapContent> Keep(SoapContent sent)
    {
        var content = Complete(Tidy(JsonSerializer.SerializeToNode(sent, NoteJson.Options)).Deserialize<SoapContent>(NoteJson.Options) ?? new SoapContent());
        var length = 0;
        foreach (var (path, value) in NoteFields.Of(content))
        {
            length += NoteFields.TextOf(value).Length;
            if (Wrong(path, value) is { } refusal)
            {
                return refusal;
            }
        }

        return length > LongestNote ? Refusal.Invalid("This note is too long to be kept as one. Move a part of it into a document.") : content;
    }

    /// <summary>What follows from the fields: which diagnosis is the primary one, and the body mass index.</summary>
    public static SoapContent Complete(SoapContent content) => content with
    {
        Assessment = content.Assessment is { Diagnoses: { } diagnoses } assessment ? assessment with { Diagnoses = Ranked(diagnoses) } : content.Assessment,
        Objective = content.Objective is { VitalSigns: { Weight: { } weight, Height: > 0 and { } height } vitals } objective
            ? objective with { VitalSigns = vitals with { Bmi = BodyMass.Index(weight, height) } }
            : content.Objective,
    };

    /// <summary>Words in all of its fields.</summary>
    public static int CountWords(SoapContent content) => NoteFields.Of(content)
        .Where(field => !field.Key.StartsWith(NoteFields.VitalSigns, StringComparison.Ordinal))
        .Sum(field => NoteFields.TextOf(field.Value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);

    private static List<Diagnosis>? Ranked(IEnumerable<Diagnosis> diagnoses)
    {
        var named = diagnoses.Where(d => !string.IsNullOrWhiteSpace(d.Name))
            .Select((d, i) => d with { Rank = i == 0 ? DiagnosisRank.Primary : DiagnosisRank.Secondary }).ToList();
        return named.Count > 0 ? named : null;
    }

    private static Refusal? Wrong(string path, JsonNode value)
    {
        var label = NoteFields.LabelOf(path);
        if (!Path().IsMatch(path))
        {
            return Refusal.Invalid("This note has a field whose name cannot be kept.", path);
        }

        return value switch
        {
            JsonArray { Count: > MostItems } => Refusal.Invalid($"{label} has at most {MostItems} lines.", path),
            _ when NoteFields.TextOf(value).Length > LongestText => Refusal.Invalid($"{label} has at most {LongestText} characters.", path),
            _ when path.StartsWith(NoteFields.VitalSigns, StringComparison.Ordinal) && Measures(value).Any(m => m is < 0 or > GreatestMeasure)
                => Refusal.Invalid($"{label} cannot be right.", path),
            _ => null,
        };
    }

    private static IEnumerable<decimal> Measures(JsonNode value)
        => value is JsonObject several ? several.Select(m => m.Value!.GetValue<decimal>()) : [value.GetValue<decimal>()];

    /// <summary>What is left of it without what is blank; null where nothing is.</summary>
    private static JsonNode? Tidy(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject part:
                var kept = new JsonObject(part.Select(field => KeyValuePair.Create(field.Key, Tidy(field.Value))).Where(field => field.Value is not null));
                return kept.Count > 0 ? kept : null;
            case JsonArray list:
                var items = new JsonArray([.. list.Select(Tidy).Where(item => item is not null)]);
                return items.Count > 0 ? items : null;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                var text = Plain(value.GetValue<string>());
                return string.IsNullOrWhiteSpace(text) ? null : JsonValue.Create(text);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Without control characters but for line breaks and tabs; half a surrogate pair becomes the sign for what is lost.</summary>
    public static string Plain(string typed)
    {
        var plain = new StringBuilder(typed.Length);
        foreach (var rune in typed.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"^[a-z]+\.[a-zA-Z]+(\.[a-zA-Z][a-zA-Z0-9]{0,39})?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Path();
}
