using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>
/// A note field by field. A field has a path, such as <c>plan.followUp</c> or <c>objective.physicalExam.skin</c>; a list is one field.
/// </summary>
internal static class NoteFields
{
    public const string ChiefComplaint = "subjective.chiefComplaint";
    public const string Diagnoses = "assessment.diagnoses";
    public const string Impression = "assessment.clinicalImpression";
    public const string Plan = "plan";
    public const string VitalSigns = "objective.vitalSigns";
    public const string Bmi = VitalSigns + ".bmi";

    private const int Depth = 3;

    /// <summary>Every field in the order of the note, with its name as people read it.</summary>
    private static readonly (string Path, string Label)[] InOrder =
    [
        (ChiefComplaint, "Chief complaint"),
        ("subjective.historyOfPresentIllness", "History of present illness"),
        ("subjective.reviewOfSystems", "Review of systems"),
        ("subjective.pastMedicalHistory", "Past medical history"),
        ("subjective.medications", "Medicines taken"),
        ("subjective.allergies", "Allergies"),
        ("subjective.familyHistory", "Family history"),
        ("subjective.socialHistory", "Social history"),
        ("subjective.otherHistory", "Other history"),
        (VitalSigns, "Vital signs"),
        ("objective.physicalExam", "Examination"),
        ("objective.labResults", "Laboratory results"),
        ("objective.imagingResults", "Imaging results"),
        ("objective.testResults", "Tests of the visit"),
        (Diagnoses, "Diagnoses"),
        ("assessment.differentialDiagnoses", "Differential diagnoses"),
        (Impression, "Clinical impression"),
        (Plan, "Plan"),
        ("plan.diagnostics", "Tests to do"),
        ("plan.treatments", "Treatment"),
        ("plan.medications", "Medicines"),
        ("plan.patientEducation", "Patient education"),
        ("plan.followUp", "Follow-up"),
        ("plan.referrals", "Referrals"),
    ];

    private static readonly Dictionary<string, int> Places = InOrder.Select((field, place) => (field.Path, place)).ToDictionary(f => f.Path, f => f.place);

    /// <summary>The fields that say something. The nodes are the caller's to read, never to change.</summary>
    public static Dictionary<string, JsonNode> Of(SoapContent content)
    {
        var fields = new Dictionary<string, JsonNode>();
        Collect(fields, "", JsonSerializer.SerializeToNode(content, NoteJson.Options)!.AsObject(), Depth);
        return fields;
    }

    /// <summary>The note that has these fields.</summary>
    public static SoapContent Join(IEnumerable<KeyValuePair<string, JsonNode>> fields)
    {
        var content = new JsonObject();
        foreach (var (path, value) in fields)
        {
            var parts = path.Split('.', Depth);
            var parent = content;
            foreach (var part in parts[..^1])
            {
                parent[part] ??= new JsonObject();
                parent = parent[part]!.AsObject();
            }

            parent[parts[^1]] = value.DeepClone();
        }

        return content.Deserialize<SoapContent>(NoteJson.Options)!;
    }

    /// <summary>Whether the field holds a list, a line an item.</summary>
    public static bool IsList(string path)
        => path is Diagnoses or "assessment.differentialDiagnoses" or "objective.labResults" or "objective.imagingResults" || (path.StartsWith("plan.", StringComparison.Ordinal) && path != "plan.followUp");

    public static bool AreAlike(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    /// <summary>A field's name, as people read it: <c>Examination: Cardiovascular</c>.</summary>
    public static string LabelOf(string path)
    {
        var (place, within) = Find(path);
        var label = place < InOrder.Length ? InOrder[place].Label : path;
        return within.Length == 0 ? label : $"{label}: {Words(within)}";
    }

    /// <summary>Paths in the order of the note.</summary>
    public static IEnumerable<string> Sort(IEnumerable<string> paths) => paths.OrderBy(path => Find(path).Place).ThenBy(path => path, StringComparer.Ordinal);

    /// <summary>A value as text, to show: a list has a line an item.</summary>
    public static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join('\n', list.Select(TextOf)),
        JsonObject pressure when pressure["systolic"] is { } systolic => pressure["diastolic"] is { } diastolic ? $"{systolic}/{diastolic}" : $"{systolic}",
        JsonObject diagnosis => diagnosis["code"] is { } code ? $"{diagnosis["name"]} ({code})" : $"{diagnosis["name"]}",
        _ => value.ToString(),
    };

    private static void Collect(Dictionary<string, JsonNode> fields, string parent, JsonObject part, int depth)
    {
        foreach (var (name, value) in part)
        {
            var path = parent + name;
            if (value is JsonObject inner && depth > 1)
            {
                Collect(fields, path + ".", inner, depth - 1);
            }
            else if (value is not null)
            {
                fields[path] = value;
            }
        }
    }

    private static (int Place, string Within) Find(string path)
    {
        if (Places.TryGetValue(path, out var place))
        {
            return (place, "");
        }

        var end = path.LastIndexOf('.');
        return end > 0 && Places.TryGetValue(path[..end], out place) ? (place, path[(end + 1)..]) : (InOrder.Length, "");
    }

    /// <summary><c>menstrualHistory</c> is "Menstrual history"; what is an abbreviation stays one.</summary>
    private static string Words(string key)
    {
        if (key is "heent" or "ecg" or "bmi")
        {
            return key.ToUpperInvariant();
        }

        var words = new StringBuilder();
        foreach (var letter in key)
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? $" {char.ToLower(letter, CultureInfo.InvariantCulture)}" : letter.ToString());
        }

        words[0] = char.ToUpper(words[0], CultureInfo.InvariantCulture);
        return words.ToString();
    }
}
