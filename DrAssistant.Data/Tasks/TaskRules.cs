using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Tasks;

/// <summary>What must be right with a task before it is kept, each told beside its field.</summary>
internal sealed class TaskRules(IDbContextFactory<ClinicDb> clinic, ClinicClock clock)
{
    public const int LongestDescription = 2_000;

    private const int LongestWait = 366 * 2;

    public static string Title(TaskDraft draft) => PlainText.Of(draft.Title);

    /// <summary>Several lines are kept as such; nothing else that is no letter is.</summary>
    public static string? Description(TaskDraft draft)
    {
        var lines = (draft.Description ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => PlainText.Of(line, LongestDescription));
        return string.Join('\n', lines).Trim() is { Length: > 0 } words ? words : null;
    }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="db">As the person who asks.</param>
    /// <param name="draft">What they wrote.</param>
    /// <param name="before">The task as it is, where there is one: what is not touched is not judged anew.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<Refusal?> RefusalAsync(ClinicDb db, TaskDraft draft, ClinicTask? before, CancellationToken cancellation)
    {
        if (Title(draft) is { Length: 0 or > TaskWriter.LongestTitle })
        {
            return Refusal.Invalid($"Say what is to be done, in at most {TaskWriter.LongestTitle} characters.", nameof(draft.Title));
        }

        if (Description(draft) is { Length: > LongestDescription })
        {
            return Refusal.Invalid($"At most {LongestDescription} characters.", nameof(draft.Description));
        }

        if (draft.DueDate != before?.DueDate && draft.DueDate is { } due && (clock.DayOf(due) < clock.Today || clock.DayOf(due) > clock.Today.AddDays(LongestWait)))
        {
            return Refusal.Invalid("It is due today or later, within two years.", nameof(draft.DueDate));
        }

        return await AssigneeAsync(draft, before, cancellation)
            ?? (before is null ? await AboutAsync(db, draft, cancellation) : Untouched(draft, before));
    }

    public async Task<bool> WorksHereAsync(Guid person, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Users.AnyAsync(u => u.Id == person && u.Status == StaffStatus.Active, cancellation);
    }

    private async Task<Refusal?> AssigneeAsync(TaskDraft draft, ClinicTask? before, CancellationToken cancellation)
    {
        if (draft.Assignee is { Person: not null, Role: not null })
        {
            return Refusal.Invalid("A task is for a person or for a role, not for both.", nameof(draft.Assignee));
        }

        var changed = before is null || new TaskAssignee(before.AssignedTo, before.AssignedRole) != draft.Assignee;
        if (changed && before is { IsOpen: false })
        {
            return Refusal.Conflict("Open the task again before you give it to somebody else.");
        }

        return changed && draft.Assignee.Person is { } person && !await WorksHereAsync(person, cancellation)
            ? Refusal.Invalid("This person does not work here any more. Choose somebody else.", nameof(draft.Assignee))
            : null;
    }

    /// <summary>Patient and visit are those that the person may see, and belong together: otherwise a task would be a way to point at charts.</summary>
    private static async Task<Refusal?> AboutAsync(ClinicDb db, TaskDraft draft, CancellationToken cancellation)
    {
        if (draft.PatientId is { } patient && !await db.PatientNames.AnyAsync(n => n.PatientId == patient, cancellation))
        {
            return Refusal.NotFound("Patient");
        }

        return draft.EncounterId is { } visit && !await db.Encounters.AnyAsync(e => e.Id == visit && e.PatientId == draft.PatientId, cancellation)
            ? Refusal.NotFound("Visit")
            : null;
    }

    private static Refusal? Untouched(TaskDraft draft, ClinicTask before)
        => draft.PatientId == before.PatientId ? null : Refusal.Invalid("A task about another patient is another task.", nameof(draft.PatientId));
}
