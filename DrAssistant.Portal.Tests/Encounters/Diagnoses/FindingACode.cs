using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Encounters.Diagnoses;

/// <summary>A doctor types what they would say, and finds the code of ICD-10 for it.</summary>
public sealed class FindingACode(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("htn", "I10", "HTN")]
    [InlineData("high bp", "I10", "high BP")]
    [InlineData("dm2", "E11.9", "DM2")]
    [InlineData("sugar", "E11.9", "sugar")]
    [InlineData("hyperten", "I10", null)]
    [InlineData("diabetes type 2 without", "E11.9", null)]
    [InlineData("e11.9", "E11.9", null)]
    [InlineData("E119", "E11.9", null)]
    [InlineData("uti", "N39.0", "UTI")]
    [InlineData("rice water", "A00.9", "rice-water stools")]
    [InlineData("  Essential   HYPERT ", "I10", null)]
    [InlineData("typhod", "A01.0", null)]
    public async Task is_done_by_words_lay_words_abbreviations_beginnings_codes_and_even_misspelt(string typed, string code, string? foundAs)
    {
        await using var practice = await OpenAsync();
        await using var doctor = practice.As(await practice.Given.DoctorAsync());

        var hits = (await doctor.Get<IDiagnosisCodes>().FindAsync(typed, Cancellation)).Value();

        Assert.InRange(hits.Count, 1, 20);
        Assert.Equal((code, foundAs), (hits[0].Code, hits[0].FoundAs));
    }

    [Theory]
    [InlineData("zzzqqq")]
    [InlineData("x99.9")]
    [InlineData("!&|:*()'\\")]
    public async Task finds_nothing_for_what_is_no_diagnosis_and_breaks_at_no_sign(string typed)
    {
        await using var practice = await OpenAsync();
        await using var doctor = practice.As(await practice.Given.DoctorAsync());

        Assert.Empty((await doctor.Get<IDiagnosisCodes>().FindAsync(typed, Cancellation)).Value());
    }

    [Fact]
    public async Task brings_ones_own_first_with_their_count_and_nobody_elses()
    {
        await using var practice = await OpenAsync();
        var (asha, basu) = (await practice.Given.DoctorAsync(), await practice.Given.DoctorAsync("Basu Dev"));
        await using var hers = practice.As(asha);
        await using var his = practice.As(basu);
        var (mine, theirs) = (hers.Get<IDiagnosisCodes>(), his.Get<IDiagnosisCodes>());
        Assert.NotEqual("E10.9", (await mine.FindAsync("diabetes", Cancellation)).Value()[0].Code);

        await mine.UsedAsync("I10", Cancellation);
        await mine.UsedAsync("E10.9", Cancellation);
        Assert.Equal(2, (await mine.UsedAsync("E10.9", Cancellation)).Value().Uses);

        Assert.Equal(("E10.9", 2), (await mine.FindAsync("diabetes", Cancellation)).Value().Select(h => (h.Code, h.Uses)).First());
        Assert.Equal(["E10.9", "I10"], (await mine.FindAsync("", Cancellation)).Value().Select(h => h.Code));
        Assert.NotEqual("E10.9", (await theirs.FindAsync("diabetes", Cancellation)).Value()[0].Code);
        Assert.Empty((await theirs.FindAsync("", Cancellation)).Value());
    }

    [Fact]
    public async Task and_using_one_are_for_those_who_write_and_for_codes_that_there_are()
    {
        await using var practice = await OpenAsync();
        await using var nurse = practice.As(await practice.Given.NurseAsync());
        await using var desk = practice.As(await practice.Given.ReceptionistAsync());

        (await desk.Get<IDiagnosisCodes>().FindAsync("htn", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await desk.Get<IDiagnosisCodes>().UsedAsync("I10", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nurse.Get<IDiagnosisCodes>().UsedAsync("X99.9", Cancellation)).AssertRefused(RefusalKind.NotFound);
        Assert.Equal("I10", (await nurse.Get<IDiagnosisCodes>().UsedAsync("I10", Cancellation)).Value().Code);
    }

    [Fact]
    public void The_starter_list_has_each_code_once_and_in_its_chapter()
    {
        string[] numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII"];
        var rows = ReferenceFile.DiagnosisCodes.Read(row => (Code: row.Needed("code"), Title: row.Needed("title"), Chapter: row.Needed("chapter")));

        Assert.True(rows.Count > 1500);
        Assert.Equal(rows.Count, rows.Select(r => r.Code).Distinct().Count());
        Assert.DoesNotContain(rows, r => DiagnosisChapters.Of(r.Code) is not { } chapter || numerals[chapter - 1] != r.Chapter);
    }

    private Task<ClinicUnderTest> OpenAsync() => ClinicUnderTest.OpenWithReferenceDataAsync(databases);
}
