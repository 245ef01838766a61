using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Npgsql;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>As many patients as a practice has, written by COPY: saved one by one, they would take longer than what they are needed for.</summary>
internal static class ManyPatients
{
    private static readonly DateOnly Born = new(1980, 1, 1);

    public static Task WriteAsync(ClinicUnderTest clinic, IEnumerable<(string First, string Last)> names, CancellationToken cancellation)
        => WriteAsync(clinic, [.. names.Select(name => (name.First, name.Last, Born, (string?)null))], cancellation);

    public static async Task WriteAsync(ClinicUnderTest clinic, IReadOnlyList<(string First, string Last, DateOnly Born, string? Phone)> people, CancellationToken cancellation)
    {
        var index = (BlindIndex)clinic.Services.GetService(typeof(BlindIndex))!;
        var ids = people.Select(_ => Guid.CreateVersion7()).ToList();
        await using var connection = new NpgsqlConnection(clinic.Connections.Superuser); // COPY does not go with policies
        await connection.OpenAsync(cancellation);
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY patients (id, first_name, last_name, date_of_birth, gender, phone_index, phone_tail_index) FROM STDIN (FORMAT binary)", cancellation))
        {
            foreach (var (id, (first, last, born, phone)) in ids.Zip(people))
            {
                await copy.WriteRowAsync(
                    cancellation, id, first, last, born, "female",
                    phone is null ? DBNull.Value : index.Of(BlindIndexPurpose.Phone, phone), phone is null ? DBNull.Value : index.Of(BlindIndexPurpose.PhoneLastDigits, phone[^4..]));
            }

            await copy.CompleteAsync(cancellation);
        }

        var terms = people.Select(p => (p.First, p.Last)).Distinct().ToDictionary(name => name, name => PatientNameIndex.Of(Guid.Empty, name.First, name.Last).Terms);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY patient_name_index (patient_id, terms) FROM STDIN (FORMAT binary)", cancellation))
        {
            foreach (var (id, (first, last, _, _)) in ids.Zip(people))
            {
                await copy.WriteRowAsync(cancellation, id, terms[(first, last)]);
            }

            await copy.CompleteAsync(cancellation);
        }

        await using var owner = new NpgsqlConnection(clinic.Connections.Owner);
        await owner.OpenAsync(cancellation);
        await using var analyze = new NpgsqlCommand("ANALYZE", owner);
        await analyze.ExecuteNonQueryAsync(cancellation);
    }
}
