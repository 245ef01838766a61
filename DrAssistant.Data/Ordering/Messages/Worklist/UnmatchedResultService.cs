using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Messages.Worklist;

internal sealed class UnmatchedResultService(
    IDbContextFactory<ClinicDb> clinic, ResultFiling filing, ICurrentUser user, AuditTrail audit, PhiCipher cipher, TimeProvider time) : IUnmatchedResults
{
    private const int Most = 100;
    private const int MostItems = 100;
    private const int ShortestReason = 3;
    private const int LongestReason = 500;
    private const string Resource = "unmatched_result";

    public async Task<Result<IReadOnlyList<WaitingLine>>> ListAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteResults))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await (from u in db.UnmatchedResults.AsNoTracking()
                          join m in db.ResultMessages on u.MessageId equals m.Id
                          where u.SettledAt == null
                          orderby u.ReceivedAt, u.Id
                          select new { Row = u, m.Sender }).Take(Most).ToListAsync(cancellation);
        var names = await db.Providers.Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id.ToString(), p => p.Name, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "unmatched-result.list") { ResourceType = Resource });
        await db.SaveChangesAsync(cancellation);
        return rows.ConvertAll(r => Line(r.Row, names.GetValueOrDefault(r.Sender, r.Sender)));
    }

    public async Task<Result<WaitingCandidate>> FindAsync(Guid waitingId, string mrn, DateOnly born, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteResults))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var waiting = await db.UnmatchedResults.AsNoTracking().SingleOrDefaultAsync(u => u.Id == waitingId && u.SettledAt == null, cancellation);
        var numbers = MatchingFacts.NumbersOf(PlainText.Of(mrn)).ToArray();

        // The record itself and not its name alone: whoever is not in one's care is not there.
        var patient = await (from n in db.PatientNames.AsNoTracking()
                             join p in db.Patients.AsNoTracking() on n.SurvivorId equals p.Id
                             where n.Mrn != null && numbers.Contains(n.Mrn) && p.DateOfBirth == born
                             select new { p.Id, p.Mrn, p.FirstName, p.LastName, p.DateOfBirth, p.DateOfBirthEstimated, p.Gender }).FirstOrDefaultAsync(cancellation);
        if (waiting is null || patient is null)
        {
            return Refusal.NotFound(waiting is null ? "This line of the work-list" : "A patient in your care with this MRN and birth date");
        }

        var items = await (from o in db.Orders.AsNoTracking()
                           join i in db.OrderItems.AsNoTracking() on o.Id equals i.OrderId
                           where o.PatientId == patient.Id && (o.Status == OrderStatus.Ordered || o.Status == OrderStatus.InProgress)
                           orderby o.OrderedAt descending, i.ItemName
                           select new WaitingItem(i.Id, i.ItemName, o.Number, o.OrderedAt)).Take(MostItems).ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "unmatched-result.find-patient") { ResourceType = Resource, ResourceId = waitingId, PatientId = patient.Id });
        await db.SaveChangesAsync(cancellation);
        var person = new KnownPerson(patient.Id, patient.Mrn, $"{patient.FirstName} {patient.LastName}", patient.DateOfBirth, patient.DateOfBirthEstimated, patient.Gender);
        return new WaitingCandidate(
            patient.Id, new PersonName(patient.FirstName, patient.LastName).Listed, patient.Mrn, patient.DateOfBirth, patient.Gender, Differs(waiting, person), items);
    }

    public async Task<Result<Guid>> AttachAsync(Guid waitingId, Guid orderItemId, string? reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteResults) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var row = await db.UnmatchedResults.SingleOrDefaultAsync(u => u.Id == waitingId && u.SettledAt == null, cancellation);
        var item = await db.OrderItems.AsNoTracking().SingleOrDefaultAsync(i => i.Id == orderItemId, cancellation);
        var patient = item is null ? null : await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == item.PatientId, cancellation);
        if (row is null || item is null || patient is null)
        {
            return Refusal.NotFound(row is null ? "This line of the work-list" : "Ordered test");
        }

        var words = PlainText.Of(reason, LongestReason + 1);
        var person = new KnownPerson(patient.Id, patient.Mrn, $"{patient.FirstName} {patient.LastName}", patient.DateOfBirth, patient.DateOfBirthEstimated, patient.Gender);
        if (Differs(row, person) && words.Length < ShortestReason || words.Length > LongestReason)
        {
            return Refusal.Invalid("The report names somebody else. Say why it is this patient's all the same, in 3 to 500 characters.", nameof(reason));
        }

        if (await FileAsync(db, row, item, me, cancellation) is { } refusal)
        {
            return refusal;
        }

        row.Settle(UnmatchedSettling.Attached, words.Length == 0 ? null : words, me, time.GetUtcNow());
        audit.Add(db, new AuditEntry(AuditAction.Update, "unmatched-result.attach")
        {
            ResourceType = Resource,
            ResourceId = waitingId,
            PatientId = item.PatientId,
            Severity = "medium",
        });
        return await SettledAsync(db, row, cancellation) is { } lost ? lost : await CommitAsync(transaction, waitingId, cancellation);
    }

    public async Task<Result<Guid>> DismissAsync(Guid waitingId, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteResults) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var words = PlainText.Of(reason, LongestReason + 1);
        if (words.Length is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(reason));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.UnmatchedResults.SingleOrDefaultAsync(u => u.Id == waitingId && u.SettledAt == null, cancellation) is not { } row)
        {
            return Refusal.NotFound("This line of the work-list");
        }

        row.Settle(UnmatchedSettling.Dismissed, words, me, time.GetUtcNow());
        audit.Add(db, new AuditEntry(AuditAction.Update, "unmatched-result.dismiss") { ResourceType = Resource, ResourceId = waitingId, Severity = "medium" });
        return await SettledAsync(db, row, cancellation) is { } lost ? lost : waitingId;
    }

    private static async Task<Result<Guid>> CommitAsync(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await transaction.CommitAsync(cancellation);
        return id;
    }

    private static async Task<Refusal?> SettledAsync(ClinicDb db, UnmatchedResult row, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict($"Somebody else has just settled this ({(row.SettledAs is UnmatchedSettling.Attached ? "nothing was filed twice" : "nothing was changed")}). Load the list again.");
        }
    }

    private async Task<Refusal?> FileAsync(ClinicDb db, UnmatchedResult row, OrderItem item, Guid me, CancellationToken cancellation)
    {
        var waiting = WaitingResult.Open(row.Id, row.Content, cipher);
        var format = await (from m in db.ResultMessages join f in db.ResultFiles on m.FileId equals f.Id where m.Id == row.MessageId select f.Format).SingleAsync(cancellation);
        var known = new OrderedItem(item.Id, item.OrderId, null, OrderStatus.Ordered, item.PatientId, item.ItemCode, item.CodeSystem, null, []);
        var origin = new ReportOrigin(format is MessageFormat.Fhir ? ResultSource.Fhir : ResultSource.Hl7, item.PatientId) { EnteredBy = me, MessageId = row.MessageId };
        var values = waiting.Group.Findings.Select(f => new ItemValue(item.Id, ReportedValues.Of(f, known))).ToList();
        return (await filing.FileAsync(db, item.OrderId, origin, values, cancellation)).Refusal;
    }

    private bool Differs(UnmatchedResult row, KnownPerson person)
        => PersonCheck.Contradicts(WaitingResult.Open(row.Id, row.Content, cipher).Person, person.RecordId, [person]);

    private WaitingLine Line(UnmatchedResult row, string laboratory)
    {
        var waiting = WaitingResult.Open(row.Id, row.Content, cipher);
        return new WaitingLine(
            row.Id, row.Why, waiting.Words, laboratory, row.ReceivedAt, waiting.Person.Name, waiting.Person.Numbers, waiting.Person.Born, waiting.Person.Sex,
            waiting.Group.Test.Name, waiting.Group.OrderNumbers, [.. waiting.Group.Findings.Select(ValueOf)]);
    }

    private static WaitingValue ValueOf(Finding finding) => new(
        finding.Test.Name, finding.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{finding.Comparator}{number}") : finding.Text ?? "", UnitWords.Of(finding.Unit),
        finding.Range, finding.Flag, finding.Status, finding.EffectiveAt, finding.Comment, finding.Unreadable);
}
