using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Results;

internal sealed class ResultEntryService(
    IDbContextFactory<ClinicDb> clinic, ResultFiling filing, OrderCatalogueStore tests, ICurrentUser user, AuditTrail audit, ClinicClock clock) : IResults
{
    private const int MostOrders = 100;

    public async Task<Result<IReadOnlyList<OrderWaiting>>> WaitingAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteResults))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await db.Orders.AsNoTracking()
            .Where(o => (o.Status == OrderStatus.Ordered || o.Status == OrderStatus.InProgress) && o.OrderType != OrderType.Referral)
            .OrderByDescending(o => o.Urgency == OrderUrgency.Stat).ThenBy(o => o.OrderedAt).ThenBy(o => o.Id).Take(MostOrders)
            .Join(db.Patients, o => o.PatientId, p => p.Id, (o, p) => new { Order = o, Patient = p })
            .Join(db.Users, r => r.Order.DoctorId, u => u.Id, (r, u) => new
            {
                r.Order, r.Patient, Doctor = u.FullName, Items = r.Order.Items.Where(i => i.CompletedAt == null).OrderBy(i => i.Position).Select(i => i.ItemName).ToList(),
            })
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "results.waiting") { PatientIds = [.. rows.Select(r => r.Patient.Id).Distinct()] });
        await db.SaveChangesAsync(cancellation);
        return rows.OrderByDescending(r => r.Order.Urgency).ThenBy(r => r.Order.OrderedAt).Select(r => new OrderWaiting(
            r.Order.Id, r.Order.Number, r.Patient.Id, new PersonName(r.Patient.FirstName, r.Patient.LastName), AgeOf(r.Patient), r.Patient.Gender, r.Patient.Mrn,
            string.Join(", ", r.Items), r.Doctor, r.Order.OrderedAt ?? r.Order.CreatedAt, r.Order.Status is OrderStatus.InProgress)
        {
            Urgency = r.Order.Urgency,
        }).ToList();
    }

    public async Task<Result<OrderToAnswer>> FormAsync(Guid orderId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteResults))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Orders.AsNoTracking().Include(o => o.Items).SingleOrDefaultAsync(o => o.Id == orderId, cancellation) is not { } order)
        {
            return Refusal.NotFound("Order");
        }

        if (order.Status is OrderStatus.Draft or OrderStatus.Cancelled)
        {
            return Refusal.Conflict(order.Status is OrderStatus.Draft ? "The order is not signed yet." : "The order was cancelled.");
        }

        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == order.PatientId, cancellation);
        var items = order.Items.Select(i => i.Id).ToList();
        var standing = await db.Results.AsNoTracking().Where(r => items.Contains(r.OrderItemId) && r.SupersededBy == null).ToListAsync(cancellation);
        var fields = new ResultFields(await tests.CurrentAsync(cancellation), patient.Gender, clock.Today.DayNumber - patient.DateOfBirth.DayNumber);
        audit.Add(db, new AuditEntry(AuditAction.Read, "result.form") { PatientId = order.PatientId, ResourceType = "order", ResourceId = order.Id });
        await db.SaveChangesAsync(cancellation);
        return new OrderToAnswer(
            order.Id, order.Number, patient.Id, new PersonName(patient.FirstName, patient.LastName), AgeOf(patient), patient.Gender, patient.Mrn,
            order.OrderedAt ?? order.CreatedAt,
            [.. order.Items.OrderBy(i => i.Position).Select(i => fields.Of(i, standing))]);
    }

    public async Task<Result<EnteredResults>> EnterAsync(ResultDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteResults) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Orders.AsNoTracking().Include(o => o.Items).SingleOrDefaultAsync(o => o.Id == draft.OrderId, cancellation) is not { } order)
        {
            return Refusal.NotFound("Order");
        }

        var items = order.Items.Select(i => i.Id).ToList();
        var standing = await db.Results.AsNoTracking().Where(r => items.Contains(r.OrderItemId) && r.SupersededBy == null).ToListAsync(cancellation);
        var (values, questions) = new TypedResults(await tests.CurrentAsync(cancellation), order, standing).Read(draft);
        if (questions.Count > 0)
        {
            return new EnteredResults(null, questions);
        }

        var filed = await filing.FileAsync(db, order.Id, new ReportOrigin(ResultSource.Entered, order.PatientId) { EnteredBy = person }, values, cancellation);
        if (filed.Refusal is { } refusal)
        {
            // What is the matter with one value stands beside it; the rest is about the whole.
            return values.FirstOrDefault(v => v.Value.Code == refusal.Field) is { } field
                ? new EnteredResults(null, [new ResultQuestion(field.OrderItemId, field.Value.Code, refusal.Message)]) : refusal;
        }

        await transaction.CommitAsync(cancellation);
        return new EnteredResults(filed.Value!.Id, [])
        {
            Critical = [.. filed.Value.Results.Where(r => r.IsCritical).Select(r => $"{r.Name} {ResultText.Value(r)}")],
        };
    }

    private Age AgeOf(Patient patient) => Age.On(clock.Today, patient.DateOfBirth, patient.DateOfBirthEstimated);
}
