using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Pregnancy;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Encounters.Pregnancy;

public sealed class AskingAboutAPregnancy(ClinicDatabase databases)
{
    private static readonly DateOnly Today = new(2026, 11, 5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task keeps_the_answer_with_who_asked_and_when_and_tells_open_pages()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nurse, meera) = await CaringAsync(clinic, born: "1990-01-01");
        await using var acting = clinic.As(nurse);
        var pregnancy = acting.Get<IPregnancy>();

        var before = (await pregnancy.ReadAsync(meera, Cancellation)).Value();
        var after = (await pregnancy.RecordAsync(meera, PregnancyState.NotPregnant, Cancellation)).Value();
        var changed = (await pregnancy.RecordAsync(meera, PregnancyState.Pregnant, Cancellation)).Value();

        Assert.Equal((true, PregnancyState.NotKnown, null), (before.IsAsked, before.State, before.Day));
        Assert.Equal((PregnancyState.NotPregnant, Today, "Nila Thomas"), (after.State, after.Day!.Value, after.By!));
        Assert.Equal(PregnancyState.Pregnant, changed.State);
        Assert.Equal(2, (await clinic.OwedAsync()).Count(m => m.Kind == "vitals.changed" && m.PatientId == meera));
        Assert.Equal(2, (await clinic.TrailOfAsync(nurse)).Count(e => e.Event == "pregnancy.record" && e.PatientId == meera));
    }

    [Fact]
    public async Task is_for_the_doctors_and_nurses_who_care_for_the_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (_, meera) = await CaringAsync(clinic, born: "1990-01-01");
        await using var desk = clinic.As(await clinic.Given.ReceptionistAsync());
        await using var stranger = clinic.As(await clinic.Given.NurseAsync("Nora Pinto"));

        (await desk.Get<IPregnancy>().ReadAsync(meera, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await desk.Get<IPregnancy>().RecordAsync(meera, PregnancyState.Pregnant, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await stranger.Get<IPregnancy>().ReadAsync(meera, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await stranger.Get<IPregnancy>().RecordAsync(meera, PregnancyState.Pregnant, Cancellation)).AssertRefused(RefusalKind.NotFound);
        Assert.DoesNotContain(await clinic.OwedAsync(), m => m.Kind == "vitals.changed");
    }

    [Fact]
    public async Task is_not_asked_of_a_child_and_no_man_is_pregnant()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nurse, child) = await CaringAsync(clinic, born: "2018-01-01");
        var man = await clinic.Given.PatientAsync("Arun", born: "1990-01-01", gender: Gender.Male);
        await clinic.Given.CareAsync(nurse, man);
        await using var acting = clinic.As(nurse);

        Assert.False((await acting.Get<IPregnancy>().ReadAsync(child, Cancellation)).Value().IsAsked);
        Assert.False((await acting.Get<IPregnancy>().ReadAsync(man, Cancellation)).Value().IsAsked);
        (await acting.Get<IPregnancy>().RecordAsync(man, PregnancyState.Pregnant, Cancellation)).AssertRefused(RefusalKind.Invalid);
    }

    [Theory]
    [InlineData("Not pregnant", -30, PregnancyState.NotPregnant)]
    [InlineData("Not pregnant", -31, PregnancyState.NotKnown)]
    [InlineData("Pregnant", -300, PregnancyState.Pregnant)]
    [InlineData("Pregnant", -301, PregnancyState.NotKnown)]
    [InlineData("Unknown", 0, PregnancyState.NotKnown)]
    [InlineData(null, 0, PregnancyState.NotKnown)]
    public void counts_for_as_long_as_it_can_be_true(string? said, int days, PregnancyState expected)
        => Assert.Equal(expected, PregnancyFacts.StateOf((said, Today.AddDays(days)), null, Today));

    [Fact]
    public void gives_way_to_a_diagnosis_that_came_later()
    {
        Assert.Equal(PregnancyState.Pregnant, PregnancyFacts.StateOf(("Not pregnant", Today.AddDays(-3)), Today.AddDays(-2), Today));
        Assert.Equal(PregnancyState.NotPregnant, PregnancyFacts.StateOf(("Not pregnant", Today.AddDays(-1)), Today.AddDays(-2), Today));
        Assert.Equal(PregnancyState.Pregnant, PregnancyFacts.StateOf(null, Today, Today));
    }

    private static async Task<(ClinicPerson Nurse, Guid Patient)> CaringAsync(ClinicUnderTest clinic, string born)
    {
        var nurse = await clinic.Given.NurseAsync("Nila Thomas");
        var patient = await clinic.Given.PatientAsync("Meera", born: born);
        await clinic.Given.CareAsync(nurse, patient);
        return (nurse, patient);
    }
}
