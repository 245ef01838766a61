using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Tests.Prescribing.Pages;

public sealed class PrescribingInTheVisit : PrescribingContext
{
    [Fact]
    public void Looking_begins_no_prescription()
    {
        var page = Open();

        Assert.Equal(0, Prescriptions.Begun);
        Assert.Contains("No medicines yet", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".rx-safety, .rx-foot"));
    }

    [Fact]
    public void What_is_signed_already_is_not_called_nothing()
    {
        Prescriptions.All.Add(FakePrescriptions.Of(Encounter, Sunita, PrescriptionStatus.Signed, FakePrescriptions.Line("Ambroxol")));

        Assert.Equal("A medicine that is added now makes another prescription.", Open().Find(".rx-scroll > .empty").TextContent);
    }

    [Fact]
    public void A_favourite_takes_a_few_letters_and_Enter()
    {
        Favourites.Own.Add(FakeFavourites.Of("Ambroxol", "Ambrodil"));
        var page = Open();

        Type(page, "amb");
        Press(page, "Enter");

        Assert.Equal(Favourites.Own[0].Id, Assert.Single(Favourites.Added));
        Assert.Contains("AMBROXOL", page.Find(".rx-line").TextContent, StringComparison.Ordinal);
        Assert.Equal("", page.Find("#rx-search").GetAttribute("value"));
        Assert.Empty(page.FindAll("[role=option]"));
    }

    [Theory]
    [InlineData("amoxicillin")]
    [InlineData("amoxicillin 500")]
    [InlineData("Amoxicillin 500 tds 5d")]
    public void A_medicine_that_is_named_whole_is_not_the_favourite_that_has_another_beside_it(string typed)
    {
        Favourites.Own.Add(FakeFavourites.Of("Amoxicillin + Clavulanic acid"));
        var page = Open();

        Type(page, typed);
        Press(page, "Enter");

        Assert.Empty(Favourites.Added);
        Assert.Equal("amoxicillin", Assert.Single(Prescriptions.Written).MedicineId);
    }

    [Theory]
    [InlineData("amox")]
    [InlineData("amoxicillin clav")]
    public void A_name_that_is_begun_is_the_favourite_whatever_it_is_made_of(string typed)
    {
        Favourites.Own.Add(FakeFavourites.Of("Amoxicillin + Clavulanic acid"));
        var page = Open();

        Type(page, typed);
        Press(page, "Enter");

        Assert.Single(Favourites.Added);
    }

    [Fact]
    public void A_whole_line_in_one_go_reaches_the_server_in_its_parts()
    {
        var page = Open();

        Type(page, "amoxicillin 500 tds 5d");
        Press(page, "Enter");

        var line = Assert.Single(Prescriptions.Written);
        Assert.Equal(("amoxicillin", "500 mg", "capsule", "1 tds 5d"), (line.MedicineId, line.Strength, line.Form, line.Dose));
        Assert.Empty(page.FindAll(".rx-form"));
    }

    [Theory]
    [InlineData("amox", null)]
    [InlineData("amoxicillin", "Amoxicillin + Clavulanic acid")]
    public void Enter_waits_for_the_answer_to_all_letters(string typed, string? favourite)
    {
        var slow = new TaskCompletionSource<Result<IReadOnlyList<MedicineHit>>>();
        Formulary.Find = _ => slow.Task;
        Favourites.Own.AddRange(favourite is null ? [] : [FakeFavourites.Of(favourite)]);
        var page = Open();

        Type(page, typed);
        Press(page, "Enter");
        Assert.Empty(Prescriptions.Written);

        slow.SetResult(new List<MedicineHit> { new(FakeFormulary.Amoxicillin, "Mox", MedicineNameKind.Brand, Misspelt: false) });
        page.WaitForAssertion(() => Assert.Equal(("amoxicillin", "Mox"), (Prescriptions.Written.Single().MedicineId, Prescriptions.Written.Single().Brand)));
    }

    [Fact]
    public void Free_text_is_offered_last_and_says_that_it_is_not_checked()
    {
        var page = Open();

        Type(page, "churna 1-0-1 10d");

        Assert.Contains("will not be checked", page.FindAll("[role=option]").Single().TextContent, StringComparison.Ordinal);
        Press(page, "Enter");
        Assert.Equal((null, "churna", "1-0-1 10d"), (Prescriptions.Written.Single().MedicineId, Prescriptions.Written.Single().Name, Prescriptions.Written.Single().Dose));
    }

    [Fact]
    public void What_cannot_be_read_is_said_under_the_field_and_stays_in_it()
    {
        Prescriptions.Refuse = (_, line) => line is null ? null : Refusal.Invalid("\"a bit\" cannot be read.", nameof(MedicineLineDraft.Dose));
        var page = Open();

        Type(page, "amoxicillin 500 x a bit");
        Press(page, "Enter");

        Assert.Contains("cannot be read", page.Find("#rx-search-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("amoxicillin 500 x a bit", page.Find("#rx-search").GetAttribute("value"));
        Assert.Equal("true", page.Find("#rx-search").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void A_medicine_of_several_strengths_opens_where_it_is_chosen()
    {
        var page = Open();

        Type(page, "amoxicillin");
        Press(page, "Enter");

        Assert.Equal(["", "250 mg", "500 mg", "125 mg in 5 mL"], page.FindAll("#rx-strength option").Select(o => o.GetAttribute("value")));
        page.Find("#rx-strength").Change("250 mg");
        page.Find("#rx-directions").Change("1 cap tds 5d");
        page.Find(".rx-form").Submit();

        Assert.Equal(("250 mg", "1 cap tds 5d"), (Prescriptions.Written[^1].Strength, Prescriptions.Written[^1].Dose));
        Assert.Empty(page.FindAll(".rx-form"));
    }

    [Fact]
    public void A_field_that_cannot_be_read_keeps_its_line_open()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"));
        var page = Open();
        page.Find(".rx-medicine").Click();
        Prescriptions.Refuse = (_, line) => line is null ? null : Refusal.Invalid("More than 0 and at most 1,000.", nameof(MedicineLineDraft.Quantity));

        page.Find("#rx-quantity").Change("-3");
        page.Find(".rx-form").Submit();

        Assert.Contains("More than 0", page.Find("#rx-quantity-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("-3", page.Find("#rx-quantity").GetAttribute("value"));
    }

    [Fact]
    public void A_line_that_was_taken_off_comes_back_to_its_place()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Paracetamol"));
        var page = Open();

        page.FindAll(".rx-medicine")[0].KeyDown(new KeyboardEventArgs { Key = "Delete" });
        Assert.Equal(["PARACETAMOL"], Names(page));
        page.Find(".toast button").Click();

        Assert.Equal(["AMOXICILLIN", "PARACETAMOL"], Names(page));
    }

    [Fact]
    public void Alt_and_an_arrow_move_a_line()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Paracetamol"));
        var page = Open();

        page.FindAll(".rx-medicine")[0].KeyDown(new KeyboardEventArgs { Key = "ArrowDown", AltKey = true });

        Assert.Equal(["PARACETAMOL", "AMOXICILLIN"], Names(page));
    }

    [Fact]
    public void A_medicine_is_added_to_the_draft_as_another_window_left_it()
    {
        var draft = Draft(FakePrescriptions.Line("Amoxicillin"));
        Favourites.Own.Add(FakeFavourites.Of("Ambroxol"));
        var page = Open();
        var newer = draft with { Version = 7, Lines = [.. draft.Lines, FakePrescriptions.Line("Paracetamol") with { Position = 1 }] };
        Prescriptions.All[0] = newer;
        Prescriptions.Refuse = (act, _) => act.Version == 7 ? null : new PrescriptionOvertaken("Changed meanwhile.", newer);

        Type(page, "amb");
        Press(page, "Enter");

        Assert.Equal(["AMOXICILLIN", "PARACETAMOL", "AMBROXOL"], Names(page));
    }

    [Fact]
    public void A_nurse_reads_and_writes_nothing()
    {
        SignIn(StaffRole.Nurse);
        Prescriptions.All.Add(FakePrescriptions.Of(Encounter, Sunita, PrescriptionStatus.Signed, FakePrescriptions.Line("Amoxicillin")));

        var page = Open();

        Assert.Contains("AMOXICILLIN", page.Find(".rx-signed").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#rx-search, .rx-signed button"));
    }

    [Fact]
    public void Medicines_that_go_together_are_kept_under_a_name_and_added_at_once()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Paracetamol"));
        var page = Open();
        page.FindAll(".linkbtn").Single(b => b.TextContent == "Keep these medicines as a set").Click();
        page.Find(".rx-set").Submit();
        Assert.Contains("Give it a name", page.Find("#rx-set-error").TextContent, StringComparison.Ordinal);

        page.Find("#rx-set-name").Change("Sore throat");
        page.Find(".rx-set").Submit();
        page.Find(".note-pick select").Change(Favourites.Sets.Single().Id.ToString());

        Assert.Equal(("Sore throat", true), (Favourites.Sets[0].Name, Favourites.Sets[0].IsOwn));
        Assert.Equal(["AMOXICILLIN", "PARACETAMOL", "AMOXICILLIN", "PARACETAMOL"], Names(page));
    }
}
