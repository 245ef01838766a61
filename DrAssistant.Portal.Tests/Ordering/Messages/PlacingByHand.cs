using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Ordering.Messages;

public sealed class PlacingByHand(SharedMessagesClinic shared) : IClassFixture<SharedMessagesClinic>
{
    private static readonly DateOnly MeerasBirth = new(1980, 2, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_nurse_finds_the_patient_by_two_identifiers_and_files_it()
    {
        var clinic = await shared.ResetAsync();
        await clinic.ReadAsync("fhir-12-several-orders.json");
        await using var nila = clinic.Clinic.As(clinic.Nila);
        var door = nila.Get<IUnmatchedResults>();
        var before = (await clinic.Clinic.TrailOfAsync(clinic.Nila)).Count;

        var line = Assert.Single((await door.ListAsync(Cancellation)).Value());
        var found = (await door.FindAsync(line.Id, "da26 005120 3", MeerasBirth, Cancellation)).Value();
        var item = found.Items.First(i => i.OrderNumber == "OR-26-000023");
        (await door.AttachAsync(line.Id, item.ItemId, null, Cancellation)).Value();

        Assert.Equal((UnmatchedReason.SeveralOrders, "Meera Nair", "TSH"), (line.Why, line.PersonName, line.Test));
        Assert.Equal(("7.9", "mIU/L"), (line.Values[0].Value, line.Values[0].Unit));
        Assert.False(found.Differs);
        var result = Assert.Single(await clinic.StandingAsync());
        Assert.Equal(("3016-3", 7.9m, ResultSource.Fhir, (Guid?)clinic.Nila.Id, item.ItemId), (result.Code, result.ValueNumber, result.Source, result.EnteredBy, result.OrderItemId));
        Assert.NotNull(result.MessageId);
        Assert.Empty((await door.ListAsync(Cancellation)).Value());
        var trail = (await clinic.Clinic.TrailOfAsync(clinic.Nila)).Skip(before).Select(e => e.Event).ToList();
        Assert.Equal("unmatched-result.list", trail[0]);
        Assert.Equal("unmatched-result.find-patient", trail[1]);
        Assert.Contains("unmatched-result.attach", trail);
        (await door.AttachAsync(line.Id, item.ItemId, null, Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task One_identifier_alone_or_somebody_who_is_not_in_ones_care_is_not_found()
    {
        var clinic = await shared.ResetAsync();
        await clinic.ReadAsync("fhir-12-several-orders.json");
        await using var nila = clinic.Clinic.As(clinic.Nila);
        var door = nila.Get<IUnmatchedResults>();
        var line = Assert.Single((await door.ListAsync(Cancellation)).Value());
        var ravis = await clinic.Clinic.BehindAsync(db => db.OrderItems.Where(i => i.PatientId == clinic.Ravi).Select(i => i.Id).SingleAsync(Cancellation));

        (await door.FindAsync(line.Id, "DA26-005120-3", new DateOnly(1980, 2, 2), Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await door.FindAsync(line.Id, "", MeerasBirth, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await door.FindAsync(line.Id, "DA26-005121-6", new DateOnly(1975, 6, 15), Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await door.AttachAsync(line.Id, ravis, "He said so", Cancellation)).AssertRefused(RefusalKind.NotFound);
        Assert.Empty(await clinic.StandingAsync());
    }

    [Fact]
    public async Task Where_the_report_names_somebody_else_a_reason_is_needed()
    {
        var clinic = await shared.ResetAsync();
        await clinic.ReadAsync("hl7-12-another-patient.hl7");
        await using var nila = clinic.Clinic.As(clinic.Nila);
        var door = nila.Get<IUnmatchedResults>();
        var line = Assert.Single((await door.ListAsync(Cancellation)).Value());
        var found = (await door.FindAsync(line.Id, "DA26-005120-3", MeerasBirth, Cancellation)).Value();
        var item = found.Items.First(i => i.OrderNumber == "OR-26-000018").ItemId;

        (await door.AttachAsync(line.Id, item, " ", Cancellation)).AssertRefused(RefusalKind.Invalid);
        Assert.Empty(await clinic.StandingAsync());
        (await door.AttachAsync(line.Id, item, "The laboratory mixed up the labels and confirmed it", Cancellation)).Value();

        Assert.True(found.Differs);
        Assert.Single(await clinic.StandingAsync());
        Assert.Equal("The laboratory mixed up the labels and confirmed it", (await clinic.Clinic.RowAsync<UnmatchedResult>(line.Id)).SettledWords);
    }

    [Fact]
    public async Task What_the_filing_refuses_stays_in_the_list()
    {
        var clinic = await shared.ResetAsync();
        await clinic.ReadAsync("hl7-15-another-dimension.hl7");
        await using var nila = clinic.Clinic.As(clinic.Nila);
        var door = nila.Get<IUnmatchedResults>();
        var line = Assert.Single((await door.ListAsync(Cancellation)).Value());
        var item = (await door.FindAsync(line.Id, "DA26-005120-3", MeerasBirth, Cancellation)).Value().Items.First(i => i.Name == MessagesClinic.Potassium).ItemId;

        (await door.AttachAsync(line.Id, item, null, Cancellation)).AssertRefused(RefusalKind.Invalid);

        Assert.NotNull(line.Words);
        Assert.Equal(["2951-2"], (await clinic.StandingAsync()).Select(r => r.Code));
        Assert.Single((await door.ListAsync(Cancellation)).Value());
    }

    [Fact]
    public async Task Dismissing_needs_a_reason_and_files_nothing()
    {
        var clinic = await shared.ResetAsync();
        await clinic.ReadAsync("fhir-11-patient-unknown.json");
        await using var asha = clinic.Clinic.As(clinic.Asha);
        var door = asha.Get<IUnmatchedResults>();
        var line = Assert.Single((await door.ListAsync(Cancellation)).Value());

        (await door.DismissAsync(line.Id, "no", Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await door.DismissAsync(line.Id, "Meant for another practice", Cancellation)).Value();
        (await door.DismissAsync(line.Id, "Meant for another practice", Cancellation)).AssertRefused(RefusalKind.NotFound);

        var row = await clinic.Clinic.RowAsync<UnmatchedResult>(line.Id);
        Assert.Equal((UnmatchedSettling.Dismissed, "Meant for another practice", clinic.Asha.Id), (row.SettledAs, row.SettledWords, row.SettledBy));
        Assert.Empty((await door.ListAsync(Cancellation)).Value());
        Assert.Empty(await clinic.StandingAsync());
    }

    [Theory]
    [InlineData(StaffRole.Receptionist)]
    [InlineData(StaffRole.Admin)]
    [InlineData(null)]
    public async Task Others_see_nothing_of_it(StaffRole? role)
    {
        var clinic = await shared.ResetAsync();
        await clinic.ReadAsync("fhir-11-patient-unknown.json");
        var person = await clinic.Clinic.Given.StaffAsync(role ?? StaffRole.Doctor, $"Somebody Else {role}");
        await using var acting = role is null ? clinic.Clinic.AsNobody() : clinic.Clinic.As(person);
        var door = acting.Get<IUnmatchedResults>();
        var (row, _) = Assert.Single(await clinic.WaitingAsync());

        (await door.ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.FindAsync(row.Id, "DA26-005120-3", MeerasBirth, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.AttachAsync(row.Id, Guid.CreateVersion7(), null, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await door.DismissAsync(row.Id, "Meant for another practice", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        Assert.Empty(await clinic.Clinic.TrailOfAsync(person));
    }
}
