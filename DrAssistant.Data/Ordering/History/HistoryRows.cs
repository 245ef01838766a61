using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Ordering.History;

/// <summary>Of which kind a test is, and its critical limits at the patient's age, in a unit.</summary>
internal sealed record TestKind(TestCode Test, string? Category, decimal? CriticalLow, decimal? CriticalHigh, string? Unit);

/// <summary>A row of results with what its test is read by.</summary>
internal sealed record HistoryRow(TestCode Test, string Name, ResultPoint Point, string? Ucum, decimal? Low, decimal? High, string? Words)
{
    /// <summary>What came without a code is known by its name alone.</summary>
    public bool IsCoded => Test.System != CodeSystems.Absent;
}

/// <summary>Reads the answers of <see cref="HistoryQuery"/>.</summary>
internal sealed class HistoryRows(ClinicClock clock)
{
    /// <summary>How many columns each value has, before those that only one value's statement asks for.</summary>
    public const int Width = 16;

    public HistoryRow Of(NpgsqlDataReader row)
    {
        var at = row.Instant(10);
        var comparator = row.TextOrNull(5);
        var point = new ResultPoint(
            row.GetGuid(0), at, clock.DayOf(at), ResultText.Value(row.NumberOrNull(4), comparator, row.TextOrNull(6), unit: null), comparator is null ? row.NumberOrNull(4) : null,
            UnitWords.Of(row.TextOrNull(7)), row.Word<ResultFlag>(8), row.Word<ResultStatus>(9))
        {
            Corrected = row.GetBoolean(14),
            OrderId = row.GuidOrNull(15),
        };
        return new HistoryRow(
            new TestCode(row.GetString(1), row.GetString(2)), row.GetString(3), point, row.TextOrNull(7), row.NumberOrNull(11), row.NumberOrNull(12), row.TextOrNull(13));
    }

    public static TestKind Kind(NpgsqlDataReader row)
        => new(new TestCode(row.GetString(0), row.GetString(1)), row.TextOrNull(2), row.NumberOrNull(3), row.NumberOrNull(4), row.TextOrNull(5));

    public static EarlierValue Earlier(NpgsqlDataReader row)
        => new(row.GetGuid(0), ResultText.Value(row.NumberOrNull(1), row.TextOrNull(2), row.TextOrNull(3), unit: null), UnitWords.Of(row.TextOrNull(4)), row.Instant(5));

    /// <summary>Critical limits go with a value only in their own unit.</summary>
    public static ResultReference? Reference(HistoryRow row, TestKind? kind)
    {
        var limits = kind is not null && kind.Unit == row.Ucum ? kind : null;
        return row is { Low: null, High: null, Words: null } && limits is null or { CriticalLow: null, CriticalHigh: null }
            ? null
            : new ResultReference(row.Low, row.High, limits?.CriticalLow, limits?.CriticalHigh, row.Words);
    }
}
