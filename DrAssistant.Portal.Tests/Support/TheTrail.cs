using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using Npgsql;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>What a test expects of the audit trail and of a door's answer.</summary>
internal static class TheTrail
{
    /// <summary>Exactly these events of this person, in this order, and nothing else.</summary>
    public static async Task AssertTrailAsync(this ClinicUnderTest clinic, ClinicPerson person, params string[] events)
        => Assert.Equal(events, (await clinic.TrailOfAsync(person)).Select(e => e.Event));

    /// <summary>The one event of this person, about one patient.</summary>
    public static async Task<AuditEvent> OnlyEventOfAsync(this ClinicUnderTest clinic, ClinicPerson person, string name, Guid? patient = null)
    {
        var entry = Assert.Single(await clinic.TrailOfAsync(person));
        Assert.Equal(name, entry.Event);
        Assert.Equal(patient, entry.PatientId);
        return entry;
    }

    /// <summary>The patients that one event says were shown.</summary>
    public static void AssertShown(this AuditEvent entry, params Guid[] patients)
        => Assert.Equal(patients.Order(), entry.PatientIds!.Order());

    /// <summary>Nothing was written at all: no event, nothing owed.</summary>
    public static async Task AssertNothingHappenedAsync(this ClinicUnderTest clinic, ClinicPerson person)
    {
        Assert.Empty(await clinic.TrailOfAsync(person));
        Assert.Empty(await clinic.OwedAsync());
    }

    /// <summary>No row of the trail holds this text, in a column or inside its bytes.</summary>
    public static async Task AssertNowhereInTheTrailAsync(this ClinicUnderTest clinic, string text)
    {
        await using var connection = new NpgsqlConnection(clinic.Connections.Worker);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var look = new NpgsqlCommand("""
            SELECT count(*) FROM audit_events e WHERE e::text ILIKE '%' || $1 || '%'
                OR position(convert_to($1, 'UTF8') IN coalesce(e.old_values, '') || coalesce(e.new_values, '')) > 0
            """, connection)
        {
            Parameters = { new() { Value = text } },
        };
        Assert.Equal(0L, await look.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    public static T Value<T>(this Result<T> result)
    {
        Assert.Null(result.Refusal);
        return result.Value!;
    }

    public static void AssertRefused<T>(this Result<T> result, RefusalKind kind) => Assert.Equal(kind, result.Refusal?.Kind);
}
