using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Formulary;

internal sealed class FormularyKeepingService(
    IDbContextFactory<ClinicDb> clinic, FormularyStore formulary, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IFormularyKeeping
{
    private const int Most = 100;
    private const int ShortestReason = 3;
    private const int LongestReason = 200;
    private const int ShortNameOfFile = 60;

    public async Task<Result<IReadOnlyList<Medicine>>> ListAsync(string question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageFormulary))
        {
            return Refusal.Forbidden;
        }

        var snapshot = await formulary.CurrentAsync(cancellation);
        var words = MedicineName.WordsOf(PlainText.Of(question, LongestReason));
        var found = words.Length == 0
            ? snapshot.Medicines.Where(m => !IsOfTheStarterList(m))
            : snapshot.Medicines.Where(m => MedicineName.Of(m).Any(name => words.All(w => name.Words.Any(n => n.StartsWith(w, StringComparison.Ordinal)))));
        return found.OrderBy(m => m.GenericName, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.Id, StringComparer.Ordinal).Take(Most).ToList();
    }

    public async Task<Result<Medicine>> SaveAsync(MedicineDraft medicine, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageFormulary))
        {
            return Refusal.Forbidden;
        }

        var before = await FreshAsync(cancellation);
        var read = MedicineReader.Read(medicine, id => before.Get(id) is { IsCombination: false }, Source("written"), user.Id);
        if (!read.Succeeded)
        {
            return read.Refusal;
        }

        var row = read.Value;
        if (before.Get(row.Id) is var was && (was is null ? medicine.Seen is not null : medicine.Seen != was.UpdatedAt))
        {
            return Refusal.Conflict(was is not null && medicine.Seen is null
                ? $"{was.GenericName} has this id already. Open it to change it."
                : "Somebody else changed this medicine. Open it again.");
        }

        return await WriteAsync([row with { IsActive = was?.IsActive ?? true }], new AuditEntry(was is null ? AuditAction.Create : AuditAction.Update, "formulary.save")
        {
            ResourceType = "formulary_medicine",
            Changes = MedicineChanges.Between(was, row),
        }, cancellation) is { } refusal
            ? refusal
            : (await FreshAsync(cancellation)).Get(row.Id)!;
    }

    public Task<Result<Medicine>> WithdrawAsync(string medicineId, string reason, CancellationToken cancellation)
        => SetActiveAsync(medicineId, isActive: false, reason, cancellation);

    public Task<Result<Medicine>> RestoreAsync(string medicineId, CancellationToken cancellation) => SetActiveAsync(medicineId, isActive: true, reason: null, cancellation);

    public async Task<Result<FormularyImportReport>> ImportAsync(string name, byte[] table, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageFormulary))
        {
            return Refusal.Forbidden;
        }

        var before = await FreshAsync(cancellation);
        var file = ReferenceFile.From(PlainText.Of(name, ShortNameOfFile), table);
        var read = FormularyTable.Read(file, before, Source($"from {file.Version}"), user.Id);
        if (!read.Succeeded)
        {
            return read.Refusal;
        }

        var report = new FormularyImportReport(read.Value.Count, read.Value.Count(r => before.Get(r.Id) is null), read.Value.Count(r => before.Get(r.Id) is not null));
        var entry = new AuditEntry(AuditAction.Execute, "formulary.import")
        {
            ResourceType = "formulary_medicine",
            Reason = FormattableString.Invariant($"{file.Version}: {report.Read} read, {report.New} new, {report.Changed} changed"),
            Severity = "medium",
        };
        return await WriteAsync(read.Value, entry, cancellation) is { } refusal ? refusal : report;
    }

    private static bool IsOfTheStarterList(Medicine medicine) => medicine.Source.StartsWith($"{ReferenceFile.Formulary.Name} ", StringComparison.Ordinal);

    private async Task<Result<Medicine>> SetActiveAsync(string medicineId, bool isActive, string? reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageFormulary))
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason, LongestReason + 1);
        if (!isActive && why.Length is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(reason));
        }

        var was = (await FreshAsync(cancellation)).Get(medicineId);
        if (was is null)
        {
            return Refusal.NotFound("Medicine");
        }

        if (was.IsActive != isActive)
        {
            var entry = new AuditEntry(AuditAction.Update, isActive ? "formulary.restore" : "formulary.withdraw")
            {
                ResourceType = "formulary_medicine",
                Reason = isActive ? null : why,
                Changes = [new FieldChange("id", was.Id, was.Id), new FieldChange("is_active", was.IsActive ? "true" : "false", isActive ? "true" : "false")],
            };
            await using var db = await clinic.CreateDbContextAsync(cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var (id, source, by) = (was.Id, Source(isActive ? "restored" : "withdrawn"), user.Id);
            await db.Database.ExecuteSqlAsync($"UPDATE formulary_medicines SET is_active = {isActive}, source = {source}, updated_by = {by} WHERE id = {id}", cancellation);
            audit.Add(db, entry);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return (await FreshAsync(cancellation)).Get(medicineId)!;
    }

    /// <summary>Null when it is written, with its entry of the audit trail or not at all.</summary>
    private async Task<Refusal?> WriteAsync(IReadOnlyCollection<MedicineRow> rows, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            await BulkWrite.UpsertAsync((NpgsqlConnection)db.Database.GetDbConnection(), "formulary_medicines", "id", rows, cancellation);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.StringDataRightTruncation)
        {
            return Refusal.Invalid($"The database does not keep this: {e.ConstraintName ?? e.MessageText}.");
        }

        audit.Add(db, entry);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    private async Task<FormularySnapshot> FreshAsync(CancellationToken cancellation)
    {
        formulary.Forget();
        return await formulary.CurrentAsync(cancellation);
    }

    private string Source(string how) => $"the practice, {how} {ClinicFormat.Date(clock.Today)}";
}

/// <summary>Which fields of a medicine an edit changed, for the audit trail.</summary>
internal static class MedicineChanges
{
    public static IReadOnlyCollection<FieldChange> Between(Medicine? was, MedicineRow now)
    {
        var (before, after) = (was is null ? new MedicineDraft() : MedicineDraft.Of(was), MedicineDraft.Of(now.ToMedicine()));
        var changed = from property in typeof(MedicineDraft).GetProperties()
                      where property.Name is not nameof(MedicineDraft.Id) and not nameof(MedicineDraft.Seen)
                      let old = (string?)property.GetValue(before)
                      let made = (string?)property.GetValue(after)
                      where (old ?? "") != (made ?? "")
                      select new FieldChange(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), old, made);
        return [new FieldChange("id", was?.Id, now.Id), .. changed];
    }
}
