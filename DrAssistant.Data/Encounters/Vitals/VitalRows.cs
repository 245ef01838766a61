using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>Statements that read vital signs, for a batch, and what becomes of their rows.</summary>
internal static class VitalRows
{
    public const int MostOfASign = 500;

    private const string Columns = """
        o.id, o.code, o.value_number, o.unit, o.effective_at, u.full_name, o.encounter_id, o.answer, o.replaces_id, o.set_id, o.recorded_by,
        o.status, o.error_at, b.full_name, o.error_reason
        """;

    private const string Measured = "o.category = 'vital-signs' AND o.value_number IS NOT NULL";
    private const string Right = "o.status <> 'entered_in_error'";
    private const string People = "LEFT JOIN users u ON u.id = o.recorded_by LEFT JOIN users b ON b.id = o.error_by";

    /// <summary>The latest two values of each sign: the latest, and what it changed from.</summary>
    public static NpgsqlBatchCommand Latest(Guid patientId) => OfEachSign(patientId, 2, null);

    /// <summary>The latest values of each sign since an instant, newest first.</summary>
    public static NpgsqlBatchCommand Series(Guid patientId, DateTimeOffset? since) => OfEachSign(patientId, MostOfASign, since);

    /// <summary>All values of the moments before an instant at which something was measured, one moment more than asked for.</summary>
    public static NpgsqlBatchCommand Moments(Guid patientId, Guid? encounterId, DateTimeOffset? before, int moments) => new($"""
        SELECT {Columns} FROM observations o {People}
        WHERE o.patient_id = $1 AND o.code = ANY ($2) AND {Measured} AND ($3::uuid IS NULL OR o.encounter_id = $3)
            AND o.effective_at IN (SELECT DISTINCT o.effective_at FROM observations o
                WHERE o.patient_id = $1 AND o.code = ANY ($2) AND {Measured} AND ($3::uuid IS NULL OR o.encounter_id = $3)
                    AND ($4::timestamptz IS NULL OR o.effective_at < $4)
                ORDER BY o.effective_at DESC LIMIT {(moments + 1).ToString(CultureInfo.InvariantCulture)})
        ORDER BY o.effective_at DESC, o.created_at, o.id
        """)
    {
        Parameters =
        {
            new() { Value = patientId },
            new() { Value = SignCatalogue.Codes },
            new() { Value = (object?)encounterId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = (object?)before?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    /// <summary>The values of one set, as they are recorded now.</summary>
    public static NpgsqlBatchCommand OfSet(Guid patientId, Guid setId) => new($"""
        SELECT {Columns} FROM observations o {People} WHERE o.set_id = $1 AND o.patient_id = $2 AND {Measured} ORDER BY o.created_at, o.id
        """)
    {
        Parameters = { new() { Value = setId }, new() { Value = patientId } },
    };

    public static NpgsqlBatchCommand Person(Guid patientId) => new("SELECT id, date_of_birth, date_of_birth_estimated, gender FROM patients WHERE id = $1")
    {
        Parameters = { new() { Value = patientId } },
    };

    public static VitalPerson PersonOf(NpgsqlDataReader row) => new(row.GetGuid(0), row.Day(1), row.GetBoolean(2), row.Word<Gender>(3));

    public static VitalRow Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetDecimal(2), row.TextOrNull(3), row.Instant(4), row.TextOrNull(5), row.GuidOrNull(6), row.TextOrNull(7),
        row.GuidOrNull(8), row.GuidOrNull(9), row.GuidOrNull(10), row.Word<RecordStatus>(11) is RecordStatus.EnteredInError, row.InstantOrNull(12),
        row.TextOrNull(13), row.TextOrNull(14));

    private static NpgsqlBatchCommand OfEachSign(Guid patientId, int most, DateTimeOffset? since) => new($"""
        SELECT x.* FROM unnest($2::text[]) sign (code) CROSS JOIN LATERAL (SELECT {Columns} FROM observations o {People}
            WHERE o.patient_id = $1 AND o.code = sign.code AND {Measured} AND {Right} AND ($3::timestamptz IS NULL OR o.effective_at >= $3)
            ORDER BY o.effective_at DESC, o.created_at DESC, o.id DESC LIMIT {most.ToString(CultureInfo.InvariantCulture)}) x
        """)
    {
        Parameters =
        {
            new() { Value = patientId },
            new() { Value = SignCatalogue.Codes },
            new() { Value = (object?)since?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };
}

/// <summary>A measured value as it is kept.</summary>
internal sealed record VitalRow(
    Guid Id, string Code, decimal Value, string? Unit, DateTimeOffset At, string? By, Guid? EncounterId, string? Answer, Guid? Replaces,
    Guid? SetId, Guid? ById, bool InError, DateTimeOffset? ErrorAt, string? ErrorBy, string? ErrorReason);

/// <summary>Rows in the words and units of the practice, judged for the age that the patient had.</summary>
internal sealed class VitalValues(VitalPerson person, ClinicClock clock)
{
    /// <summary>Null where the unit is none that the sign comes in: such a value cannot be compared with any other.</summary>
    public VitalValue? Of(VitalRow row)
    {
        if (SignCatalogue.OfCode(row.Code) is not { } sign || sign.Own(row.Value, row.Unit) is not { } value)
        {
            return null;
        }

        var age = Age.On(clock.DayOf(row.At), person.Born, person.BornEstimated);
        return new VitalValue(row.Id, sign.Sign, sign.Name, value, sign.UnitInWords, VitalRanges.Judge(sign.Code, value, sign.Unit, age, person.Gender), row.At, row.By)
        {
            EncounterId = row.EncounterId,
            Limits = VitalRanges.For(sign.Code, sign.Unit, age, person.Gender)?.Limits,
            Answer = row.Answer,
            Replaces = row.Replaces,
            Error = row.InError ? new VitalError(row.ErrorAt ?? row.At, row.ErrorBy, row.ErrorReason ?? "Entered in error") : null,
        };
    }

    /// <summary>The values of each sign, oldest first, each with its change from the one before.</summary>
    public ILookup<VitalSign, VitalValue> BySign(IEnumerable<VitalRow> rows) => rows
        .Select(Of).OfType<VitalValue>()
        .GroupBy(v => v.Sign)
        .SelectMany(sign => WithChanges([.. sign.OrderBy(v => v.At).ThenBy(v => v.Id)]))
        .ToLookup(v => v.Sign);

    /// <summary>The latest value of each sign, in the order of the form.</summary>
    public IReadOnlyList<VitalValue> Latest(IEnumerable<VitalRow> rows)
    {
        var bySign = BySign(rows);
        return [.. Enum.GetValues<VitalSign>().Select(sign => bySign[sign].LastOrDefault()).OfType<VitalValue>()];
    }

    /// <summary>What was measured together: of one set, or taken over from elsewhere and of one instant.</summary>
    public IReadOnlyList<VitalSet> Sets(IEnumerable<VitalRow> rows) =>
    [
        .. rows.GroupBy(row => (row.At, row.SetId))
            .Select(set => (Rows: set.ToList(), Values: set.Select(Of).OfType<VitalValue>().OrderBy(v => v.Sign).ThenBy(v => v.Error is not null).ToList()))
            .Where(set => set.Values.Count > 0)
            .Select(set => new VitalSet(
                set.Rows[0].SetId ?? set.Rows[0].Id, person.Id, set.Rows[0].EncounterId, set.Rows[0].At, set.Rows[0].ById, set.Rows[0].By, set.Values)),
    ];

    private static IEnumerable<VitalValue> WithChanges(List<VitalValue> values)
        => values.Select((value, n) => n == 0 ? value : value with { Change = value.Value - values[n - 1].Value });
}
