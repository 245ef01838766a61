using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Tasks;
using Npgsql;

namespace DrAssistant.Data.Patients.Essentials;

/// <summary>Reads the answers of <see cref="EssentialsQuery"/>, in the order of the batch.</summary>
internal sealed class EssentialsReader(Guid patientId, ClinicClock clock)
{
    /// <summary>Null where the patient is not there or not to be seen.</summary>
    public async Task<PatientEssentials?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var people = await reader.ListAsync(VitalRows.PersonOf, cancellation);
        if (people is not [var person])
        {
            return null;
        }

        var vitals = new VitalValues(person, clock).Latest(await reader.ListAsync(VitalRows.Of, cancellation));
        var state = (await reader.ListAsync(row => (Status: row.Word<AllergiesStatus>(0), At: row.InstantOrNull(1)), cancellation)).Single();
        var allergies = AllergyLists.List(patientId, state.Status, state.At, await reader.ListAsync(Allergy, cancellation));
        var medicines = await reader.ListAsync(Medicine, cancellation);
        var stopped = await reader.ListAsync(row => (int)row.GetInt64(0), cancellation);
        var visits = await reader.ListAsync(Visit, cancellation);
        var results = await reader.ListAsync(Result, cancellation);
        var waiting = await reader.ListAsync(row => (int)row.GetInt64(0), cancellation);
        var tasks = await reader.ListAsync(Task, cancellation);
        var problems = await reader.ListAsync(row => new Problem(row.GetGuid(0), row.GetString(1), row.TextOrNull(2), row.InstantOrNull(3)), cancellation);
        return new PatientEssentials(
            patientId, allergies, medicines, stopped.Single(), visits.SingleOrDefault(), null, NotesReachable: false, vitals, results, waiting.Single(), tasks, problems);
    }

    private static AllergyRow Allergy(NpgsqlDataReader row) => new(row.Word<AllergyStatus>(1), new AllergyView(
        row.GetGuid(0), row.GetString(2), row.TextOrNull(3), AllergyLists.CategoryOf(row.TextOrNull(4)), row.Word<AllergyType>(5), row.TextOrNull(6),
        row.WordOrNull<AllergySeverity>(7), row.Instant(8), row.TextOrNull(9), row.TextOrNull(10)));

    private static ActiveMedicine Medicine(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.TextOrNull(5), row.TextOrNull(6), row.Day(7),
        row.IsDBNull(8) ? null : row.Day(8), row.GetString(9));

    private static LastVisit Visit(NpgsqlDataReader row)
        => new(row.GetGuid(0), row.Instant(1), row.GetString(2), row.TextOrNull(3), row.GetFieldValue<string[]>(4));

    private static LatestResult Result(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2),
        row.NumberOrNull(3) is { } number ? ResultText.Number(number) : row.TextOrNull(4) ?? "",
        UnitWords.Of(row.TextOrNull(5)), row.Word<ResultFlag>(6), row.Instant(7), !row.IsDBNull(8), [.. row.GetFieldValue<decimal[]>(11).Reverse()])
    {
        ReferenceLow = row.NumberOrNull(9),
        ReferenceHigh = row.NumberOrNull(10),
    };

    private TaskLine Task(NpgsqlDataReader row)
        => new(row.GetGuid(0), row.GetString(1), patientId, null, row.InstantOrNull(2), row.Word<TaskPriority>(3), row.Word<ClinicTaskStatus>(4));
}
