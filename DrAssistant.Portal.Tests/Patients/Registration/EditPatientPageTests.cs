using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients.Registration;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class EditPatientPageTests : PageContext
{
    private static readonly Guid Laxmi = Guid.CreateVersion7();

    public EditPatientPageTests()
    {
        SignIn(StaffRole.Receptionist);
        JSInterop.SetupModule("./js/registration.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/photo.js").Mode = JSRuntimeMode.Loose;
        Registration.Open = id => Day.Answer(Record(id));
    }

    [Fact]
    public void Opens_with_the_record_and_saves_it_on_its_version()
    {
        Registration.Save = (draft, _) => Day.Answer(Record(draft.Id, version: 8, town: draft[PatientField.Town]));
        var page = Open();
        Assert.Equal("CHOUDHARY, Laxmi", page.Find("h1").TextContent);
        page.Find("#reg-town").Input("Mysuru");

        Save(page);

        Assert.Equal(("Mysuru", 7u), (Registration.Saved.Single().Draft[PatientField.Town], Registration.Saved.Single().Version));
        Assert.Equal("Saved at 10:41.", page.Find(".reg-said").TextContent);
        page.Find("#reg-town").Input("Hubballi");
        Save(page);
        Assert.Equal(8u, Registration.Saved[1].Version);
    }

    [Fact]
    public void What_somebody_else_saved_stands_beside_what_was_typed()
    {
        var page = Open();
        page.Find("#reg-town").Input("Mysuru");
        Registration.Save = (draft, _) => Task.FromResult<Result<PatientRecord>>(new PatientChanged(
            "Kavita Joshi saved this record at 10:40, while you were editing it. Nothing of yours was saved yet.",
            Record(Laxmi, version: 9, town: "Pune", email: "theirs@example.org"),
            [new FieldDifference(PatientField.Email, "", "theirs@example.org", ""), new FieldDifference(PatientField.Town, "Bengaluru", "Pune", "Mysuru")]));

        Save(page);

        Assert.StartsWith("Kavita Joshi saved this record", page.Find("#reg-changed-head").TextContent, StringComparison.Ordinal);
        Assert.Equal("theirs@example.org", page.Find("#reg-email").GetAttribute("value"));
        Assert.Equal("Mysuru", page.Find("#reg-town").GetAttribute("value"));
        Assert.Equal(["Pune", "Mysuru"], page.FindAll(".reg-changed tbody tr")[1].QuerySelectorAll("td").Take(2).Select(td => td.TextContent));
        page.FindAll(".reg-changed button").Single().Click();
        Assert.Equal("Pune", page.Find("#reg-town").GetAttribute("value"));

        Registration.Save = (draft, _) => Day.Answer(Record(draft.Id, version: 10));
        Save(page);
        Assert.Equal(9u, Registration.Saved[1].Version);
        Assert.Empty(page.FindAll(".reg-changed"));
    }

    [Fact]
    public void Leaving_with_something_unsaved_asks_first()
    {
        var page = Open();
        page.Find("#reg-town").Input("Mysuru");
        var navigation = Services.GetRequiredService<NavigationManager>();
        var here = navigation.Uri;

        navigation.NavigateTo("/patients");
        Assert.Equal(here, navigation.Uri);
        page.Find("#reg-stay").Click();
        Assert.Empty(page.FindAll("[role=alertdialog]"));
        Assert.Equal("Mysuru", page.Find("#reg-town").GetAttribute("value"));

        navigation.NavigateTo("/patients");
        page.FindAll("[role=alertdialog] button")[1].Click();
        Assert.EndsWith("/patients", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaving_with_nothing_changed_asks_nothing()
    {
        Open();
        var navigation = Services.GetRequiredService<NavigationManager>();

        navigation.NavigateTo("/patients");

        Assert.EndsWith("/patients", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_patient_is_opened_and_nothing_of_the_first_is_left()
    {
        var page = Open();
        page.Find("#reg-town").Input("Mysuru");
        var waiting = new TaskCompletionSource<Result<PatientRecord>>();
        Registration.Open = _ => waiting.Task;

        page.Render(p => p.Add(x => x.PatientId, Guid.CreateVersion7()));

        Assert.DoesNotContain("Mysuru", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("CHOUDHARY", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_inactive_takes_a_reason_and_says_what_stands_in_the_way()
    {
        Registration.Deactivate = _ => new BookedAhead("This patient is booked: 07-Nov-2026 11:30. Cancel these appointments first.", [Day.At(11, 30)]);
        var page = Open();
        page.FindAll(".reg-status button")[0].Click();
        page.Find("#reg-inactive").Input("Moved to Pune");

        page.Find(".reg-status .danger").Click();

        Assert.Contains("07-Nov-2026 11:30", page.Find("#reg-inactive-said").TextContent, StringComparison.Ordinal);
        Assert.Equal("Moved to Pune", page.Find("#reg-inactive").GetAttribute("value"));
        Registration.Deactivate = reason => Record(Laxmi) with { Status = PatientStatus.Inactive, InactiveReason = reason };
        page.Find(".reg-status .danger").Click();
        Assert.Contains("Inactive: Moved to Pune", page.Find(".reg-status").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_may_not_be_opened_shows_nothing_of_it()
    {
        Registration.Open = _ => Task.FromResult<Result<PatientRecord>>(Refusal.NotFound("Patient"));

        var page = Open();

        Assert.Equal("Patient was not found.", page.Find("[role=alert]").TextContent);
        Assert.Empty(page.FindAll("input"));
    }

    [Fact]
    public void The_desk_adds_to_known_allergies_and_does_not_see_or_take_back_what_is_there()
    {
        Registration.Open = id =>
        {
            var draft = new PatientDraft { Id = id, AllergiesAreRead = false, AllergiesStatus = AllergiesStatus.Known };
            return Day.Answer(Of(draft, version: 7));
        };

        var page = Open();

        Assert.Empty(page.FindAll("input[name=reg-allergies]"));
        Assert.Contains("Allergies are known and stand in the chart", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<EditPatientPage> Open() => Render<EditPatientPage>(p => p.Add(x => x.PatientId, Laxmi));

    private static void Save(IRenderedComponent<EditPatientPage> page) => page.Find("[aria-keyshortcuts='Control+Enter']").Click();

    private static PatientRecord Record(Guid id, uint version = 7, string town = "Bengaluru", string email = "")
    {
        var draft = new PatientDraft { Id = id };
        draft[PatientField.FullName] = "Laxmi Choudhary";
        draft[PatientField.Sex] = "female";
        draft[PatientField.BirthDate] = "14-Mar-1980";
        draft[PatientField.Mobile] = "+91 98450 11827";
        draft[PatientField.Town] = town;
        draft[PatientField.Email] = email;
        return Of(draft, version);
    }

    private static PatientRecord Of(PatientDraft draft, uint version) => new(
        draft.Id, new PersonName("Laxmi", "Choudhary"), "SC26-000123-4", PatientStatus.Active, null, version, draft.Open(), null, null, null);
}
