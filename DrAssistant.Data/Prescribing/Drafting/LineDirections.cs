using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>How a medicine is taken: as it was understood, in words, with total amount and last day.</summary>
internal static partial class LineDirections
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string InSteps = "in steps";
    private const int LongestColumn = 50;

    /// <summary>More than this is a slip of the finger; so much of anything is prescribed again.</summary>
    private const decimal MostCounted = 1_000;
    private const decimal MostMeasured = 5_000;
    private const int MostDays = 366;

    public static Refusal? Fill(PrescriptionItem item, MedicineLineDraft typed, Medicine? medicine, DateOnly today, bool isLenient)
    {
        if (typed.EndsOn is { } end && (end < today || end > today.AddDays(MostDays)))
        {
            if (!isLenient)
            {
                return Refusal.Invalid("The course ends between today and a year from now.", nameof(typed.EndsOn));
            }
        }

        var read = Read(typed, medicine);
        if (!read.Succeeded && !isLenient && !IsUnfinished(read.Refusal, typed))
        {
            return read.Refusal with { Field = FieldOf(read.Refusal.Field) };
        }

        item.Route = typed.Route ?? read.Value?.Route ?? (medicine?.Routes is [var only] ? only : null);
        var amount = read.Value is { } sig ? Understood(item, sig, typed, today) : NotYet(item, typed);
        item.EndsOn = typed.EndsOn ?? amount?.LastDay;
        return Quantity(item, typed.Quantity, amount) is { } refusal && !isLenient ? refusal : null;
    }

    /// <summary>What a line says, as it was understood when it was written.</summary>
    public static Sig? SigOf(PrescriptionItem item) => item.Sig is { } json ? json.Deserialize<Sig>(Json) : null;

    private static Result<Sig> Read(MedicineLineDraft typed, Medicine? medicine) => SigReader.Read(
        new SigTyped(typed.Dose, typed.Frequency, typed.Duration) { Instructions = typed.Food, Form = typed.Form, Medicine = medicine });

    /// <summary>A field that is still empty is no mistake.</summary>
    private static bool IsUnfinished(Refusal refusal, MedicineLineDraft typed) => refusal.Field switch
    {
        nameof(SigTyped.Dose) => typed.Dose is null,
        nameof(SigTyped.Frequency) => typed.Frequency is null,
        nameof(SigTyped.Duration) => typed.Duration is null && typed.Dose is null,
        _ => false,
    };

    private static string? FieldOf(string? field) => field == nameof(SigTyped.Instructions) ? nameof(MedicineLineDraft.Food) : field;

    private static SigAmount? NotYet(PrescriptionItem item, MedicineLineDraft typed)
    {
        // What is not understood is not printed as if it were: the columns stay empty, and what was typed stays in the form.
        (item.Sig, item.Words, item.Dosage, item.Frequency, item.Duration, item.Food) = (null, null, "", "", null, typed.Food);
        item.Instructions = Joined(typed.Food, typed.Instructions);
        return null;
    }

    private static SigAmount Understood(PrescriptionItem item, Sig sig, MedicineLineDraft typed, DateOnly today)
    {
        var first = sig.Steps[0];
        item.Sig = JsonSerializer.SerializeToElement(sig, Json);
        item.Words = SigText.In(SigPhrases.English, sig).Text;
        item.Dosage = sig.IsTaper ? InSteps : ClinicFormat.Amount(first.Dose.Amount, DoseForms.Word(first.Dose.Unit, first.Dose.Amount));
        item.Frequency = sig.IsTaper ? InSteps : Often(first);
        item.Duration = Lasting(sig);
        item.Food = FoodOf(sig) ?? typed.Food;
        item.Instructions = Joined(item.Food, typed.Instructions);
        return SigAmounts.Of(sig, today, typed.Form, typed.Strength);
    }

    /// <summary>As Indian prescriptions draw it, or in words: 1-0-1, every 8 hours.</summary>
    private static string Often(SigStep step)
    {
        var frequency = step.Frequency;
        var often = SigText.Grid(step) ?? SigPhrases.Starter.In(SigPhrases.English, frequency.Code)?.Text ?? frequency.Code;
        var needed = SigPhrases.Starter.In(SigPhrases.English, "SOS")?.Text ?? "when needed";
        var whole = frequency.AsNeeded && frequency.Code != "SOS" ? $"{often}, {needed}" : often;
        return whole.Length <= LongestColumn ? whole : often.Length <= LongestColumn ? often : frequency.Code;
    }

    private static string? Lasting(Sig sig)
    {
        if (sig.Continues)
        {
            return "continue";
        }

        if (sig.Steps.Any(s => s.Duration is null))
        {
            return null;
        }

        var (number, unit) = sig.Steps is [{ Duration: { } only }] ? (only.Number, only.Unit) : (sig.Steps.Sum(s => s.Duration!.Days), SigDurationUnit.Days);
        var word = unit.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? word[..^1] : word)}");
    }

    private static string? FoodOf(Sig sig)
    {
        var said = string.Join(", ", sig.Timing.Select(code => SigPhrases.Starter.In(SigPhrases.English, code)?.Text ?? code));
        return said.Length is 0 or > LongestColumn ? null : said;
    }

    private static Refusal? Quantity(PrescriptionItem item, string? typed, SigAmount? computed)
    {
        if (typed is null)
        {
            item.Quantity = computed?.Words is { Length: <= LongestColumn } words ? words : null;
            return computed is { Number: { } number, Unit: { } unit } && number > MostOf(unit)
                ? Refusal.Invalid($"That comes to {computed.Words}. Check dose and duration.", nameof(MedicineLineDraft.Duration))
                : null;
        }

        item.Quantity = null;
        if (Amount().Match(typed) is not { Success: true } match
            || !decimal.TryParse(match.Groups["n"].ValueSpan, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count))
        {
            return Refusal.Invalid("Write how much to dispense, for example 15, 15 tablets, 100 mL or 1 bottle.", nameof(MedicineLineDraft.Quantity));
        }

        var of = match.Groups["of"].Value.Trim();
        var most = of.StartsWith("ml", StringComparison.OrdinalIgnoreCase) || (of.Length == 0 && computed?.Unit is DoseUnit.Millilitre) ? MostMeasured : MostCounted;
        if (count <= 0 || count > most)
        {
            return Refusal.Invalid($"More than 0 and at most {ClinicFormat.Number(most)}.", nameof(MedicineLineDraft.Quantity));
        }

        item.Quantity = of.Length > 0 || computed?.Unit is not { } counted ? typed : ClinicFormat.Amount(count, DoseForms.Word(counted, count));
        return null;
    }

    private static decimal MostOf(DoseUnit unit) => unit is DoseUnit.Millilitre || DoseForms.IsMass(unit) ? MostMeasured : MostCounted;

    private static string? Joined(string? food, string? instructions)
        => string.Join("; ", new[] { food, instructions }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^(?<n>\d[\d,]*(\.\d+)?)(?<of>(\s|[^\d.,\s]).*)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Amount();
}
