using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients;

internal sealed class PatientService(
    IDbContextFactory<ClinicDb> clinic,
    ICurrentUser user,
    AuditTrail audit,
    PatientVault vault,
    PatientFinder finder,
    ClinicClock clock) : IPatients
{
    private const int ShortestReason = 10;
    private const int LongestReason = 400;

    public Task<Result<IReadOnlyList<PatientHit>>> FindAsync(string question, CancellationToken cancellation)
        => FindAsync(question, alsoInactive: false, cancellation);

    public async Task<Result<IReadOnlyList<PatientHit>>> FindAsync(string question, bool alsoInactive, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients))
        {
            return Refusal.Forbidden;
        }

        return await finder.FindAsync(question, alsoInactive, cancellation);
    }

    public async Task<Result<IReadOnlyList<PatientHit>>> ComingAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients))
        {
            return Refusal.Forbidden;
        }

        return await finder.ComingAsync(cancellation);
    }

    public async Task<Result<PatientHit>> WhoAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var survivor = db.PatientNames.Where(n => n.PatientId == patientId).Select(n => n.SurvivorId);
        if (await db.PatientNames.AsNoTracking().SingleOrDefaultAsync(n => survivor.Contains(n.PatientId), cancellation) is not { } name)
        {
            return Refusal.NotFound("Patient");
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "patient.name-read") { PatientId = name.PatientId, ResourceType = "patient", ResourceId = name.PatientId });
        await db.SaveChangesAsync(cancellation);
        return new PatientHit(
            name.PatientId, new PersonName(name.FirstName, name.LastName), name.Mrn, name.DateOfBirth,
            Age.On(clock.Today, name.DateOfBirth, name.DateOfBirthEstimated), name.Gender, InCare: false) { Status = name.Status };
    }

    public async Task<Result<ChartBanner>> OpenAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.PatientNames.AsNoTracking().SingleOrDefaultAsync(n => n.PatientId == patientId, cancellation) is not { } name)
        {
            return Refusal.NotFound("Patient");
        }

        if (name.SurvivorId != patientId)
        {
            return await OpenAsync(name.SurvivorId, cancellation);
        }

        // Read under row-level security: no row means "not in your care".
        var patient = await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == patientId, cancellation);
        var banner = patient is null ? Outside(name) : await InsideAsync(db, patient, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "chart.read")
        {
            PatientId = patientId,
            ResourceType = "patient",
            ResourceId = patientId,
            Outcome = banner.InCare ? AuditOutcome.Done : AuditOutcome.Refused,
        });
        await db.SaveChangesAsync(cancellation);
        return banner;
    }

    public async Task<Result<DateTimeOffset>> BreakGlassAsync(Guid patientId, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason);
        if (why.EnumerateRunes().Count() is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(reason));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (!await db.PatientNames.AnyAsync(n => n.PatientId == patientId, cancellation))
        {
            return Refusal.NotFound("Patient");
        }

        var mine = await db.CareTeam.AsNoTracking()
            .Where(m => m.PatientId == patientId && m.UserId == user.Id).Select(m => m.Until).ToListAsync(cancellation);
        if (mine.Contains(null))
        {
            return Refusal.Conflict("This patient is in your care: the chart is open to you.");
        }

        return mine.Max() is { } broken && broken > clock.Now ? broken : await BreakAsync(db, patientId, why, cancellation);
    }

    /// <summary>
    /// One function of the database does all of it: team, critical audit event, alerts (see the migration). Whose alerts
    /// they are is not this person's to see: the database owes them their messages itself.
    /// </summary>
    private async Task<DateTimeOffset> BreakAsync(ClinicDb db, Guid patientId, string why, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var ends = await db.Database
            .SqlQuery<DateTimeOffset>($"SELECT break_glass({patientId}, {why}, {user.SessionId}) AS \"Value\"")
            .ToListAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return ends.Single();
    }

    public async Task<Result<string>> RevealAbhaAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPatients))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var patient = await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == patientId, cancellation);
        if (patient is null || vault.RevealAbha(patient) is not { } number)
        {
            return Refusal.NotFound("ABHA number");
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "abha.reveal") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId });
        await db.SaveChangesAsync(cancellation);
        return number.Shown;
    }

    private ChartBanner Outside(PatientName name) => new(
        name.PatientId, new PersonName(name.FirstName, name.LastName), name.Mrn, name.DateOfBirth, name.DateOfBirthEstimated,
        Age.On(clock.Today, name.DateOfBirth, name.DateOfBirthEstimated), name.Gender,
        InCare: false, null, null, null, AllergiesStatus.NotAsked, null, [], [], [], null);

    private async Task<ChartBanner> InsideAsync(ClinicDb db, Patient patient, CancellationToken cancellation)
    {
        var allergies = await db.Allergies.AsNoTracking()
            .Where(a => a.PatientId == patient.Id && a.Status == AllergyStatus.Active)
            .OrderBy(a => a.Severity == AllergySeverity.Severe ? 0 : a.Severity == AllergySeverity.Moderate ? 1 : 2).ThenBy(a => a.Substance)
            .Select(a => new AllergyLine(a.Substance, a.Reaction, a.Severity))
            .ToListAsync(cancellation);
        var conditions = await db.Conditions.AsNoTracking()
            .Where(c => c.PatientId == patient.Id && c.Status == Encounters.ConditionStatus.Active)
            .Select(c => c.Name).Distinct().OrderBy(c => c)
            .ToListAsync(cancellation);
        var team = await TeamAsync(db, patient.Id, cancellation);
        var lasting = team.Any(m => m.UserId == user.Id && m.Until is null);
        return new ChartBanner(
            patient.Id, new PersonName(patient.FirstName, patient.LastName), patient.Mrn, patient.DateOfBirth, patient.DateOfBirthEstimated,
            Age.On(DayOfAge(patient), patient.DateOfBirth, patient.DateOfBirthEstimated), patient.Gender,
            InCare: true,
            lasting ? null : team.Where(m => m.UserId == user.Id).Max(m => m.Until),
            vault.RevealAbha(patient)?.Masked,
            patient.BloodGroup, patient.AllergiesStatus, patient.AllergiesRecordedAt, allergies, conditions,
            [.. team.DistinctBy(m => m.UserId).Select(m => new CareTeamLine(m.UserId, m.FullName, m.Role))],
            patient.DeceasedAt)
        {
            PhotoAt = await db.PatientPhotos.AsNoTracking()
                .Where(p => p.PatientId == patient.Id && p.Content != null).Select(p => (DateTimeOffset?)p.ChangedAt).SingleOrDefaultAsync(cancellation),
            AlsoKnownAs = await db.PatientNames.AsNoTracking()
                .Where(n => n.SurvivorId == patient.Id && n.PatientId != patient.Id).OrderBy(n => n.PatientId)
                .Select(n => new FormerIdentity(new PersonName(n.FirstName, n.LastName), n.Mrn)).ToListAsync(cancellation),
        };
    }

    private DateOnly DayOfAge(Patient patient) => patient.DeceasedAt is { } died ? clock.DayOf(died) : clock.Today;

    /// <summary>The active members of the team, for those who are on it themselves.</summary>
    private static Task<List<TeamRow>> TeamAsync(ClinicDb db, Guid patientId, CancellationToken cancellation)
        => db.Database.SqlQuery<TeamRow>($"""
            SELECT user_id AS "UserId", full_name AS "FullName", role AS "Role", until AS "Until" FROM care_team_of({patientId})
            """).ToListAsync(cancellation);

    private sealed record TeamRow(Guid UserId, string FullName, string Role, DateTimeOffset? Until);
}
