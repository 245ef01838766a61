using DrAssistant.Data.Common;
using DrAssistant.Data.Search;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Search;

/// <summary>With the index in PostgreSQL; derived classes have it elsewhere, and find the same.</summary>
public class SearchingEverywhere(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_and_an_admin_are_refused()
    {
        await using var search = await OpenAsync();
        await using var nobody = search.Clinic.AsNobody();
        await using var admin = search.Clinic.As(search.Admin);

        (await nobody.Get<ISearch>().FindAsync(new SearchQuestion("fever"), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await admin.Get<ISearch>().FindAsync(new SearchQuestion("fever"), Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task A_note_is_found_by_those_in_whose_care_its_patient_is_and_by_nobody_else()
    {
        await using var search = await OpenAsync();
        var note = await search.NoteAsync(search.Asha, search.Meera, "Palpitations since a week, worse at night.");
        var other = await search.NoteAsync(search.Basu, search.Ravi, "No palpitations. Walks daily.");

        Assert.Equal([note], await search.IdsAsync(search.Asha, "palpitations"));
        Assert.Equal([other], await search.IdsAsync(search.Basu, "palpitations"));
        Assert.Equal(new[] { note, other }.Order(), (await search.IdsAsync(search.Nila, "palpitations")).Order());
        Assert.Empty((await search.FindAsync(search.Desk, "palpitations")).Hits);

        var hit = Assert.Single((await search.FindAsync(search.Asha, "palpitation")).Hits);
        Assert.Equal((SearchGroup.Notes, search.Meera, "NAIR, Meera", "Asha Rao"), (hit.Group, hit.PatientId, hit.Patient.Listed, hit.Doctor));
        var snippet = Assert.Single(hit.Snippets);
        Assert.Equal("History of present illness", snippet.Label);
        Assert.Equal("Palpitations", snippet.Text.Substring(snippet.Marks[0].Start, snippet.Marks[0].Length));
    }

    [Theory]
    [InlineData("hypertension", "HTN on amlodipine")]
    [InlineData("HTN", "Known hypertensive? Yes: hypertension for years")]
    [InlineData("high blood pressure", "k/c/o HTN")]
    [InlineData("DM", "Diabetes mellitus since 2010")]
    [InlineData("diabetes", "DM x 10 years")]
    [InlineData("MI", "Father had a myocardial infarction")]
    [InlineData("heart attack", "old MI")]
    [InlineData("SOB", "Shortness of breath on climbing stairs")]
    [InlineData("breathlessness", "SOB on exertion")]
    [InlineData("coughing", "Dry cough at night")]
    [InlineData("allergies", "An allergy to pollen")]
    [InlineData("chest pain", "No chest pain today")]
    [InlineData("palpitashons", "Palpitations on and off")]
    [InlineData("palpit", "Palpitations on and off")]
    [InlineData("\"chest pain\"", "Denies chest pain")]
    [InlineData("naïve", "Naive to treatment")]
    [InlineData("दर्द", "सीने में दर्द")]
    [InlineData("7.4", "HbA1c 7.4 in June")]
    public async Task What_means_the_same_is_found(string asked, string written)
    {
        await using var search = await OpenAsync();
        var note = await search.NoteAsync(search.Asha, search.Meera, written);

        Assert.Equal([note], await search.IdsAsync(search.Asha, asked));
        Assert.NotEmpty(Assert.Single((await search.FindAsync(search.Asha, asked)).Hits).Snippets[0].Marks);
    }

    [Theory]
    [InlineData("\"pain chest\"")]
    [InlineData("chest -pain")]
    [InlineData("fever")]
    [InlineData("\"Review pain\"")] // from one field into the next
    [InlineData("the")]
    public async Task What_was_not_written_is_not(string asked)
    {
        await using var search = await OpenAsync();
        await search.NoteAsync(search.Asha, search.Meera, "chest pain");

        Assert.Empty(await search.IdsAsync(search.Asha, asked));
    }

    [Fact]
    public async Task Either_of_two_words_is_enough_where_OR_stands_between_them()
    {
        await using var search = await OpenAsync();
        var one = await search.NoteAsync(search.Asha, search.Meera, "Migraine", hoursAgo: 2);
        var two = await search.NoteAsync(search.Asha, search.Meera, "Sciatica", hoursAgo: 1);

        Assert.Equal([two, one], await search.IdsAsync(search.Asha, "migraine OR sciatica"));
        Assert.Empty(await search.IdsAsync(search.Asha, "migraine sciatica"));
    }

    [Fact]
    public async Task A_prescription_is_found_by_generic_name_and_by_any_brand()
    {
        await using var search = await OpenAsync();
        await search.Clinic.RunAsync("""
            INSERT INTO formulary_medicines (id, generic_name, forms, strengths, routes, schedule, telemedicine_list, brand_names, source)
            VALUES ('metformin', 'Metformin', '{tablet}', '{500 mg}', '{oral}', 'H', 'O', '{Glycomet,Glyciphage}', 'test')
            """);
        var one = await search.PrescriptionAsync(search.Asha, search.Meera, "Metformin", "Glycomet", "metformin");
        await search.PrescriptionAsync(search.Basu, search.Ravi, "Metformin", code: "metformin");

        Assert.Equal([one], await search.IdsAsync(search.Asha, "metformin"));
        Assert.Equal([one], await search.IdsAsync(search.Asha, "glycomet"));
        Assert.Equal([one], await search.IdsAsync(search.Asha, "Glyciphage"));
        var hit = Assert.Single((await search.FindAsync(search.Asha, "metformin")).Hits);
        Assert.Equal((SearchGroup.Prescriptions, "draft"), (hit.Group, hit.Status));
        Assert.Equal("Metformin (Glycomet) 1 tablet BD", Assert.Single(hit.Snippets).Text);
    }

    [Fact]
    public async Task Orders_and_results_are_found_by_the_test_and_groups_say_how_many_there_are()
    {
        await using var search = await OpenAsync();
        for (var n = 0; n < 7; n++)
        {
            await search.ResultAsync(search.Asha, search.Meera, "Ferritin", 8 + n);
        }

        var answer = await search.FindAsync(search.Asha, "ferritin");

        Assert.Equal((7, 7), (answer.Totals[SearchGroup.Orders], answer.Totals[SearchGroup.Results]));
        Assert.Equal(5, answer.Hits.Count(hit => hit.Group is SearchGroup.Results));
        Assert.Equal(7, (await search.FindAsync(search.Asha, new SearchQuestion("ferritin") { Only = SearchGroup.Results })).Hits.Count);
        Assert.StartsWith("Ferritin ", answer.Hits.First(hit => hit.Group is SearchGroup.Results).Snippets[0].Text, StringComparison.Ordinal);
        Assert.Empty((await search.FindAsync(search.Desk, "ferritin")).Hits);
    }

    [Fact]
    public async Task Filters_leave_only_a_patients_a_doctors_or_a_times()
    {
        await using var search = await OpenAsync();
        var old = await search.NoteAsync(search.Asha, search.Meera, "Migraine", hoursAgo: 24 * 40);
        var late = await search.NoteAsync(search.Basu, search.Ravi, "Migraine", hoursAgo: 1);
        var today = search.Clinic.Days.Today;

        async Task<IEnumerable<Guid>> Ids(SearchQuestion question) => (await search.FindAsync(search.Nila, question)).Hits.Select(hit => hit.Id);

        Assert.Equal([late, old], await Ids(new SearchQuestion("migraine")));
        Assert.Equal([old], await Ids(new SearchQuestion("migraine") { PatientId = search.Meera }));
        Assert.Equal([late], await Ids(new SearchQuestion("migraine") { DoctorId = search.Basu.Id }));
        Assert.Equal([late], await Ids(new SearchQuestion("migraine") { From = today }));
        Assert.Equal([old], await Ids(new SearchQuestion("migraine") { To = today.AddDays(-1) }));
        Assert.Empty(await Ids(new SearchQuestion("migraine") { Only = SearchGroup.Orders }));
    }

    [Fact]
    public async Task Patients_are_found_by_everybody_who_books_them_and_an_empty_question_has_those_seen_last()
    {
        await using var search = await OpenAsync();

        Assert.Equal([search.Meera], (await search.FindAsync(search.Desk, "mira nayar")).Patients.Select(p => p.Id));
        Assert.Equal([search.Ravi], (await search.FindAsync(search.Asha, "ravi")).Patients.Select(p => p.Id));
        Assert.Equal(2, (await search.FindAsync(search.Asha, "")).Patients.Count);
        Assert.Empty((await search.FindAsync(search.Asha, new SearchQuestion("ravi") { DoctorId = search.Asha.Id })).Patients);
    }

    [Fact]
    public async Task A_search_of_clinical_text_is_audited_with_whom_it_showed_and_its_words_are_nowhere_in_clear()
    {
        await using var search = await OpenAsync();
        await search.NoteAsync(search.Asha, search.Meera, "Palpitations.");

        await search.FindAsync(search.Asha, "\"palpitations\"");
        await search.FindAsync(search.Asha, "\"nothing like it\"");

        var trail = await search.Clinic.TrailOfAsync(search.Asha);
        Assert.Equal(["record.search", "record.search"], trail.Select(e => e.Event));
        trail[0].AssertShown(search.Meera);
        trail[1].AssertShown();
        await search.Clinic.AssertNowhereInTheTrailAsync("palpitations");

        // The desk searches names alone.
        await search.FindAsync(search.Desk, "palpitations");
        await search.Clinic.AssertTrailAsync(search.Desk, "patient.search");
    }

    [Fact]
    public async Task Who_leaves_the_care_team_finds_nothing_any_more()
    {
        await using var search = await OpenAsync();
        await search.NoteAsync(search.Asha, search.Meera, "Palpitations.");
        await search.Clinic.RunAsync("UPDATE care_team SET until = now() - interval '1 minute' WHERE user_id = $1", search.Nila.Id);

        Assert.Empty(await search.IdsAsync(search.Nila, "palpitations"));
    }

    [Fact]
    public async Task Before_there_is_an_index_patients_are_found_and_the_answer_says_that_it_is_not_whole()
    {
        await using var search = await OpenAsync(built: false);

        var answer = await search.FindAsync(search.Asha, "ravi");

        Assert.False(answer.IsWhole);
        Assert.Equal([search.Ravi], answer.Patients.Select(p => p.Id));
    }

    private protected virtual Task<IndexUnderTest> IndexAsync() => Task.FromResult(new IndexUnderTest());

    private async Task<SearchClinic> OpenAsync(bool built = true) => await SearchClinic.OpenAsync(databases, built, await IndexAsync());
}
