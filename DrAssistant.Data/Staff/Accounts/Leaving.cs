using System.Globalization;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>
/// What somebody leaves behind, and to whom it goes. Counted and moved as background work: an admin learns how much it is, and of
/// a note only whose and since when.
/// </summary>
internal sealed class Leaving(IServiceScopeFactory scopes, ICurrentUser user, PhiCipher cipher, AppointmentHandOver appointments, AlertWriter alerts, TimeProvider time)
{
    private const int MostDrafts = 50;
    private const int LongestReason = 255;

    public async Task<Result<LeftBehind>> CountAsync(Guid accountId, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        if (!await db.Users.AnyAsync(u => u.Id == user.Id && u.Role == StaffRole.Admin && u.Status == StaffStatus.Active, cancellation))
        {
            return Refusal.Forbidden;
        }

        if (!await db.Users.AnyAsync(u => u.Id == accountId, cancellation))
        {
            return Refusal.NotFound("Account");
        }

        var drafts = await scope.ServiceProvider.GetRequiredService<IDocumentStore>().ListAsync(
            DocumentCollection.ClinicalNotes,
            new DocumentQuery { DoctorId = accountId, Status = EnumText.Of(NoteStatus.Draft), OldestFirst = true, Take = MostDrafts },
            AccessFilter.Everything,
            cancellation);
        var patients = drafts.Select(d => d.PatientId).Distinct().ToList();
        var numbers = await db.PatientNames.Where(n => patients.Contains(n.PatientId)).ToDictionaryAsync(n => n.PatientId, n => n.Mrn, cancellation);
        var left = new LeftBehind(
            await TaskHandOver.Open(db, accountId).CountAsync(cancellation),
            await appointments.Ahead(db, accountId).CountAsync(cancellation),
            [.. drafts.Select(d => new DraftLeft(numbers.GetValueOrDefault(d.PatientId), d.CreatedAt))]);
        new AuditTrail(user, cipher, time).Add(
            db, new AuditEntry(AuditAction.Read, "account.left-behind") { ResourceType = "user", ResourceId = accountId, PatientIds = patients });
        await db.SaveChangesAsync(cancellation);
        return left;
    }

    public Task<int> AppointmentsAsync(AccountAct act, CancellationToken cancellation)
        => appointments.Ahead(act.Db, act.Person.Id).CountAsync(cancellation);

    /// <summary>Hands over within the act; null where it was done.</summary>
    public async Task<Refusal?> HandOverAsync(AccountAct act, HandOverDraft wanted, CancellationToken cancellation)
    {
        if (wanted.TasksTo is { } taker)
        {
            if (!await IsThereAsync(act, taker, onlyDoctor: false, cancellation))
            {
                return Refusal.Invalid("Choose somebody who still works here.", nameof(HandOverDraft.TasksTo));
            }

            if (await TaskHandOver.GiveAsync(act.Db, act.Audit, act.Outbox, act.Person.Id, taker, cancellation) is > 0 and var given)
            {
                await alerts.RaiseAsync(act.Db, taker, GivenOn(act.Person, given), cancellation);
            }
        }

        switch (wanted.Appointments)
        {
            case AppointmentFate.Move when wanted.AppointmentsTo is { } doctor && await IsThereAsync(act, doctor, onlyDoctor: true, cancellation):
                return await appointments.MoveAsync(act.Db, act.Audit, act.Outbox, act.Person.Id, doctor, user.Id, cancellation);

            case AppointmentFate.Move:
                return Refusal.Invalid("Choose a doctor who still works here.", nameof(HandOverDraft.AppointmentsTo));

            case AppointmentFate.Cancel when wanted.CancelReason?.Trim() is { Length: > 0 and <= LongestReason } reason:
                await appointments.CancelAsync(act.Db, act.Audit, act.Outbox, act.Person.Id, reason, user.Id, cancellation);
                return null;

            case AppointmentFate.Cancel:
                return Refusal.Invalid("Say why, in at most 255 characters: patients are told.", nameof(HandOverDraft.CancelReason));

            default:
                return null;
        }
    }

    /// <summary>One for all of them: somebody who inherits forty tasks is not to be told forty times.</summary>
    private static AlertDraft GivenOn(StaffMember from, int tasks) => new(
        AlertType.Task,
        AlertSeverity.Medium,
        tasks == 1 ? "A task of somebody who left is yours" : string.Create(CultureInfo.InvariantCulture, $"{tasks} tasks of somebody who left are yours"),
        $"They were {from.FullName}'s.")
    {
        Source = "account.hand-over",
        SourceId = from.Id,
        ActionUrl = "/tasks",
    };

    private static Task<bool> IsThereAsync(AccountAct act, Guid colleague, bool onlyDoctor, CancellationToken cancellation)
        => act.Db.Users.AnyAsync(
            u => u.Id == colleague && u.Id != act.Person.Id && u.Status == StaffStatus.Active && (!onlyDoctor || u.Role == StaffRole.Doctor), cancellation);
}
