using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>
/// Where each kind of entry is found, for the statements of a timeline: <c>x</c> belongs to a visit, <c>y</c> and <c>z</c> hang on it. What was entered
/// in error is in none of them.
/// </summary>
internal static class TimelineSources
{
    public const string Diagnosed = "conditions x WHERE x.status <> 'entered_in_error'";

    /// <summary>A draft that its doctor gave up was never a prescription.</summary>
    public const string Prescribed = "prescriptions x JOIN prescription_items y ON y.prescription_id = x.id WHERE (x.signed_at IS NOT NULL OR x.cancelled_at IS NULL)";

    public const string Ordered = "orders x JOIN order_items y ON y.order_id = x.id WHERE true";
    public const string Found = """
        orders x JOIN order_items y ON y.order_id = x.id JOIN results z ON z.order_item_id = y.id
        WHERE z.superseded_by IS NULL AND z.status <> 'cancelled'
        """;

    public const string Observed = "observations x WHERE x.status <> 'entered_in_error'";
    public const string Done = "procedures x WHERE x.status <> 'entered_in_error'";
    public const string Immunized = "immunizations x WHERE x.status <> 'entered_in_error'";

    /// <summary>A document stands on its own day, at noon.</summary>
    public const string Kept = "patient_documents x WHERE x.status <> 'uploading' AND x.entered_in_error_at IS NULL";

    public static string Of(TimelineKind kind) => kind switch
    {
        TimelineKind.Diagnosis => Diagnosed,
        TimelineKind.Prescription => Prescribed,
        TimelineKind.Order => Ordered,
        TimelineKind.Result => Found,
        TimelineKind.Vitals => Observed,
        TimelineKind.Procedure => Done,
        TimelineKind.Immunization => Immunized,
        TimelineKind.Document => Kept,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Notes are not this database's to ask for."),
    };
}

/// <summary>Values of a statement, each with its number and type.</summary>
internal sealed class SqlValues
{
    private readonly List<(object Value, NpgsqlDbType Type)> _values = [];

    /// <summary>Keeps a value; the answer stands for it in the text: <c>$3</c>.</summary>
    public string Add(object value, NpgsqlDbType type)
    {
        _values.Add((value, type));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    /// <summary>A statement with all values; each has its type, so one that is not named disturbs nobody.</summary>
    public Npgsql.NpgsqlBatchCommand With(string sql)
    {
        var command = new Npgsql.NpgsqlBatchCommand(sql);
        _values.ForEach(v => command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = v.Value, NpgsqlDbType = v.Type }));
        return command;
    }
}
