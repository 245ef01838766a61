using System.Globalization;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Bench.Search;

/// <summary>
/// Of the twenty that the search gives, how many are among the best there are (<see cref="EveryName"/>; who is worth as much as the last of them counts as one of them),
/// and whether the person who was meant is found by name at all.
/// </summary>
internal static class Recall
{
    private const int Most = 20;

    public static async Task PrintAsync(AsyncServiceScope desk, EveryName everybody, IReadOnlyList<(string Question, string Expected)> questions)
    {
        var patients = desk.ServiceProvider.GetRequiredService<IPatients>();
        var (recalled, possible, meant, whole, poor) = (0, 0, 0, 0, new List<(double Share, string Question)>());
        foreach (var (question, expected) in questions)
        {
            var found = (await patients.FindAsync(question, default)).Value ?? throw new InvalidOperationException("The desk may not search.");
            var (worth, last, met) = everybody.Best(question, Most);
            var good = found.Count(hit => worth.TryGetValue(hit.Name.Spoken, out var own) && own >= last - 1e-4f);
            recalled += Math.Min(good, met);
            possible += met;
            whole += good >= met ? 1 : 0;
            if (good < met)
            {
                poor.Add(((double)good / met, string.Create(CultureInfo.InvariantCulture,
                    $"'{question}' (the last of the best {last:F2}; found {string.Join(", ", found.Select(hit => $"{hit.Name.Spoken} {worth.GetValueOrDefault(hit.Name.Spoken):F2}").TakeLast(4))})")));
            }

            meant += found.Any(hit => hit.Name.Spoken.Equals(expected, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{questions.Count} questions against {everybody.Names} names: recall@{Most} {(double)recalled / Math.Max(1, possible):F4} (whole for {whole}); the name that was meant is among the {Most} for {(double)meant / questions.Count:P1}"));
        foreach (var (share, question) in poor.OrderBy(p => p.Share).Take(12))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {share:P0} of {question}"));
        }
    }

    /// <summary>A list with the columns query and expected name, and a heading.</summary>
    public static async Task<IReadOnlyList<(string Question, string Expected)>> ReadAsync(string file)
        => ReferenceFile.From(Path.GetFileName(file), await File.ReadAllBytesAsync(file)).Read(row => (row.Needed("query"), (row.Perhaps("expected name") ?? row.Perhaps("expected") ?? "").Trim()));
}
