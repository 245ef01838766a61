using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients.Merging;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients.Merging;

public sealed class MergePageTests : PageContext
{
    private static readonly Guid Stays = Guid.CreateVersion7();
    private static readonly Guid Goes = Guid.CreateVersion7();

    public MergePageTests()
    {
        SignIn(StaffRole.Receptionist);
        Merging.Compare = (survivor, merged) => Comparison(survivor, merged);
    }

    [Fact]
    public void Shows_both_side_by_side_and_a_choice_only_where_they_differ()
    {
        var page = Open();

        Assert.Equal("very likely", page.Find(".tag.warn").TextContent);
        Assert.Equal(["CHAUDHURI, Lakshmi", "CHOWDHURY, Laxmi", "After the merge"], page.FindAll(".merge-name").Select(n => n.TextContent));
        Assert.Equal(4, page.FindAll("input[type=radio]").Count); // name and address; not the birth date
        Assert.Equal("Laxmi Chowdhury", Row(page, "Also known as"));
        Assert.Equal("Lakshmi Chaudhuri", Row(page, "Name"));
        Assert.Equal("27, 3rd Cross", Row(page, "Address")); // only one of them has it
        Assert.Equal("combined, nothing is left out", Row(page, "Clinical record"));
        Assert.Equal("15", Row(page, "Visits"));
    }

    [Fact]
    public void What_is_chosen_is_what_everyone_will_see_and_what_is_asked_for()
    {
        var page = Open();

        page.FindAll("input[type=radio]")[1].Change(true);
        page.Find("#merge-reason").Input("One card for both");
        Ask(page);

        Assert.Equal(("Laxmi Chowdhury", "Lakshmi Chaudhuri"), (Row(page, "Name"), Row(page, "Also known as")));
        var asked = Assert.Single(Merging.Asked);
        Assert.Equal((Stays, Goes, "One card for both"), (asked.SurvivorId, asked.MergedId, asked.Reason));
        Assert.Equal(MergeSide.Merged, asked.Choices[MergeField.Name]);
        Assert.Contains("Asked for.", page.Find(".notice.ok").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#merge-reason"));
    }

    [Fact]
    public void A_missing_reason_is_said_beside_its_field_and_nothing_is_lost()
    {
        Merging.AskAnswer = Refusal.Invalid("Say why, in at least 10 characters.", nameof(MergeDraft.Reason));
        var page = Open();
        page.Find("#merge-reason").Input("short");

        Ask(page);

        Assert.Equal("Say why, in at least 10 characters.", page.Find("#merge-reason-said").TextContent);
        Assert.Equal(("true", "merge-reason-said"), (page.Find("#merge-reason").GetAttribute("aria-invalid"), page.Find("#merge-reason").GetAttribute("aria-describedby")));
        Assert.Equal("short", page.Find("#merge-reason").GetAttribute("value"));
        Assert.Empty(page.FindAll(".notice.bad"));
    }

    [Fact]
    public void The_other_may_stay_instead_and_what_was_written_and_chosen_stays()
    {
        var page = Open();
        page.FindAll("input[type=radio]")[1].Change(true);
        page.Find("#merge-reason").Input("One card for both");

        page.FindAll("button").Single(b => b.TextContent == "Let this one stay instead").Click();
        Assert.EndsWith($"/patients/merge/{Goes}/{Stays}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        page.Render(p => p.Add(m => m.SurvivorId, Goes).Add(m => m.MergedId, Stays));
        Ask(page);

        var asked = Assert.Single(Merging.Asked);
        Assert.Equal((Goes, MergeSide.Survivor, "One card for both"), (asked.SurvivorId, asked.Choices[MergeField.Name], asked.Reason));
    }

    [Fact]
    public void What_stands_in_the_way_is_said_and_asking_waits()
    {
        Merging.Compare = (survivor, merged) => Comparison(survivor, merged) with { Obstacles = ["Both have an open visit with Asha. End one of them first."] };

        var page = Open();

        Assert.Contains("Both have an open visit with Asha.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find(".btn.primary").HasAttribute("disabled"));
    }

    [Fact]
    public void An_admin_approves_with_one_click_and_declines_and_undoes_with_a_reason()
    {
        SignIn(StaffRole.Admin);
        Merging.Request = Request(MergeStatus.Asked);
        var page = Render<MergeDecisionPage>(p => p.Add(m => m.MergeId, Guid.CreateVersion7()));
        Assert.Empty(page.FindAll("input[type=radio]"));

        Merging.Request = Request(MergeStatus.Approved) with { WrittenSince = 3 };
        page.FindAll("button").Single(b => b.TextContent == "Approve").Click();
        Assert.Equal(("approve", null), Assert.Single(Merging.Acts));
        Assert.StartsWith("Merged.", page.Find(".merge-said").TextContent, StringComparison.Ordinal);

        page.FindAll("button").Single(b => b.TextContent == "Undo the merge").Click();
        Assert.Contains("3 rows written since the merge stay with SC24-004812-4", page.Find(".merge-ask").TextContent, StringComparison.Ordinal);
        page.Find("#merge-why").Input("They are two people");
        Merging.Request = Request(MergeStatus.Undone) with { Comparison = null };
        page.Find(".btn.danger").Click();

        Assert.Equal(("undo", "They are two people"), Merging.Acts[^1]);
        Assert.Empty(page.FindAll(".merge-table"));
    }

    [Fact]
    public void Todays_card_has_what_waits_and_the_page_has_all()
    {
        SignIn(StaffRole.Admin);
        Merging.Lines.AddRange([Request(MergeStatus.Asked).Line, Request(MergeStatus.Declined).Line]);

        Assert.Single(Render<MergesPanel>(p => p.Add(m => m.OnlyOpen, true)).FindAll("li"));
        Assert.Equal(["Waits", "Declined"], Render<MergesPanel>().FindAll(".chip").Select(c => c.TextContent));
    }

    private IRenderedComponent<MergePage> Open() => Render<MergePage>(p => p.Add(m => m.SurvivorId, Stays).Add(m => m.MergedId, Goes));

    private static void Ask(IRenderedComponent<MergePage> page) => page.FindAll("button").Single(b => b.TextContent == "Ask for the merge").Click();

    /// <summary>What everyone will see of a row.</summary>
    private static string Row(IRenderedComponent<MergePage> page, string head)
        => page.FindAll("tbody tr").Single(row => row.Children[0].TextContent == head).Children[^1].TextContent.Trim();

    private static MergeRequest Request(MergeStatus status) => new(
        new MergeLine(Guid.CreateVersion7(), status, new PersonName("Lakshmi", "Chaudhuri"), "SC24-004812-4", new PersonName("Laxmi", "Chowdhury"), "SC26-001377-6", "Devi", Day.Now, status is MergeStatus.Asked ? null : "Omar", status is MergeStatus.Asked ? null : Day.Now),
        Comparison(Stays, Goes), new Dictionary<MergeField, MergeSide>(), "One card for both", null, null, 0, null, null, null);

    private static MergeComparison Comparison(Guid survivor, Guid merged)
    {
        var (one, other) = (Record(Stays, "Lakshmi", "Chaudhuri", 14), Record(Goes, "Laxmi", "Chowdhury", 1));
        var turned = survivor == Goes;
        MergeFieldLine Line(MergeField field, string? a, string? b, MergeSide proposed)
            => new(field, turned ? b : a, turned ? a : b, a != b, turned && a != b ? (proposed is MergeSide.Survivor ? MergeSide.Merged : MergeSide.Survivor) : proposed);
        return new MergeComparison(
            turned ? other : one, turned ? one : other,
            [
                Line(MergeField.Name, "Lakshmi Chaudhuri", "Laxmi Chowdhury", MergeSide.Survivor), Line(MergeField.Born, "14-Mar-1980 (46 y)", "14-Mar-1980 (46 y)", MergeSide.Survivor),
                Line(MergeField.Address, null, "27, 3rd Cross", MergeSide.Merged),
            ],
            ["same birth date", "names sound alike"], IsVeryLikely: true, [], OpenRequest: null);
    }

    private static MergeRecord Record(Guid id, string first, string last, int visits)
        => new(id, new PersonName(first, last), visits > 1 ? "SC24-004812-4" : "SC26-001377-6", Day.Now.AddYears(-2), PatientStatus.Active, visits, Day.Now.AddDays(-30), 0, null);
}
