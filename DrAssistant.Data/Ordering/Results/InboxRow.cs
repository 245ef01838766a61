using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>A value as the inbox reads it, with its report and its patient.</summary>
internal sealed record InboxRow(
    Guid Report, Guid Order, Guid Patient, PersonName Name, DateOnly Born, bool BornEstimated, Gender Gender, string? Mrn, string Doctor, string? Laboratory,
    string Item, InboxValue Value, DateTimeOffset TakenAt, DateTimeOffset ArrivedAt, bool Escalated, ResultSource Source)
{
    private const int ColumnsOfOne = 40;

    public bool IsPreliminary => Value.Status is ResultStatus.Preliminary;

    public static InboxRow Of(NpgsqlDataReader row)
    {
        var (number, comparator) = (row.NumberOrNull(16), row.TextOrNull(17));
        return new InboxRow(
            row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), new PersonName(row.GetString(3), row.GetString(4)), row.Day(5), row.GetBoolean(6), row.Word<Gender>(7),
            row.TextOrNull(8), row.GetString(9), row.TextOrNull(10), row.GetString(11),
            new InboxValue(
                row.GetGuid(12), row.GetString(13), row.GetString(14), row.GetString(15), Shown(number, comparator, row.TextOrNull(18)),
                number is null ? null : UnitWords.Of(row.TextOrNull(19)), row.Word<ResultFlag>(20))
            {
                Number = comparator is null ? number : null,
                ReferenceLow = row.NumberOrNull(21),
                ReferenceHigh = row.NumberOrNull(22),
                ReferenceText = row.TextOrNull(23),
                Status = row.Word<ResultStatus>(24),
                Reported = row.TextOrNull(25),
                Comment = row.TextOrNull(26),
                LaboratoryFlag = row.TextOrNull(27),
                Reviewed = Seen(row, 30) is { } seen ? seen with { Comment = row.TextOrNull(32) } : null,
                Acknowledged = Seen(row, 33),
                Was = row.TextOrNull(37) is { Length: > 0 } was ? was : null,
                Trend = [.. row.GetFieldValue<decimal[]>(38).Reverse()],
            },
            row.Instant(28), row.Instant(29), row.InstantOrNull(35) is not null, row.Word<ResultSource>(36));
    }

    /// <summary>The same with the value before it, which stands behind the columns.</summary>
    public static InboxRow WithPrevious(NpgsqlDataReader row)
    {
        var read = Of(row);
        if (row.InstantOrNull(ColumnsOfOne + 4) is not { } at)
        {
            return read;
        }

        var (last, comparator) = (row.NumberOrNull(ColumnsOfOne), row.TextOrNull(ColumnsOfOne + 1));
        var (value, both) = (read.Value, read.Value.Number is not null && last is not null && comparator is null);
        return read with
        {
            Value = value with
            {
                Previous = new PreviousValue(Shown(last, comparator, row.TextOrNull(ColumnsOfOne + 2)), row.Word<ResultFlag>(ColumnsOfOne + 3), at),
                Change = both ? DeltaCheck.Words(value.Number!.Value, read.TakenAt, last!.Value, at) : null,
                Leap = both ? DeltaCheck.Question(value.Code, value.Number!.Value, read.TakenAt, last!.Value, at) : null,
            },
        };
    }

    private static string Shown(decimal? number, string? comparator, string? text) => ResultText.Value(number, comparator, text, null);

    private static SeenBy? Seen(NpgsqlDataReader row, int column)
        => row.TextOrNull(column) is { } who && row.InstantOrNull(column + 1) is { } at ? new SeenBy(who, at, null) : null;
}
