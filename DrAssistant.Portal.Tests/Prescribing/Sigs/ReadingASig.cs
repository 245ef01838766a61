using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Portal.Tests.Prescribing.Sigs;

/// <summary>What doctors type for how a medicine is taken, and what is understood by it.</summary>
public sealed class ReadingASig
{
    /// <summary>A form, a typed line, and what is understood: each step with dose, how often (amounts where it was a pattern), how long.</summary>
    [Theory]
    [InlineData("tablet", "1 tab BD x 5 d", "1 Tablet BD 5d")]
    [InlineData("tablet", "1/2 tab OD", "0.5 Tablet OD")]
    [InlineData("tablet", "½ tab od", "0.5 Tablet OD")]
    [InlineData("tablet", "1 1/2 tab HS", "1.5 Tablet HS")]
    [InlineData("tablet", "1½ tab hs", "1.5 Tablet HS")]
    [InlineData("tablet", "1/2 tab alternate day", "0.5 Tablet ALT_DAY/2")]
    [InlineData("tablet", "1/2 tab alternate days", "0.5 Tablet ALT_DAY/2")]
    [InlineData("tablet", "1 tab every other day for 2 weeks", "1 Tablet ALT_DAY/2 14d")]
    [InlineData("tablet", "1 EOD", "1 Tablet ALT_DAY/2")]
    [InlineData("tablet", "1-0-1", "1 Tablet BD[1,0,1]")]
    [InlineData("tablet", "1 - 0 - 1", "1 Tablet BD[1,0,1]")]
    [InlineData("tablet", "1–0–1 x 5 days", "1 Tablet BD[1,0,1] 5d")]
    [InlineData("tablet", "1-1-1", "1 Tablet TDS[1,1,1]")]
    [InlineData("tablet", "1-1-1-1 x 5/7", "1 Tablet QID[1,1,1,1] 5d")]
    [InlineData("tablet", "0-0-1", "1 Tablet HS[0,0,1]")]
    [InlineData("tablet", "1-0-0", "1 Tablet OM[1,0,0]")]
    [InlineData("tablet", "0-1-0", "1 Tablet PATTERN_3[0,1,0]")]
    [InlineData("tablet", "2-0-1", "2 Tablet PATTERN_3[2,0,1]")]
    [InlineData("tablet", "1/2-0-1/2", "0.5 Tablet PATTERN_3[0.5,0,0.5]")]
    [InlineData("tablet", "0.5-0-1", "1 Tablet PATTERN_3[0.5,0,1]")]
    [InlineData("tablet", "1-0-1-1", "1 Tablet PATTERN_4[1,0,1,1]")]
    [InlineData("tablet", "1 tab 1-0-1 pc 1 month", "1 Tablet BD[1,0,1] 30d PC")]
    [InlineData("syrup", "5 ml 1-0-1", "5 Millilitre BD[5,0,5]")]
    [InlineData("syrup", "5ml TDS x 5d", "5 Millilitre TDS 5d")]
    [InlineData("syrup", "7.5 mL QDS", "7.5 Millilitre QID")]
    [InlineData("syrup", "1 tsp BD", "5 Millilitre BD")]
    [InlineData("tablet", "500 mg 1-1-1 5 days", "500 Milligram TDS[500,500,500] 5d")]
    [InlineData("tablet", "500mg q8h", "500 Milligram Q8H")]
    [InlineData("tablet", "500 mg every 6 hours", "500 Milligram Q6H")]
    [InlineData("tablet", "500 mg 8 hourly", "500 Milligram Q8H")]
    [InlineData("tablet", "25 mcg OD", "25 Microgram OD")]
    [InlineData("tablet", "25 µg od", "25 Microgram OD")]
    [InlineData("tablet", "1 g BD", "1 Gram BD")]
    [InlineData("inhaler", "2 puffs BD", "2 Puff BD")]
    [InlineData("inhaler", "2 puffs SOS", "2 Puff SOS?")]
    [InlineData("inhaler", "2 puff sos max 8/day", "2 Puff SOS?8")]
    [InlineData("eye drops", "1 drop QID right eye", "1 Drop QID @right eye")]
    [InlineData("eye drops", "1 drop in both eyes every 2 hours", "1 Drop Q2H @both eyes")]
    [InlineData("eye drops", "1 drop once daily left eye", "1 Drop OD @left eye")]
    [InlineData("nasal spray", "2 sprays each nostril OD", "2 Spray OD @each nostril")]
    [InlineData("cream", "BD x 2 wk", "1 Application BD 14d")]
    [InlineData("cream", "apply bd", "1 Application BD")]
    [InlineData("sachet", "1 sachet weekly x 8 weeks", "1 Sachet WEEKLY/7 56d")]
    [InlineData("capsule", "60,000 units once a week", "60000 Units WEEKLY/7")]
    [InlineData("capsule", "1 tab OD", "1 Capsule OD")]
    [InlineData("capsule", "cap 1 bd", "1 Capsule BD")]
    [InlineData("tablet", "tab 1 od", "1 Tablet OD")]
    [InlineData("tablet", "1 tablet twice a day after food for 5 days", "1 Tablet BD 5d PC")]
    [InlineData("tablet", "1 TID AC", "1 Tablet TDS AC")]
    [InlineData("tablet", "1 b.d", null)]
    [InlineData("tablet", "1 tab 2 times a day", "1 Tablet BD")]
    [InlineData("tablet", "1 tab 3 times daily", "1 Tablet TDS")]
    [InlineData("tablet", "1 tab 5x/day x 5 d", "1 Tablet FIVE_DAILY 5d")]
    [InlineData("tablet", "1 tab SOS", "1 Tablet SOS?")]
    [InlineData("tablet", "1 tab TDS SOS", "1 Tablet TDS?3")]
    [InlineData("tablet", "1 tab prn max 4 a day", "1 Tablet SOS?4")]
    [InlineData("tablet", "1 tab stat", "1 Tablet STAT!")]
    [InlineData("tablet", "1 tab OD HS", "1 Tablet HS")]
    [InlineData("tablet", "1 tab weekly HS", "1 Tablet WEEKLY/7 HS")]
    [InlineData("tablet", "1 tab at night", "1 Tablet ON")]
    [InlineData("tablet", "1 tab morning and night", "1 Tablet BD[1,0,1]")]
    [InlineData("tablet", "1 tab morning", "1 Tablet OM")]
    [InlineData("tablet", "1 tab once a day in the morning", "1 Tablet OD MORNING")]
    [InlineData("tablet", "1 tab daily till review", "1 Tablet OD…")]
    [InlineData("tablet", "1 tab OD, 5 days, after food", "1 Tablet OD 5d PC")]
    [InlineData("tablet", "1 tab twice a week", "1 Tablet TWICE_WEEKLY/3.5")]
    [InlineData("tablet", "40 mg x 5d, 30 mg x 5d, 20 mg x 5d", "40 Milligram OD 5d; 30 Milligram OD 5d; 20 Milligram OD 5d")]
    [InlineData("tablet", "40 mg x 5 d then 20 mg x 5 d then stop", null)]
    [InlineData("tablet", "40 mg OD x 5 d then 20 mg OD", "40 Milligram OD 5d; 20 Milligram OD")]
    [InlineData("tablet", "1-0-0 x 7d, 1-0-1 x 7d, 2-0-2", "1 Tablet OM[1,0,0] 7d; 1 Tablet BD[1,0,1] 7d; 2 Tablet PATTERN_3[2,0,2]")]
    [InlineData("tablet", "500 mg stat then 250 mg OD x 4 d", "500 Milligram STAT!; 250 Milligram OD 4d")]
    [InlineData("injection", "10 units BD sc", "10 Units BD >subcutaneous")]
    [InlineData("injection", "1 inj im stat", "1 Injection STAT! >intramuscular")]
    public void is_understood_or_not(string form, string typed, string? understood)
    {
        var sig = SigReader.Read(typed, form: form);

        Assert.Equal(understood, sig.Succeeded ? Shown(sig.Value) : null);
    }

    [Theory]
    [InlineData("tablet", "a bit", "Dose", "a bit")]
    [InlineData("tablet", "some BD", "Dose", "some")]
    [InlineData("tablet", "-1 tab BD", "Dose", "-1")]
    [InlineData("tablet", "0 tab BD", "Dose", "more than 0")]
    [InlineData("tablet", "50 tab BD", "Dose", "at most 12")]
    [InlineData("tablet", "1 tab", "Frequency", "how often")]
    [InlineData("tablet", "BD", "Dose", "counted")]
    [InlineData("tablet", "0-0-0", "Frequency", "how often")]
    [InlineData("tablet", "1-1-1-1-2", "Frequency", "how often")]
    [InlineData("tablet", "1-1", "Dose", "cannot be read")]
    [InlineData("tablet", "1-2 tab BD", "Dose", "cannot be read")]
    [InlineData("tablet", "1 tab BD TDS", "Frequency", "twice")]
    [InlineData("tablet", "1-0-1 TDS", "Frequency", "twice")]
    [InlineData("tablet", "2 tab 1-0-1", "Dose", "2-0-2")]
    [InlineData("tablet", "1/2 tab 1-0-1", "Dose", "2-0-2")]
    [InlineData("syrup", "5 ml 2-0-1", "Dose", "2-0-2")]
    [InlineData("tablet", "1 tab 500 mg BD", "Dose", "two doses")]
    [InlineData("tablet", "5 ml BD", "Dose", "do not go")]
    [InlineData("syrup", "1 tab BD", "Dose", "do not go")]
    [InlineData("syrup", "1-0-1", "Dose", "what the number counts")]
    [InlineData("tablet", "1 tab BD x 0 d", "Duration", "1 day to 12 months")]
    [InlineData("tablet", "1 tab BD x 999 d", "Duration", "1 day to 12 months")]
    [InlineData("tablet", "1 tab BD 5 d 2 wk", "Duration", "twice")]
    [InlineData("tablet", "40 mg, 30 mg x 5d", "Duration", "each step")]
    [InlineData("tablet", "10 mg/kg BD", "Dose", "/kg")]
    [InlineData("tablet", "1 tab q5h", "Dose", "q5h")]
    [InlineData("tablet", "1/0 tab BD", "Dose", "cannot be read")]
    [InlineData("tablet", "1 tab 7 times a day", "Frequency", "how often")]
    [InlineData("eye drops", "1 drop OD", "Dose", "right eye")]
    [InlineData("eye drops", "1 drop o.d.", "Dose", "right eye")]
    [InlineData("tablet", "", "Dose", "how it is taken")]
    [InlineData("tablet", "'; DROP TABLE x", "Dose", "cannot be read")]
    public void is_refused_with_the_field_and_an_example(string form, string typed, string field, string says)
    {
        var refusal = SigReader.Read(typed, form: form).Refusal!;

        Assert.Equal((RefusalKind.Invalid, field), (refusal.Kind, refusal.Field));
        Assert.Contains(says, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void field_by_field_names_the_field_that_is_wrong()
    {
        Assert.Equal("Frequency", SigReader.Read(new SigTyped("1 tab", "now and again sometimes", "5 d") { Form = "tablet" }).Refusal!.Field);
        Assert.Equal("Duration", SigReader.Read(new SigTyped("1 tab", "BD", "a while") { Form = "tablet" }).Refusal!.Field);
        Assert.Equal("Instructions", SigReader.Read(new SigTyped("1 tab", "BD", "5 d") { Form = "tablet", Instructions = "with love" }).Refusal!.Field);
        Assert.Equal("1 Tablet BD 5d PC", Shown(SigReader.Read(new SigTyped("1", "BD", "5 d") { Form = "tablet", Instructions = "after food" }).Value!));
        Assert.Equal("40 Milligram BD 5d; 20 Milligram BD 3d", Shown(SigReader.Read(new SigTyped("40 mg x 5 d, 20 mg", "BD", "3 d") { Form = "tablet" }).Value!));
    }

    [Theory]
    [InlineData("methotrexate", "10 mg OD")]
    [InlineData("methotrexate", "10 mg BD")]
    [InlineData("methotrexate", "10 mg alternate day")]
    [InlineData("methotrexate", "10 mg twice a week")]
    [InlineData("methotrexate", "10 mg SOS")]
    [InlineData("methotrexate", "1-0-0")]
    [InlineData("alendronate", "70 mg OD")]
    [InlineData("alendronate", "1 tab HS")]
    [InlineData("ibandronate", "150 mg daily")]
    public void never_takes_a_weekly_medicine_daily(string id, string typed)
    {
        var refusal = SigReader.Read(typed, FormularySnapshot.FromFile().Get(id), "tablet").Refusal!;

        Assert.Equal("Frequency", refusal.Field);
        Assert.Contains("never daily", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("methotrexate", "10 mg weekly")]
    [InlineData("methotrexate", "10 mg OW x 8 weeks")]
    [InlineData("alendronate", "70 mg once a week")]
    [InlineData("ibandronate", "150 mg once a month")]
    public void takes_a_weekly_medicine_weekly(string id, string typed)
        => Assert.True(SigReader.Read(typed, FormularySnapshot.FromFile().Get(id), "tablet").Succeeded);

    private static string Shown(Sig sig)
    {
        var rest = string.Concat(sig.Timing.Select(t => " " + t)) + (sig.Route is { } route ? " >" + route : "") + (sig.Site is { } site ? " @" + site : "");
        return string.Join("; ", sig.Steps.Select(Shown)) + rest + (sig.Continues ? "…" : "");
    }

    private static string Shown(SigStep step)
    {
        var f = step.Frequency;
        var often = f.Code + (f.Amounts is { } a ? $"[{string.Join(',', a.Select(Text))}]" : "") + (f.EveryDays == 1 ? "" : "/" + Text(f.EveryDays))
            + (f.AsNeeded ? "?" + (f.TimesOnADay is { } most ? Text(most) : "") : "") + (f.Once ? "!" : "");
        return $"{Text(step.Dose.Amount)} {step.Dose.Unit} {often}{(step.Duration is { } d ? $" {d.Days}d" : "")}";
    }

    private static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
