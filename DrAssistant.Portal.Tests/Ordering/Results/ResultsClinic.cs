using DrAssistant.Data;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Ordering.Results;

/// <summary>A practice with the doctor Asha, the nurse Nila, and Meera, who is in their care.</summary>
internal sealed class ResultsClinic : IAsyncDisposable
{
    public const string Potassium = "2823-3";
    public const string Sodium = "2951-2";
    public const string Creatinine = "2160-0";
    public const string Glucose = "1558-6";

    private ResultsClinic(ClinicUnderTest clinic) => Clinic = clinic;

    public ClinicUnderTest Clinic { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public Guid Meera { get; private set; }

    public Guid Visit { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ResultsClinic> OpenAsync(ClinicDatabase databases)
    {
        var clinic = await ClinicUnderTest.OpenWithReferenceDataAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var nila = await clinic.Given.NurseAsync();
        var meera = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.EncounterAsync(asha, meera, clinic.Clock.Now.AddHours(-3));
        await clinic.Given.CareAsync(nila, meera);
        return new ResultsClinic(clinic) { Asha = asha, Nila = nila, Meera = meera, Visit = visit };
    }

    /// <summary>A signed order of tests by their LOINC codes.</summary>
    public async Task<Order> OrderAsync(params string[] codes) => await OrderOfAsync(OrderStatus.Ordered, codes);

    public async Task<Order> OrderOfAsync(OrderStatus status, params string[] codes)
    {
        var id = Guid.CreateVersion7();
        var order = new Order
        {
            Id = id,
            EncounterId = Visit,
            PatientId = Meera,
            DoctorId = Asha.Id,
            OrderType = OrderType.Lab,
            OrderedAt = Clinic.Clock.Now.AddHours(-2),
            Items =
            [
                .. codes.Select((code, at) => new OrderItem
                {
                    Id = Guid.CreateVersion7(),
                    Position = (short)at,
                    OrderId = id,
                    PatientId = Meera,
                    ItemCode = code,
                    ItemName = code,
                    CodeSystem = code.Contains('-', StringComparison.Ordinal) && char.IsAsciiDigit(code[0]) ? CodeSystems.Loinc : CodeSystems.Catalogue,
                }),
            ],
        };
        await Clinic.BehindAsync(db =>
        {
            db.Add(order).Property(o => o.Status).CurrentValue = status;
            return db.SaveChangesAsync(Cancellation);
        });
        return order;
    }

    public ReportedValue Value(string code, decimal? number, string? unit = "mmol/L", ResultStatus status = ResultStatus.Final) => new()
    {
        Code = code,
        CodeSystem = CodeSystems.Loinc,
        Name = code switch { Potassium => "Potassium", Sodium => "Sodium", Creatinine => "Creatinine", Glucose => "Glucose, fasting", _ => code },
        Number = number,
        Unit = unit,
        Status = status,
        EffectiveAt = Clinic.Clock.Now.AddHours(-1),
    };

    /// <summary>Files values, each against the item of its place, as somebody who types them in, or as a laboratory's message.</summary>
    public async Task<Result<FiledReport>> FileAsync(ClinicPerson? by, Order order, params ReportedValue[] values)
        => await FileAsync(by, order, Meera, [.. values.Select(v => new ItemValue(order.Items.Find(i => i.ItemCode == v.Code)?.Id ?? order.Items[0].Id, v))]);

    public async Task<Result<FiledReport>> FileAsync(ClinicPerson? by, Order order, Guid patient, IReadOnlyList<ItemValue> values)
    {
        await using var acting = by is null ? Clinic.AsSystem() : Clinic.As(by);
        await using var db = await acting.Get<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(Cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        var origin = new ReportOrigin(by is null ? ResultSource.Hl7 : ResultSource.Entered, patient) { EnteredBy = by?.Id };
        var filed = await acting.Get<ResultFiling>().FileAsync(db, order.Id, origin, values, Cancellation);
        if (filed.Succeeded)
        {
            await transaction.CommitAsync(Cancellation);
        }

        return filed;
    }

    public Task<List<OrderResult>> ResultsAsync() => Clinic.BehindAsync(db => db.Results.AsNoTracking().OrderBy(r => r.CreatedAt).ThenBy(r => r.Position).ToListAsync(Cancellation));

    public Task<List<Alert>> AlertsAsync() => Clinic.BehindAsync(db => db.Alerts.AsNoTracking().ToListAsync(Cancellation));

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();
}
