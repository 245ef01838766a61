using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Ordering.Catalogue;

internal sealed class OrderCatalogueKeepingService(
    IDbContextFactory<ClinicDb> clinic, OrderCatalogueStore catalogue, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IOrderCatalogueKeeping
{
    private const int Most = 100;
    private const int ShortestReason = 3;
    private const int LongestReason = 200;
    private const int LongestSetName = 100;

    public async Task<Result<IReadOnlyList<CatalogueEntry>>> ListAsync(string question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        var known = await catalogue.CurrentAsync(cancellation);
        var words = SpokenName.WordsOf(CatalogueName.Spelt(PlainText.Of(question, LongestReason)));
        var found = words.Length == 0
            ? known.Entries.Where(e => !CatalogueFiles.All.Any(list => e.Source.StartsWith($"{list.File.Name} ", StringComparison.Ordinal)))
            : known.Entries.Where(e => CatalogueName.Of(e).Any(name => words.All(w => name.Words.Any(n => n.StartsWith(w, StringComparison.Ordinal)))));
        return found.OrderBy(e => e.Type).ThenBy(e => e.Name, StringComparer.OrdinalIgnoreCase).ThenBy(e => e.Id, StringComparer.Ordinal).Take(Most).ToList();
    }

    public async Task<Result<CatalogueDraft>> OpenAsync(string entryId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        var known = await FreshAsync(cancellation);
        return known.Get(entryId) is { } entry ? DraftOf(entry, known) : NotThere;
    }

    public async Task<Result<CatalogueEntry>> SaveAsync(CatalogueDraft entry, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        var known = await FreshAsync(cancellation);
        var read = CatalogueReader.Read(entry, known, Source("written"));
        if (!read.Succeeded)
        {
            return read.Refusal;
        }

        var (row, ranges) = read.Value;
        var was = known.Get(row.Id);
        if (was is null ? entry.Seen is not null : entry.Seen != MarkOf(was, known))
        {
            return Refusal.Conflict(was is not null && entry.Seen is null ? $"{was.Name} has this id already. Open it to change it." : "Somebody else changed this entry. Open it again.");
        }

        if (was is not null && was.Type != entry.Type)
        {
            return Refusal.Invalid("What it is does not change. Withdraw it and write another one.", nameof(entry.Type));
        }

        var audited = new AuditEntry(was is null ? AuditAction.Create : AuditAction.Update, "catalogue.save")
        {
            ResourceType = "catalogue_entry",
            Changes = [new FieldChange(row.Id, was is null ? null : MarkOf(was, known), JsonSerializer.Serialize((row, ranges)))],
        };
        return await WriteAsync(async connection =>
        {
            await BulkWrite.UpsertAsync(connection, "order_catalogue", "id", [row with { IsActive = was?.IsActive ?? true }], cancellation);
            await using var retire = new NpgsqlCommand("UPDATE reference_ranges SET is_active = false, source = $2 WHERE test_id = $1 AND is_active", connection)
            {
                Parameters = { new() { Value = row.Id }, new() { Value = row.Source } },
            };
            await retire.ExecuteNonQueryAsync(cancellation);
            await BulkWrite.UpsertAsync(connection, "reference_ranges", "id", ranges, cancellation);
        }, audited, cancellation) is { } refusal ? refusal : (await FreshAsync(cancellation)).Get(row.Id)!;
    }

    public Task<Result<CatalogueEntry>> WithdrawAsync(string entryId, string reason, CancellationToken cancellation) => SetActiveAsync(entryId, isActive: false, reason, cancellation);

    public Task<Result<CatalogueEntry>> RestoreAsync(string entryId, CancellationToken cancellation) => SetActiveAsync(entryId, isActive: true, reason: null, cancellation);

    public async Task<Result<IReadOnlyList<OrderSet>>> SetsAsync(CancellationToken cancellation)
        => user.Can(Permissions.ManageCatalogue) ? (await catalogue.CurrentAsync(cancellation)).Sets.ToList() : Refusal.Forbidden;

    public async Task<Result<IReadOnlyList<OrderSet>>> SaveSetAsync(OrderSetDraft set, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        var known = await FreshAsync(cancellation);
        var refusals = new List<Refusal>();
        var (name, useWhen) = (PlainText.Of(set.Name, LongestSetName + 1), PlainText.Of(set.UseWhen, LongestReason));
        var (members, optional) = (CatalogueReader.Several(set.Members, nameof(set.Members), refusals), CatalogueReader.Several(set.Optional, nameof(set.Optional), refusals));
        if (name.Length is < 2 or > LongestSetName)
        {
            return Refusal.Invalid($"Give it a name of at most {LongestSetName} characters.", nameof(set.Name));
        }

        if (refusals.Count > 0)
        {
            return refusals[0];
        }

        if (members.Concat(optional).FirstOrDefault(id => known.Get(id) is not { IsActive: true }) is { } unknown)
        {
            return Refusal.Invalid($"{unknown} is not in the catalogue.", members.Contains(unknown) ? nameof(set.Members) : nameof(set.Optional));
        }

        var id = PlainText.Of(set.Id) is { Length: > 0 } given ? given : CatalogueReader.Slug($"own-set-{name}");
        var row = new OrderSetRow(id, name, useWhen.Length == 0 ? null : useWhen, members, optional, Source("written")) { IsActive = members.Count > 0 };
        var entry = new AuditEntry(AuditAction.Update, "catalogue.save-set") { ResourceType = "order_set", Changes = [new FieldChange(id, null, JsonSerializer.Serialize(row))] };
        return await WriteAsync(connection => BulkWrite.UpsertAsync(connection, "order_sets", "id", [row], cancellation), entry, cancellation) is { } refusal
            ? refusal
            : (await FreshAsync(cancellation)).Sets.ToList();
    }

    private static Refusal NotThere { get; } = Refusal.NotFound("Entry of the catalogue");

    private static CatalogueDraft DraftOf(CatalogueEntry entry, OrderCatalogue known)
    {
        var draft = new CatalogueDraft
        {
            Id = entry.Id, Seen = MarkOf(entry, known), Type = entry.Type, Name = entry.Name, ShortName = entry.ShortName, Synonyms = string.Join('|', entry.Synonyms),
            Code = entry.Code, Unit = entry.Unit, ValueType = entry.ValueType, Decimals = entry.Decimals?.ToString(CultureInfo.InvariantCulture), Specimen = entry.Specimen,
            Preparation = entry.Preparation, Sided = entry.Sided, Members = string.Join('|', entry.Members),
        };
        foreach (var range in known.Ranges.Of(entry.Id))
        {
            draft.Ranges.Add(new RangeDraft
            {
                Sex = range.Sex is { } sex ? EnumText.Of(sex) : null, FromYears = Text(range.FromYears), ToYears = range.ToYears >= ReferenceRange.OldestYears ? null : Text(range.ToYears),
                Low = Text(range.Low), High = Text(range.High), CriticalLow = Text(range.CriticalLow), CriticalHigh = Text(range.CriticalHigh),
            });
        }

        return draft;
    }

    /// <summary>Says how an entry and its ranges stand: another one after every change.</summary>
    private static string MarkOf(CatalogueEntry entry, OrderCatalogue known)
        => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { entry, ranges = known.Ranges.Of(entry.Id) })));

    private static string? Text(decimal? number) => number?.ToString("0.############", CultureInfo.InvariantCulture);

    private async Task<Result<CatalogueEntry>> SetActiveAsync(string entryId, bool isActive, string? reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason, LongestReason + 1);
        if (!isActive && why.Length is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(reason));
        }

        if ((await FreshAsync(cancellation)).Get(entryId) is not { } was)
        {
            return NotThere;
        }

        var entry = new AuditEntry(AuditAction.Update, isActive ? "catalogue.restore" : "catalogue.withdraw")
        {
            ResourceType = "catalogue_entry", Reason = isActive ? null : why, Changes = [new FieldChange(was.Id, was.IsActive ? "active" : "withdrawn", isActive ? "active" : "withdrawn")],
        };
        return was.IsActive != isActive && await WriteAsync(async connection =>
        {
            await using var change = new NpgsqlCommand("UPDATE order_catalogue SET is_active = $2, source = $3 WHERE id = $1", connection)
            {
                Parameters = { new() { Value = was.Id }, new() { Value = isActive }, new() { Value = Source(isActive ? "restored" : "withdrawn") } },
            };
            await change.ExecuteNonQueryAsync(cancellation);
        }, entry, cancellation) is { } refusal ? refusal : (await FreshAsync(cancellation)).Get(entryId)!;
    }

    /// <summary>Null when it is written, with its entry of the audit trail or not at all.</summary>
    private async Task<Refusal?> WriteAsync(Func<NpgsqlConnection, Task> write, AuditEntry entry, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            await write((NpgsqlConnection)db.Database.GetDbConnection());
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

    private async Task<OrderCatalogue> FreshAsync(CancellationToken cancellation)
    {
        catalogue.Forget();
        return await catalogue.CurrentAsync(cancellation);
    }

    private string Source(string how) => $"the practice, {how} {ClinicFormat.Date(clock.Today)}";
}
