using Bunit;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients.Registration;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients.Registration;

/// <summary>The registration at the desk, with hands that fill it.</summary>
public abstract class RegisterPageContext : PageContext
{
    private protected static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private protected RegisterPageContext()
    {
        SignIn(StaffRole.Receptionist);
        JSInterop.SetupModule("./js/registration.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/photo.js").Mode = JSRuntimeMode.Loose;
    }

    private protected string Address => Services.GetRequiredService<NavigationManager>().Uri;

    private protected static void Fill(IRenderedComponent<RegisterPage> page)
    {
        page.Find("#reg-full-name").Input("Laxmi Choudhary");
        page.Find("#reg-birth-date").Input("14-Mar-1980");
        page.Find("#reg-mobile").Input("98450 11827");
        page.Find("input[name=reg-sex][value=Female]").Change("Female");
    }

    /// <summary>Other work of the page may go before a click; the desk has sent when the door was asked.</summary>
    private protected void Save(IRenderedComponent<RegisterPage> page)
    {
        var sent = Registration.Registered.Count;
        Button(page, "Save").Click();
        page.WaitForState(() => Registration.Registered.Count == sent + 1);
    }

    private protected static void Leave(IRenderedComponent<RegisterPage> page, string field, string text)
    {
        page.Find(field).Input(text);
        page.WaitForState(() => page.Find(field).GetAttribute("value") == text);
        page.Find(field).Blur();
    }

    private protected static string? Value(IRenderedComponent<RegisterPage> page, PatientField field)
        => page.Find($"#{PatientFormState.IdOf(field)}").GetAttribute("value") ?? "";

    private protected static AngleSharp.Dom.IElement Button(IRenderedComponent<RegisterPage> page, string words)
        => page.FindAll("button").First(b => b.TextContent.Trim() == words);

    private protected IRenderedComponent<RegisterPage> WithHit(LikelyDuplicate hit)
    {
        Registration.Duplicates = _ => Day.Answer(new DuplicateAnswer([hit], 1));
        var page = Render<RegisterPage>();
        Typed(page, "#reg-full-name", "Laxmi");
        Clock.Advance(Pause);
        page.WaitForState(() => page.FindAll(".reg-dup").Count == 1);
        return page;
    }

    /// <summary>Types, and waits until the pause before this question runs and no earlier one does.</summary>
    private protected void Typed(IRenderedComponent<RegisterPage> page, string field, string text)
    {
        var made = Clock.Timers.Made;
        page.Find(field).Input(text);
        Assert.True(SpinWait.SpinUntil(() => Clock.Timers == (made + 1, 1), TimeSpan.FromSeconds(10)));
    }
}
