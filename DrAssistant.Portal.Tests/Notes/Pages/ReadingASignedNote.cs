using Bunit;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Portal.Components.Encounters;
using DrAssistant.Portal.Components.Notes;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Notes.Pages;

public sealed class ReadingASignedNote : PageContext
{
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();
    private static readonly NoteSignature Signature = new(Guid.CreateVersion7(), "Dr. Meera Iyer", "MBBS, MD", "2009/04/1287", "MMC", Day.Now) { Hash = new string('a', 64), Matches = true };

    public ReadingASignedNote()
    {
        JSInterop.SetupModule(call => call.Identifier == "import").SetupModule("open", _ => true).Setup<bool>("saveNow").SetResult(true);
        Encounters.Open = id => VisitOf.Sunita(id, Sunita, EncounterStatus.Completed);
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
        Notes.Note = Draft with { Status = NoteStatus.Signed, MayWrite = false, Signature = Signature };
    }

    private static NoteView Draft { get; } = FakeNotes.Draft(Encounter, Sunita, new SoapContent { Plan = new Plan { FollowUp = "In 5 days" } });

    [Fact]
    public void A_hash_that_does_not_fit_is_said_aloud()
    {
        Notes.Note = Notes.Note! with { Signature = Signature with { Matches = false } };

        Assert.Contains("does not match its hash", Open().Find(".note-signature [role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amended_note_opens_with_its_changes_marked_and_shows_every_version()
    {
        Notes.Note = Notes.Note! with { Status = NoteStatus.Amended };
        Notes.Versions.Add(new NoteVersionLine(9, 2, NoteStatus.Amended, Day.Now, "Dr. Meera Iyer", "Wrong day", Signature, IsCurrent: true));
        Notes.Versions.Add(new NoteVersionLine(4, 1, NoteStatus.Signed, Day.Now, "Dr. Meera Iyer", null, Signature, IsCurrent: false));
        Notes.Differences.Add(new FieldDifference("plan.followUp", "Follow-up", [new WordRun(WordChange.Same, "In "), new WordRun(WordChange.Removed, "2"), new WordRun(WordChange.Added, "5"), new WordRun(WordChange.Same, " days")]));
        var page = Open();

        Assert.Equal("Changes marked", page.Find(".note [aria-pressed=true]").TextContent);
        Assert.Equal(("2", "5"), (page.Find(".note-said del").TextContent, page.Find(".note-said ins").TextContent));
        Assert.Equal(2, page.FindAll(".note-edition").Count);

        page.FindAll(".note .seg button")[0].Click();

        Assert.Empty(page.FindAll("del, ins"));
        Assert.Equal("In 5 days", page.Find(".note-said").TextContent);
    }

    [Fact]
    public void It_is_amended_for_a_reason_in_a_draft_of_its_own_that_can_be_given_up()
    {
        var signed = Notes.Note!;
        Notes.Amend = act => Draft with { Id = Guid.CreateVersion7(), Amends = new Amendment(signed.Id, signed.Version, act.Reason) };
        var page = Open();
        page.FindAll(".note button").Single(b => b.TextContent == "Amend").Click();
        page.Find("dialog form").Submit();
        Assert.Empty(Notes.Acts);

        page.Find("#note-act-text").Input("Wrong day");
        page.Find("dialog form").Submit();

        Assert.Equal(new NoteAct(signed.Id, Sunita, "Wrong day"), Assert.Single(Notes.Acts));
        Assert.Contains("You are amending the signed note: Wrong day", page.Find(".notice.warn").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-note-field]"));
        page.Find(".notice.warn .linkbtn").Click();
        Assert.Empty(page.FindAll("[data-note-field]"));
    }

    [Fact]
    public void Its_vital_signs_have_units_and_what_was_wrong_is_said_beside_them()
    {
        Notes.Note = Notes.Note! with
        {
            Content = new() { Objective = new() { VitalSigns = new() { BloodPressure = new(138, 86), Weight = 65.2m } } },
            VitalsCorrected = [new("Weight", "65.2\u00A0kg", "56.2\u00A0kg", Day.Now, "Nurse Meera", "Digits exchanged")],
        };

        var page = Open();

        Assert.Equal("BP 138/86\u00A0mmHg, weight 65.2\u00A0kg", page.Find(".note-said").TextContent);
        Assert.Contains("measured was 56.2\u00A0kg", page.Find(".vitals-wrong").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_whose_note_was_entered_in_error_gets_another_one()
    {
        Encounters.Open = id => VisitOf.Sunita(id, Sunita);
        var wrong = Notes.Note! with { Status = NoteStatus.EnteredInError, InError = new ErrorMark(Guid.CreateVersion7(), "Dr. Meera Iyer", Day.Now, "Wrong chart"), MaySign = false };
        Notes.Note = wrong;
        var page = Open();
        Assert.Equal(0, Notes.Begun);
        Notes.Note = null;

        page.FindAll(".visit-note button").Single(b => b.TextContent == "Begin a new note").Click();

        Assert.Equal(1, Notes.Begun);
        Assert.NotEmpty(page.FindAll("[data-note-field]"));
    }

    [Fact]
    public void What_this_browser_kept_and_the_signed_note_has_not_is_offered_and_never_lost_unasked()
    {
        var module = JSInterop.SetupModule(call => call.Identifier == "import" && ((string)call.Arguments[0]!).Contains("note-left", StringComparison.Ordinal));
        module.Setup<IReadOnlyList<KeptText>?>("find", _ => true).SetResult([new("dr-note", Day.Now, new() { ["plan.followUp"] = "In 5 days", ["subjective.chiefComplaint"] = "Cough at night" })]);
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("Cough at night", page.Find(".note-left").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("In 5 days", page.Find(".note-left").TextContent, StringComparison.Ordinal);
        module.VerifyNotInvoke("forget");

        page.FindAll(".note-left button").Single(b => b.TextContent == "Put into an addendum").Click();
        Assert.Equal("Complaint: Cough at night", page.Find("#note-act-text").GetAttribute("value"));
        page.Find("#note-act-password").Change("a long enough phrase");
        page.Find("dialog form").Submit();

        Assert.Equal(new AddendumDraft(Notes.Note!.Id, Sunita, "Complaint: Cough at night", "a long enough phrase"), Assert.Single(Notes.Acts));
        module.VerifyInvoke("forget");
        Assert.Empty(page.FindAll(".note-left"));
    }

    [Fact]
    public void What_is_typed_to_be_added_is_asked_about_before_it_goes()
    {
        var page = Open();
        page.FindAll(".note button").Single(b => b.TextContent == "Add to it").Click();
        page.Find("#note-act-text").Input("Potassium came back normal.");

        page.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);

        Assert.Contains("What is typed is not saved.", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Potassium came back normal.", page.Find("#note-act-text").GetAttribute("value"));
        page.FindAll("dialog [role=alert] button")[1].Click();
        Assert.Empty(page.FindAll("dialog"));
    }

    [Fact]
    public void The_draft_of_an_amendment_can_be_signed_when_the_visit_is_over()
    {
        var signed = Notes.Note!;
        Notes.Note = Draft with { Amends = new Amendment(signed.Id, 3, "Wrong day") };
        var page = Render<VisitPage>(p => p.Add(x => x.EncounterId, Encounter));

        Assert.Contains(page.FindAll(".visit-bar button"), b => b.GetAttribute("aria-keyshortcuts") == "Alt+G");
        Assert.DoesNotContain(page.FindAll(".visit-bar button"), b => b.GetAttribute("aria-keyshortcuts") == "Alt+X");
    }

    [Fact]
    public void Who_may_not_sign_reads_and_does_nothing_to_it()
    {
        Notes.Note = Notes.Note! with { MaySign = false };

        Assert.Equal(["Print", "Copy"], Open().FindAll(".note button").Select(b => b.TextContent.Trim()));
    }

    [Fact]
    public async Task Who_else_is_there_and_writes_where_is_said()
    {
        Notes.Note = Draft;
        var page = Open();

        await page.InvokeAsync(() => Presence.Heard!(new NoteNews([new Data.Notes.Presence.NoteWriter(Guid.CreateVersion7(), "Sr. Sunita Pawar", "plan.followUp", "Follow-up")])));

        Assert.Equal("Sr. Sunita Pawar is typing in Follow-up", page.Find(".note-presence").TextContent);
        Assert.Equal("Sr. Sunita Pawar", page.Find(".taken .note-who").TextContent);
    }

    [Fact]
    public void A_template_and_an_earlier_note_fill_what_is_empty()
    {
        Notes.Note = Draft;
        Texts.Templates.Add(new NoteTemplate("general", "General medicine", new SoapContent(), IsOwn: false));
        var earlier = Guid.CreateVersion7();
        Notes.Lines.Add(new NoteLine(earlier, Guid.CreateVersion7(), NoteStatus.Signed, NoteType.Soap, Draft.DoctorId, "Dr. Meera Iyer", Day.Now, Day.Now, 1, "Cough", []));
        var page = Open();

        page.Find(".note-pick select").Change("general");
        page.FindAll(".note-head button").Single(b => b.TextContent.StartsWith("Copy from", StringComparison.Ordinal)).Click();

        Assert.Equal("general", Notes.Saved[0].TemplateId);
        Assert.Equal(earlier, Assert.Single(Notes.Acts));
    }

    private IRenderedComponent<VisitPage> Open() => Render<VisitPage>(p => p.Add(x => x.EncounterId, Encounter));
}
