using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Notes;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Notes.Pages;

public sealed class TheNotesOfAChart : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();
    private static readonly NoteSignature Signature = new(Guid.CreateVersion7(), "Dr. Meera Iyer", "MBBS, MD", "2009/04/1287", "MMC", Day.Now) { Hash = new string('a', 64), Matches = true };

    public TheNotesOfAChart()
    {
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
        Notes.Note = FakeNotes.Draft(Guid.CreateVersion7(), Sunita, new SoapContent { Plan = new Plan { FollowUp = "In 5 days" } }) with { Status = NoteStatus.Signed, MayWrite = false, Signature = Signature };
        Notes.Lines.Add(Line(Notes.Note.Id, NoteStatus.Signed, "Cough"));
    }

    [Fact]
    public void Each_says_when_by_whom_what_and_how_long()
    {
        Notes.Lines.Add(Line(Guid.CreateVersion7(), NoteStatus.Amended, "Fever"));
        Notes.Lines.Add(Line(Guid.CreateVersion7(), NoteStatus.Draft, "Rash"));

        var rows = Open().FindAll(".note-row");

        Assert.Equal(["05-Nov-2026", "Dr. Meera Iyer. Cough", "120 words", "Signed"], rows[0].QuerySelectorAll("button > span").Select(s => s.TextContent));
        Assert.Equal(["Signed", "Amended", "Draft"], rows.Select(row => row.QuerySelector(".chip")!.TextContent));
    }

    [Theory]
    [InlineData(StaffRole.Doctor)]
    [InlineData(StaffRole.Nurse)]
    public void One_is_opened_in_its_place_and_one_at_a_time(StaffRole role)
    {
        SignIn(role);
        Notes.Lines.Add(Line(Guid.CreateVersion7(), NoteStatus.Signed, "Fever"));
        var page = Open();
        Assert.Empty(page.FindAll(".note"));

        page.FindAll("[data-row]")[0].Click();

        Assert.Contains("In 5 days", page.Find(".note-row .note").TextContent, StringComparison.Ordinal);

        page.FindAll("[data-row]")[1].Click();

        Assert.Equal(["false", "true"], page.FindAll("[data-row]").Select(row => row.GetAttribute("aria-expanded")));
    }

    [Fact]
    public void The_one_that_the_address_names_is_open()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/patients/{Sunita}?tab=notes&note={Notes.Note!.Id}");

        var page = Render<ChartPage>(p => p.Add(x => x.PatientId, Sunita));

        Assert.Equal("Notes", page.Find(".tabs [aria-current=page]").TextContent);
        Assert.Equal("true", page.Find("[data-row]").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void What_was_entered_in_error_is_behind_a_switch()
    {
        Notes.List = query => query.WithErrors
            ? new NoteList([Line(Guid.CreateVersion7(), NoteStatus.EnteredInError, "Wrong chart"), .. Notes.Lines], 0, null)
            : new NoteList(Notes.Lines, 1, null);
        var page = Open();
        Assert.Single(page.FindAll(".note-row"));
        Assert.Contains("(1)", page.Find(".notes-tools").TextContent, StringComparison.Ordinal);

        page.Find(".notes-tools input").Change(true);

        Assert.Equal(["Entered in error", "Signed"], page.FindAll(".note-row .chip").Select(chip => chip.TextContent));
    }

    [Fact]
    public void Older_ones_come_below_until_all_are_there()
    {
        var (older, end) = (Line(Guid.CreateVersion7(), NoteStatus.Signed, "Long ago"), new NoteCursor(Day.Now, Guid.CreateVersion7()));
        Notes.List = query => query.After is null ? new NoteList(Notes.Lines, 0, end) : new NoteList([older], 0, null);
        var page = Open();

        page.Find(".older button").Click();

        Assert.Equal(end, Notes.Listed[^1].After);
        Assert.Equal(2, page.FindAll(".note-row").Count);
        Assert.Contains("every note", page.Find(".older").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_away_is_said_in_the_tab_and_the_chart_stands()
    {
        Notes.List = _ => Refusal.Unavailable("Away.");
        var page = Open();

        Assert.Contains("Notes cannot be reached", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Notes.List = null;
        page.Find("[role=alert] button").Click();

        Assert.Single(page.FindAll(".note-row"));
    }

    [Fact]
    public async Task A_note_that_somebody_signs_appears_and_the_open_one_stays_open()
    {
        var page = Open();
        page.Find("[data-row]").Click();
        Notes.Lines.Insert(0, Line(Guid.CreateVersion7(), NoteStatus.Signed, "Today"));

        await Feed.PublishAsync(new DayChange("note.changed", Guid.CreateVersion7(), null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromSeconds(5));

        page.WaitForAssertion(() => Assert.Equal(["false", "true"], page.FindAll("[data-row]").Select(row => row.GetAttribute("aria-expanded"))));
    }

    [Fact]
    public void An_amendment_that_is_open_is_gone_on_with_in_its_visit_without_asking_why_again()
    {
        var signed = Notes.Note!;
        var draft = signed with { Id = Guid.CreateVersion7(), Status = NoteStatus.Draft, Amends = new Amendment(signed.Id, signed.Version, "Wrong day") };
        Notes.Note = signed with { OpenAmendmentId = draft.Id };
        var page = Open();
        page.Find("[data-row]").Click();
        Notes.Note = draft;

        page.FindAll(".note button").Single(b => b.TextContent == "Go on with the amendment").Click();

        Assert.Empty(page.FindAll("dialog"));
        Assert.Empty(Notes.Acts);
        Assert.EndsWith($"/visits/{signed.EncounterId}?amendment={draft.Id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_is_printed_when_the_trail_has_it()
    {
        var page = Open();
        page.Find("[data-row]").Click();
        Notes.Print = _ => Refusal.Conflict("Not as it was signed.");

        Print(page);

        Assert.Equal("Not as it was signed.", page.Find(".note [role=alert]").TextContent.Trim());
        JSInterop.VerifyNotInvoke("clinicReading.print");

        Notes.Print = null;
        Print(page);

        JSInterop.VerifyInvoke("clinicReading.print");
        var head = page.Find(".paper-head").TextContent;
        Assert.All(["A practice", "PAWAR, Sunita", "SC26-005120-6", "01-Mar-1988"], said => Assert.Contains(said, head, StringComparison.Ordinal));
    }

    [Fact]
    public void The_whole_hash_can_be_copied()
    {
        var page = Open();
        page.Find("[data-row]").Click();

        Assert.Equal(Signature.Hash, page.Find("[data-copy-text]").GetAttribute("data-copy-text"));
    }

    private static void Print(IRenderedComponent<NotesPanel> page) => page.FindAll(".note button").Single(b => b.TextContent.Trim() == "Print").Click();

    private static NoteLine Line(Guid id, NoteStatus status, string complaint)
        => new(id, Guid.CreateVersion7(), status, NoteType.Soap, Guid.CreateVersion7(), "Dr. Meera Iyer", Day.Now, Day.Now, 1, complaint, []) { Words = 120 };

    private IRenderedComponent<NotesPanel> Open() => Render<NotesPanel>(p => p.Add(x => x.Patient, Day.Banner(Sunita, "Sunita", "Pawar")));
}
