using Bunit;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Components.Patients.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class RegisterPageTests : RegisterPageContext
{
    [Fact]
    public void What_was_looked_for_in_vain_begins_the_form_and_is_not_in_the_address()
    {
        Services.GetRequiredService<PatientQuestion>().Carry("Laxmi Choudhary");

        var page = Render<RegisterPage>();

        Assert.Equal("Laxmi Choudhary", Value(page, PatientField.FullName));
        Assert.DoesNotContain("axmi", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_that_were_looked_for_begin_it_as_a_telephone()
    {
        Services.GetRequiredService<PatientQuestion>().Carry("98450 11827");

        Assert.Equal("98450 11827", Value(Render<RegisterPage>(), PatientField.Mobile));
    }

    [Fact]
    public void Saving_with_nothing_says_at_each_field_what_is_missing()
    {
        var page = Render<RegisterPage>();

        Button(page, "Save").Click();

        page.WaitForAssertion(() => page.Find(".notice.bad"));
        Assert.Empty(Registration.Registered);
        Assert.Equal("4 fields need another look. Nothing is lost.", page.Find(".notice.bad").TextContent.Trim());
        foreach (var field in new[] { PatientField.FullName, PatientField.BirthDate, PatientField.Mobile })
        {
            var input = page.Find($"#{PatientFormState.IdOf(field)}");
            Assert.Equal("true", input.GetAttribute("aria-invalid"));
            Assert.NotEmpty(page.Find($"#{input.GetAttribute("aria-describedby")}").TextContent);
        }
    }

    [Fact]
    public void A_field_is_checked_when_it_is_left_and_its_text_stays()
    {
        var page = Render<RegisterPage>();
        var mobile = page.Find("#reg-mobile");
        mobile.Input("98450 118");

        page.Find("#reg-mobile").Blur();

        page.WaitForAssertion(() => Assert.Contains("has 8", page.Find("#reg-mobile-said").TextContent, StringComparison.Ordinal));
        Assert.Equal("98450 118", Value(page, PatientField.Mobile));
        page.Find("#reg-mobile").Input("98450 11827");
        page.WaitForAssertion(() => Assert.Null(page.Find("#reg-mobile").GetAttribute("aria-invalid")));
        page.Find("#reg-mobile").Blur();
        page.WaitForAssertion(() => Assert.Equal("+91 98450 11827", Value(page, PatientField.Mobile)));
    }

    [Fact]
    public void An_age_fills_an_estimated_date_and_says_so()
    {
        var page = Render<RegisterPage>();
        page.Find("#reg-age").Input("46");

        page.Find("#reg-age").Blur();

        page.WaitForAssertion(() => Assert.Equal("about 01-Jul-1980", Value(page, PatientField.BirthDate)));
        Assert.Equal("About 46 years, estimated", page.Find("#reg-birth-date-said").TextContent);
    }

    [Fact]
    public void A_pin_code_fills_the_state_unless_somebody_chose_one()
    {
        var page = Render<RegisterPage>();
        Leave(page, "#reg-pin", "560038");
        page.WaitForAssertion(() => Assert.Equal("Karnataka", Value(page, PatientField.State)));

        Leave(page, "#reg-pin", "400001");
        page.WaitForAssertion(() => Assert.Equal("Maharashtra", Value(page, PatientField.State)));

        page.Find("#reg-state").Change("Goa");
        Leave(page, "#reg-pin", "560038");
        page.WaitForAssertion(() => Assert.Equal("Goa", Value(page, PatientField.State)));
    }

    [Fact]
    public void An_aadhaar_number_is_cleared_and_not_repeated()
    {
        var page = Render<RegisterPage>();

        page.Find("#reg-abha-number").Change("5412 8830 9917");

        Assert.Equal("", Value(page, PatientField.AbhaNumber));
        page.WaitForAssertion(() => Assert.Contains("That is a 12-digit Aadhaar number. It was not stored.", page.Find("#reg-abha-number-said").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("9917", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aadhaar_number_that_the_browser_kept_back_is_spoken_of_too()
    {
        var page = Render<RegisterPage>();

        await page.InvokeAsync(() => page.FindComponent<AbhaFields>().Instance.AadhaarRefused("reg-abha-number"));

        Assert.Equal("12 digits is an Aadhaar number. It is not used or stored here. An ABHA number has 14 digits.", page.Find("#reg-abha-number-said").TextContent);
    }

    [Fact]
    public void A_guardian_is_asked_for_under_18_only()
    {
        var page = Render<RegisterPage>();
        Assert.Empty(page.FindAll("#reg-guardian-name"));

        Leave(page, "#reg-birth-date", "1-Jan-2020");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#reg-guardian-name")));

        Leave(page, "#reg-birth-date", "1-Jan-1980");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#reg-guardian-name")));
    }

    [Fact]
    public void Saved_is_said_with_the_mrn_and_a_new_form_is_a_new_patient()
    {
        var page = Render<RegisterPage>();
        Fill(page);
        Save(page);

        page.WaitForAssertion(() => page.Find(".reg-done"));
        Assert.Equal("Laxmi Choudhary is registered", page.Find("h1").TextContent);
        Assert.Contains("SC26-000123-4", page.Find(".reg-mrn").TextContent, StringComparison.Ordinal);
        Button(page, "Register another").Click();
        Assert.Equal("", Value(page, PatientField.FullName));
        Fill(page);
        Save(page);
        Assert.Equal(2, Registration.Registered.Select(d => d.Id).Distinct().Count());
    }

    [Fact]
    public void Saving_and_checking_in_leads_to_the_queue()
    {
        var page = Render<RegisterPage>();
        Fill(page);

        page.Find("[aria-keyshortcuts='Control+Enter']").Click();

        page.WaitForState(() => Address.Contains("/queue", StringComparison.Ordinal));
        Assert.EndsWith($"/queue?walkin={Registration.Registered.Single().Id}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void A_save_that_breaks_loses_nothing()
    {
        Registration.Register = _ => throw new TimeoutException();
        var page = Render<RegisterPage>();
        Fill(page);

        Save(page);

        page.WaitForAssertion(() => page.Find(".notice.bad"));
        Assert.StartsWith("This could not be saved.", page.Find("[role=alert]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("Laxmi Choudhary", Value(page, PatientField.FullName));
    }

    [Fact]
    public void What_was_left_unsaved_is_offered_and_not_filled_in_by_itself()
    {
        var first = Render<RegisterPage>();
        Fill(first);
        first.WaitForState(() => first.Find("input[value=Female]").HasAttribute("checked"));
        first.Instance.Dispose();

        var page = Render<RegisterPage>();

        Assert.Equal("", Value(page, PatientField.FullName));
        Assert.StartsWith("You began to register Laxmi Choudhary at 10:41", page.Find(".reg-earlier span").TextContent, StringComparison.Ordinal);
        Button(page, "Go on with it").Click();
        page.WaitForAssertion(() => Assert.Equal("Laxmi Choudhary", Value(page, PatientField.FullName)));
        Assert.Empty(page.FindAll(".reg-earlier"));
    }

    [Fact]
    public void Allergies_have_three_answers_and_lines_of_their_own()
    {
        var page = Render<RegisterPage>();
        Assert.Equal("NotAsked", page.Find("input[name=reg-allergies]:checked").GetAttribute("value"));
        page.Find("input[name=reg-allergies][value=Known]").Change("Known");
        page.Find(".reg-allergies input").Input("Penicillin");
        page.Find(".reg-allergies select").Change("severe");
        Fill(page);

        Save(page);

        var allergy = Assert.Single(Registration.Registered.Single().Allergies);
        Assert.Equal(("Penicillin", DrAssistant.Data.Patients.AllergySeverity.Severe), (allergy.Substance, allergy.Severity));
    }

    [Fact]
    public async Task Who_has_no_phone_needs_none()
    {
        var page = Render<RegisterPage>();
        Fill(page);
        page.Find("#reg-mobile").Input("");

        // What was typed is looked up meanwhile, and the answer draws the page anew.
        await page.InvokeAsync(() => page.Find(".reg-mobile input[type=checkbox]").Change(true));

        Save(page);

        Assert.True(Registration.Registered.Single().NoPhone);
    }
}
