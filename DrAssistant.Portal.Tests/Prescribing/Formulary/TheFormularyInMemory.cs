using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Import;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Prescribing.Formulary;

/// <summary>The table is read once and again when a row has changed.</summary>
public sealed class TheFormularyInMemory(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_what_the_file_says()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);

        var fromTable = await clinic.Services.GetRequiredService<FormularyStore>().CurrentAsync(Cancellation);
        var fromFile = FormularySnapshot.FromFile();

        Assert.Equal(fromFile.Medicines.Count, fromTable.Medicines.Count);
        foreach (var medicine in fromFile.Medicines)
        {
            Assert.Equivalent(medicine with { Source = "", UpdatedAt = null }, fromTable.Get(medicine.Id)! with { Source = "", UpdatedAt = null }, strict: true);
        }
    }

    [Fact]
    public async Task hears_of_a_changed_row_when_it_asks_again()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        var store = clinic.Services.GetRequiredService<FormularyStore>();
        var before = await store.CurrentAsync(Cancellation);

        await clinic.RunAsync("UPDATE formulary_medicines SET max_daily_mg = 1234 WHERE id = 'paracetamol'");
        Assert.Same(before, await store.CurrentAsync(Cancellation));
        store.Forget();

        Assert.Equal(1234, (await store.CurrentAsync(Cancellation)).Get("paracetamol")!.MaxDailyMg);
        var now = await store.CurrentAsync(Cancellation);
        store.Forget();
        Assert.Same(now, await store.CurrentAsync(Cancellation));
    }

    [Fact]
    public async Task keeps_what_a_practice_changed_when_a_new_list_comes()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var loader = clinic.Services.GetRequiredService<ReferenceDataLoader>();
        await loader.LoadAsync(Cancellation);
        await clinic.RunAsync("UPDATE formulary_medicines SET source = 'formulary.csv 000000000000; as of last year'");
        await clinic.RunAsync("UPDATE formulary_medicines SET source = 'the practice', max_daily_mg = 3000 WHERE id = 'paracetamol'");

        await loader.LoadAsync(Cancellation);

        Assert.Equal(3000m, await clinic.OneAsync<decimal>("SELECT max_daily_mg FROM formulary_medicines WHERE id = 'paracetamol'"));
    }
}
