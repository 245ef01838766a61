using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Tasks;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>What a doctor wants done about a report.</summary>
internal sealed class ReportTasks(IDbContextFactory<ClinicDb> clinic, TaskWriter tasks, ClinicClock clock)
{
    private const int LongestWait = 366;

    public async Task<Result<Guid>> FollowUpAsync(Guid report, string title, int inDays, Guid doctor, CancellationToken cancellation)
    {
        var words = PlainText.Of(title);
        if (words.Length is 0 or > TaskWriter.LongestTitle)
        {
            return Refusal.Invalid($"Say what is to be done, in at most {TaskWriter.LongestTitle} characters.", nameof(title));
        }

        if (inDays is < 0 or > LongestWait)
        {
            return Refusal.Invalid("A follow-up is due within a year.", nameof(inDays));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await PatientAsync(db, report, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Result");
        }

        var due = clock.At(clock.Today.AddDays(inDays), new TimeOnly(18, 0));
        var task = tasks.Add(db, tasks.New(words, doctor, doctor, patient, TaskType.FollowUp, TaskPriority.High, due));
        await db.SaveChangesAsync(cancellation);
        return task;
    }

    /// <summary>To the receptionist who was here last.</summary>
    public async Task<Result<Guid>> TellTheDeskAsync(Guid report, DeskMessage message, Guid doctor, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await PatientAsync(db, report, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Result");
        }

        var desk = await db.Users.Where(u => u.Role == StaffRole.Receptionist && u.Status == StaffStatus.Active)
            .OrderByDescending(u => u.LastLoginAt != null).ThenByDescending(u => u.LastLoginAt).ThenBy(u => u.Id).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(cancellation);
        if (desk is null)
        {
            return Refusal.Conflict("There is nobody at the desk to tell. Make a task for yourself.");
        }

        var (words, priority) = message switch
        {
            DeskMessage.AskToCome => ("Please ask the patient to come in today", TaskPriority.Urgent),
            DeskMessage.AskToBook => ("Please ask the patient to book a visit this week", TaskPriority.High),
            _ => ("Please ask the patient to ring the doctor", TaskPriority.High),
        };
        var task = tasks.Add(db, tasks.New(words, doctor, desk, patient, TaskType.FollowUp, priority, clock.At(clock.Today, new TimeOnly(18, 0))));
        await db.SaveChangesAsync(cancellation);
        return task;
    }

    private static async Task<Guid?> PatientAsync(ClinicDb db, Guid report, CancellationToken cancellation)
        => (await ReportAnswering.OfReportsAsync(db, [report], cancellation)).FirstOrDefault()?.PatientId;
}
