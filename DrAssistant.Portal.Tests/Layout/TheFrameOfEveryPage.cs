using Bunit;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Layout;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Layout;

public sealed class TheFrameOfEveryPage : PageContext
{
    public TheFrameOfEveryPage()
    {
        Services.AddSingleton<AntiforgeryStateProvider, AToken>();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Theory]
    [InlineData(StaffRole.Doctor, "Today", "Appointments", "Queue", "Calendars", "Patients", "H1 register", "Results", "Tasks", "Alerts")]
    [InlineData(StaffRole.Nurse, "Today", "Appointments", "Queue", "Patients", "Results", "Tasks", "Alerts")]
    [InlineData(StaffRole.Receptionist, "Appointments", "Queue", "Calendars", "Patients", "Register", "Tasks", "Alerts")]
    [InlineData(StaffRole.Admin, "Today", "Calendars", "Users", "Audit trail", "Displays", "Formulary", "Catalogue", "Laboratories", "Overrides", "Merges", "Tasks", "Alerts")]
    public void leads_each_role_to_its_pages(StaffRole role, params string[] pages)
    {
        SignIn(role);

        Assert.Equal(pages, Frame().FindAll(".side a").Select(a => a.TextContent));
    }

    [Theory]
    [InlineData("/", "Appointments")]
    [InlineData("/appointments?view=week", "Appointments")]
    [InlineData("/patients", "Patients")]
    [InlineData("/patients/register", "Register")]
    public void shows_the_desk_where_it_is(string address, string page)
    {
        SignIn(StaffRole.Receptionist);
        var frame = Frame();

        Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        frame.WaitForAssertion(() => Assert.Equal(page, Assert.Single(frame.FindAll(".side a.active")).TextContent));
    }

    [Theory]
    [InlineData(StaffRole.Doctor, "/", false)]
    [InlineData(StaffRole.Receptionist, "/?view=week", true)]
    [InlineData(StaffRole.Receptionist, "/patients", false)]
    [InlineData(StaffRole.Nurse, "/queue", true)]
    [InlineData(StaffRole.Admin, "/queue/display", false)]
    [InlineData(StaffRole.Doctor, "/appointments?view=week", true)]
    [InlineData(StaffRole.Doctor, "/visits/01a22d4d-25b5-7388-a74f-97b1936e4bbc", true)]
    public void folds_the_navigation_where_the_page_needs_the_width(StaffRole role, string address, bool folds)
    {
        SignIn(role);
        var frame = Frame();

        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        frame.Render();

        Assert.Equal(folds, frame.Find(".shell").ClassList.Contains("folds"));
    }

    [Fact]
    public void counts_what_is_unread_on_the_bell_in_words_and_figures()
    {
        Alerts.Alerts.Add(Day.Alert("Potassium 6.8", AlertSeverity.Critical));

        var frame = Frame();

        frame.WaitForAssertion(() => Assert.Equal("1", frame.Find(".badge").TextContent));
        Assert.NotNull(frame.Find("[aria-label='Alerts, 1 unread']"));
    }

    [Fact]
    public void goes_with_the_session_and_takes_the_page_along()
    {
        var frame = Frame();
        Assert.Contains("Meera", frame.Markup, StringComparison.Ordinal);

        Authorization.SetNotAuthorized();

        frame.WaitForAssertion(() => Assert.Empty(frame.FindAll(".shell")));
        Assert.DoesNotContain("Meera", frame.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void shows_a_broken_page_with_a_code_and_starts_afresh_elsewhere()
    {
        var frame = Render<MainLayout>(p => p.Add(x => x.Body, builder => { builder.OpenComponent<Breaks>(0); builder.CloseComponent(); }));
        frame.Find("#break").Click();

        Assert.Equal("This page stopped working", frame.Find("main h1").TextContent);
        Assert.NotEmpty(frame.Find("main strong").TextContent);
        Assert.NotEmpty(frame.FindAll(".side a"));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/tasks");

        frame.WaitForAssertion(() => Assert.NotNull(frame.Find("#break")));
    }

    [Fact]
    public void has_the_search_of_everything_and_takes_a_question_to_the_patient_list_without_writing_it_into_the_address()
    {
        var frame = Frame();

        frame.Find(".topsearch").Click();
        frame.Find("#palette-text").Input("laxmi");
        Clock.Advance(TimeSpan.FromSeconds(1));
        frame.WaitForElement(".palette-line[id='palette-line-0'] .ic[data-i=groups]");
        frame.Find("#palette-line-0").Click();

        Assert.Empty(frame.FindAll(".palette"));
        Assert.EndsWith("/patients", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("laxmi", Services.GetRequiredService<PatientQuestion>().Take());
    }

    [Fact]
    public void remembers_the_theme_that_was_chosen()
    {
        var frame = Frame();

        frame.FindAll("#theme-menu button")[1].Click();

        Assert.Equal("dark", Preferences.Mine.Theme);
        Assert.Contains(JSInterop.Invocations, call => call is { Identifier: "clinicShell.theme", Arguments: ["dark"] });
    }

    [Fact]
    public void signs_out_by_a_post_with_a_token()
    {
        var form = Frame().Find("#person-menu form");

        Assert.Equal("post", form.GetAttribute("method"));
        Assert.Equal("/account/sign-out", form.GetAttribute("action"));
        Assert.NotNull(form.QuerySelector("input[type=hidden]"));
    }

    private IRenderedComponent<MainLayout> Frame() => Render<MainLayout>(p => p.Add(x => x.Body, builder => builder.AddContent(0, "A page")));

    private sealed class AToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => new("token", "__RequestVerificationToken");
    }

    private sealed class Breaks : ComponentBase
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "id", "break");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create(this, () => throw new InvalidOperationException("A bug.")));
            builder.CloseElement();
        }
    }
}
