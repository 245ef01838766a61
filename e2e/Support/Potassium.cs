using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e.Support;

/// <summary>A doctor orders potassium in a visit, and a nurse types in what the laboratory found.</summary>
internal static class Potassium
{
    private static readonly Regex Number = new(@"OR-\d{2}-\d{6}", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>Starts the visit that waits for the doctor and orders; answers the order's number, the patient's name as work lists say it, and the MRN.</summary>
    public static async Task<(string Number, string Name, string Mrn)> OrderAsync(IPage doctor)
    {
        await doctor.GetByRole(AriaRole.Button, new() { Name = "Start visit" }).First.ClickAsync();
        await Expect(doctor.Locator("[data-note-state]")).ToContainTextAsync("Saved");
        await doctor.Keyboard.PressAsync("Alt+o");
        await Expect(doctor.Locator("#order-search")).ToBeFocusedAsync();
        await doctor.Keyboard.TypeAsync("potassium");
        await doctor.Locator("#order-options li", new() { HasTextRegex = new Regex("^\\W*Potassium", RegexOptions.None, TimeSpan.FromSeconds(1)) }).First.ClickAsync();
        await Expect(doctor.Locator(".order-item")).ToContainTextAsync("Potassium");
        await doctor.Keyboard.PressAsync("Alt+g");
        var number = Number.Match(await doctor.Locator(".order-signed h3").First.InnerTextAsync()).Value;
        Assert.NotEqual("", number);
        var name = Spoken(await doctor.Locator(".banner-name").InnerTextAsync());
        var mrn = await doctor.Locator(".banner dd").Filter(new() { HasTextRegex = new Regex(@"^SC\d", RegexOptions.None, TimeSpan.FromSeconds(1)) }).First.InnerTextAsync();
        return (number, name, mrn);
    }

    /// <summary>The banner says "PATEL, Hitesh", by which a record is told apart; lists of work say "Hitesh Patel".</summary>
    private static string Spoken(string listed) => string.Join(' ', listed.Split(", ").Reverse());

    /// <summary>Opens the form of the patient's order in the list of results to type in; the page is there already.</summary>
    public static async Task<(ILocator Form, ILocator Field)> OpenAsync(IPage nurse, string patient)
    {
        await nurse.Locator("section li", new() { HasText = patient }).Filter(new() { HasText = "Potassium" }).First.GetByRole(AriaRole.Button).ClickAsync();
        var form = nurse.GetByRole(AriaRole.Dialog);
        return (form, form.GetByLabel("Potassium", new() { Exact = true }));
    }
}
