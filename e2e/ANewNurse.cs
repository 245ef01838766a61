using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>From the admin's form to the day on which the account is closed, in two browsers.</summary>
public sealed class ANewNurse(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    private const string Chosen = "nine lanterns cross a river";

    /// <summary>Two seconds on a machine that has nothing else to do.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task sets_her_own_password_and_second_factor_and_her_page_goes_blank_when_the_account_is_closed()
    {
        await SignInAndWaitAsync(Page, "admin", Password);
        var link = await InvitedAsync();
        await using var hers = await NewProfileAsync();
        var nurse = await OpenPageAsync(hers);

        await nurse.GotoAsync(link);
        await nurse.GetByLabel("Your new password").FillAsync(Chosen);
        await nurse.GetByLabel("The same once more").FillAsync(Chosen);
        await nurse.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(nurse.GetByRole(AriaRole.Heading, new() { Name = "Your password is set" })).ToBeVisibleAsync();
        await nurse.GotoAsync(link);
        await Expect(nurse.GetByRole(AriaRole.Heading, new() { Name = "This link opens nothing" })).ToBeVisibleAsync();

        await SignInAndWaitAsync(nurse, "asha.kurien", Chosen);
        var secret = await SetUpFactorAsync(nurse);
        await nurse.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Asha Kurien", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await nurse.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await FillSignInAsync(nurse, "asha.kurien", Chosen);

        // A code is good once: the step that set it up is used, so the next one is given, which a telephone a little ahead shows.
        await nurse.GetByLabel("Code of your authenticator").FillAsync(Code(secret, Step() + 1));
        await nurse.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(nurse.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();

        // Asked before her account is closed: her page may ask the server once more, and is told that it may not.
        Assert.Empty(Complaints);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Open the account" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(Page.GetByText("The account is closed")).ToBeVisibleAsync();
        var closed = Stopwatch.StartNew();
        await Expect(nurse.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeHiddenAsync();
        Assert.InRange(closed.Elapsed, TimeSpan.Zero, Soon);
        await FillSignInAsync(nurse, "asha.kurien", Chosen);
        await Expect(nurse.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
    }

    private async Task<string> InvitedAsync()
    {
        await Page.GotoAsync("/admin/users");
        await Page.GetByRole(AriaRole.Button, new() { Name = "New user" }).ClickAsync();
        await Page.GetByLabel("Full name").FillAsync("Sr. Asha Kurien");
        await Page.GetByLabel("User name").FillAsync("asha.kurien");
        await Page.GetByLabel("E-mail").FillAsync("asha.kurien@clinic.example");
        await Page.GetByLabel("Role").SelectOptionAsync("Nurse");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create, and show the link" }).ClickAsync();
        var link = Page.Locator("#account-link");
        await Expect(link).ToHaveValueAsync(new Regex("/welcome/", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return await link.InputValueAsync();
    }

    private static async Task<byte[]> SetUpFactorAsync(IPage nurse)
    {
        await nurse.GotoAsync("/settings");
        await nurse.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        var secret = FromBase32(await nurse.Locator(".factor-key").InnerTextAsync());
        await nurse.GetByLabel("Code", new() { Exact = true }).FillAsync(Code(secret, Step()));
        await nurse.GetByLabel("Your password").FillAsync(Chosen);
        await nurse.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(nurse.Locator(".recovery-codes li")).ToHaveCountAsync(10);
        await nurse.GetByRole(AriaRole.Button, new() { Name = "I have them" }).ClickAsync();
        await Expect(nurse.GetByText("10 recovery codes left")).ToBeVisibleAsync();
        return secret;
    }

    private static long Step() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;

    private static string Code(byte[] secret, long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // As authenticators compute it.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string key)
    {
        var bits = string.Concat(key.Where(char.IsAsciiLetterOrDigit)
            .Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
