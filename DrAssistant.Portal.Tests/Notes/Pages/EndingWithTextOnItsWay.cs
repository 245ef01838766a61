using Bunit;
using DrAssistant.Data.Encounters;
using DrAssistant.Portal.Components.Encounters;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>Ending a visit leaves its page: what was typed a moment before has to arrive first.</summary>
public sealed class EndingWithTextOnItsWay : PageContext
{
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();

    private readonly JSRuntimeInvocationHandler<bool> _saveNow;
    private readonly List<VisitEnding> _endings = [];

    public EndingWithTextOnItsWay()
    {
        _saveNow = JSInterop.SetupModule(call => call.Identifier == "import").SetupModule("open", _ => true).Setup<bool>("saveNow");
        Encounters.Open = id => VisitOf.Sunita(id, Sunita);
        Encounters.End = ending =>
        {
            _endings.Add(ending);
            return new EndedVisit(Encounter, Sunita, Day.Now, null);
        };
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
        Notes.Note = FakeNotes.Draft(Encounter, Sunita);
    }

    [Fact]
    public void The_visit_ends_when_the_text_has_arrived_and_not_before()
    {
        var page = AskToEnd();

        page.Find("dialog form").Submit();
        page.WaitForAssertion(() => Assert.Single(_saveNow.Invocations));
        Assert.Empty(_endings);

        _saveNow.SetResult(true);
        page.WaitForAssertion(() => Assert.Single(_endings));
    }

    [Fact]
    public void Text_that_cannot_arrive_is_told_and_the_doctor_decides()
    {
        _saveNow.SetResult(false);
        var page = AskToEnd();

        page.Find("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Contains("has not reached the server yet", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(_endings);
        Assert.Equal("End it all the same", page.Find("dialog [type=submit]").TextContent);

        page.Find("dialog form").Submit();
        page.WaitForAssertion(() => Assert.Single(_endings));
    }

    [Fact]
    public void A_browser_that_does_not_answer_is_taken_as_one_that_could_not_send()
    {
        _saveNow.SetException(new Microsoft.JSInterop.JSException("The script broke."));
        var page = AskToEnd();

        page.Find("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Contains("has not reached the server yet", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<VisitPage> AskToEnd()
    {
        var page = Render<VisitPage>(p => p.Add(x => x.EncounterId, Encounter));
        page.WaitForElement("[data-note-field]");
        page.Find("[aria-keyshortcuts='Alt+X']").Click();
        return page;
    }
}
