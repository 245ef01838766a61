using System.Diagnostics;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Ordering.Catalogue;

/// <summary>The tables are read once and again when a row has changed; what a practice wrote stays its own.</summary>
public sealed class TheCatalogueInMemory(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_what_the_files_say()
    {
        await using var clinic = await LoadedAsync();

        var fromTable = await clinic.Services.GetRequiredService<OrderCatalogueStore>().CurrentAsync(Cancellation);
        var fromFile = OrderCatalogue.FromFiles();

        Assert.Equal(fromFile.Entries.Count, fromTable.Entries.Count);
        foreach (var entry in fromFile.Entries)
        {
            Assert.Equivalent(entry with { Source = "" }, fromTable.Get(entry.Id)! with { Source = "" }, strict: true);
            Assert.Equal(fromFile.Ranges.Of(entry.Id), fromTable.Ranges.Of(entry.Id));
        }

        Assert.Equal(fromFile.Sets.Select(s => s.Id), fromTable.Sets.Select(s => s.Id));
        Assert.Equal("lab-k", fromTable.ByCode("http://loinc.org", "2823-3")!.Id);
        Assert.Null(fromTable.ByCode("http://loinc.org", "2823"));
    }

    [Fact]
    public async Task hears_of_a_changed_range_when_it_asks_again()
    {
        await using var clinic = await LoadedAsync();
        var store = clinic.Services.GetRequiredService<OrderCatalogueStore>();
        var before = await store.CurrentAsync(Cancellation);

        await clinic.RunAsync("UPDATE reference_ranges SET critical_high = 6.9 WHERE test_id = 'lab-k'");
        Assert.Same(before, await store.CurrentAsync(Cancellation));
        store.Forget();

        var now = await store.CurrentAsync(Cancellation);
        Assert.Equal(6.9m, now.Ranges.For("lab-k", Gender.Male, 18000)!.CriticalHigh);
        store.Forget();
        Assert.Same(now, await store.CurrentAsync(Cancellation));
    }

    [Fact]
    public async Task keeps_what_a_practice_changed_when_a_new_list_comes()
    {
        await using var clinic = await LoadedAsync();
        foreach (var (table, file) in new[] { ("order_catalogue", "lab_tests.csv"), ("reference_ranges", "reference_ranges.csv"), ("order_sets", "order_sets.csv") })
        {
            await clinic.RunAsync($"UPDATE {table} SET source = '{file} 000000000000; as of last year' WHERE starts_with(source, '{file} ')");
        }

        await clinic.RunAsync("UPDATE order_catalogue SET source = 'the practice', name = 'Our blood count' WHERE id = 'lab-cbc'");
        await clinic.RunAsync("UPDATE order_catalogue SET name = 'Misspelt' WHERE id = 'lab-k'");
        await clinic.RunAsync("UPDATE reference_ranges SET source = 'the practice', high = 5.5, to_years = 200 WHERE test_id = 'lab-k' AND to_years >= 120");
        await clinic.RunAsync("UPDATE order_sets SET source = 'the practice', members = '{lab-cbc}' WHERE id = 'set-uti'");

        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        var known = await clinic.Services.GetRequiredService<OrderCatalogueStore>().CurrentAsync(Cancellation);

        Assert.Equal("Our blood count", known.Get("lab-cbc")!.Name);
        Assert.Equal("Potassium", known.Get("lab-k")!.Name);
        Assert.Equal(5.5m, known.Ranges.For("lab-k", Gender.Female, 18000)!.High);
        Assert.Equal(["lab-cbc"], known.Sets.Single(s => s.Id == "set-uti").Members.Select(m => m.Id));
    }

    [Fact]
    public void takes_a_practices_ranges_of_a_test_for_all_of_them()
    {
        RangeRow Range(decimal from, string source, bool isActive = true)
            => new($"k/{from}", "k", null, from, 120, 3, 5, null, null, "mmol/L", null, source) { IsActive = isActive };

        var ranges = new ReferenceRanges([Range(0, "reference_ranges.csv 1; starter"), Range(18, "the practice"), Range(50, "the practice", isActive: false)]);

        Assert.Null(ranges.For("k", Gender.Male, 3000));
        Assert.Equal(18, ranges.For("k", Gender.Male, 20_000)!.FromYears);
        Assert.Single(ranges.Of("k"));
    }

    [Fact]
    public void keeps_a_range_without_an_upper_age_for_the_oldest()
        => Assert.NotNull(ReferenceRanges.Starter().For("lab-k", Gender.Female, (int)(121 * 365.25)));

    [Fact]
    public void takes_panels_apart_to_single_tests()
    {
        var known = OrderCatalogue.FromFiles();

        var tests = known.TestsOf(known.Get("lab-elec")!).Select(t => t.Id);

        Assert.Equal(["lab-na", "lab-k", "lab-cl", "lab-hco3"], tests);
        Assert.Equal(["lab-k"], known.TestsOf(known.Get("lab-k")!).Select(t => t.Id));
        Assert.All(known.Entries, e => Assert.All(known.TestsOf(e), t => Assert.False(t.IsPanel)));
    }

    [Fact]
    public void names_only_entries_that_are_there_in_its_sets()
    {
        var known = OrderCatalogue.FromFiles();
        var named = ReferenceFile.OrderSets.Read(row => row.Several("members")!.Concat(row.Several("optional_members") ?? []).ToList()).SelectMany(s => s);

        Assert.All(named, id => Assert.NotNull(known.Get(id)));
        Assert.Contains(known.Sets, s => s.Id == "set-fever-workup");
    }

    [Theory]
    [InlineData("cbc", "lab-cbc")]
    [InlineData("complete blood", "lab-cbc")]
    [InlineData("potassium", "lab-k")]
    [InlineData("potasium", "lab-k")]
    [InlineData("hemoglobin", "lab-hb")]
    [InlineData("haemoglobn", "lab-hb")]
    [InlineData("hb", "lab-hb")]
    [InlineData("cxr", "img-xr-chest-pa")]
    [InlineData("chest xray", "img-xr-chest-pa")]
    [InlineData("x-ray chest", "img-xr-chest-pa")]
    [InlineData("ecg", "proc-ecg12")]
    [InlineData("cardiologi", "ref-card")]
    public void finds_first_what_was_meant(string typed, string id)
        => Assert.Equal(id, OrderCatalogue.FromFiles().Find(typed, null, 10)[0].Entry.Id);

    [Fact]
    public void finds_nothing_for_nothing_and_only_one_kind_where_it_is_asked_for()
    {
        var known = OrderCatalogue.FromFiles();

        Assert.Empty(known.Find("  ", null, 10));
        Assert.Empty(known.Find("qqqqzz", null, 10));
        Assert.All(known.Find("chest", OrderType.Imaging, 50), hit => Assert.Equal(OrderType.Imaging, hit.Entry.Type));
        Assert.Equal(3, known.Find("l", null, 3).Count);
    }

    /// <summary>No test depends on time: this one says what it measured, and refuses only what would be felt.</summary>
    [Fact]
    public void answers_before_a_key_is_released()
    {
        var known = OrderCatalogue.FromFiles();
        string[] typed = ["c", "cb", "cbc", "xray che", "haemoglobn", "thyroid profle"];
        foreach (var text in typed)
        {
            known.Find(text, null, 10);
        }

        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 50; i++)
        {
            foreach (var text in typed)
            {
                known.Find(text, null, 10);
            }
        }

        var each = Stopwatch.GetElapsedTime(began).TotalMilliseconds / (50 * typed.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each:0.000} ms a question");
        Assert.True(each < 50, $"{each:0.0} ms a question");
    }

    private async Task<ClinicUnderTest> LoadedAsync()
    {
        var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);
        return clinic;
    }
}
