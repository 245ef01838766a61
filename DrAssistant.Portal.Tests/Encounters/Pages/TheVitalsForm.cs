using Bunit;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Portal.Components.Encounters.Vitals;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Encounters.Pages;

public sealed class TheVitalsForm : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();
    private readonly List<VitalsDraft> _sent = [];

    public TheVitalsForm()
    {
        Vitals.Form = id => Form(id);
        Vitals.Record = draft =>
        {
            _sent.Add(draft);
            return new VitalSet(draft.Id, draft.PatientId, draft.EncounterId, Day.Now, null, "Sr. Mary", []);
        };
    }

    [Fact]
    public void Has_unit_usual_range_and_last_value_in_sight_of_every_field()
    {
        var form = Render<VitalsFields>(p => p.Add(x => x.PatientId, Sunita));

        Assert.Equal(["Systolic pressure", "Diastolic pressure", "Weight", "Height"], form.FindAll(".vital-field > label").Select(l => l.TextContent));
        Assert.Equal("100 to 129", form.Find("#vital-systolic_pressure-range").TextContent);
        Assert.Equal("last 56.2\u00A0kg, 12-Aug-2026", form.Find("#vital-weight-range").TextContent);
        Assert.Equal(["kg", "lb"], form.FindAll("[aria-label='Unit of Weight'] option").Select(o => o.TextContent));
    }

    [Fact]
    public void Takes_both_pressures_in_one_breath_and_a_decimal_comma()
    {
        var form = Render<VitalsFields>(p => p.Add(x => x.PatientId, Sunita));

        form.Find("#vital-systolic_pressure").Change("132/84");
        form.Find("#vital-weight").Change("55,4");
        form.Find("#vital-height").Change("156");

        Assert.Equal("84", form.Find("#vital-diastolic_pressure").GetAttribute("value"));
        Assert.Contains("22.8", form.Find(".computed").TextContent, StringComparison.Ordinal);
        form.Find("form").Submit();
        Assert.Equal(
            [(VitalSign.SystolicPressure, 132m), (VitalSign.DiastolicPressure, 84m), (VitalSign.Weight, 55.4m), (VitalSign.Height, 156m)],
            Assert.Single(_sent).Entries.Where(e => e.Value is not null).OrderBy(e => e.Sign).Select(e => (e.Sign, e.Value!.Value)));
    }

    [Fact]
    public void Asks_in_the_field_and_records_with_the_answer()
    {
        var form = Render<VitalsFields>(p => p.Add(x => x.PatientId, Sunita));

        form.Find("#vital-weight").Change("74");
        Assert.Contains("Weigh again", form.Find("#vital-weight-asked").TextContent, StringComparison.Ordinal);
        form.Find("form").Submit();
        Assert.Empty(_sent);

        form.Find(".vital-answer input").Change("Weighed twice");
        Assert.True(form.Find("#vital-weight-asked").HasAttribute("hidden"));
        form.Find("form").Submit();
        Assert.Equal("Weighed twice", Assert.Single(_sent).Entries.Single(e => e.Sign is VitalSign.Weight).Answer);
    }

    [Fact]
    public void Says_what_is_no_number_and_sends_nothing()
    {
        var form = Render<VitalsFields>(p => p.Add(x => x.PatientId, Sunita));

        form.Find("#vital-weight").Change("heavy");
        form.Find("form").Submit();

        Assert.Equal("This is no number.", form.Find("#vital-weight-asked").TextContent.Trim());
        Assert.Empty(_sent);
    }

    [Fact]
    public void Shows_what_the_door_questions_and_keeps_what_was_typed()
    {
        Vitals.Record = _ => new VitalsQuestioned("Nothing was recorded.", [new VitalQuestion(VitalSign.Height, "Measure again, or say why it is right.", CanBeAnswered: true)]);
        var form = Render<VitalsFields>(p => p.Add(x => x.PatientId, Sunita));

        form.Find("#vital-height").Change("175");
        form.Find("form").Submit();

        Assert.Equal("Measure again, or say why it is right.", form.Find("#vital-height-asked").TextContent.Trim());
        Assert.Equal("175", form.Find("#vital-height").GetAttribute("value"));
        Assert.Equal("true", form.Find("#vital-height").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Says_at_once_that_a_value_is_critical()
    {
        var form = Render<VitalsFields>(p => p.Add(x => x.PatientId, Sunita));

        form.Find("#vital-systolic_pressure").Change("190");
        Assert.StartsWith("critically high", form.Find("#vital-systolic_pressure-range").TextContent, StringComparison.Ordinal);
        form.Find("#vital-systolic_pressure").Change("120");
        Assert.StartsWith("100 to 129", form.Find("#vital-systolic_pressure-range").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_closed_over_what_was_typed_without_asking()
    {
        var closed = 0;
        var dialog = Render<VitalsDialog>(p => p
            .Add(x => x.PatientId, Sunita).Add(x => x.Name, new PersonName("Sunita", "Pawar")).Add(x => x.Age, Age.On(Day.Date, new DateOnly(1968, 7, 14)))
            .Add(x => x.Gender, Gender.Female).Add(x => x.OnClose, () => closed++));
        dialog.Find("#vital-weight").Change("56");

        dialog.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);
        Assert.Equal(0, closed);
        dialog.FindAll(".dialog-asks button")[0].Click();
        Assert.Equal("56", dialog.Find("#vital-weight").GetAttribute("value"));
        dialog.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);
        dialog.FindAll(".dialog-asks button")[1].Click();

        Assert.Equal(1, closed);
    }

    [Fact]
    public void Of_the_next_patient_holds_nothing_of_the_last()
    {
        var form = Render<VitalsFields>(p => p.Add(x => x.PatientId, Sunita));
        form.Find("#vital-weight").Change("74");
        var other = Guid.CreateVersion7();

        form.Render(p => p.Add(x => x.PatientId, other));

        Assert.True(string.IsNullOrEmpty(form.Find("#vital-weight").GetAttribute("value")));
        form.Find("#vital-weight").Change("60");
        form.Find("form").Submit();
        Assert.Equal((other, 60m), (Assert.Single(_sent).PatientId, _sent[0].Entries.Single(e => e.Value is not null).Value));
    }

    private static VitalsForm Form(Guid id)
    {
        var age = Age.On(Day.Date, new DateOnly(1968, 7, 14));
        return new VitalsForm(id, age, Gender.Female,
        [
            new VitalField(VitalSign.SystolicPressure, "Systolic pressure", [new VitalUnit("mmHg", "mm[Hg]")], new VitalLimits(50, 280, 100, 129, 90, 180), null),
            new VitalField(VitalSign.DiastolicPressure, "Diastolic pressure", [new VitalUnit("mmHg", "mm[Hg]")], new VitalLimits(20, 180, 60, 84, 50, 120), null),
            new VitalField(
                VitalSign.Weight, "Weight", [new VitalUnit("kg", "kg"), new VitalUnit("lb", "[lb_av]")], new VitalLimits(20, 350, null, null, null, null),
                new VitalValue(Guid.CreateVersion7(), VitalSign.Weight, "Weight", 56.2m, "kg", ResultFlag.Unknown, Day.At(10, 0).AddDays(-85), "Sr. Mary")),
            new VitalField(VitalSign.Height, "Height", [new VitalUnit("cm", "cm")], new VitalLimits(80, 250, null, null, null, null), null),
        ])
        {
            Checks = draft => draft.Entries.Where(e => e is { Sign: VitalSign.Weight, Value: > 70, Answer: null })
                .Select(e => new VitalQuestion(e.Sign, "74 kg is 32 % more. Weigh again, or say why it is right.", CanBeAnswered: true)).ToList(),
        };
    }
}
