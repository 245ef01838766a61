using DrAssistant.Data.Alerts;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>
/// Puts rows into a test's clinic the way background work would: what the database does by itself (care teams, names) happens,
/// and no person has acted yet.
/// </summary>
internal sealed class Given(ClinicUnderTest clinic)
{
    public const string Loinc = "http://loinc.org";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<ClinicPerson> DoctorAsync(string name = "Asha Rao") => StaffAsync(StaffRole.Doctor, name);

    /// <summary>A doctor of a specialty who works 09:00 to 13:00 and 14:00 to 17:00, Monday to Saturday, in quarter hours.</summary>
    public async Task<ClinicPerson> WorkingDoctorAsync(string name = "Dr. Asha Rao", string? specialty = "General medicine")
    {
        var doctor = await StaffAsync(StaffRole.Doctor, name, specialty: specialty);
        await HoursAsync(doctor, "09:00", "13:00");
        await HoursAsync(doctor, "14:00", "17:00");
        return doctor;
    }

    /// <summary>A stretch of the doctor's week, on every day but Sunday.</summary>
    public Task HoursAsync(ClinicPerson doctor, string from, string to, short slot = 15, DayOfWeek[]? on = null) => SaveAsync(
        [.. (on ?? [.. Enum.GetValues<DayOfWeek>().Where(d => d != DayOfWeek.Sunday)]).Select(weekday => new WorkingHours
        {
            Id = Guid.CreateVersion7(),
            DoctorId = doctor.Id,
            Weekday = weekday,
            StartTime = TimeOnly.Parse(from, null),
            EndTime = TimeOnly.Parse(to, null),
            SlotMinutes = slot,
            Room = "Room 1",
        })]);

    public Task LeaveAsync(ClinicPerson doctor, DateTimeOffset from, DateTimeOffset to) => SaveAsync(new DoctorLeave
    {
        Id = Guid.CreateVersion7(),
        DoctorId = doctor.Id,
        FromTime = from,
        ToTime = to,
        Reason = "Family wedding",
    });

    public Task<ClinicPerson> NurseAsync(string name = "Nila Das") => StaffAsync(StaffRole.Nurse, name);

    public Task<ClinicPerson> ReceptionistAsync(string name = "Devi Nair") => StaffAsync(StaffRole.Receptionist, name);

    public Task<ClinicPerson> AdminAsync(string name = "Omar Khan") => StaffAsync(StaffRole.Admin, name);

    public async Task<ClinicPerson> StaffAsync(StaffRole role, string name, StaffStatus status = StaffStatus.Active, string? specialty = null)
    {
        var id = Guid.CreateVersion7();
        var user = $"u{id:N}";
        await SaveAsync(new StaffMember
        {
            Id = id,
            UserName = user,
            NormalizedUserName = user.ToUpperInvariant(),
            Email = $"{user}@clinic.example",
            NormalizedEmail = $"{user}@clinic.example".ToUpperInvariant(),
            FullName = name,
            Role = role,
            Status = status,
            Specialty = specialty,
            PasswordHash = "-",
        });
        return new ClinicPerson(id, role, name);
    }

    public async Task<Guid> PatientAsync(
        string firstName = "Meera", string lastName = "Nair", string born = "1980-02-01", Gender gender = Gender.Female,
        PatientContact? contact = null, Action<Patient>? with = null)
    {
        await using var system = clinic.AsSystem();
        var patient = new Patient
        {
            Id = Guid.CreateVersion7(),
            FirstName = firstName,
            LastName = lastName,
            DateOfBirth = DateOnly.Parse(born, null),
            Gender = gender,
        };
        system.Get<PatientVault>().Seal(patient, contact ?? new PatientContact());
        with?.Invoke(patient);
        await SaveAsync(patient, PatientNameIndex.Of(patient.Id, firstName, lastName));
        return patient.Id;
    }

    /// <summary>A lasting place on the care team.</summary>
    public Task CareAsync(ClinicPerson person, Guid patient) => SaveAsync(new CareTeamMember
    {
        Id = Guid.CreateVersion7(),
        PatientId = patient,
        UserId = person.Id,
        Reason = CareReason.Colleague,
        Since = clinic.Clock.Now,
    });

    /// <summary>Fifteen minutes from <paramref name="start"/>; the doctor joins the patient's care team.</summary>
    public Task<Guid> AppointmentAsync(
        ClinicPerson doctor, Guid patient, string start, AppointmentStatus status = AppointmentStatus.Scheduled,
        AppointmentType type = AppointmentType.InPerson, string? checkedIn = null, int daysAhead = 0)
        => AppointmentAsync(doctor, patient, clinic.At(start, daysAhead), status, type, checkedIn is null ? null : clinic.At(checkedIn, daysAhead));

    public async Task<Guid> AppointmentAsync(
        ClinicPerson doctor, Guid patient, DateTimeOffset start, AppointmentStatus status = AppointmentStatus.Scheduled,
        AppointmentType type = AppointmentType.InPerson, DateTimeOffset? checkedIn = null)
    {
        var appointment = new Appointment
        {
            Id = Guid.CreateVersion7(),
            DoctorId = doctor.Id,
            PatientId = patient,
            StartTime = start,
            EndTime = start.AddMinutes(15),
            AppointmentType = type,
            Reason = "Cough",
            CheckInTime = checkedIn,
        };
        await SaveAsync(appointment, (nameof(Appointment.Status), status));
        return appointment.Id;
    }

    public async Task<Guid> EncounterAsync(
        ClinicPerson doctor, Guid patient, DateTimeOffset start, EncounterStatus status = EncounterStatus.Completed,
        string? complaint = null, Guid? appointment = null)
    {
        var encounter = new Encounter
        {
            Id = Guid.CreateVersion7(),
            AppointmentId = appointment,
            DoctorId = doctor.Id,
            PatientId = patient,
            EncounterType = EncounterType.OfficeVisit,
            StartTime = start,
            ChiefComplaint = complaint,
            Status = status,
        };
        await SaveAsync(encounter);
        return encounter.Id;
    }

    public Task VitalAsync(
        Guid patient, string code, decimal value, string unit, DateTimeOffset at, Guid? encounter = null, ClinicPerson? by = null,
        RecordStatus status = RecordStatus.Final) => SaveAsync(new Observation
    {
        Id = Guid.CreateVersion7(),
        PatientId = patient,
        EncounterId = encounter,
        Category = "vital-signs",
        Code = code,
        CodeSystem = Loinc,
        Name = code,
        ValueNumber = value,
        Unit = unit,
        EffectiveAt = at,
        RecordedBy = by?.Id,
        Status = status,
    });

    public Task ConditionAsync(Guid patient, string name, ConditionStatus status = ConditionStatus.Active, Guid? encounter = null)
        => SaveAsync(new Condition
        {
            Id = Guid.CreateVersion7(),
            PatientId = patient,
            EncounterId = encounter,
            Name = name,
            Status = status,
            RecordedAt = clinic.Clock.Now,
        });

    /// <summary>An order of one test with its value, in a visit of its own.</summary>
    public async Task<Guid> ResultAsync(
        ClinicPerson doctor, Guid patient, string test, decimal value, ResultFlag flag = ResultFlag.Normal, DateTimeOffset? at = null,
        ResultStatus status = ResultStatus.Final, ClinicPerson? reviewedBy = null, Guid? encounter = null, string unit = "%", DateTimeOffset? reported = null)
    {
        var when = at ?? clinic.Clock.Now.AddHours(-1);
        var visit = encounter ?? await EncounterAsync(doctor, patient, when);
        var item = new OrderItem { Id = Guid.CreateVersion7(), OrderId = Guid.CreateVersion7(), PatientId = patient, ItemCode = test, ItemName = test };
        await SaveAsync(new Order
        {
            Id = item.OrderId,
            EncounterId = visit,
            PatientId = patient,
            DoctorId = doctor.Id,
            OrderType = OrderType.Lab,
            Items = [item],
        });
        var result = new OrderResult
        {
            Id = Guid.CreateVersion7(),
            OrderItemId = item.Id,
            PatientId = patient,
            Code = test,
            CodeSystem = Loinc,
            Name = test,
            ValueNumber = value,
            Unit = unit,
            Flag = flag,
            Status = status,
            EffectiveAt = when,
            IssuedAt = reported ?? when,
            ReviewedBy = reviewedBy?.Id,
            ReviewedAt = reviewedBy is null ? null : clinic.Clock.Now,
        };
        await SaveAsync(result);
        return result.Id;
    }

    public async Task<Guid> TaskAsync(
        ClinicPerson assignedTo, string title = "Call the patient", TaskPriority priority = TaskPriority.Medium, Guid? patient = null,
        DateTimeOffset? due = null, ClinicTaskStatus status = ClinicTaskStatus.Pending, ClinicPerson? createdBy = null)
    {
        var task = new ClinicTask
        {
            Id = Guid.CreateVersion7(),
            Title = title,
            AssignedTo = assignedTo.Id,
            CreatedBy = (createdBy ?? assignedTo).Id,
            PatientId = patient,
            DueDate = due,
            Priority = priority,
            TaskType = TaskType.FollowUp,
        };
        await SaveAsync(task, (nameof(ClinicTask.Status), status));
        return task.Id;
    }

    public async Task<Guid> AlertAsync(
        ClinicPerson to, AlertSeverity severity = AlertSeverity.Medium, Guid? patient = null, DateTimeOffset? at = null, string title = "A result is here")
    {
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(),
            UserId = to.Id,
            PatientId = patient,
            AlertType = AlertType.LabResult,
            Severity = severity,
            Title = title,
            Message = "Look at it",
            CreatedAt = at ?? clinic.Clock.Now,
        };
        await SaveAsync(alert);
        await clinic.RunAsync("DELETE FROM outbox_messages WHERE subject_id = $1", alert.Id); // it was told of long ago
        return alert.Id;
    }

    public async Task<Guid> NoteAsync(
        ClinicPerson doctor, Guid patient, Guid encounter, SoapContent content, DateTimeOffset at, NoteStatus status = NoteStatus.Draft)
    {
        await using var system = clinic.AsSystem();
        var note = new ClinicalNote
        {
            Id = Guid.CreateVersion7(),
            EncounterId = encounter,
            PatientId = patient,
            DoctorId = doctor.Id,
            CreatedAt = at,
            UpdatedAt = at,
            Status = status,
            Content = content,
        };
        Assert.True(await system.Get<NoteStore>().TryAddAsync(note, Cancellation));
        return note.Id;
    }

    public Task SaveAsync(params object[] rows) => clinic.BehindAsync(db =>
    {
        db.AddRange(rows);
        return db.SaveChangesAsync(Cancellation);
    });

    /// <summary>A row in a state that its verbs would lead to, without going through them.</summary>
    private Task SaveAsync(object row, (string Property, object Value) state) => clinic.BehindAsync(db =>
    {
        db.Add(row).Property(state.Property).CurrentValue = state.Value;
        return db.SaveChangesAsync(Cancellation);
    });
}
