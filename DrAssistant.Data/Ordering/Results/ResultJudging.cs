using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Turns what came into what is kept: in the test's own unit, with its range and flag.</summary>
internal sealed class ResultJudging(ClinicClock clock)
{
    private const int LongestText = 20_000;
    private const int LongestUnit = 40;
    private const decimal Largest = 1_000_000_000_000;
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    /// <summary>The row without its place in an order, or why the value cannot be.</summary>
    public Result<JudgedValue> Judge(ReportedValue value, ResultPerson person, OrderCatalogue catalogue)
    {
        if (Refuse(value, person) is { } refusal)
        {
            return refusal;
        }

        var test = catalogue.TestOf(value.CodeSystem, value.Code);
        if (value.Number is not { } number)
        {
            return Judged(value, null, null, ValueLimits.None);
        }

        var conversion = test is null ? Conversion.NotKnown : UnitConversion.From(value.Unit, test);
        if (conversion.Kind is ConversionKind.OtherDimension)
        {
            return Refusal.Invalid($"{value.Name} is measured in {UnitWords.Of(test!.Unit)}, which {UnitWords.Of(value.Unit)} cannot become.", value.Code);
        }

        var limits = Limits(value, test is null ? null : RangeOf(catalogue, test, person, value.EffectiveAt), conversion);
        var kept = conversion.Kind is ConversionKind.Converted ? Math.Round(conversion.Of(number), (test!.Decimals ?? 2) + 1, MidpointRounding.AwayFromZero) : number;
        return Judged(
            value, kept, conversion.Kind is ConversionKind.UnknownUnit ? UnitSpelling.Ucum(value.Unit) : test!.Unit, limits) with
        {
            Reported = conversion.Kind is ConversionKind.Converted ? Reported(value) : null,
            Flag = ResultFlags.Worse(
                ResultFlags.Of(conversion.Of(number), value.Comparator, limits), Sided(ResultFlags.OfLaboratory(value.LaboratoryFlag), conversion.Of(number), limits)),
        };
    }

    private Refusal? Refuse(ReportedValue value, ResultPerson person)
    {
        if (value.Number is null && string.IsNullOrWhiteSpace(value.Text))
        {
            return Refusal.Invalid($"{value.Name} has no value.", value.Code);
        }

        if (Math.Abs(value.Number ?? 0) > Largest || value.Text?.Length > LongestText || value.Unit?.Length > LongestUnit)
        {
            return Refusal.Invalid($"{value.Name} is longer than a result can be.", value.Code);
        }

        return value.EffectiveAt > clock.Now + ClocksDiffer || clock.DayOf(value.EffectiveAt) < person.Born
            ? Refusal.Invalid("A specimen is taken between birth and now.", nameof(value.EffectiveAt))
            : null;
    }

    /// <summary>The laboratory's range where it printed one, else ours for the age on the day of the specimen; critical limits are always ours.</summary>
    private static ValueLimits Limits(ReportedValue value, ReferenceRange? ours, Conversion conversion)
    {
        var printed = value.ReferenceLow is not null || value.ReferenceHigh is not null;
        var (low, high) = (Converted(value.ReferenceLow, conversion), Converted(value.ReferenceHigh, conversion));
        if (conversion.Kind is ConversionKind.UnknownUnit)
        {
            return new ValueLimits(low, high, null, null);
        }

        return printed
            // A laboratory that calls a value normal is not overruled by a critical limit inside its own range.
            ? new ValueLimits(low, high, ours?.CriticalLow >= low ? null : ours?.CriticalLow, ours?.CriticalHigh <= high ? null : ours?.CriticalHigh)
            : new ValueLimits(ours?.Low, ours?.High, ours?.CriticalLow, ours?.CriticalHigh);
    }

    private ReferenceRange? RangeOf(OrderCatalogue catalogue, CatalogueEntry test, ResultPerson person, DateTimeOffset at)
        => catalogue.Ranges.For(test.Id, person.Gender, clock.DayOf(at).DayNumber - person.Born.DayNumber) is { } range && (range.Unit ?? test.Unit) == test.Unit
            ? range : null;

    private static decimal? Converted(decimal? limit, Conversion conversion) => limit is { } given ? conversion.Of(given) : null;

    /// <summary>The laboratory's "critically abnormal" has no direction; the value has.</summary>
    private static ResultFlag? Sided(ResultFlag? said, decimal number, ValueLimits limits)
        => said is ResultFlag.CriticalHigh && number < limits.Low ? ResultFlag.CriticalLow : said;

    private static JudgedValue Judged(ReportedValue value, decimal? number, string? unit, ValueLimits limits) => new(number, unit)
    {
        Low = Shown(limits.Low),
        High = Shown(limits.High),
        Flag = ResultFlags.OfLaboratory(value.LaboratoryFlag) ?? ResultFlag.Unknown,
    };

    private static decimal? Shown(decimal? limit) => limit is { } given ? Math.Round(given, 4, MidpointRounding.AwayFromZero) : null;

    private static string Reported(ReportedValue value)
        => string.Create(CultureInfo.InvariantCulture, $"{value.Comparator}{ClinicFormat.Number(value.Number!.Value)} {UnitWords.Of(UnitSpelling.Ucum(value.Unit))}");
}

/// <summary>What judging a value needs of the patient.</summary>
internal sealed record ResultPerson(DateOnly Born, Gender Gender);

/// <summary>A value in the unit that it is kept in.</summary>
internal sealed record JudgedValue(decimal? Number, string? Unit)
{
    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public ResultFlag Flag { get; init; }

    public string? Reported { get; init; }
}
