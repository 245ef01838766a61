using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Writes a note across two stores that share no transaction. First PostgreSQL hears, in one transaction, what is intended and who
/// intends it; then the version that must not be lost is kept; then the note is replaced. <see cref="NoteIntents"/> looks afterwards
/// whether it came to its end, wherever it may have stopped.
/// </summary>
internal sealed class NoteWriter(NoteStore notes, SecuredBatch batch, AuditTrail audit, OutboxWriter outbox)
{
    public const string Began = "note.begin";
    public const string Wrote = "note.write";
    public const string Signed = "note.sign";

    /// <summary>Begins a note; false when the visit has one already.</summary>
    public async Task<bool> BeginAsync(ClinicalNote note, Guid by, AccessFilter access, CancellationToken cancellation)
    {
        await IntendAsync(note, by, new AuditEntry(AuditAction.Create, Began), cancellation);
        return await notes.TryAddAsync(note, access, cancellation);
    }

    /// <summary>
    /// Saves the next version of a draft, and answers it as it was saved; null when somebody was faster. What begins a stretch of work is audited, and the last
    /// version of the stretch before it is kept.
    /// </summary>
    public async Task<ClinicalNote?> SaveAsync(ClinicalNote live, ClinicalNote next, Guid by, bool isText, AccessFilter access, CancellationToken cancellation)
    {
        var begins = NoteStretches.Begins(live, by, next.UpdatedAt);
        await IntendAsync(next, by, begins ? new AuditEntry(AuditAction.Update, Wrote) : null, cancellation);
        if (begins && NoteStretches.LeavesAVersion(live))
        {
            await notes.KeepAsync(live, access, CancellationToken.None);
        }

        var noted = NoteStretches.Noted(next, by, isText);
        return await notes.TryReplaceAsync(noted, live.Status, access, CancellationToken.None) ? noted : null;
    }

    /// <summary>Signs a draft, keeps what was signed, and answers it; null when somebody was faster.</summary>
    public async Task<ClinicalNote?> SignAsync(ClinicalNote draft, ClinicalNote signed, Guid by, AccessFilter access, CancellationToken cancellation)
    {
        await IntendAsync(signed, by, new AuditEntry(AuditAction.Update, Signed) { Severity = "medium" }, cancellation);
        if (NoteStretches.Begins(draft, by, signed.UpdatedAt) && NoteStretches.LeavesAVersion(draft))
        {
            await notes.KeepAsync(draft, access, CancellationToken.None);
        }

        var noted = NoteStretches.Noted(signed, by, changesText: false);
        if (!await notes.TryReplaceAsync(noted, draft.Status, access, CancellationToken.None))
        {
            return null;
        }

        await notes.KeepAsync(noted, access, CancellationToken.None);
        return noted;
    }

    /// <summary>From here on the relay looks after it.</summary>
    private async Task IntendAsync(ClinicalNote next, Guid by, AuditEntry? entry, CancellationToken cancellation)
    {
        var intent = outbox.Later(NoteIntents.Kind, next.Id, next.PatientId, new NoteIntent(by, next.Version, entry?.Event).ToIds(), NoteIntents.Patience);
        NpgsqlBatchCommand[] commands = entry is null
            ? [intent]
            : [audit.Statement(entry with { PatientId = next.PatientId, ResourceType = "note", ResourceId = next.Id }), intent];
        await batch.ReadAsync(commands, (_, _) => Task.FromResult(true), cancellation);
    }
}

/// <summary>What somebody was about to do to a note: ids and a number, and nothing of what it says.</summary>
/// <param name="By">Who.</param>
/// <param name="Version">The version that it makes.</param>
/// <param name="Event">What the audit trail was told; null for a save within a stretch of work, which it is not told.</param>
internal sealed record NoteIntent(Guid By, int Version, string? Event)
{
    public Dictionary<string, string> ToIds()
    {
        var ids = new Dictionary<string, string> { ["by"] = By.ToString(), ["version"] = Version.ToString(CultureInfo.InvariantCulture) };
        if (Event is not null)
        {
            ids["event"] = Event;
        }

        return ids;
    }

    public static NoteIntent Of(IReadOnlyDictionary<string, string> ids)
        => new(Guid.Parse(ids["by"]), int.Parse(ids["version"], CultureInfo.InvariantCulture), ids.GetValueOrDefault("event"));
}
