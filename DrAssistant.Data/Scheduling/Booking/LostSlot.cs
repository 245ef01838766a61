using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>A try that came second: written down as refused, answered with who has the time and what else is free.</summary>
internal sealed class LostSlot(IDbContextFactory<ClinicDb> clinic, AuditTrail audit, Overtaken words, SlotFinder slots)
{
    /// <summary>The refusal with its way out, after the try is in the audit trail.</summary>
    /// <param name="wanted">The appointment as it would stand.</param>
    /// <param name="tried">The act, as the audit trail names it.</param>
    /// <param name="nothing">What did not happen: "Nothing was booked."</param>
    public async Task<Refusal> TellAsync(Appointment wanted, string tried, string nothing, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var why = await WhyAsync(db, wanted, cancellation);
        audit.Add(db, new AuditEntry(tried is "appointment.book" ? AuditAction.Create : AuditAction.Update, tried)
        {
            PatientId = wanted.PatientId,
            ResourceType = "appointment",
            ResourceId = wanted.Id,
            Outcome = AuditOutcome.Refused,
            Reason = "The time was taken.",
        });
        await db.SaveChangesAsync(cancellation);
        var minutes = (int)(wanted.EndTime - wanted.StartTime).TotalMinutes;
        return new SlotTaken($"{why} {nothing}", await slots.InsteadAsync(wanted.DoctorId, minutes, wanted.StartTime, cancellation));
    }

    /// <summary>Who stands in the way: "11:00 was taken by Asha at 10:31."</summary>
    public async Task<string> WhyAsync(ClinicDb db, Appointment wanted, CancellationToken cancellation)
    {
        var inTheWay = InTheWay(db, wanted);
        if (await inTheWay.Where(a => a.DoctorId == wanted.DoctorId).OrderBy(a => a.StartTime).FirstOrDefaultAsync(cancellation) is { } holder)
        {
            var by = await words.ByWhomAsync(db, holder.PlacedBy, cancellation);
            return $"{Span(holder, wanted)} was taken{by} {words.When(holder.PlacedAt)}.";
        }

        if (await inTheWay.Where(a => a.PatientId == wanted.PatientId).OrderBy(a => a.StartTime).FirstOrDefaultAsync(cancellation) is { } other)
        {
            var name = await db.PatientNames.AsNoTracking().Where(n => n.PatientId == wanted.PatientId).Select(n => new PersonName(n.FirstName, n.LastName)).SingleAsync(cancellation);
            var doctor = StaffWords.Short(await db.Users.Where(u => u.Id == other.DoctorId).Select(u => u.FullName).SingleAsync(cancellation));
            var by = await words.ByWhomAsync(db, other.PlacedBy, cancellation);
            return $"{name.Spoken} is with {doctor} from {words.Time(other.StartTime)} to {words.Time(other.EndTime)}, booked{by} {words.When(other.PlacedAt)}.";
        }

        // Gone again meanwhile, or in a colleague's list that a doctor may not read.
        return $"{words.Time(wanted.StartTime)} is taken.";
    }

    /// <summary>What the exclusion constraints would hold against it, as far as the person who asks may see.</summary>
    public static IQueryable<Appointment> InTheWay(ClinicDb db, Appointment wanted)
        => db.Appointments.AsNoTracking().Where(a => a.Id != wanted.Id
            && (a.DoctorId == wanted.DoctorId || a.PatientId == wanted.PatientId)
            && a.StartTime < wanted.EndTime && wanted.StartTime < a.EndTime
            && a.AppointmentType != AppointmentType.Urgent && a.Status != AppointmentStatus.Cancelled && a.Status != AppointmentStatus.NoShow);

    private string Span(Appointment holder, Appointment wanted)
        => holder.StartTime == wanted.StartTime ? words.Time(holder.StartTime) : $"{words.Time(holder.StartTime)} to {words.Time(holder.EndTime)}";
}
