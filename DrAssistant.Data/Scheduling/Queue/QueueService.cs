using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Queue;

internal sealed class QueueService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, TokenCounter tokens,
    DeskIdentity identity, ConsultingRooms rooms, QueueStory story, ClinicClock clock) : IQueue
{
    // Any number, the same in every portal: with the doctor it names the turn that calls take.
    private const int CallTurn = 0x6361_6C6C;
    private static readonly TimeSpan DoubleClick = TimeSpan.FromSeconds(5);

    public async Task<Result<PersonAtDesk>> IdentifyAsync(Guid appointmentId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await identity.OfAsync(db, appointmentId, cancellation) is not { } person)
        {
            return Refusal.NotFound("Appointment");
        }

        var patient = await db.Appointments.Where(a => a.Id == appointmentId).Select(a => a.PatientId).SingleAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "appointment.identify") { PatientId = patient, ResourceType = "appointment", ResourceId = appointmentId });
        await db.SaveChangesAsync(cancellation);
        return person;
    }

    public Task<Result<BookedVisit>> ArriveAsync(Guid appointmentId, CancellationToken cancellation) => ActAsync(
        new Deed("appointment.arrive", a => a is { ArrivedAt: not null, Status: AppointmentStatus.Scheduled or AppointmentStatus.Confirmed }),
        appointmentId,
        (_, a, me) => Task.FromResult(OnAnotherDay(a) ?? a.Arrive(me, clock.Now)),
        cancellation);

    public Task<Result<BookedVisit>> CheckInAsync(Guid appointmentId, IReadOnlyCollection<Identifier> confirmed, CancellationToken cancellation) => ActAsync(
        new Deed("appointment.check-in", a => a.Status is AppointmentStatus.CheckedIn)
        {
            Said = [new FieldChange("confirmed", null, string.Join(' ', confirmed.Distinct().Where(Enum.IsDefined).Order().Select(EnumText.Of)))],
        },
        appointmentId,
        async (db, a, me) => OnAnotherDay(a)
            ?? DeskIdentity.Judge((await identity.OfAsync(db, a.Id, cancellation))!, confirmed)
            ?? a.CheckIn(clock.Now, me, await tokens.NextAsync(db, a.DoctorId, a.StartTime, cancellation)),
        cancellation);

    public Task<Result<BookedVisit>> ToNurseAsync(Guid appointmentId, CancellationToken cancellation)
        => user.Role is StaffRole.Doctor
            ? Task.FromResult<Result<BookedVisit>>(Refusal.Forbidden)
            : ActAsync(
                new Deed("appointment.to-nurse", a => a is { Status: AppointmentStatus.CheckedIn, NurseSince: not null }),
                appointmentId,
                (_, a, me) => Task.FromResult(a.ToNurse(user.Role is StaffRole.Nurse ? me : null, me, clock.Now)),
                cancellation);

    public Task<Result<BookedVisit>> PutBackAsync(Guid appointmentId, bool vitalsDone, CancellationToken cancellation) => ActAsync(
        new Deed("appointment.put-back", a => a is { Status: AppointmentStatus.CheckedIn, NurseSince: null, CalledAt: null } && a.ChangedAt > a.CheckInTime),
        appointmentId,
        (_, a, me) => Task.FromResult(a.PutBack(vitalsDone, me, clock.Now)),
        cancellation);

    public Task<Result<BookedVisit>> CallAgainAsync(Guid appointmentId, CancellationToken cancellation) => ActAsync(
        new Deed("appointment.call-again", a => a is { Status: AppointmentStatus.CheckedIn, Calls: > 1 } && clock.Now - a.CalledAt < DoubleClick),
        appointmentId,
        (_, a, me) => Task.FromResult(a.CallAgain(me, clock.Now)),
        cancellation);

    public Task<Result<BookedVisit>> SkipAsync(Guid appointmentId, CancellationToken cancellation) => ActAsync(
        new Deed("appointment.skip", a => a is { Status: AppointmentStatus.CheckedIn, NurseSince: null, CalledAt: null, SkippedAt: not null }),
        appointmentId,
        (_, a, me) => Task.FromResult(a.Skip(me, clock.Now)),
        cancellation);

    public async Task<Result<BookedVisit>> CallNextAsync(Guid doctorId, Guid expected, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (user.Role is StaffRole.Doctor && doctorId != me)
        {
            return Refusal.Invalid("This queue is another doctor's.");
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // Calls of one doctor take turns until they commit: whoever comes second sees whom the first has called.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({CallTurn}, hashtext({doctorId.ToString()}))", cancellation);
        var visits = await TodayOfAsync(db, doctorId, cancellation);
        var line = CallOrder.Of(visits);
        if (await db.Appointments.SingleOrDefaultAsync(a => a.Id == expected && a.DoctorId == doctorId, cancellation) is not { } wanted)
        {
            return Refusal.NotFound("Appointment");
        }

        if (wanted is { Status: AppointmentStatus.CheckedIn, CalledAt: not null } && wanted.CalledBy == me)
        {
            return (await BookedVisits.OneAsync(db, clock, expected, cancellation))!; // a second click
        }

        if (await NotNextAsync(db, wanted, visits, line, cancellation) is { } refusal)
        {
            return refusal;
        }

        if (wanted.Call(await rooms.NowAsync(db, doctorId, cancellation), me, clock.Now) is { } late)
        {
            return late;
        }

        var deed = new Deed("appointment.call", a => a is { Status: AppointmentStatus.CheckedIn, CalledAt: not null });
        Note(db, wanted, deed);
        return await SaveAsync(db, deed, wanted.Id, me, cancellation);
    }

    private Refusal? OnAnotherDay(Appointment appointment)
        => clock.DayOf(appointment.StartTime) == clock.Today
            ? null
            : Refusal.Invalid($"This appointment is on {ClinicFormat.DateWithWeekday(clock.DayOf(appointment.StartTime))}. Move it to today first.");

    private async Task<IReadOnlyList<BookedVisit>> TodayOfAsync(ClinicDb db, Guid doctorId, CancellationToken cancellation)
    {
        var (from, to) = clock.DayBounds(clock.Today);
        return (await BookedVisits.BetweenAsync(db, clock, from, to, doctorId, cancellation)).ConvertAll(v => v.Visit);
    }

    /// <summary>Who was next on the screen need not be next any more.</summary>
    private async Task<Refusal?> NotNextAsync(
        ClinicDb db, Appointment wanted, IReadOnlyList<BookedVisit> visits, IReadOnlyList<BookedVisit> line, CancellationToken cancellation)
    {
        var next = line.Count == 0 ? "Nobody else is waiting." : $"Next is {line[0].Token}.";
        if (line.All(v => v.AppointmentId != wanted.Id))
        {
            return Refusal.Conflict($"{await story.OfAsync(db, wanted, cancellation)} {next}");
        }

        if (visits.FirstOrDefault(v => v.Place is QueuePlace.Called) is { } onTheWay)
        {
            var called = await db.Appointments.SingleAsync(a => a.Id == onTheWay.AppointmentId, cancellation);
            return Refusal.Conflict($"{await story.OfAsync(db, called, cancellation)} Call again or skip first.");
        }

        return line[0].AppointmentId == wanted.Id ? null : Refusal.Conflict($"{line[0].Token} comes before {wanted.Token} now. {next}");
    }

    private async Task<Result<BookedVisit>> ActAsync(
        Deed deed, Guid appointmentId, Func<ClinicDb, Appointment, Guid, Task<Refusal?>> verb, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Appointments.SingleOrDefaultAsync(a => a.Id == appointmentId, cancellation) is not { } appointment)
        {
            return Refusal.NotFound("Appointment");
        }

        if (user.Role is StaffRole.Doctor && appointment.DoctorId != me)
        {
            return Refusal.Invalid("This appointment is with another doctor.");
        }

        if (deed.IsDone(appointment) && appointment.ChangedBy == me)
        {
            return (await BookedVisits.OneAsync(db, clock, appointmentId, cancellation))!; // a second click
        }

        if (await verb(db, appointment, me) is { } refusal)
        {
            return refusal.Kind is RefusalKind.Conflict ? Refusal.Conflict(await story.OfAsync(db, appointment, cancellation)) : refusal;
        }

        Note(db, appointment, deed);
        return await SaveAsync(db, deed, appointmentId, me, cancellation);
    }

    private void Note(ClinicDb db, Appointment appointment, Deed deed)
    {
        var changed = db.Entry(appointment).Properties.Where(p => p.IsModified)
            .Select(p => new FieldChange(p.Metadata.GetColumnName(), Text(p.OriginalValue), Text(p.CurrentValue)));
        audit.Add(db, new AuditEntry(AuditAction.Update, deed.Event)
        {
            PatientId = appointment.PatientId,
            ResourceType = "appointment",
            ResourceId = appointment.Id,
            Changes = [.. changed, .. deed.Said],
        });
        outbox.Add(db, "appointment.changed", appointment.Id, appointment.PatientId, new Dictionary<string, string> { ["user"] = appointment.DoctorId.ToString() });
    }

    private async Task<Result<BookedVisit>> SaveAsync(ClinicDb db, Deed deed, Guid appointmentId, Guid me, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            await db.Database.CommitTransactionAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await AfterALostRaceAsync(deed, appointmentId, me, cancellation);
        }

        return (await BookedVisits.OneAsync(db, clock, appointmentId, cancellation))!;
    }

    /// <summary>Whoever lost is told who was faster; two clicks of one person are one.</summary>
    private async Task<Result<BookedVisit>> AfterALostRaceAsync(Deed deed, Guid appointmentId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == appointmentId, cancellation) is not { } now)
        {
            return Refusal.NotFound("Appointment");
        }

        return deed.IsDone(now) && now.ChangedBy == me
            ? (await BookedVisits.OneAsync(db, clock, appointmentId, cancellation))!
            : Refusal.Conflict(await story.OfAsync(db, now, cancellation));
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        AppointmentStatus status => EnumText.Of(status),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>What is done, how one sees that it is done already, and what else the trail should say.</summary>
    private sealed record Deed(string Event, Func<Appointment, bool> IsDone)
    {
        public IReadOnlyCollection<FieldChange> Said { get; init; } = [];
    }
}
