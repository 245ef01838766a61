using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Import;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Reference;

/// <summary>The formulary and the order catalogue come from files of the build, and go on living beside a practice's own.</summary>
public sealed class LoadingReferenceData(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task fills_the_tables_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var written = await LoadAsync(clinic);

        Assert.Equal(written, await clinic.OneAsync<long>("""
            SELECT (SELECT count(*) FROM formulary_medicines) + (SELECT count(*) FROM order_catalogue) + (SELECT count(*) FROM diagnosis_codes)
            + (SELECT count(*) FROM reference_ranges) + (SELECT count(*) FROM order_sets)
            """));
        Assert.True(written > 1500);
        Assert.Equal(0, await LoadAsync(clinic));
        Assert.Equal(["imaging", "lab", "procedure", "referral"], await clinic.ColumnAsync<string>("SELECT DISTINCT order_type FROM order_catalogue ORDER BY 1"));
        Assert.Equal("2823-3", await clinic.OneAsync<string>("SELECT code FROM order_catalogue WHERE id = 'lab-k' AND unit = 'mmol/L' AND code_system = 'http://loinc.org'"));
        Assert.Equal(["amlodipine", "telmisartan"], await clinic.ColumnAsync<string>("SELECT unnest(combination_of) FROM formulary_medicines WHERE id = 'telmisartan-amlodipine' ORDER BY 1"));
    }

    [Fact]
    public async Task brings_old_rows_up_to_date_and_retires_those_that_left()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await LoadAsync(clinic);
        await clinic.RunAsync("UPDATE formulary_medicines SET source = 'formulary.csv 000000000000; as of last year'");
        await clinic.RunAsync("UPDATE formulary_medicines SET generic_name = 'Misspelt' WHERE id = 'metformin'");
        await clinic.RunAsync("UPDATE formulary_medicines SET id = 'left-the-list' WHERE id = 'zopiclone'");

        Assert.True(await LoadAsync(clinic) > 800);

        Assert.Equal("Metformin", await clinic.OneAsync<string>("SELECT generic_name FROM formulary_medicines WHERE id = 'metformin' AND is_active"));
        Assert.False(await clinic.OneAsync<bool>("SELECT is_active FROM formulary_medicines WHERE id = 'left-the-list'"));
        Assert.Equal(0, await LoadAsync(clinic));
    }

    [Fact]
    public async Task leaves_a_practices_own_rows_alone()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await clinic.RunAsync("INSERT INTO order_catalogue (id, order_type, name, source) VALUES ('own-ecg', 'procedure', 'ECG in room 4', 'our own')");

        await LoadAsync(clinic);

        Assert.True(await clinic.OneAsync<bool>("SELECT is_active FROM order_catalogue WHERE id = 'own-ecg' AND source = 'our own'"));
    }

    [Fact]
    public void finds_ids_once_panels_whole_and_loinc_codes_with_their_check_digit()
    {
        var tests = ReferenceFile.LabTests.Read(row => (Id: row.Needed("id"), Loinc: row.Text("loinc_code"), Members: row.Several("panel_members") ?? []));
        var known = tests.Select(t => t.Id).ToHashSet();

        Assert.Equal(tests.Count, known.Count);
        Assert.All(tests.SelectMany(t => t.Members), member => Assert.Contains(member, known));
        Assert.All(tests.Where(t => t.Loinc is not null), t => Assert.True(HasItsCheckDigit(t.Loinc!), t.Loinc));
        Assert.All(ReferenceFile.ReferenceRanges.Read(row => row.Needed("test_id")), id => Assert.Contains(id, known));
    }

    [Fact]
    public void finds_combinations_made_of_medicines_that_are_there()
    {
        var medicines = ReferenceFile.Formulary.Read(row => (Id: row.Needed("id"), Parts: row.Several("combination_of") ?? []));
        var known = medicines.Select(m => m.Id).ToHashSet();

        Assert.Equal(medicines.Count, known.Count);
        Assert.All(medicines.SelectMany(m => m.Parts), part => Assert.Contains(part, known));
    }

    [Theory]
    [InlineData("lab-k", Gender.Male, 50, 6.2, ResultFlag.CriticalHigh)]
    [InlineData("lab-k", Gender.Male, 50, 6.1, ResultFlag.High)]
    [InlineData("lab-k", Gender.Male, 50, 5.1, ResultFlag.Normal)]
    [InlineData("lab-hb", Gender.Female, 30, 11.9, ResultFlag.Low)]
    [InlineData("lab-hb", Gender.Male, 30, 7, ResultFlag.CriticalLow)]
    public void flags_a_value_by_sex_and_age(string test, Gender sex, int years, double value, ResultFlag flag)
        => Assert.Equal(flag, ReferenceRanges.Starter().For(test, sex, (int)(years * 365.25))!.Flag((decimal)value));

    [Fact]
    public void has_no_range_where_none_is_stated()
        => Assert.Null(ReferenceRanges.Starter().For("lab-dengg", Gender.Male, 9000));

    [Fact]
    public void takes_the_upper_age_of_a_band_into_the_next()
    {
        var ranges = ReferenceRanges.Starter();
        Assert.Equal(11m, ranges.For("lab-hb", Gender.Female, 1800)!.Low);
        Assert.Equal(11.5m, ranges.For("lab-hb", Gender.Female, 1827)!.Low);
    }

    private static Task<int> LoadAsync(ClinicUnderTest clinic) => clinic.Services.GetRequiredService<ReferenceDataLoader>().LoadAsync(Cancellation);

    /// <summary>LOINC users' guide, appendix C: modulo 10, every second digit doubled from the right.</summary>
    private static bool HasItsCheckDigit(string code)
    {
        var parts = code.Split('-');
        var sum = parts[0].Reverse().Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1)).Sum(n => (n / 10) + (n % 10));
        return (10 - (sum % 10)) % 10 == parts[1][0] - '0';
    }
}
