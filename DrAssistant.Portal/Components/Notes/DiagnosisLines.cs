using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>Diagnoses as lines of text: name, code, code system, certainty, with tabs between. js/note-diagnoses.js shows them as chips.</summary>
internal static class DiagnosisLines
{
    public static string? Write(IReadOnlyList<Diagnosis>? diagnoses)
        => diagnoses is null ? null : string.Join('\n', diagnoses.Select(d => string.Join('\t', Plain(d.Name), d.Code, d.CodeSystem, d.Certainty switch
        {
            DiagnosisCertainty.Provisional => "provisional",
            DiagnosisCertainty.Confirmed => "confirmed",
            _ => "",
        })));

    /// <summary>The first is the primary one. Whoever says nothing of the certainty leaves it as it was.</summary>
    public static IReadOnlyList<Diagnosis>? Read(string? text, IReadOnlyList<Diagnosis>? before)
    {
        var read = (text ?? "").Split('\n').Select(line => line.Split('\t')).Where(parts => !string.IsNullOrWhiteSpace(parts[0])).ToList();
        return read.Count == 0 ? null : [.. read.Select((parts, at) => Of(parts, at, before))];
    }

    private static Diagnosis Of(string[] parts, int at, IReadOnlyList<Diagnosis>? before)
    {
        var diagnosis = new Diagnosis(parts[0].Trim(), Part(parts, 1), Part(parts, 2)) { Rank = at == 0 ? DiagnosisRank.Primary : DiagnosisRank.Secondary };
        var certainty = Part(parts, 3) switch
        {
            "provisional" => DiagnosisCertainty.Provisional,
            "confirmed" => DiagnosisCertainty.Confirmed,
            _ => before?.FirstOrDefault(d => d.Name == diagnosis.Name && d.Code == diagnosis.Code)?.Certainty,
        };
        return diagnosis with { Certainty = certainty };
    }

    private static string? Part(string[] parts, int at) => at < parts.Length && parts[at].Trim() is [_, ..] part ? part : null;

    private static string Plain(string name) => name.ReplaceLineEndings(" ").Replace('\t', ' ');
}
