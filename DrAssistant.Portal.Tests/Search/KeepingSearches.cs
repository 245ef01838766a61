using DrAssistant.Data.Common;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Saved;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Search;

public sealed class KeepingSearches(ClinicDatabase databases) : IClassFixture<ClinicDatabase>
{
    private static readonly SearchQuestion Question = new("fever -malaria") { Only = SearchGroup.Notes, From = new DateOnly(2026, 1, 1), To = new DateOnly(2026, 6, 30) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_is_kept_with_its_filters_under_a_name_and_removed()
    {
        await using var clinic = await SearchClinic.OpenAsync(databases, built: false);
        await using var asha = clinic.Clinic.As(clinic.Asha);
        var saved = asha.Get<ISavedSearches>();
        var asked = Question with { DoctorId = clinic.Asha.Id, PatientId = clinic.Meera };

        var kept = (await saved.SaveAsync("  Fevers of spring ", asked, Cancellation)).Value();
        await saved.SaveAsync("Anaemia", new SearchQuestion("anaemia"), Cancellation);

        var listed = (await saved.ListAsync(Cancellation)).Value();
        Assert.Equal(["Anaemia", "Fevers of spring"], listed.Select(s => s.Name));
        Assert.Equal(asked with { PatientId = null }, listed[1].Question);
        Assert.Null(await saved.RemoveAsync(kept.Id, Cancellation));
        Assert.Equal(["Anaemia"], (await saved.ListAsync(Cancellation)).Value().Select(s => s.Name));
        Assert.Equal(RefusalKind.NotFound, (await saved.RemoveAsync(kept.Id, Cancellation))?.Kind);
    }

    [Fact]
    public async Task A_name_that_one_has_gets_the_new_search_also_where_two_save_at_once()
    {
        await using var clinic = await SearchClinic.OpenAsync(databases, built: false);
        await using var asha = clinic.Clinic.As(clinic.Asha);
        await using var again = clinic.Clinic.As(clinic.Asha);

        await Task.WhenAll(
            asha.Get<ISavedSearches>().SaveAsync("Fever", new SearchQuestion("fever"), Cancellation), again.Get<ISavedSearches>().SaveAsync("FEVER", new SearchQuestion("dengue"), Cancellation));
        await asha.Get<ISavedSearches>().SaveAsync("fever", new SearchQuestion("malaria"), Cancellation);

        Assert.Equal(("fever", "malaria"), Assert.Single((await asha.Get<ISavedSearches>().ListAsync(Cancellation)).Value()) is var only ? (only.Name, only.Question.Text) : default);
    }

    [Fact]
    public async Task Nobody_else_sees_or_removes_it_and_neither_name_nor_words_lie_in_the_database()
    {
        await using var clinic = await SearchClinic.OpenAsync(databases, built: false);
        await using var asha = clinic.Clinic.As(clinic.Asha);
        await using var basu = clinic.Clinic.As(clinic.Basu);
        var kept = (await asha.Get<ISavedSearches>().SaveAsync("Quarterly review", new SearchQuestion("palpitations"), Cancellation)).Value();

        Assert.Empty((await basu.Get<ISavedSearches>().ListAsync(Cancellation)).Value());
        Assert.Equal(RefusalKind.NotFound, (await basu.Get<ISavedSearches>().RemoveAsync(kept.Id, Cancellation))?.Kind);
        await using var statements = await Statements.OpenAsync(clinic.Clinic.Services.GetRequiredService<ClinicDataSources>().App);
        await statements.BecomeAsync(clinic.Basu.Id);
        Assert.Equal(0, await statements.AskAsync<long>("SELECT count(*) FROM saved_searches"));
        Assert.Equal(0, await statements.RunAsync("DELETE FROM saved_searches"));
        await statements.BecomeAsync(clinic.Asha.Id);
        var lying = await statements.AskAsync<string>("SELECT encode(content, 'escape') FROM saved_searches");
        Assert.NotEmpty(lying!);
        Assert.DoesNotContain("review", lying, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("palpitations", lying, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_desk_keeps_searches_too_and_an_admin_who_may_not_search_does_not()
    {
        await using var clinic = await SearchClinic.OpenAsync(databases, built: false);
        await using var desk = clinic.Clinic.As(clinic.Desk);
        await using var admin = clinic.Clinic.As(clinic.Admin);

        Assert.True((await desk.Get<ISavedSearches>().SaveAsync("Kumar", new SearchQuestion("kumar"), Cancellation)).Succeeded);
        Assert.Equal(RefusalKind.Forbidden, (await admin.Get<ISavedSearches>().SaveAsync("Kumar", new SearchQuestion("kumar"), Cancellation)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await admin.Get<ISavedSearches>().ListAsync(Cancellation)).Refusal?.Kind);
    }

    [Theory]
    [InlineData("", "fever")]
    [InlineData("   ", "fever")]
    [InlineData("A name that is longer than sixty letters, which nobody can read", "fever")]
    [InlineData("Fever", "  ")]
    public async Task What_has_no_name_or_no_words_is_refused(string name, string words)
    {
        await using var clinic = await SearchClinic.OpenAsync(databases, built: false);
        await using var asha = clinic.Clinic.As(clinic.Asha);

        Assert.Equal(RefusalKind.Invalid, (await asha.Get<ISavedSearches>().SaveAsync(name, new SearchQuestion(words), Cancellation)).Refusal?.Kind);
    }

    [Fact]
    public async Task There_are_so_many_and_no_more()
    {
        await using var clinic = await SearchClinic.OpenAsync(databases, built: false);
        await using var asha = clinic.Clinic.As(clinic.Asha);
        var saved = asha.Get<ISavedSearches>();
        for (var n = 0; n < 30; n++)
        {
            Assert.True((await saved.SaveAsync($"Search {n}", new SearchQuestion("fever"), Cancellation)).Succeeded);
        }

        Assert.Equal(RefusalKind.Conflict, (await saved.SaveAsync("One more", new SearchQuestion("fever"), Cancellation)).Refusal?.Kind);
        Assert.True((await saved.SaveAsync("Search 3", new SearchQuestion("dengue"), Cancellation)).Succeeded);
    }
}
