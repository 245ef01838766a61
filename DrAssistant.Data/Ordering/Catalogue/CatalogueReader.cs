using System.Globalization;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>Judges an entry as somebody typed it: what is kept is what orders and results can work with.</summary>
internal static partial class CatalogueReader
{
    private const int LongestName = 255;
    private const int LongestShort = 60;
    private const int LongestUnit = 40;
    private const int LongestPreparation = 255;
    private const int LongestId = 80;
    private const int MostValues = 60;
    private const int MostRanges = 40;
    private const int MostDecimals = 6;
    private const decimal Most = 1_000_000_000;

    public static Result<(CatalogueRow Entry, List<RangeRow> Ranges)> Read(CatalogueDraft draft, OrderCatalogue known, string source)
    {
        var refusals = new List<Refusal>();
        var name = Cell(draft.Name, nameof(draft.Name), LongestName, refusals);
        Must(name.Length > 1, nameof(draft.Name), "Write a name.", refusals);
        var id = PlainText.Of(draft.Id, LongestId + 1) is { Length: > 0 } given ? given : IdOf(draft.Type, name);
        Must(Id().IsMatch(id), nameof(draft.Id), "An id is small letters, digits and hyphens.", refusals);
        var code = Cell(draft.Code, nameof(draft.Code), 10, refusals);
        Must(code.Length == 0 || Loinc().IsMatch(code), nameof(draft.Code), "A LOINC code is digits, a hyphen and one digit: 2823-3.", refusals);
        Must(code.Length == 0 || known.ByCode(CodeSystems.Loinc, code) is null or { IsActive: false } || known.ByCode(CodeSystems.Loinc, code)?.Id == id,
            nameof(draft.Code), $"{known.ByCode(CodeSystems.Loinc, code)?.Name} has this code already.", refusals);
        var members = Several(draft.Members, nameof(draft.Members), refusals);
        Must(members.TrueForAll(m => m != id && known.Get(m) is { IsPanel: false, Type: OrderType.Lab }), nameof(draft.Members), "A panel is made of single tests of the catalogue, each by its id.", refusals);
        var decimals = Number(draft.Decimals, nameof(draft.Decimals), refusals);
        Must(decimals is null or >= 0 and <= MostDecimals, nameof(draft.Decimals), $"0 to {MostDecimals} digits behind the point.", refusals);
        var isTest = draft.Type is OrderType.Lab;
        var row = new CatalogueRow(id, EnumText.Of(draft.Type), name, source)
        {
            Code = Or(code),
            CodeSystem = code.Length == 0 ? null : CodeSystems.Loinc,
            Unit = Or(Cell(draft.Unit, nameof(draft.Unit), LongestUnit, refusals)),
            Category = known.Get(id)?.Category,
            Synonyms = Several(draft.Synonyms, nameof(draft.Synonyms), refusals),
            Members = members.Count > 0 ? members : null,
            ShortName = Or(Cell(draft.ShortName, nameof(draft.ShortName), LongestShort, refusals)),
            Specimen = Or(Cell(draft.Specimen, nameof(draft.Specimen), LongestShort, refusals)),
            ValueType = isTest ? EnumText.Of(draft.ValueType ?? ResultValueType.Numeric) : null,
            Decimals = (int?)decimals,
            BodySite = known.Get(id)?.BodySite,
            Sided = draft.Sided,
            Preparation = Or(Cell(draft.Preparation, nameof(draft.Preparation), LongestPreparation, refusals)),
        };
        Must(draft.Ranges.Count == 0 || (isTest && draft.Ranges.Count <= MostRanges), nameof(draft.Ranges), "Only a laboratory test has ranges, at most 40.", refusals);
        var ranges = draft.Ranges.Select(r => Range(r, row, source, refusals)).OfType<RangeRow>().ToList();
        Must(!Overlap(ranges), nameof(draft.Ranges), "Two ranges hold for the same sex and age.", refusals);
        return refusals.Count > 0 ? refusals[0] : (row, ranges);
    }

    private static RangeRow? Range(RangeDraft typed, CatalogueRow test, string source, List<Refusal> refusals)
    {
        const string field = nameof(CatalogueDraft.Ranges);
        var sex = PlainText.Of(typed.Sex).ToLowerInvariant();
        Must(sex is "" or "male" or "female", field, "Sex is male, female, or empty for everybody.", refusals);
        var from = Number(typed.FromYears, field, refusals) ?? 0;
        var to = Number(typed.ToYears, field, refusals) ?? ReferenceRange.OldestYears;
        Must(from < to, field, "The upper age is more than the lower.", refusals);
        decimal?[] limits = [Number(typed.CriticalLow, field, refusals), Number(typed.Low, field, refusals), Number(typed.High, field, refusals), Number(typed.CriticalHigh, field, refusals)];
        var said = limits.OfType<decimal>().ToList();
        Must(said.Count > 0, field, "A range has at least one limit.", refusals);
        Must(said.SequenceEqual(said.Order()), field, "From critically low over low and high to critically high, each is at least the one before.", refusals);
        return new RangeRow(
            $"{RangeRow.IdOf(test.Id, sex.Length == 0 ? null : sex, from)}/own", test.Id, Or(sex), from, to, limits[1], limits[2], limits[0], limits[3], test.Unit, null, source);
    }

    private static bool Overlap(List<RangeRow> ranges)
        => ranges.SelectMany((a, n) => ranges.Skip(n + 1).Select(b => (a, b))).Any(pair => pair.a.Sex == pair.b.Sex && pair.a.FromYears < pair.b.ToYears && pair.b.FromYears < pair.a.ToYears);

    public static string IdOf(OrderType type, string name)
    {
        var prefix = type switch { OrderType.Lab => "lab", OrderType.Imaging => "img", OrderType.Procedure => "proc", _ => "ref" };
        return Slug($"own-{prefix}-{name}");
    }

    public static string Slug(string text)
    {
        var slug = NoSlug().Replace(text.ToLowerInvariant(), "-").Trim('-');
        return slug.Length <= LongestId ? slug : slug[..LongestId].Trim('-');
    }

    public static List<string> Several(string? typed, string field, List<Refusal> refusals)
    {
        var values = PlainText.Of(typed).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        Must(values.Count <= MostValues && values.TrueForAll(v => v.Length <= LongestId), field, $"At most {MostValues} values of {LongestId} characters, parted by |.", refusals);
        return values;
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
        var text = PlainText.Of(typed, longest + 1);
        Must(text.Length <= longest, field, $"At most {longest} characters.", refusals);
        return text;
    }

    private static decimal? Number(string? typed, string field, List<Refusal> refusals)
    {
        var text = PlainText.Of(typed, LongestId);
        if (text.Length == 0)
        {
            return null;
        }

        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        Must(isNumber && Math.Abs(number) <= Most, field, "Write a number with a point: 0.5.", refusals);
        return number;
    }

    private static string? Or(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,78}[a-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex(@"^[0-9]{1,7}-[0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Loinc();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex NoSlug();
}
