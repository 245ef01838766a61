using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>Reads the answers of <see cref="TimelineContents"/>, in its order.</summary>
internal sealed class TimelineReader(PatientFacts patient, DocumentVault vault, ClinicClock clock)
{
    public async Task<TimelineRows> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var entries = new List<Placed>();
        entries.AddRange(await DiagnosesAsync(reader, cancellation));
        entries.AddRange(await MedicinesAsync(reader, cancellation));
        entries.AddRange(await OrdersAsync(reader, cancellation));
        entries.AddRange(await ResultsAsync(reader, cancellation));
        entries.AddRange(await ResultsAsync(reader, cancellation));
        entries.AddRange(await VitalsAsync(reader, cancellation));
        entries.AddRange(await VitalsAsync(reader, cancellation));
        entries.AddRange(await ProceduresAsync(reader, cancellation));
        entries.AddRange(await ImmunizationsAsync(reader, cancellation));
        entries.AddRange(await DocumentsAsync(reader, cancellation));
        entries.AddRange(await DocumentsAsync(reader, cancellation));
        var inError = await reader.ListAsync(row => (Place: row.GetGuid(0), Count: row.GetInt32(1)), cancellation);
        return new TimelineRows(entries.ToLookup(e => e.Place, e => e.Entry), inError.ToDictionary(e => e.Place, e => e.Count));
    }

    private static async Task<IEnumerable<Placed>> DiagnosesAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        => (await reader.ListAsync(
                row => (Place: row.GetGuid(0), At: row.Instant(1), Part: new TimelinePart(row.GetString(2), row.TextOrNull(3))), cancellation))
            .GroupBy(d => d.Place)
            .Select(g => new Placed(g.Key, new TimelineEntry(TimelineKind.Diagnosis, g.First().At, "Diagnosis", null, [.. g.Select(d => d.Part)])));

    private static async Task<IEnumerable<Placed>> MedicinesAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        => (await reader.ListAsync(
                row => (
                    Place: row.GetGuid(0), At: row.Instant(1), Prescription: row.GetGuid(2), Status: row.Word<PrescriptionStatus>(3),
                    Part: new TimelinePart(row.GetString(4), Sig(row))),
                cancellation))
            .GroupBy(m => (m.Place, m.Prescription))
            .Select(g => new Placed(g.Key.Place, new TimelineEntry(
                TimelineKind.Prescription, g.First().At, "Prescription", EnumText.Of(g.First().Status), [.. g.Select(m => m.Part)]) { SubjectId = g.Key.Prescription }));

    private static string Sig(NpgsqlDataReader row)
        => string.Join(", ", new[] { row.GetString(5), row.GetString(6), row.TextOrNull(7), row.IsDBNull(8) ? null : "stopped" }
            .Where(part => !string.IsNullOrEmpty(part)));

    private static async Task<IEnumerable<Placed>> OrdersAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        => (await reader.ListAsync(
                row => (
                    Place: row.GetGuid(0), At: row.Instant(1), Order: row.GetGuid(2), Status: row.Word<OrderStatus>(3),
                    Type: row.Word<OrderType>(4), Part: new TimelinePart(row.GetString(5))),
                cancellation))
            .GroupBy(o => (o.Place, o.Order))
            .Select(g => new Placed(g.Key.Place, new TimelineEntry(
                TimelineKind.Order, g.First().At, Words(g.First().Type), EnumText.Of(g.First().Status), [.. g.Select(o => o.Part)]) { SubjectId = g.Key.Order }));

    private static string Words(OrderType type) => type switch
    {
        OrderType.Lab => "Laboratory order",
        OrderType.Imaging => "Imaging order",
        OrderType.Procedure => "Procedure order",
        _ => "Referral",
    };

    private static async Task<IEnumerable<Placed>> ResultsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        => (await reader.ListAsync(
                row => (
                    Place: row.GetGuid(0), At: row.Instant(1),
                    Part: new TimelinePart(row.GetString(2), Value(row, 3), UnitWords.Of(row.TextOrNull(5)), row.Word<ResultFlag>(6)),
                    Reviewed: !row.IsDBNull(7)),
                cancellation))
            .GroupBy(r => r.Place)
            .Select(g => new Placed(g.Key, new TimelineEntry(
                TimelineKind.Result, g.Max(r => r.At), "Results", g.All(r => r.Reviewed) ? "reviewed" : "not_reviewed", [.. g.Select(r => r.Part)])));

    private async Task<IEnumerable<Placed>> VitalsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = await reader.ListAsync(
            row => new ObservationRow(
                row.GetGuid(0), row.Instant(1), row.GetString(2), row.GetString(3), row.NumberOrNull(4), row.TextOrNull(5),
                row.TextOrNull(6), row.GetString(7)),
            cancellation);
        return rows.GroupBy(o => o.Place).Select(g => new Placed(g.Key, Observed([.. g])));
    }

    /// <summary>Vital signs in the words of the practice, everything else as it was recorded.</summary>
    private TimelineEntry Observed(List<ObservationRow> rows)
    {
        var isVital = rows.ToLookup(r => r.Category == "vital-signs" && r.Number is not null);
        var readings = isVital[true].Select(r => new VitalReading(patient.Id, r.Code, r.Name, r.Number!.Value, r.Unit, r.At, null)).ToList();
        var words = VitalWords.Of(readings, Age.On(clock.DayOf(rows[0].At), patient.Born), patient.Gender)
            .Select(v => new TimelinePart(v.Name, v.Value, null, v.Flag));
        var others = isVital[false].Concat(isVital[true].Where(r => !VitalWords.Knows(r.Code)))
            .Select(r => new TimelinePart(r.Name, r.Number is { } n ? ClinicFormat.Number(Math.Round(n, 2)) : r.Text, UnitWords.Of(r.Unit), ResultFlag.Unknown));
        return new TimelineEntry(TimelineKind.Vitals, rows.Max(r => r.At), readings.Count > 0 ? "Vitals" : "Observations", null, [.. words, .. others]);
    }

    private static async Task<IEnumerable<Placed>> ProceduresAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        => (await reader.ListAsync(
                row => (Place: row.GetGuid(0), At: row.Instant(1), Part: new TimelinePart(row.GetString(2), row.TextOrNull(3))), cancellation))
            .GroupBy(p => p.Place)
            .Select(g => new Placed(g.Key, new TimelineEntry(TimelineKind.Procedure, g.First().At, "Procedures", null, [.. g.Select(p => p.Part)])));

    private static async Task<IEnumerable<Placed>> ImmunizationsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        => (await reader.ListAsync(
                row => (
                    Place: row.GetGuid(0), At: row.Instant(1),
                    Part: new TimelinePart(row.GetString(2), row.Word<ImmunizationStatus>(3) == ImmunizationStatus.NotDone ? "not given" : null)),
                cancellation))
            .GroupBy(i => i.Place)
            .Select(g => new Placed(g.Key, new TimelineEntry(TimelineKind.Immunization, g.First().At, "Immunisations", null, [.. g.Select(i => i.Part)])));

    private async Task<IEnumerable<Placed>> DocumentsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
        => (await reader.ListAsync(
                row => (
                    Place: row.GetGuid(0), At: row.Instant(1), Id: row.GetGuid(2), Kind: row.Word<DocumentCategory>(3),
                    Part: new TimelinePart(vault.Title(row.GetGuid(2), row.GetFieldValue<byte[]>(4)))),
                cancellation))
            .Select(d => new Placed(d.Place, new TimelineEntry(TimelineKind.Document, d.At, DocumentTypes.NameOf(d.Kind), null, [d.Part]) { SubjectId = d.Id }));

    private static string? Value(NpgsqlDataReader row, int number)
        => row.NumberOrNull(number) is { } value ? ResultText.Number(value) : row.TextOrNull(number + 1);

    private sealed record Placed(Guid Place, TimelineEntry Entry);

    private sealed record ObservationRow(
        Guid Place, DateTimeOffset At, string Code, string Name, decimal? Number, string? Text, string? Unit, string Category);
}

/// <summary>What judging a vital sign needs of the patient.</summary>
internal sealed record PatientFacts(Guid Id, DateOnly Born, Gender Gender);

/// <summary>What places hold, and of how much of each it is said that it was entered in error.</summary>
internal sealed record TimelineRows(ILookup<Guid, TimelineEntry> Entries, IReadOnlyDictionary<Guid, int> InError);
