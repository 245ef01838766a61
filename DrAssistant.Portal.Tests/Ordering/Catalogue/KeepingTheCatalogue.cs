using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Ordering.Catalogue;

public sealed class KeepingTheCatalogue(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_changed_with_its_ranges_and_stays_so()
    {
        await using var clinic = await LoadedAsync();
        var admin = await clinic.Given.AdminAsync();
        await using var keeping = clinic.As(admin);
        var door = keeping.Get<IOrderCatalogueKeeping>();
        var draft = (await door.OpenAsync("lab-k", Cancellation)).Value();
        (draft.Name, draft.Synonyms) = ("Potassium, serum", "K+|kalium");
        draft.Ranges.Clear();
        draft.Ranges.Add(new RangeDraft { FromYears = "18", CriticalLow = "2.5", Low = "3.5", High = "5.3", CriticalHigh = "6.5" });

        var saved = (await door.SaveAsync(draft, Cancellation)).Value();
        await clinic.RunAsync("UPDATE reference_ranges SET source = 'reference_ranges.csv 000000000000; old' WHERE starts_with(source, 'reference_ranges.csv ')");
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        var store = clinic.Services.GetRequiredService<OrderCatalogueStore>();
        store.Forget();
        var known = await store.CurrentAsync(Cancellation);

        Assert.Equal("Potassium, serum", saved.Name);
        Assert.Equal("lab-k", known.Find("kalium", null, 1)[0].Entry.Id);
        Assert.Equal(6.5m, known.Ranges.For("lab-k", Gender.Male, 9000)!.CriticalHigh);
        Assert.Null(known.Ranges.For("lab-k", Gender.Male, 900));
        Assert.Equal(["lab-k"], (await door.ListAsync("", Cancellation)).Value().Select(e => e.Id));
        Assert.Equal(RefusalKind.Conflict, (await door.SaveAsync(draft, Cancellation)).Refusal?.Kind);
        await clinic.AssertTrailAsync(admin, "catalogue.save");
    }

    [Theory]
    [InlineData(nameof(CatalogueDraft.Name), "", null, null, null)]
    [InlineData(nameof(CatalogueDraft.Code), "Test", "28233", null, null)]
    [InlineData(nameof(CatalogueDraft.Code), "Test", "2823-3", null, null)]
    [InlineData(nameof(CatalogueDraft.Members), "Test", null, "lab-nothing", null)]
    [InlineData(nameof(CatalogueDraft.Decimals), "Test", null, null, "7")]
    public async Task What_cannot_be_kept_is_refused_beside_its_field(string field, string name, string? code, string? members, string? decimals)
    {
        await using var clinic = await LoadedAsync();
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());

        var refused = await keeping.Get<IOrderCatalogueKeeping>().SaveAsync(new CatalogueDraft { Name = name, Code = code, Members = members, Decimals = decimals }, Cancellation);

        Assert.Equal(field, refused.Refusal?.Field);
    }

    [Theory]
    [InlineData("6", "5", "0", "120")]
    [InlineData("3,5", "5", "0", "120")]
    [InlineData("3", "5", "20", "10")]
    [InlineData(null, null, "0", "120")]
    public async Task A_range_that_cannot_be_is_refused(string? low, string? high, string from, string to)
    {
        await using var clinic = await LoadedAsync();
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());
        var draft = new CatalogueDraft { Name = "Our test" };
        draft.Ranges.Add(new RangeDraft { Low = low, High = high, FromYears = from, ToYears = to });

        Assert.Equal(nameof(CatalogueDraft.Ranges), (await keeping.Get<IOrderCatalogueKeeping>().SaveAsync(draft, Cancellation)).Refusal?.Field);
    }

    [Fact]
    public async Task A_new_entry_is_found_withdrawn_and_taken_back_and_stands_in_a_set()
    {
        await using var clinic = await LoadedAsync();
        await using var keeping = clinic.As(await clinic.Given.AdminAsync());
        await using var doctor = clinic.As(await clinic.Given.DoctorAsync());
        var (door, catalogue) = (keeping.Get<IOrderCatalogueKeeping>(), doctor.Get<IOrderCatalogue>());

        var made = (await door.SaveAsync(new CatalogueDraft { Type = OrderType.Procedure, Name = "Zebra stripe test" }, Cancellation)).Value();
        var sets = (await door.SaveSetAsync(new OrderSetDraft { Name = "Zebra work-up", Members = $"{made.Id}|lab-cbc" }, Cancellation)).Value();
        Assert.Equal("own-proc-zebra-stripe-test", made.Id);
        Assert.Equal([made.Id, "lab-cbc"], sets.Single(s => s.Name == "Zebra work-up").Members.Select(m => m.Id));
        Assert.Equal(made.Id, (await catalogue.FindAsync("zebra", null, 5, Cancellation)).Value().Single().Entry.Id);
        Assert.Equal("reason", (await door.WithdrawAsync(made.Id, "no", Cancellation)).Refusal?.Field);
        Assert.False((await door.WithdrawAsync(made.Id, "Not done here", Cancellation)).Value().IsActive);
        Assert.DoesNotContain((await catalogue.FindAsync("zebra", null, 50, Cancellation)).Value(), hit => hit.Entry.Id == made.Id);
        Assert.Equal(nameof(OrderSetDraft.Members), (await door.SaveSetAsync(new OrderSetDraft { Name = "Another", Members = made.Id }, Cancellation)).Refusal?.Field);
        Assert.True((await door.RestoreAsync(made.Id, Cancellation)).Value().IsActive);
    }

    [Fact]
    public async Task It_is_the_admins_alone()
    {
        await using var clinic = await LoadedAsync();
        foreach (var person in new[] { await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync() })
        {
            await using var acting = clinic.As(person);
            var door = acting.Get<IOrderCatalogueKeeping>();
            (await door.ListAsync("", Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await door.SaveAsync(new CatalogueDraft { Name = "Test" }, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await door.WithdrawAsync("lab-k", "Not done here", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        }
    }

    private async Task<ClinicUnderTest> LoadedAsync()
    {
        var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        return clinic;
    }
}
