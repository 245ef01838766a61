using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>Templates and shortcuts: the starters, and one's own, which are nobody else's.</summary>
public sealed class ReadyMadeTexts(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_starters_can_be_kept_as_they_are_and_claim_nothing_that_was_not_looked_for()
    {
        Assert.True(NoteStarters.Templates.Count >= 12);
        Assert.Equal(NoteStarters.Templates.Count, NoteStarters.Templates.Select(t => t.Id).Distinct().Count());
        Assert.Equal(NoteStarters.Shortcuts.Count, NoteStarters.Shortcuts.Select(s => s.Key).Distinct().Count());
        Assert.All(NoteStarters.Shortcuts, s => Assert.Matches(@"^\.[a-z0-9]{2,19}\z", s.Key));
        foreach (var template in NoteStarters.Templates)
        {
            var fields = NoteFields.Of(template.Content);
            Assert.Equal(fields.Keys.Order(), NoteFields.Of(NoteContent.Keep(template.Content).Value()).Keys.Order());

            // What a template says about a patient is a question: every finding has a blank that must be filled.
            Assert.All(fields.Where(f => !f.Key.StartsWith("plan.", StringComparison.Ordinal)), f => Assert.Contains(NoteGaps.Blank, NoteFields.TextOf(f.Value), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Those_of_ones_specialty_come_first_and_ones_own_before_them()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var asha = clinic.As(await clinic.Given.StaffAsync(StaffRole.Doctor, "Asha Rao", specialty: "Cardiology"));
        var texts = asha.Get<INoteTexts>();
        Assert.Equal("cardiology", (await texts.TemplatesAsync(Cancellation)).Value()[0].Id);

        var mine = (await texts.SaveTemplateAsync(new NoteTemplateDraft(null, "Heart failure review", new()
        {
            Subjective = new() { HistoryOfPresentIllness = "Breathless at ***" },
            Objective = new() { VitalSigns = new() { Weight = 70 } },
            Assessment = new() { Diagnoses = [new("Heart failure", "I50.9")] },
        }), Cancellation)).Value();

        var first = (await texts.TemplatesAsync(Cancellation)).Value()[0];
        Assert.Equal((mine.Id, "Heart failure review", true, "Breathless at ***"), (first.Id, first.Name, first.IsOwn, first.Content.Subjective!.HistoryOfPresentIllness));
        Assert.Null(first.Content.Objective?.VitalSigns);
        Assert.Null(first.Content.Assessment?.Diagnoses);
        (await texts.SaveTemplateAsync(new NoteTemplateDraft(null, "heart FAILURE review", mine.Content), Cancellation)).AssertRefused(RefusalKind.Conflict);
        Assert.Equal("HF", (await texts.SaveTemplateAsync(new NoteTemplateDraft(mine.Id, "HF", mine.Content), Cancellation)).Value().Name);
        Assert.Null(await texts.RemoveTemplateAsync(mine.Id, Cancellation));
        Assert.Equal("cardiology", (await texts.TemplatesAsync(Cancellation)).Value()[0].Id);
    }

    [Fact]
    public async Task A_key_of_ones_own_takes_the_place_of_the_starters_until_it_is_put_away()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        await using var asha = clinic.As(await clinic.Given.DoctorAsync());
        await using var nila = clinic.As(await clinic.Given.NurseAsync());
        var starter = await OfNadAsync(asha);

        (await asha.Get<INoteTexts>().SaveShortcutAsync(new TextShortcutDraft(" .NAD ", "Looked at, nothing found.", NoteSection.Objective), Cancellation)).Value();
        (await asha.Get<INoteTexts>().SaveShortcutAsync(new TextShortcutDraft(".nad", "Looked for, nothing found.", NoteSection.Objective), Cancellation)).Value();

        Assert.Equal(new TextShortcut(".nad", "Looked for, nothing found.", NoteSection.Objective, IsOwn: true), await OfNadAsync(asha));
        Assert.Equal(starter, await OfNadAsync(nila));
        Assert.Equal(RefusalKind.NotFound, (await nila.Get<INoteTexts>().RemoveShortcutAsync(".nad", Cancellation))?.Kind);
        Assert.Null(await asha.Get<INoteTexts>().RemoveShortcutAsync(".nad", Cancellation));
        Assert.Equal(starter, await OfNadAsync(asha));
        (await asha.Get<INoteTexts>().SaveShortcutAsync(new TextShortcutDraft("nad", "x", NoteSection.Any), Cancellation)).AssertRefused(RefusalKind.Invalid);

        static async Task<TextShortcut> OfNadAsync(ActingPerson person)
            => Assert.Single((await person.Get<INoteTexts>().ShortcutsAsync(Cancellation)).Value(), s => s.Key == ".nad");
    }

    [Fact]
    public async Task A_template_fills_what_is_empty_and_nothing_else()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, mongo: null);
        var begun = (await clinic.AskAsync(clinic.Asha, notes => notes.BeginAsync(new NoteStart(clinic.Visit, clinic.Meera, "cardiology"), Cancellation))).Value();
        Assert.Equal(("cardiology", "***"), (begun.Metadata.TemplateUsed, begun.Content.Subjective!.ChiefComplaint));

        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now, complaint: "Chest pain");
        var page = (await clinic.AskAsync(clinic.Asha, notes => notes.BeginAsync(new NoteStart(visit, clinic.Meera), Cancellation))).Value();
        await clinic.SaveAsync(clinic.Nila, page, page.Content with { Plan = new() { FollowUp = "Tomorrow" } });
        var filled = (await clinic.AskAsync(clinic.Asha, notes => notes.SaveAsync(NoteClinic.Draft(page, page.Content) with { TemplateId = "cardiology" }, Cancellation))).Value();

        Assert.Equal(("Chest pain", "Tomorrow", "cardiology"), (filled.Note.Content.Subjective!.ChiefComplaint, filled.Note.Content.Plan!.FollowUp, filled.Note.Metadata.TemplateUsed));
        Assert.NotNull(filled.Note.Content.Subjective.FamilyHistory);
        Assert.Empty(filled.Note.Conflicts);
        Assert.Contains(filled.Note.Gaps, gap => gap.Kind is NoteGapKind.Blank);
        (await clinic.AskAsync(clinic.Asha, notes => notes.SaveAsync(NoteClinic.Draft(page, page.Content) with { TemplateId = "none" }, Cancellation))).AssertRefused(RefusalKind.NotFound);
    }
}
