using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>From whom a file comes.</summary>
/// <param name="ProviderId">The laboratory of the key that it came with; otherwise each message's own name for its sender is looked up.</param>
internal sealed record FileOrigin(Guid FileId, MessageFormat Format, Guid? ProviderId);

/// <summary>
/// Takes over one message in one transaction: its values go to the orders that they answer, what cannot be placed goes to the work-list, and the
/// message is written down with what became of it. A message that is there already changes nothing.
/// </summary>
internal sealed class MessageTaking(IDbContextFactory<ClinicDb> clinic, ResultFiling filing, PhiCipher cipher, TimeProvider time)
{
    private const int LongestProblem = 500;
    private const int LongestSender = 100;

    public async Task<ResultMessageStatus> TakeAsync(FileOrigin origin, int position, MessagePart part, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var provider = origin.ProviderId ?? await ProviderOfAsync(db, part.Facility, cancellation);
        var sender = provider?.ToString() ?? PlainText.Of(part.Facility?.ToUpperInvariant(), LongestSender) switch { { Length: > 0 } facility => facility, _ => "file" };
        var message = new ResultMessage
        {
            Id = Guid.CreateVersion7(),
            FileId = origin.FileId,
            Position = position,
            Sender = sender,
            ControlId = part.ControlId,
            Digest = part.Digest,
            Status = ResultMessageStatus.Filed,
            ReceivedAt = time.GetUtcNow(),
        };
        (message.Status, message.Problem) = await BeforeAsync(db, sender, part, cancellation);
        db.ResultMessages.Add(message);
        await db.SaveChangesAsync(cancellation);
        if (message.Status is ResultMessageStatus.Filed && await PlaceAsync(db, origin, message.Id, provider, part.Message!, cancellation))
        {
            message.Status = ResultMessageStatus.Unmatched;
        }

        await CountAsync(db, origin.FileId, message.Status, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return message.Status;
    }

    /// <summary>Refused for a reason that lies here and not in what was sent.</summary>
    public Task<ResultMessageStatus> GiveUpAsync(FileOrigin origin, int position, MessagePart part, string problem, CancellationToken cancellation)
        => TakeAsync(origin, position, part with { Message = null, Problem = new UnreadableMessageException(problem) }, cancellation);

    private static async Task<Guid?> ProviderOfAsync(ClinicDb db, string? facility, CancellationToken cancellation)
        => facility is null ? null : (await db.Database.SqlQuery<Guid?>($"SELECT id AS \"Value\" FROM providers WHERE lower(facility) = lower({facility})").ToListAsync(cancellation)) switch
        {
            [var one] => one,
            _ => null,
        };

    /// <summary>Whether it was taken before; otherwise it is to be filed.</summary>
    private static async Task<(ResultMessageStatus Status, string? Problem)> BeforeAsync(ClinicDb db, string sender, MessagePart part, CancellationToken cancellation)
    {
        if (part.Problem is { } problem)
        {
            return (ResultMessageStatus.Refused, problem.Message.Length > LongestProblem ? problem.Message[..LongestProblem] : problem.Message);
        }

        // The same message twice at one moment: the second waits until the first is there.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({sender} || '|' || {part.ControlId ?? Convert.ToHexString(part.Digest)}, 3206))", cancellation);
        var taken = db.ResultMessages.AsNoTracking().Where(m => m.Sender == sender && (m.Status == ResultMessageStatus.Filed || m.Status == ResultMessageStatus.Unmatched));
        var digests = await (part.ControlId is { } control ? taken.Where(m => m.ControlId == control) : taken.Where(m => m.Digest == part.Digest))
            .Select(m => m.Digest).ToListAsync(cancellation);
        return digests switch
        {
            [] => (ResultMessageStatus.Filed, null),
            _ when digests.Exists(digest => digest.AsSpan().SequenceEqual(part.Digest)) => (ResultMessageStatus.Repeated, null),
            _ => (ResultMessageStatus.Refused, "Its number was used before for another message. A correction needs a number of its own."),
        };
    }

    private static Task CountAsync(ClinicDb db, Guid fileId, ResultMessageStatus status, CancellationToken cancellation)
        => db.Database.ExecuteSqlAsync($"""
            UPDATE result_files SET
                filed = filed + CASE WHEN {EnumText.Of(status)} = 'filed' THEN 1 ELSE 0 END, unmatched = unmatched + CASE WHEN {EnumText.Of(status)} = 'unmatched' THEN 1 ELSE 0 END,
                refused = refused + CASE WHEN {EnumText.Of(status)} = 'refused' THEN 1 ELSE 0 END, repeated = repeated + CASE WHEN {EnumText.Of(status)} = 'repeated' THEN 1 ELSE 0 END
            WHERE id = {fileId}
            """, cancellation);

    /// <summary>True when some of it went to the work-list.</summary>
    private async Task<bool> PlaceAsync(ClinicDb db, FileOrigin origin, Guid messageId, Guid? provider, LaboratoryMessage message, CancellationToken cancellation)
    {
        var facts = await MatchingFacts.ReadAsync(db, message, cancellation);
        var placing = new Placing(message.Person, facts);
        var left = new List<WaitingResult>();
        foreach (var group in message.Groups)
        {
            var placed = placing.Place(group);
            left.AddRange(placed.Where(p => p.Why is not null).GroupBy(p => p.Why!.Value).Select(why => new WaitingResult(
                why.Key, message.Person, group with { Findings = [.. why.Select(p => p.Finding)] }, null)));
            foreach (var order in placed.Where(p => p.Item is not null).GroupBy(p => p.Item!.OrderId))
            {
                var report = new ReportOrigin(origin.Format is MessageFormat.Fhir ? ResultSource.Fhir : ResultSource.Hl7, order.First().Item!.PatientId)
                {
                    ProviderId = provider,
                    MessageId = messageId,

                    // A value that waits for a person is not there yet: nothing is called done over it.
                    Finished = group.IsFinal && placed.All(p => p.Why is null) ? [.. order.Select(p => p.Item!.ItemId).Distinct()] : [],
                };
                left.AddRange((await FileAsync(db, order.Key, report, [.. order], cancellation)).Select(l => new WaitingResult(
                    l.Why, message.Person, group with { Findings = l.Findings }, l.Words)));
            }
        }

        for (var at = 0; at < left.Count; at++)
        {
            db.UnmatchedResults.Add(left[at].Sealed(messageId, at, cipher, time.GetUtcNow()));
        }

        return left.Count > 0;
    }

    /// <summary>Files what can be filed; a value that is refused by itself does not keep the others away.</summary>
    private async Task<List<(UnmatchedReason Why, IReadOnlyList<Finding> Findings, string Words)>> FileAsync(
        ClinicDb db, Guid orderId, ReportOrigin report, List<Placed> placed, CancellationToken cancellation)
    {
        var left = new List<(UnmatchedReason, IReadOnlyList<Finding>, string)>();
        while (placed.Count > 0)
        {
            var values = placed.ConvertAll(p => new ItemValue(p.Item!.ItemId, ReportedValues.Of(p.Finding, p.Item)));
            var filed = await filing.FileAsync(db, orderId, report, values, cancellation);
            if (filed.Refusal is not { } refusal)
            {
                break;
            }

            var at = refusal.Field is { } code ? values.FindLastIndex(v => v.Value.Code == code) : -1;
            left.Add((ReportedValues.Why(refusal, at < 0 ? null : placed[at].Finding), at < 0 ? [.. placed.Select(p => p.Finding)] : [placed[at].Finding], refusal.Message));
            placed = at < 0 ? [] : [.. placed.Where((_, i) => i != at)];
            report = report with { Finished = [] };
        }

        return left;
    }
}

/// <summary>What waits in the work-list, as it lies in the ciphertext.</summary>
internal sealed record WaitingResult(UnmatchedReason Why, ReportedPerson Person, ReportedGroup Group, string? Words)
{
    private const string Table = "unmatched_results";
    private const string Column = "content";

    public static WaitingResult Open(Guid id, byte[] content, PhiCipher cipher)
        => JsonSerializer.Deserialize<WaitingResult>(cipher.Reveal(new FieldAddress(Table, Column, id), content))!;

    public UnmatchedResult Sealed(Guid messageId, int position, PhiCipher cipher, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        return new UnmatchedResult
        {
            Id = id,
            MessageId = messageId,
            Position = position,
            Why = Why,
            Content = cipher.Protect(new FieldAddress(Table, Column, id), JsonSerializer.Serialize(this)),
            ReceivedAt = now,
        };
    }

    public override string ToString() => nameof(WaitingResult);
}

/// <summary>A finding as <see cref="ResultFiling"/> takes it.</summary>
internal static class ReportedValues
{
    private const int LongestCode = 50;

    public static ReportedValue Of(Finding finding, OrderedItem item)
    {
        var (code, system) = CodeFor(finding.Test, item);
        return new ReportedValue
        {
            Code = code,
            CodeSystem = system,
            Name = finding.Test.Name,
            Number = finding.Number,
            Comparator = finding.Comparator,
            Text = finding.Text,
            ValueCode = finding.Value?.Code,
            ValueCodeSystem = finding.Value?.System,
            Unit = finding.Unit,
            ReferenceLow = finding.Low,
            ReferenceHigh = finding.High,
            ReferenceText = finding.Range,
            LaboratoryFlag = finding.Flag,
            Status = finding.Status,
            EffectiveAt = finding.EffectiveAt,
            IssuedAt = finding.IssuedAt,
            Comment = finding.Comment,
        };
    }

    /// <summary>Why the filing refused, as the work-list sorts it; its words go with it.</summary>
    public static UnmatchedReason Why(Refusal refusal, Finding? finding) => refusal.Kind switch
    {
        RefusalKind.Conflict => UnmatchedReason.AlreadyFinal,
        RefusalKind.Invalid when finding is { Number: not null, Unit: not null } => UnmatchedReason.UnitUnknown,
        _ => UnmatchedReason.NotFiled,
    };

    /// <summary>The code by which the practice knows the test, of those that the laboratory gave.</summary>
    private static (string Code, string System) CodeFor(ReportedCode test, OrderedItem item)
    {
        if (item.Members.Count == 0 && test.Has(item.Code, item.System))
        {
            return (item.Code, item.System ?? Loinc);
        }

        var code = test.Codes.FirstOrDefault(c => item.Members.Contains(c.Code, StringComparer.Ordinal)) is { } member ? member with { System = Loinc }
            : test.Codes.FirstOrDefault(c => c.System == Loinc) ?? (test.Codes.Count > 0 ? test.Codes[0] : null);
        return code is null ? (test.Name[..Math.Min(test.Name.Length, LongestCode)], Local) : (code.Code, code.System ?? Local);
    }

    private const string Loinc = "http://loinc.org";
    private const string Local = "urn:dr-assistant:laboratory";
}
