using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>What has to be known before somebody is put into the book.</summary>
/// <param name="InCare">Whether a doctor who books has the patient in their care; true for those who book anybody.</param>
internal sealed record BookingFacts(PatientName? Patient, BookingDoctor? Doctor, DoctorCalendar Calendar, bool InCare)
{
    /// <summary>As if the doctor were always there in their hours.</summary>
    public BookingFacts WithoutLeave() => this with { Calendar = Calendar.WithoutLeave() };
}

internal sealed record BookingDoctor(Guid Id, string FullName, string? Specialty, bool SeesPatients)
{
    public string Short => StaffWords.Short(FullName);
}

/// <summary>Reads them in one round trip. What is booked is not among them: whether a slot is free only the constraint can say.</summary>
internal sealed class BookingFactsReader(SecuredBatch batch, ICurrentUser user, ClinicClock clock)
{
    private const string Patient = """
        SELECT patient_id, mrn, first_name, last_name, date_of_birth, date_of_birth_estimated, gender, status, deceased, survivor_id
        FROM patient_names WHERE patient_id = $1
        """;

    private const string Doctor = "SELECT id, full_name, specialty, role = 'doctor' AND status = 'active' FROM users WHERE id = $1";

    private const string Hours = "SELECT weekday, start_time, end_time, slot_minutes, room FROM working_hours WHERE doctor_id = $1";

    private const string Leave = "SELECT from_time, to_time FROM doctor_leave WHERE doctor_id = $1 AND to_time > $2 AND from_time < $3";

    private const string Holidays = "SELECT day, name FROM practice_holidays WHERE day BETWEEN $1 AND $2";

    // The same question as the policy appointments_book: a broken glass is no reason to book.
    private const string InCare = "SELECT EXISTS (SELECT FROM care_team WHERE patient_id = $1 AND user_id = $2 AND until IS NULL)";

    public Task<BookingFacts> ReadAsync(Guid patientId, Guid doctorId, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        // A visit that begins late in the evening may reach into leave that begins at midnight.
        var (from, to) = (clock.DayBounds(first).From, clock.DayBounds(last.AddDays(1)).To);
        List<NpgsqlBatchCommand> commands =
        [
            Command(Patient, patientId), Command(Doctor, doctorId), Command(Hours, doctorId), Command(Leave, doctorId, from, to), Command(Holidays, first, last),
        ];
        if (user.Role is StaffRole.Doctor)
        {
            commands.Add(Command(InCare, patientId, user.Id!.Value));
        }

        return batch.ReadAsync(commands, ReadAsync, cancellation);
    }

    private async Task<BookingFacts> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var patients = await reader.ListAsync(PatientOf, cancellation);
        var doctors = await reader.ListAsync(
            row => new BookingDoctor(row.GetGuid(0), row.GetString(1), row.TextOrNull(2), row.GetBoolean(3)), cancellation);
        var hours = await reader.ListAsync(
            row => new WeekStretch((DayOfWeek)row.GetInt16(0), row.GetFieldValue<TimeOnly>(1), row.GetFieldValue<TimeOnly>(2), row.GetInt16(3), row.TextOrNull(4)),
            cancellation);
        var leave = await reader.ListAsync(row => new Period(row.Instant(0), row.Instant(1)), cancellation);
        var holidays = (await reader.ListAsync(row => (Day: row.Day(0), Name: row.GetString(1)), cancellation)).ToDictionary(h => h.Day, h => h.Name);
        var inCare = user.Role is not StaffRole.Doctor || (await reader.ListAsync(row => row.GetBoolean(0), cancellation)).Single();
        return new BookingFacts(patients.SingleOrDefault(), doctors.SingleOrDefault(), new DoctorCalendar(clock, hours, leave, holidays), inCare);
    }

    private static PatientName PatientOf(NpgsqlDataReader row) => new()
    {
        PatientId = row.GetGuid(0),
        Mrn = row.TextOrNull(1),
        FirstName = row.GetString(2),
        LastName = row.GetString(3),
        DateOfBirth = row.Day(4),
        DateOfBirthEstimated = row.GetBoolean(5),
        Gender = row.Word<Gender>(6),
        Status = row.Word<PatientStatus>(7),
        Deceased = row.GetBoolean(8),
        SurvivorId = row.GetGuid(9),
    };

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
