using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor orders potassium and goes on working with two pages open, of which neither is reloaded when the value comes.</summary>
public sealed class ACriticalResult(PublishedPortal shared, OwnPortal own, Chromium chromium) : Browsing(shared, chromium), IClassFixture<OwnPortal>
{
    [Fact]
    public async Task that_a_nurse_types_in_turns_red_on_open_pages_and_is_settled_in_both_when_it_is_acknowledged_in_one()
    {
        var (order, _, today, inbox) = await OrderedAsync("dr.meera.iyer");
        await using var ward = await NewProfileAsync();
        var nurse = await OpenPageAsync(ward);
        await SignInHereAsync(nurse, "mary.thomas");
        await nurse.GotoAsync(At("/results"));
        var (form, potassium) = await Potassium.OpenAsync(nurse, order.Name);
        await potassium.FillAsync("6,3");
        await form.GetByRole(AriaRole.Button, new() { Name = "File" }).ClickAsync();
        await Expect(form.GetByText("with a point")).ToBeVisibleAsync();
        await potassium.FillAsync("6.3");
        await form.GetByRole(AriaRole.Button, new() { Name = "File" }).ClickAsync();
        await Expect(nurse.GetByText("tell them in person too")).ToBeVisibleAsync();

        await AcknowledgedInBothAsync(order.Name, today, inbox);
    }

    [Fact]
    public async Task that_a_laboratory_sends_finds_its_order_by_number_and_turns_red_on_open_pages()
    {
        var (order, mrn, today, inbox) = await OrderedAsync("dr.kavita.rao");
        var key = await KeyAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("not-a-key", Message(order.Number, mrn))).StatusCode);
        var sent = await SendAsync(key, Message(order.Number, mrn));

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("MSA|AA|G-7001", await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await AcknowledgedInBothAsync(order.Name, today, inbox);
    }

    /// <summary>The order, the patient's MRN, and two pages that the doctor leaves open.</summary>
    private async Task<((string Number, string Name) Order, string Mrn, IPage Today, IPage Inbox)> OrderedAsync(string doctor)
    {
        await SignInHereAsync(Page, doctor);
        var (number, name, mrn) = await Potassium.OrderAsync(Page);

        var inbox = await OpenPageAsync(Page.Context);
        await inbox.GotoAsync(At("/results"));
        await Expect(inbox.Locator(".results-list")).ToBeVisibleAsync();
        await Page.GotoAsync(At("/alerts"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Alerts" })).ToBeVisibleAsync();
        return ((number, name), mrn, Page, inbox);
    }

    private async Task AcknowledgedInBothAsync(string patient, IPage today, IPage inbox)
    {
        var alert = today.Locator("li.critical", new() { HasText = "Potassium" });
        await Expect(alert).ToHaveCountAsync(1);
        var line = inbox.Locator(".results-line", new() { HasText = patient }).Filter(new() { HasText = "6.3" });
        await Expect(line).ToHaveCountAsync(1);
        await line.ClickAsync();

        // Both pages say it at once, at the edge and on the bell; a word in one settles it in both.
        var (said, saidThere) = (inbox.Locator(".alert-toast.critical", new() { HasText = "Potassium" }), today.Locator(".alert-toast.critical", new() { HasText = "Potassium" }));
        await Expect(saidThere).ToHaveCountAsync(1);
        await Expect(today.Locator(".topbar .badge")).ToBeVisibleAsync();
        await said.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Acknowledge", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();

        await Expect(inbox.GetByText("Acknowledged by Dr.").First).ToBeVisibleAsync();
        await Expect(alert).ToHaveCountAsync(0);
        await Expect(said).ToHaveCountAsync(0);
        await Expect(saidThere).ToHaveCountAsync(0);
        Assert.Empty(Complaints);
    }

    /// <summary>An admin lets a laboratory send.</summary>
    private async Task<string> KeyAsync()
    {
        await using var office = await NewProfileAsync();
        var admin = await OpenPageAsync(office);
        await SignInHereAsync(admin, "admin");
        await admin.GotoAsync(At("/admin/laboratories"));
        await admin.GetByRole(AriaRole.Button, new() { Name = "New provider" }).ClickAsync();
        await admin.GetByLabel("Name", new() { Exact = true }).FillAsync("Ganga Diagnostics");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await admin.GetByLabel("Who may send results?").SelectOptionAsync("Ganga Diagnostics");
        await admin.GetByLabel("Which of its systems?").FillAsync("Main analyser");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        return await admin.Locator("#sender-key").InputValueAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string key, string message)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, At("/api/results"));
        request.Headers.Authorization = new("Bearer", key);
        request.Content = new StringContent(message, System.Text.Encoding.UTF8, "application/hl7-v2");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Message(string number, string mrn)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss+0000", CultureInfo.InvariantCulture);
        return string.Join('\r',
            $@"MSH|^~\&|LIS|GANGA|DrAssistant|CLINIC|{now}||ORU^R01^ORU_R01|G-7001|P|2.5.1|||AL|NE||UNICODE UTF-8",
            $"PID|1||{mrn}^^^DRASSISTANT^MR",
            $"OBR|1|{number}^CLINIC|L-77^GANGA|2823-3^Potassium^LN|||{now}|||||||||||||||{now}||LAB|F",
            $"OBX|1|NM|2823-3^Potassium^LN||6.3|mmol/L^^UCUM|3.5-5.1|HH|||F|||{now}",
            "");
    }

    private string At(string path) => new Uri(own.Process.Address, path).ToString();

    private async Task SignInHereAsync(IPage page, string userName)
    {
        await page.GotoAsync(own.Process.Address.ToString());
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(own.Process.DemoPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
    }
}
