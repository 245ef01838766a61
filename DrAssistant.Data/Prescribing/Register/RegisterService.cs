using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Register;

internal sealed class RegisterService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IPrescriptionRegister
{
    private const int MostDays = 366;
    private const int MostShown = 500;
    private const int MostExported = 10_000;

    public async Task<Result<H1Register>> H1Async(H1Query query, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadH1Register))
        {
            return Refusal.Forbidden;
        }

        if (Period(query.From, query.To) is { } refusal)
        {
            return refusal;
        }

        var (from, to) = (clock.DayBounds(query.From).From, clock.DayBounds(query.To).To);
        var most = query.ForExport ? MostExported : MostShown;
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await (from line in db.H1Register.AsNoTracking()
                          join name in db.PatientNames on line.PatientId equals name.PatientId
                          where line.SignedAt >= @from && line.SignedAt < to
                          orderby line.SignedAt descending, line.Id descending
                          select new { Line = line, name.FirstName, name.LastName, name.Mrn }).Take(most + 1).ToListAsync(cancellation);
        var entries = rows.Take(most).Select(r => new H1Entry(
            r.Line.PrescriptionId, r.Line.SignedAt, r.Line.Prescriber, r.Line.RegistrationNumber, r.Line.PatientId, new PersonName(r.FirstName, r.LastName).Listed, r.Mrn,
            r.Line.Medicine, r.Line.Strength, r.Line.Quantity, r.Line.CancelledAt)).ToList();
        audit.Add(db, new AuditEntry(AuditAction.Read, query.ForExport ? "h1-register.export" : "h1-register.read")
        {
            PatientIds = [.. entries.Select(e => e.PatientId).Distinct()],
            ResourceType = "h1-register",
            Severity = query.ForExport ? "high" : "low",
            Reason = $"{ClinicFormat.Date(query.From)} to {ClinicFormat.Date(query.To)}",
        });
        await db.SaveChangesAsync(cancellation);
        return new H1Register(query.From, query.To, entries, rows.Count > most);
    }

    public async Task<Result<OverrideRates>> OverridesAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOverrideRates))
        {
            return Refusal.Forbidden;
        }

        if (Period(from, to) is { } refusal)
        {
            return refusal;
        }

        var (begin, end) = (clock.DayBounds(from).From, clock.DayBounds(to).To);
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var counts = await db.Database.SqlQuery<Counted>($"""
            SELECT kind, severity, doctor_id AS "DoctorId", doctor, shown::int AS shown, overridden::int AS overridden FROM override_counts({begin}, {end})
            """).ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "override-rates.read") { Reason = $"{ClinicFormat.Date(from)} to {ClinicFormat.Date(to)}" });
        await db.SaveChangesAsync(cancellation);
        return new OverrideRates(from, to, counts.ConvertAll(c => new OverrideCount(c.Kind, c.Severity, c.DoctorId, c.Doctor, c.Shown, c.Overridden)));
    }

    private static Refusal? Period(DateOnly from, DateOnly to)
        => to < from || to.DayNumber - from.DayNumber >= MostDays ? Refusal.Invalid("Choose a period of at most a year.", nameof(H1Query.To)) : null;

    private sealed record Counted(string Kind, string Severity, Guid DoctorId, string Doctor, int Shown, int Overridden);
}
