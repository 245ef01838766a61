using Bunit;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Documents;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Documents;

public sealed class TheDocumentsOfAChart : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();

    public TheDocumentsOfAChart()
    {
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
        Documents.Kept.AddRange(
        [
            View(DocumentCategory.Report, "Echocardiogram", DocumentTypes.Pdf) with { Pages = 3, Description = "From the heart centre" },
            View(DocumentCategory.Photograph, "Wound, left foot", DocumentTypes.Jpeg) with { HasThumbnail = true },
            View(DocumentCategory.Imaging, "CT of the chest", DocumentTypes.Dicom) with { Waiting = true, WasRefused = true },
            View(DocumentCategory.Report, "Of somebody else", DocumentTypes.Png) with { Error = new DocumentError(Day.Now, "Dr. Meera Iyer", "Of another patient") },
        ]);
    }

    [Fact]
    public void show_each_with_its_face_its_day_and_what_is_the_matter_with_it()
    {
        var page = Panel();

        Assert.Equal(["Echocardiogram", "Wound, left foot", "CT of the chest"], page.FindAll(".document b").Select(b => b.TextContent));
        var (pdf, picture, ct) = (page.FindAll(".document")[0], page.FindAll(".document")[1], page.FindAll(".document")[2]);
        Assert.Contains("30-Oct-2026 · Report", pdf.TextContent, StringComparison.Ordinal);
        Assert.Contains("PDF, 3 pages, 1.2 MB", pdf.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/documents/{Documents.Kept[1].Id}/thumbnail", picture.QuerySelector("img")?.GetAttribute("src"));
        Assert.Contains("Waiting for the object store", ct.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void are_chosen_by_kind_and_errors_only_when_they_are_asked_for()
    {
        var page = Panel();

        Assert.Equal(["All kinds (3)", "Reports (1)", "Imaging (1)", "Photographs (1)"], page.FindAll("#document-kind option").Select(o => o.TextContent.Trim()));
        page.Find("#document-kind").Change(nameof(DocumentCategory.Report));
        Assert.Equal("Echocardiogram", Assert.Single(page.FindAll(".document b")).TextContent);
        page.Find("input[type=checkbox]").Change(true);

        Assert.Equal(["Echocardiogram", "Of somebody else"], page.FindAll(".document b").Select(b => b.TextContent));
        Assert.Contains("Entered in error", page.FindAll(".document")[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "iframe.document-pdf", "#navpanes=0&view=FitH")]
    [InlineData(1, ".document-frame img", "")]
    public void open_in_the_page(int which, string shown, string how)
    {
        var page = Panel(Documents.Kept[which].Id);

        Assert.Equal($"/documents/{Documents.Kept[which].Id}/content{how}", page.Find(shown).GetAttribute("src"));
        Assert.Contains("Try again", page.Find("[data-broken][hidden]").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/documents/{Documents.Kept[which].Id}/content?download=true", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public void that_no_page_can_show_are_downloaded_and_one_that_waits_says_so()
    {
        var page = Panel(Documents.Kept[2].Id);

        Assert.Contains("DICOM is not shown in the page", page.Find(".document-file").TextContent, StringComparison.Ordinal);
        Assert.Contains("Waiting for the object store since", page.Find(".notice.warn").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("iframe, .document-frame"));
    }

    [Fact]
    public void open_by_the_address_and_close_by_it()
    {
        var page = Panel();
        page.FindAll(".document-open")[1].Click();
        var navigation = Services.GetRequiredService<NavigationManager>();

        Assert.EndsWith($"/patients/{Sunita}?tab=documents&document={Documents.Kept[1].Id}", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void are_marked_as_errors_with_a_reason()
    {
        var page = Panel(Documents.Kept[0].Id);
        page.FindAll("button").Single(b => b.TextContent == "Entered in error").Click();
        page.Find(".why-reasons input").Change("on"); // the first: of another patient
        page.FindAll("dialog button").Single(b => b.TextContent.Trim() == "Mark as entered in error").Click();

        Assert.Contains("mark Of another patient", Documents.Asked);
        Assert.Contains("Entered in error. Marked", page.Find(".notice.bad").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent == "Entered in error");
    }

    [Fact]
    public void are_called_something_else_in_their_place()
    {
        var page = Panel(Documents.Kept[0].Id);
        page.FindAll("button").Single(b => b.TextContent == "Change").Click();
        page.Find("#facts-title").Change("Echo of June");
        page.Find("#facts-category").Change(nameof(DocumentCategory.Imaging));
        page.Find("form.document-form").Submit();

        Assert.Contains("change Echo of June Imaging", Documents.Asked);
        Assert.Equal("Echo of June", page.Find(".document-bar h2").TextContent);
    }

    [Fact]
    public async Task are_read_again_when_one_comes()
    {
        var page = Panel();
        Documents.Kept.Insert(0, View(DocumentCategory.Consent, "Consent for surgery", DocumentTypes.Pdf));

        await Feed.PublishAsync(new DayChange("document.changed", Documents.Kept[0].Id, null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("Consent for surgery", page.FindAll(".document b")[0].TextContent));
    }

    [Fact]
    public async Task come_in_with_what_is_said_of_them_and_what_they_belong_to()
    {
        var order = Guid.CreateVersion7();
        var page = Render<DocumentsPanel>(p => p.Add(x => x.PatientId, Sunita).Add(x => x.Add, "order").Add(x => x.To, order));
        var form = page.FindComponent<DocumentUpload>();
        Assert.Contains("Add documents to an order", form.Markup, StringComparison.Ordinal);

        form.Find("#document-category").Change(nameof(DocumentCategory.Imaging));
        form.Find("#document-description").Change("Left side");
        var facts = await form.InvokeAsync(form.Instance.Facts);
        Assert.Equal((Sunita, "imaging", "2026-11-05", "Left side", order), (facts!.PatientId, facts.Category, facts.Date, facts.Description, facts.OrderId));

        form.Find("#document-date").Change("+1");
        Assert.Null(await form.InvokeAsync(form.Instance.Facts)); // no document is of tomorrow
    }

    [Theory]
    [InlineData("result", "Add documents to a result")]
    [InlineData("visit", "Add documents to a visit")]
    public async Task come_in_for_one_thing_of_the_chart(string what, string title)
    {
        var id = Guid.CreateVersion7();
        var form = Render<DocumentsPanel>(p => p.Add(x => x.PatientId, Sunita).Add(x => x.Add, what).Add(x => x.To, id)).FindComponent<DocumentUpload>();

        Assert.Equal(title, form.Find("h3").TextContent);
        var facts = (await form.InvokeAsync(form.Instance.Facts))!;
        Assert.Equal((what == "result" ? id : null, what == "visit" ? id : (Guid?)null), (facts.ResultId, facts.EncounterId));
    }

    [Fact]
    public void say_of_which_result_they_are_and_lead_to_it()
    {
        var result = Guid.CreateVersion7();
        Documents.Kept[0] = Documents.Kept[0] with { Attachment = new DocumentAttachment(ResultId: result) };

        var link = Panel(Documents.Kept[0].Id).FindAll(".document-list a").Single();

        Assert.Equal(("A result", $"/patients/{Sunita}?tab=results&result={result}"), (link.TextContent, link.GetAttribute("href")));
    }

    [Fact]
    public async Task may_be_dropped_where_no_form_is_open()
    {
        var page = Panel();
        Assert.Empty(page.FindAll(".document-upload"));
        Assert.Equal("welcome", JSInterop.Invocations.Single(i => i.Identifier is "welcome").Identifier);

        await page.InvokeAsync(page.Instance.Welcome);

        Assert.Single(page.FindAll(".document-upload"));
    }

    [Fact]
    public void that_are_not_finished_are_gone_on_with_or_given_up()
    {
        var begun = new UnfinishedUpload(Guid.CreateVersion7(), "Large scan", 26_214_400, 1_048_576, Day.Now);
        Documents.Unfinished.Add(begun);
        var page = Panel();
        Assert.Contains("1 upload of yours is not finished", page.Markup, StringComparison.Ordinal);
        page.FindAll("button").Single(b => b.TextContent == "Go on").Click();

        Assert.Contains("1 MB of 25 MB arrived", page.Find(".uploads-left").TextContent, StringComparison.Ordinal);
        page.Find(".uploads-left button").Click();

        Assert.Equal([begun.Id], Uploads.Cancelled);
    }

    [Theory]
    [InlineData(StaffRole.Doctor, true)]
    [InlineData(StaffRole.Nurse, true)]
    [InlineData(StaffRole.Receptionist, false)]
    public void have_a_tab_in_the_chart_of_whoever_may_see_them(StaffRole role, bool has)
    {
        SignIn(role);

        var chart = Render<ChartPage>(p => p.Add(x => x.PatientId, Sunita));

        Assert.Equal(has, chart.FindAll("nav.tabs a").Any(a => a.TextContent == "Documents"));
    }

    private IRenderedComponent<DocumentsPanel> Panel(Guid? open = null) => Render<DocumentsPanel>(p => p.Add(x => x.PatientId, Sunita).Add(x => x.Open, open));

    private static DocumentView View(DocumentCategory category, string title, string type)
        => new(Guid.CreateVersion7(), Sunita, category, title, null, new DateOnly(2026, 10, 30), type, 1_258_291, Waiting: false) { UploadedBy = "Dr. Meera Iyer", UploadedAt = Day.Now };
}
