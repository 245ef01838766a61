using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>A field as it stands on a page.</summary>
public sealed record SoapLine(string Path, string Label, SoapKind Kind);

/// <summary>Which fields of a part are on the page, in the order of the note, and which can be added.</summary>
internal static class SoapLayout
{
    private static readonly string[] Order =
    [
        "subjective.chiefComplaint", "subjective.historyOfPresentIllness", "subjective.reviewOfSystems.", "subjective.pastMedicalHistory", "subjective.medications",
        "subjective.allergies", "subjective.familyHistory", "subjective.socialHistory", "subjective.otherHistory.",
        "objective.physicalExam.", "objective.labResults", "objective.imagingResults", "objective.testResults.",
        "assessment.diagnoses", "assessment.differentialDiagnoses", "assessment.clinicalImpression",
        "plan.diagnostics", "plan.treatments", "plan.medications", "plan.patientEducation", "plan.followUp", "plan.referrals",
    ];

    /// <summary>The fields that say something, are usual, or were asked for.</summary>
    public static IReadOnlyList<SoapLine> Shown(SoapPart part, SoapContent content, IReadOnlySet<string> asked)
    {
        var said = SoapText.Read(content);
        return [.. All(part, said.Keys.Concat(asked)).Where(field => field.IsUsual || said.ContainsKey(field.Line.Path) || asked.Contains(field.Line.Path)).Select(f => f.Line)];
    }

    /// <summary>What else a note can say in this part.</summary>
    public static IReadOnlyList<SoapLine> ToAdd(SoapPart part, IReadOnlyList<SoapLine> shown)
        => [.. All(part, []).Select(f => f.Line).Where(line => shown.All(s => s.Path != line.Path))];

    /// <summary>A field's name on the page.</summary>
    public static string LabelOf(string path)
        => SoapFields.Fixed.FirstOrDefault(f => f.Path == path)?.Label
            ?? (SoapFields.GroupOf(path) is { } group ? LabelOf(group, path[group.Path.Length..]) : path);

    private static IEnumerable<(SoapLine Line, bool IsUsual)> All(SoapPart part, IEnumerable<string> alsoKnown)
    {
        var known = alsoKnown.ToList();
        foreach (var place in Order)
        {
            if (SoapFields.Fixed.FirstOrDefault(f => f.Path == place) is { } field)
            {
                if (field.Part == part)
                {
                    yield return (new SoapLine(field.Path, field.Label, field.Kind), field.IsUsual);
                }
            }
            else if (SoapFields.Groups.First(g => g.Path == place) is var group && group.Part == part)
            {
                var others = known.Where(path => path.StartsWith(place, StringComparison.Ordinal)).Select(path => path[place.Length..]);
                foreach (var key in (group.Usual is { } usual ? [usual] : Array.Empty<string>()).Concat(group.Keys).Concat(others).Distinct())
                {
                    yield return (new SoapLine(place + key, LabelOf(group, key), SoapKind.Text), key == group.Usual);
                }
            }
        }
    }

    private static string LabelOf(SoapGroup group, string key) => key == group.Usual ? group.UsualLabel! : key switch
    {
        "heent" => "Head and neck",
        "ecg" => "ECG",
        "chestXray" => "Chest X-ray",
        "cardiovascular" => "Heart",
        "respiratory" => "Chest",
        "gastrointestinal" => "Abdomen",
        "musculoskeletal" => "Joints, muscles",
        "neurological" => "Nervous system",
        "genitourinary" => "Urinary",
        _ => Words(key),
    };

    /// <summary><c>menstrualHistory</c> is "Menstrual history".</summary>
    private static string Words(string key)
        => string.Concat(key.Select((letter, at) => at == 0 ? char.ToUpperInvariant(letter).ToString() : char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
}
