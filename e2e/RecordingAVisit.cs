using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A visit is recorded in the browser, heard on this machine and drafted from; what breaks meanwhile costs no second of it.</summary>
public sealed class RecordingAVisit(PublishedPortal shared, OwnPortal own, Chromium chromium) : Browsing(shared, chromium), IClassFixture<OwnPortal>
{
    private const string Spoken = "Fever for four days. I have a cough and a headache. Please take paracetamol and come back in five days.";
    private const string Corrected = "Doctor: What is the matter?\nPatient: I have had fever for four days, and I have a cough and a headache.\nDoctor: I will prescribe paracetamol 500 mg twice a day. Come back and see me in five days.";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 120_000 };

    private readonly string _folder = Directory.CreateTempSubdirectory("dr-assistant-voice-").FullName;

    [Fact]
    public async Task the_connection_is_cut_in_the_middle_and_not_a_second_is_missing()
    {
        await using var line = new CuttableLine(own.Process.Address);
        await using var browser = await WithAMicrophoneAsync();
        var page = await VisitAsync(browser, line.Address, "dr.kavita.rao");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Voice", default, Moment) }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true })).ToBeDisabledAsync();
        await page.GetByLabel("The patient agreed to be recorded").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await Expect(page.Locator(".rec-dot")).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(5_000);

        line.Cut();
        await page.WaitForTimeoutAsync(9_500);
        await Expect(page.Locator("[data-rec-left]")).ToContainTextAsync("wait to be sent, this continues by itself. They are kept on this computer, encrypted.");
        line.Mend();
        await page.WaitForTimeoutAsync(4_000);
        await Expect(page.Locator("[data-rec-left]")).ToBeEmptyAsync(new() { Timeout = 60_000 });
        var shown = Seconds(await page.Locator("[data-rec-time]").InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();

        await Expect(page.Locator("audio[data-recording-sound]")).ToBeVisibleAsync(Patiently);
        Assert.InRange(shown, 17, 60);
        Assert.InRange(await PlaysAsync(page), shown - 0.7, shown + 6);
        await HeardAndDraftedAsync(page);
    }

    [Fact]
    public async Task the_page_is_loaded_anew_in_the_middle_and_what_was_recorded_arrives_each_time()
    {
        await using var line = new CuttableLine(own.Process.Address);
        await using var browser = await WithAMicrophoneAsync();
        var page = await VisitAsync(browser, line.Address, "dr.imran.qureshi");
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Voice", default, Moment) }).ClickAsync();
        await page.GetByLabel("The patient agreed to be recorded").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await Expect(page.Locator(".rec-dot")).ToBeVisibleAsync();
        line.Cut();
        await page.WaitForTimeoutAsync(10_000);
        line.Mend();

        await page.GotoAsync(page.Url + "?panel=voice");

        await Expect(page.Locator("audio[data-recording-sound]")).ToBeVisibleAsync(Patiently);
        Assert.InRange(await PlaysAsync(page), 8.5, 30);
        await Expect(page.Locator(".rec-dot")).ToHaveCountAsync(0);

        // Going on makes a second recording. All of it is sent when the page goes, and it is ended as well.
        await page.GetByLabel("The patient agreed to be recorded").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await Expect(page.Locator(".rec-dot")).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(7_500);
        await page.ReloadAsync();
        await Expect(page.Locator("audio[data-recording-sound]")).ToHaveCountAsync(2, new() { Timeout = 120_000 });
    }

    [Fact]
    public async Task the_page_is_loaded_anew_before_there_is_any_sound_and_no_recording_without_sound_stays()
    {
        await using var browser = await WithAMicrophoneAsync();
        var page = await VisitAsync(browser, own.Process.Address, "dr.meera.iyer");
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();

        // No part is taken, so that on a slow machine there is none either.
        await page.Context.AddInitScriptAsync("MediaRecorder.prototype.start = (start => function () { start.call(this); })(MediaRecorder.prototype.start);");
        await page.GotoAsync(page.Url + "?panel=voice");
        await page.GetByLabel("The patient agreed to be recorded").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await Expect(page.Locator(".rec-dot")).ToBeVisibleAsync();
        await Expect(page.Locator(".recording .chip")).ToHaveTextAsync("Recording");

        await page.ReloadAsync();

        await Expect(page.Locator(".recording .chip")).ToHaveTextAsync("Erased");
        await Expect(page.Locator(".recording audio")).ToHaveCountAsync(0);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The offline engine hears English of a machine badly, and says how sure it is; the doctor corrects it and drafts.</summary>
    private static async Task HeardAndDraftedAsync(IPage page)
    {
        await Expect(page.Locator(".voice-card:has(h3:text-is('Transcript')) .voice-fact").First).ToContainTextAsync(new Regex(@"PocketSphinx.*\d+ ?% sure", default, Moment), new() { Timeout = 300_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await page.GetByLabel("The transcript").FillAsync(Corrected);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the text" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draft note" }).ClickAsync();

        await Expect(page.Locator(".draft-banner")).ToContainTextAsync("AI draft, not reviewed.");

        // What was heard badly opens folded, until somebody says that they listened.
        var folded = page.GetByRole(AriaRole.Button, new() { Name = "Listen first, then look" });
        while (await folded.CountAsync() is > 0 and var left)
        {
            await folded.First.ClickAsync();
            await Expect(folded).ToHaveCountAsync(left - 1);
        }

        var sentence = page.Locator("[data-draft-row]").Filter(new() { HasText = "paracetamol" }).First;
        await sentence.FocusAsync();
        await Expect(page.Locator(".said-text .said-hit").First).ToBeVisibleAsync();
        Assert.Contains("paracetamol", string.Concat(await page.Locator(".said-text .said-hit").AllInnerTextsAsync()), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept Plan" }).ClickAsync();
        await Expect(page.Locator(".draft-taken").First).ToContainTextAsync("Accepted by");
        await Expect(page.Locator("[data-note-field='plan.medications']")).ToHaveValueAsync(new Regex("paracetamol", RegexOptions.IgnoreCase, Moment));
    }

    private async Task<IBrowser> WithAMicrophoneAsync()
    {
        var speech = Path.Combine(_folder, "speech.wav");
        await RunAsync("espeak-ng", "-v", "en-us", "-s", "140", "-w", speech, Spoken);
        return await Machine.LaunchAsync("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-audio-capture={speech}");
    }

    private async Task<IPage> VisitAsync(IBrowser browser, Uri address, string doctor)
    {
        var profile = await browser.NewContextAsync(new() { BaseURL = address.ToString(), Locale = "en-IN", ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await profile.NewPageAsync();
        await page.GotoAsync(address.ToString());
        await page.GetByLabel("User name or e-mail").FillAsync(doctor);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(own.Process.DemoPassword);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start visit" }).ClickAsync();
        await Expect(page.Locator("[data-note-save]")).ToContainTextAsync("Saved");
        return page;
    }

    /// <summary>How long the sound plays that the portal gives back, in seconds: every packet is decoded.</summary>
    private async Task<double> PlaysAsync(IPage page)
    {
        var address = await page.Locator("audio[data-recording-sound]").First.GetAttributeAsync("src");
        var sound = await page.APIRequest.GetAsync(address!);
        for (var tries = 0; sound.Status == 409 && tries < 30; tries++)
        {
            await page.WaitForTimeoutAsync(1_000); // its parts are still being put together
            sound = await page.APIRequest.GetAsync(address!);
        }

        Assert.Equal(200, sound.Status);
        var file = Path.Combine(_folder, "sound.webm");
        await File.WriteAllBytesAsync(file, await sound.BodyAsync(), TestContext.Current.CancellationToken);
        var pcm = Path.Combine(_folder, "sound.pcm");
        await RunAsync("ffmpeg", "-v", "error", "-y", "-i", file, "-ar", "8000", "-ac", "1", "-f", "s16le", pcm);
        return new FileInfo(pcm).Length / 16_000.0;
    }

    private static double Seconds(string clock)
    {
        var parts = clock.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return (parts[0] * 60) + parts[1];
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, complaints);
    }
}
