using Bunit;
using DrAssistant.Data.Encounters.Pregnancy;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Encounters.Pregnancy;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Encounters.Pregnancy;

public sealed class ThePregnancyQuestion : PageContext
{
    private static readonly Guid Patient = Guid.CreateVersion7();

    [Fact]
    public void Is_answered_by_one_press_and_changed_by_another()
    {
        Pregnancy.Answer = new PregnancyAnswer(Patient, IsAsked: true, PregnancyState.NotKnown, null, null);
        var told = 0;
        var question = Render<PregnancyQuestion>(p => p.Add(x => x.PatientId, Patient).Add(x => x.Recorded, () => told++));
        Assert.Contains("not asked", question.Markup);

        question.FindAll("button").Single(b => b.TextContent == "Pregnant").Click();

        Assert.Equal([PregnancyState.Pregnant], Pregnancy.Recorded);
        Assert.Equal(1, told);
        Assert.Equal(["Not pregnant"], question.FindAll("button").Select(b => b.TextContent));
    }

    [Fact]
    public void Is_not_there_where_it_makes_no_sense()
    {
        Pregnancy.Answer = new PregnancyAnswer(Patient, IsAsked: false, PregnancyState.NotKnown, null, null);

        Assert.Equal("", Render<PregnancyQuestion>(p => p.Add(x => x.PatientId, Patient)).Markup.Trim());
    }

    [Fact]
    public void Is_read_and_not_answered_by_who_may_not_record()
    {
        SignIn(StaffRole.Receptionist);
        Pregnancy.Answer = new PregnancyAnswer(Patient, IsAsked: true, PregnancyState.Pregnant, new DateOnly(2026, 11, 5), "Sr. Mary Thomas");

        var question = Render<PregnancyQuestion>(p => p.Add(x => x.PatientId, Patient));

        Assert.Contains("05-Nov-2026, Sr. Mary Thomas", question.Markup);
        Assert.Empty(question.FindAll("button"));
    }
}
