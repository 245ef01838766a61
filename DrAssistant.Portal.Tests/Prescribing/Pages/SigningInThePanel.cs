using Bunit;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Prescribing.Pages;

/// <summary>Between the last medicine and the paper: serious findings, the password, and what becomes of what was signed.</summary>
public sealed class SigningInThePanel : PrescribingContext
{
    [Theory]
    [InlineData("1 medicine checked", " against 2 other medicines, 1 recorded allergy, weight 55.4 kg", "Amoxicillin")]
    [InlineData("2 medicines checked", " against each other, 2 other medicines, 1 recorded allergy, weight 55.4 kg", "Amoxicillin", "Paracetamol")]
    public void The_medicines_that_are_being_prescribed_are_no_others(string begins, string says, params string[] medicines)
    {
        Draft([.. medicines.Select(name => FakePrescriptions.Line(name))]);

        var by = Open().Find(".rx-safety .rx-by").TextContent;

        Assert.StartsWith(begins, by, StringComparison.Ordinal);
        Assert.Contains(says, by, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_free_text_is_not_said_to_be_checked()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Herbal tea") with { IsChecked = false });

        Assert.StartsWith("1 medicine checked", Open().Find(".rx-safety .rx-by").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_serious_finding_locks_the_signature_until_it_has_its_reason()
    {
        var draft = Draft(FakePrescriptions.Line("Amoxicillin"));
        Safety.Findings.Add(FakeSafety.Serious(draft.Lines[0].Id));
        var page = Open();

        Assert.NotNull(Sign(page).GetAttribute("disabled"));
        Assert.Contains("1 serious problem needs your decision", page.Find(".rx-safety header").TextContent, StringComparison.Ordinal);
        page.FindAll(".rx-hazard button").Single(b => b.TextContent.StartsWith("Override", StringComparison.Ordinal)).Click();
        page.Find("dialog form").Submit();
        Assert.Empty(Safety.Overrides);
        Assert.Equal(["Choose a reason.", "Say in at least 10 characters what you will do about it."], page.FindAll("dialog .hint.bad:not([hidden])").Select(e => e.TextContent.Trim()));

        page.FindAll("dialog input[type=radio]")[0].Change(true);
        page.Find("#override-text").Input("Observed in the clinic for an hour");
        page.Find("dialog form").Submit();

        var reason = Assert.Single(Safety.Overrides);
        Assert.Equal((draft.Id, Sunita, Safety.Findings[0].Key, "Observed in the clinic for an hour"), (reason.PrescriptionId, reason.PatientId, reason.FindingKey, reason.Text));
        Assert.Null(Sign(page).GetAttribute("disabled"));
        Assert.Contains("answered", page.Find(".rx-words").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_typed_as_a_reason_is_there_when_somebody_comes_back_to_it()
    {
        var draft = Draft(FakePrescriptions.Line("Amoxicillin"));
        Safety.Findings.Add(FakeSafety.Serious(draft.Lines[0].Id));
        var page = Open();
        page.FindAll(".rx-hazard button")[^1].Click();
        page.Find("#override-text").Input("Half a sentence");

        page.Find("dialog .primary").Click();
        page.FindAll(".rx-hazard button")[^1].Click();

        Assert.Equal("Half a sentence", page.Find("#override-text").GetAttribute("value"));
    }

    [Fact]
    public void Signing_names_the_person_and_the_medicines_and_asks_for_the_password()
    {
        var draft = Draft(FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Paracetamol"));
        var page = Open();
        Sign(page).Click();
        Assert.StartsWith("PAWAR, Sunita", page.Find("dialog .person-at-desk").TextContent, StringComparison.Ordinal);
        Assert.Equal(["AMOXICILLIN", "PARACETAMOL"], page.FindAll("dialog .rx-signed-lines b").Select(b => b.TextContent));

        page.Find("dialog form").Submit();
        Assert.Empty(PrescriptionSigning.Signings);
        page.Find("#rx-password").Change("a password");
        page.Find("dialog form").Submit();

        Assert.Equal(new PrescriptionSigning(draft.Id, Sunita, 1, "a password"), Assert.Single(PrescriptionSigning.Signings));
        Assert.Contains("Signed", page.Find(".rx-signed").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".rx-line, dialog"));
    }

    [Fact]
    public void What_is_not_checked_is_signed_only_by_who_says_that_they_looked()
    {
        Draft(FakePrescriptions.Line("Churna"));
        Safety.NotChecked.Add(new NotChecked(null, SafetyKind.Medicine, "Churna is free text: no check knows what it is."));
        var page = Open();
        Assert.Contains("NOT CHECKED: Churna is free text", page.Find(".rx-safety").TextContent, StringComparison.Ordinal);
        Sign(page).Click();
        page.Find("#rx-password").Change("a password");

        page.Find("dialog form").Submit();
        Assert.Empty(PrescriptionSigning.Signings);

        page.Find("dialog .notice input[type=checkbox]").Change(true);
        page.Find("dialog form").Submit();
        Assert.Equal("Churna is free text: no check knows what it is.", Assert.Single(Assert.Single(PrescriptionSigning.Signings).LookedAt));
    }

    [Fact]
    public void What_is_open_when_it_is_signed_leads_to_its_line()
    {
        var draft = Draft(FakePrescriptions.Line("Amoxicillin"));
        PrescriptionSigning.Refuse = _ => new PrescriptionNotReady("Not yet.", [new OpenPoint(OpenPointKind.Withdrawn, draft.Lines[0].Id, null, null, "Amoxicillin is no longer in the formulary.")]);
        var page = Open();
        Sign(page).Click();
        page.Find("#rx-password").Change("a password");
        page.Find("dialog form").Submit();

        page.Find("dialog .still-open .linkbtn").Click();

        Assert.Empty(page.FindAll("dialog"));
        Assert.NotNull(page.Find(".rx-form"));
    }

    [Fact]
    public void A_signed_one_is_cancelled_with_a_reason()
    {
        Prescriptions.All.Add(FakePrescriptions.Of(Encounter, Sunita, PrescriptionStatus.Signed, FakePrescriptions.Line("Amoxicillin")));
        var page = Open();
        page.FindAll(".rx-signed button").Single(b => b.TextContent == "Cancel").Click();

        page.FindAll("dialog input[type=radio]")[1].Change(true);
        page.FindAll("dialog button").Single(b => b.TextContent.Contains("Cancel the prescription", StringComparison.Ordinal)).Click();

        Assert.Contains("wrong medicine", Assert.Single(PrescriptionSigning.Cancelled), StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("Cancelled", page.Find(".rx-signed .chip").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Replacing_begins_a_draft_that_says_so()
    {
        Prescriptions.All.Add(FakePrescriptions.Of(Encounter, Sunita, PrescriptionStatus.Signed, FakePrescriptions.Line("Amoxicillin")));
        var page = Open();

        page.FindAll(".rx-signed button").Single(b => b.TextContent == "Replace").Click();

        page.WaitForAssertion(() => Assert.Contains("takes the place of a signed one", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["AMOXICILLIN"], Names(page));
    }

    [Fact]
    public void A_signed_one_goes_out_and_is_dispensed()
    {
        Prescriptions.All.Add(FakePrescriptions.Of(Encounter, Sunita, PrescriptionStatus.Signed, FakePrescriptions.Line("Amoxicillin")));
        var page = Open();

        page.FindAll(".rx-signed button").Single(b => b.TextContent == "Given to the patient").Click();
        page.WaitForAssertion(() => Assert.Equal("Given out", page.Find(".rx-signed .chip").TextContent));
        page.FindAll(".rx-signed button").Single(b => b.TextContent == "Dispensed").Click();

        page.WaitForAssertion(() => Assert.Equal("Dispensed", page.Find(".rx-signed .chip").TextContent));
        Assert.DoesNotContain(page.FindAll(".rx-signed button"), b => b.TextContent is "Replace" or "Cancel");
    }

    [Fact]
    public void One_medicine_is_stopped_with_its_reason_and_the_paper_stays()
    {
        var signed = FakePrescriptions.Of(Encounter, Sunita, PrescriptionStatus.Dispensed, FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Paracetamol"));
        Prescriptions.All.Add(signed);
        var page = Open();
        page.Find("[aria-label='Stop Amoxicillin']").Click();

        page.FindAll("dialog input[type=radio]")[0].Change(true);
        page.FindAll("dialog button").Single(b => b.TextContent == "Stop it").Click();

        Assert.Equal((signed.Lines[0].Id, "The patient reacted to it"), Assert.Single(PrescriptionSigning.Stopped));
        page.WaitForAssertion(() => Assert.Contains("stopped 05-Nov-2026: The patient reacted to it", page.Find(".rx-signed .stopped").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog"));
    }
}
