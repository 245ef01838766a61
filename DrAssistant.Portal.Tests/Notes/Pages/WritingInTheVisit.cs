using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Encounters;
using DrAssistant.Portal.Components.Notes;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Notes.Pages;

public sealed class WritingInTheVisit : PageContext
{
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();

    private VisitHead _visit = VisitOf.Sunita(Encounter, Sunita);

    public WritingInTheVisit()
    {
        Encounters.Open = id => id == Encounter ? _visit : VisitOf.Sunita(id, Sunita);
        Encounters.Revise = change => _visit = _visit with { ChiefComplaint = change.ChiefComplaint };
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
    }

    [Fact]
    public void A_doctor_in_their_own_visit_finds_a_note_to_write_in()
    {
        var page = Open();

        Assert.Equal(1, Notes.Begun);
        Assert.Equal(["Subjective", "Objective", "Assessment", "Plan"], page.FindAll(".note-part h3").Select(h => h.TextContent));
        Assert.NotNull(page.Find("[data-note-field='subjective.chiefComplaint']"));
        Assert.Empty(page.FindAll("#complaint"));
    }

    [Fact]
    public void Nobody_begins_a_note_by_looking_at_a_visit()
    {
        _visit = _visit with { IsMine = false };
        SignIn(StaffRole.Nurse);
        var page = Open();

        Assert.Equal(0, Notes.Begun);
        page.Find(".note .empty button").Click();

        Assert.Equal(1, Notes.Begun);
        Assert.NotEmpty(page.FindAll("[data-note-field]"));
    }

    [Fact]
    public void No_text_of_the_note_is_rendered_over_what_somebody_types()
    {
        Notes.Note = FakeNotes.Draft(Encounter, Sunita, Said("Fever"));

        Assert.DoesNotContain("Fever", Open().Find(".note").OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_saved_upon_what_the_page_had_and_nothing_else_is_touched()
    {
        Notes.Note = FakeNotes.Draft(Encounter, Sunita, Said("Fever"));
        var page = Open();

        var answer = await Type(page, new TypedText(new() { ["plan.followUp"] = "In 5 days" }, [], 4, "plan.followUp"));

        var draft = Assert.Single(Notes.Saved);
        Assert.Equal((Notes.Note.Id, Sunita, 4), (draft.NoteId, draft.PatientId, draft.BasedOn));
        Assert.Equal(Said("Fever"), draft.Base);
        Assert.Equal(("Fever", "In 5 days"), (draft.Content.Subjective?.ChiefComplaint, draft.Content.Plan?.FollowUp));
        Assert.Equal((5, 0, null), (answer.Version, answer.Texts.Count, answer.Problem));
    }

    [Fact]
    public async Task What_was_typed_upon_an_older_text_goes_with_that_text_and_its_version()
    {
        Notes.Note = FakeNotes.Draft(Encounter, Sunita, Said("Cough"));
        var page = Open();

        await Type(page, new TypedText(new() { ["subjective.chiefComplaint"] = "Fever" }, new() { ["subjective.chiefComplaint"] = "Tired" }, 2));

        var draft = Assert.Single(Notes.Saved);
        Assert.Equal((2, "Tired", "Fever"), (draft.BasedOn, draft.Base?.Subjective?.ChiefComplaint, draft.Content.Subjective?.ChiefComplaint));
    }

    [Fact]
    public async Task Words_of_others_that_came_with_the_answer_travel_once()
    {
        Notes.Note = FakeNotes.Draft(Encounter, Sunita);
        Notes.Save = (note, draft) => new SavedNote(
            note with { Version = note.Version + 1, Content = draft.Content with { Objective = new Objective { LabResults = ["CRP 40"] } } },
            [new OthersWriting("objective.labResults", "Laboratory results", "Sr. Sunita Pawar")], []);
        var page = Open();

        var first = await Type(page, new TypedText(new() { ["plan.followUp"] = "Soon" }, [], 4));
        var second = await Type(page, new TypedText(new() { ["plan.followUp"] = "In 5 days" }, [], 5));

        Assert.Equal("CRP 40", Assert.Single(first.Texts).Value);
        Assert.Empty(second.Texts);
        Assert.Contains("Meanwhile Sr. Sunita Pawar wrote in Laboratory results", page.Find(".note [role=status].notice").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-note-field='objective.labResults']"));
    }

    [Fact]
    public async Task A_store_that_is_away_keeps_the_page_and_says_so_to_the_browser()
    {
        var page = Open();
        Notes.Refusal = Refusal.Unavailable("The notes cannot be reached.");

        var answer = await Type(page, new TypedText(new() { ["plan.followUp"] = "Soon" }, [], 4));

        Assert.Equal("The notes cannot be reached.", answer.Problem);
        Assert.NotEmpty(page.FindAll("[data-note-field]"));
    }

    [Fact]
    public async Task A_field_that_no_note_has_is_not_written()
    {
        var page = Open();

        var answer = await Type(page, new TypedText(new() { ["objective.vitalSigns.temperature"] = "38" }, [], 4));

        Assert.NotNull(answer.Problem);
        Assert.Empty(Notes.Saved);
    }

    [Fact]
    public async Task Two_values_stand_side_by_side_until_one_is_chosen()
    {
        Notes.Note = FakeNotes.Draft(Encounter, Sunita);
        var theirs = new WrittenValue(new SoapContent { Plan = new Plan { FollowUp = "In 2 weeks" } }, "In 2 weeks", Guid.CreateVersion7(), "Sr. Sunita Pawar", Day.Now);
        var mine = new WrittenValue(new SoapContent { Plan = new Plan { FollowUp = "In 5 days" } }, "In 5 days", Person.Id!.Value, "Dr. Meera Iyer", Day.Now);
        Notes.Save = (note, draft) => new SavedNote(
            note with { Version = note.Version + 1, Content = draft.Content, Conflicts = draft.Settled.Count > 0 ? [] : [new NoteConflict("plan.followUp", "Follow-up", [theirs, mine])] }, [], []);
        var page = Open();

        var answer = await Type(page, new TypedText(new() { ["plan.followUp"] = "In 5 days" }, [], 4));
        Assert.Equal(["plan.followUp"], answer.Conflicts);
        Assert.Equal(["In 2 weeks", "In 5 days"], page.FindAll(".note-clash figure p").Select(p => p.TextContent));

        page.FindAll(".note-clash button").Single(b => b.TextContent == "Keep both").Click();

        Assert.Equal(["plan.followUp"], Notes.Saved[^1].Settled);
        Assert.Equal("In 2 weeks; In 5 days", Notes.Saved[^1].Content.Plan?.FollowUp);
        Assert.Empty(page.FindAll(".note-clash"));
    }

    [Fact]
    public async Task The_visits_complaint_follows_the_note()
    {
        var page = Open();

        await Type(page, new TypedText(new() { ["subjective.chiefComplaint"] = "Fever for 4 days" }, [], 4));

        Assert.Equal("Fever for 4 days", _visit.ChiefComplaint);
    }

    [Fact]
    public void A_part_says_what_else_can_be_written_and_gives_it_a_field()
    {
        var page = Open();
        page.Find("[aria-label='Add a field to Plan']").Click();

        page.FindAll(".note-add button").Single(b => b.TextContent == "Referral").Click();

        Assert.NotEmpty(page.FindAll("[data-note-field='plan.referrals']"));
        Assert.Empty(page.FindAll(".note-add"));
    }

    [Fact]
    public async Task A_diagnosis_is_found_by_words_and_the_readers_own_say_so()
    {
        Codes.Hits.Add(new DiagnosisHit("J18.9", "Pneumonia, unspecified organism", 14, FoundAs: null));
        Codes.Hits.Add(new DiagnosisHit("J12.9", "Viral pneumonia, unspecified", 0, "chest infection"));
        var editor = Open().FindComponent<NoteEditor>();

        var found = await editor.InvokeAsync(() => editor.Instance.FindDiagnoses("pneum"));
        await editor.InvokeAsync(() => editor.Instance.UsedDiagnosis("J18.9"));

        Assert.Equal(["you used it 14 times", "chest infection"], found.Select(f => f.Aside));
        Assert.Equal(["J18.9"], Codes.Used);
    }

    [Fact]
    public async Task A_key_that_is_gone_and_a_key_that_nobody_can_give_now_are_told_apart()
    {
        var away = Guid.CreateVersion7();
        DraftKeys.Earlier[away] = Refusal.Unavailable("Not now.");
        var editor = Open().FindComponent<NoteEditor>();

        Assert.Null(await editor.InvokeAsync(() => editor.Instance.FindKey(Guid.CreateVersion7())));
        await Assert.ThrowsAsync<InvalidOperationException>(() => editor.InvokeAsync(() => editor.Instance.FindKey(away)));
    }

    [Fact]
    public async Task What_came_back_from_the_browser_is_told_field_by_field()
    {
        var page = Open();
        var editor = page.FindComponent<NoteEditor>();

        await editor.InvokeAsync(() => editor.Instance.Restored(["subjective.chiefComplaint", "plan.treatments"], Day.At(10, 41)));

        Assert.StartsWith("Your text of 10:41:00 is back: Complaint Treatment", page.Find(".note [role=status].notice .grow").TextContent.Trim(), StringComparison.Ordinal);
        page.Find(".note .notice > .linkbtn").Click();
        Assert.Empty(page.FindAll(".note .notice"));
    }

    [Fact]
    public void Another_visit_shows_nothing_of_the_last_ones_note()
    {
        Notes.Note = FakeNotes.Draft(Encounter, Sunita, Said("Fever")) with { Status = NoteStatus.Signed, MayWrite = false };
        var page = Open();
        Assert.Contains("Fever", page.Find(".note").TextContent, StringComparison.Ordinal);
        Notes.Refusal = Refusal.NotFound("Note");

        page.Render(p => p.Add(x => x.EncounterId, Guid.CreateVersion7()));

        Assert.DoesNotContain("Fever", page.Markup, StringComparison.Ordinal);
    }

    private static SoapContent Said(string complaint) => new() { Subjective = new Subjective { ChiefComplaint = complaint } };

    private static Task<NoteAnswer> Type(IRenderedComponent<VisitPage> page, TypedText typed)
    {
        var editor = page.FindComponent<NoteEditor>();
        return editor.InvokeAsync(() => editor.Instance.SaveTyped(typed));
    }

    private IRenderedComponent<VisitPage> Open() => Render<VisitPage>(p => p.Add(x => x.EncounterId, Encounter));
}
