using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Portal.Components.Patients.Allergies;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Patients.Allergies;

public sealed class TheAllergiesDialog : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();
    private AllergyList _list = new(Sunita, AllergiesStatus.Known, Day.At(9, 0), [View("Penicillins")], [], 0);

    private int _closed;

    public TheAllergiesDialog() => AllergyDoor.List = () => _list;

    [Fact]
    public void Tells_the_three_states_apart()
    {
        Assert.StartsWith("Known, asked 05-Nov-2026", State(Open()), StringComparison.Ordinal);
        _list = _list with { Status = AllergiesStatus.NoneKnown, Active = [] };
        Assert.StartsWith("No known allergies, asked 05-Nov-2026", State(Open()), StringComparison.Ordinal);
        _list = _list with { Status = AllergiesStatus.NotAsked, RecordedAt = null };
        Assert.StartsWith("Not asked", State(Open()), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_somebody_asked()
    {
        var dialog = Open();
        dialog.Find(".allergy-state button").Click();
        _list = _list with { Active = [], Status = AllergiesStatus.NotAsked };
        dialog = Open();
        dialog.Find(".allergy-state button").Click();

        Assert.Equal(["confirm", "none"], AllergyDoor.Done);
    }

    [Fact]
    public void Asks_before_Esc_takes_away_what_was_typed()
    {
        var dialog = Open();
        dialog.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);
        Assert.Equal(1, _closed);

        dialog.Find("#allergy-substance").Input("penici");
        dialog.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);

        Assert.Equal(1, _closed);
        var asks = dialog.Find(".dialog-asks");
        Assert.Contains("not saved", asks.TextContent, StringComparison.Ordinal);
        asks.QuerySelectorAll("button")[1].Click();
        Assert.Equal(2, _closed);
    }

    [Fact]
    public void Adds_what_was_chosen_from_the_list_by_the_keyboard()
    {
        AllergyDoor.Substances = [new AllergySubstance("Penicillins", "penicillin", "urn:classes", IsClass: true, "Augmentin"), new AllergySubstance("Sulfadiazine", "sulfadiazine", "urn:formulary", IsClass: false, null)];
        var dialog = Open();
        var substance = dialog.Find("#allergy-substance");

        substance.Input("s");
        substance.KeyDown(Key.Down);
        substance.KeyDown(Key.Down);
        Assert.Equal("allergy-hit-1", dialog.Find("#allergy-substance").GetAttribute("aria-activedescendant"));
        substance.KeyDown(Key.Enter);
        dialog.Find("[aria-label='Add an allergy']").Submit();

        Assert.Equal(("Sulfadiazine", "sulfadiazine", "urn:formulary", Sunita), (AllergyDoor.Added!.Substance, AllergyDoor.Added.Code, AllergyDoor.Added.CodeSystem, AllergyDoor.Added.PatientId));
    }

    [Fact]
    public void Is_free_text_again_once_it_is_typed_over()
    {
        AllergyDoor.Substances = [new AllergySubstance("Penicillins", "penicillin", "urn:classes", IsClass: true, null)];
        var dialog = Open();

        dialog.Find("#allergy-substance").Input("pen");
        dialog.Find("#allergy-hits li").Click();
        Assert.Equal("Penicillins", dialog.Find("#allergy-substance").GetAttribute("value"));
        dialog.Find("#allergy-substance").Input("Penicillins and prawns");
        dialog.Find("[aria-label='Add an allergy']").Submit();

        Assert.Equal(("Penicillins and prawns", null), (AllergyDoor.Added!.Substance, AllergyDoor.Added.Code));
    }

    [Fact]
    public void Takes_one_off_only_with_a_reason_and_revises_it_without()
    {
        var dialog = Open();
        dialog.Find("[aria-label='Change Penicillins']").Click();
        Assert.All(dialog.FindAll(".allergy-why ~ .row button"), b => Assert.True(b.HasAttribute("disabled")));

        dialog.Find(".allergy-why input").Input("Tolerated amoxicillin in May");
        dialog.FindAll(".allergy-why ~ .row button")[0].Click();
        dialog.Find("[aria-label='Change Penicillins']").Click();
        dialog.Find("form[aria-label='Change Penicillins'] .field input").Input("wheeze");
        dialog.Find("form[aria-label='Change Penicillins']").Submit();

        Assert.Equal(["off: Tolerated amoxicillin in May", "revise Penicillins to wheeze"], AllergyDoor.Done);
    }

    [Fact]
    public void Says_a_refusal_and_keeps_the_list()
    {
        var dialog = Open();
        AllergyDoor.List = () => Refusal.Conflict("Penicillins is on the list already. Change that one.");

        dialog.Find("#allergy-substance").Input("Penicillins");
        dialog.Find("[aria-label='Add an allergy']").Submit();

        Assert.Equal("Penicillins is on the list already. Change that one.", dialog.Find("[role=alert]").TextContent.Trim());
        Assert.Contains("PENICILLINS", dialog.Markup, StringComparison.Ordinal);
        Assert.Equal("Penicillins", dialog.Find("#allergy-substance").GetAttribute("value"));
    }

    private IRenderedComponent<AllergiesDialog> Open() => Render<AllergiesDialog>(p => p
        .Add(x => x.PatientId, Sunita).Add(x => x.Name, new PersonName("Sunita", "Pawar")).Add(x => x.Age, Age.On(Day.Date, new DateOnly(1988, 3, 1))).Add(x => x.Gender, Gender.Female).Add(x => x.OnClose, () => _closed++));

    private static string State(IRenderedComponent<AllergiesDialog> dialog) => dialog.Find(".allergy-state").TextContent.Trim();

    private static AllergyView View(string substance) => new(
        Guid.CreateVersion7(), substance, "penicillin", AllergyCategory.Medication, AllergyType.Allergy, "anaphylaxis", AllergySeverity.Severe, Day.At(9, 0), "Sr. Mary", null);
}
