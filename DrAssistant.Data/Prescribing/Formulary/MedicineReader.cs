using System.Globalization;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>Judges a medicine as somebody typed or imported it: what is kept is what the checks can work with.</summary>
internal static partial class MedicineReader
{
    private const int LongestName = 200;
    private const int LongestCell = 255;
    private const int LongestValue = 80;
    private const int MostValues = 60;
    private const decimal MostMg = 1_000_000;

    private static readonly string[] Schedules = ["OTC", "H", "H1", "X", "NDPS"];
    private static readonly string[] Lists = ["O", "A", "B", "PROHIBITED"];
    private static readonly string[] Pregnancies = ["ok", "caution", "avoid", "unknown"];
    private static readonly string[] Intervals = ["day", "week", "month"];
    private static readonly string[] Routes =
    [
        "oral", "sublingual", "oromucosal", "inhaled", "nasal", "topical", "transdermal", "ophthalmic", "otic", "rectal", "vaginal", "intravenous", "intramuscular", "subcutaneous",
    ];

    /// <summary>The row to keep, or what is wrong with the first field that is.</summary>
    /// <param name="draft">As typed.</param>
    /// <param name="known">Whether an id is that of a single ingredient.</param>
    /// <param name="source">Where the row comes from.</param>
    /// <param name="by">Who writes it.</param>
    public static Result<MedicineRow> Read(MedicineDraft draft, Func<string, bool> known, string source, Guid? by)
    {
        var refusals = new List<Refusal>();
        var name = Cell(draft.GenericName, nameof(draft.GenericName), LongestName, refusals);
        var id = Cell(draft.Id, nameof(draft.Id), LongestValue, refusals) is { Length: > 0 } given ? given : Slug(name);
        Must(name.Length > 1, nameof(draft.GenericName), "Write the generic name.", refusals);
        Must(Id().IsMatch(id), nameof(draft.Id), "An id is small letters, digits and hyphens.", refusals);
        var parts = Several(draft.CombinationOf, nameof(draft.CombinationOf), refusals);
        Must(parts.Count != 1 && parts.All(p => p != id && known(p)), nameof(draft.CombinationOf), "A combination is made of two or more ingredients of the formulary, each by its id.", refusals);
        var routes = Several(draft.Routes, nameof(draft.Routes), refusals);
        Must(routes.Count > 0 && routes.All(Routes.Contains), nameof(draft.Routes), $"Name at least one route: {string.Join(", ", Routes)}.", refusals);
        var forms = Several(draft.Forms, nameof(draft.Forms), refusals);
        Must(forms.Count > 0, nameof(draft.Forms), "Name at least one form, such as tablet.", refusals);
        var (usual, most) = (Number(draft.ChildUsualMgPerKgDay, nameof(draft.ChildUsualMgPerKgDay), refusals), Number(draft.ChildMaxMgPerKgDay, nameof(draft.ChildMaxMgPerKgDay), refusals));
        Must(usual is null || most is null || usual <= most, nameof(draft.ChildMaxMgPerKgDay), "The most of a child is less than the usual.", refusals);
        var renal = Cell(draft.RenalCaution, nameof(draft.RenalCaution), LongestValue, refusals);
        Must(renal.Length == 0 || Renal().IsMatch(renal), nameof(draft.RenalCaution), "Write caution, avoid_below_egfr:30, or nothing.", refusals);
        var row = new MedicineRow(
            id, name, parts.Count > 0 ? parts : null, Or(Cell(draft.AtcCode, nameof(draft.AtcCode), 10, refusals)), Or(Cell(draft.DrugClass, nameof(draft.DrugClass), 60, refusals)),
            forms, Several(draft.Strengths, nameof(draft.Strengths), refusals), routes, Or(Cell(draft.UsualDose, nameof(draft.UsualDose), LongestCell, refusals)),
            Number(draft.MaxDailyMg, nameof(draft.MaxDailyMg), refusals), Number(draft.MaxSingleMg, nameof(draft.MaxSingleMg), refusals),
            OneOf(draft.DoseInterval, nameof(draft.DoseInterval), Intervals, "day", refusals), OneOf(draft.LimitsFor, nameof(draft.LimitsFor), ["", "oral"], "", refusals) == "oral",
            usual, most, Number(draft.MinAgeYears, nameof(draft.MinAgeYears), refusals, zero: true),
            OneOf(draft.Schedule, nameof(draft.Schedule), Schedules, null, refusals), OneOf(draft.TelemedicineList, nameof(draft.TelemedicineList), Lists, null, refusals),
            OneOf(draft.Pregnancy, nameof(draft.Pregnancy), Pregnancies, "unknown", refusals), renal.Length > 0,
            renal.Contains(':', StringComparison.Ordinal) ? Number(renal[(renal.IndexOf(':', StringComparison.Ordinal) + 1)..], nameof(draft.RenalCaution), refusals) : null,
            Several(draft.Brands, nameof(draft.Brands), refusals), source, IsActive: true, by);
        return refusals.Count > 0 ? refusals[0] : row;
    }

    private static void Must(bool holds, string field, string message, List<Refusal> refusals)
    {
        if (!holds)
        {
            refusals.Add(Refusal.Invalid(message, field));
        }
    }

    private static string Cell(string? typed, string field, int longest, List<Refusal> refusals)
    {
        var text = PlainText.Of(typed, LongestCell * MostValues);
        Must(text.Length <= longest, field, $"At most {longest} characters.", refusals);
        return text;
    }

    private static List<string> Several(string? typed, string field, List<Refusal> refusals)
    {
        var values = PlainText.Of(typed, LongestCell * MostValues).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        Must(values.Count <= MostValues && values.TrueForAll(v => v.Length <= LongestValue), field, $"At most {MostValues} values of {LongestValue} characters, parted by |.", refusals);
        return values;
    }

    private static decimal? Number(string? typed, string field, List<Refusal> refusals, bool zero = false)
    {
        var text = PlainText.Of(typed, LongestValue);
        if (text.Length == 0)
        {
            return null;
        }

        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        Must(isNumber && (number > 0 || (zero && number == 0)) && number <= MostMg, field, "Write a number above zero, with a point: 0.5.", refusals);
        return number;
    }

    private static string OneOf(string? typed, string field, string[] words, string? none, List<Refusal> refusals)
    {
        var text = PlainText.Of(typed, LongestValue);
        text = text.Length == 0 ? none ?? "" : words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text;
        Must(words.Contains(text), field, $"One of: {string.Join(", ", words.Where(w => w.Length > 0))}.", refusals);
        return text;
    }

    private static string? Or(string text) => text.Length == 0 ? null : text;

    private static string Slug(string name)
    {
        var slug = NoSlug().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length <= LongestValue ? slug : slug[..LongestValue].Trim('-');
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,78}[a-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex NoSlug();

    [GeneratedRegex(@"^(caution|avoid_below_egfr:\d{1,3}(\.\d)?)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Renal();
}
