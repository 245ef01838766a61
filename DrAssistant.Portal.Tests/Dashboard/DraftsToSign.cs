using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Dashboard;

public sealed class DraftsToSign(ClinicDatabase databases)
{
    private static readonly SoapContent Whole = new()
    {
        Subjective = new Subjective { ChiefComplaint = "Cough" },
        Objective = new Objective { PhysicalExam = new Dictionary<string, string> { ["general"] = "well" } },
        Assessment = new Assessment { ClinicalImpression = "Cold" },
        Plan = new Plan { FollowUp = "In a week" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task are_my_own_unsigned_notes_and_say_what_is_missing()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        var ravi = await clinic.Given.PatientAsync("Ravi", "Rao");
        await NoteAsync(clinic, asha, meera, "09:00", Whole);
        await NoteAsync(clinic, asha, ravi, "08:00", Whole with { Plan = new Plan(), Assessment = null });
        await NoteAsync(clinic, asha, meera, "10:00", Whole with { Subjective = new Subjective() });
        await NoteAsync(clinic, asha, meera, "07:00", Whole, NoteStatus.Signed);
        await NoteAsync(clinic, basu, meera, "06:00", Whole);
        await using var acting = clinic.As(asha);

        var drafts = (await acting.Get<IDashboard>().DraftsToSignAsync(Cancellation)).Value();

        Assert.Equal(
            [("RAO, Ravi", clinic.At("08:00"), "assessment is empty"), ("NAIR, Meera", clinic.At("09:00"), null), ("NAIR, Meera", clinic.At("10:00"), "subjective is empty")],
            drafts.Select(d => (d.Patient.Listed, d.EncounterStart, d.Missing)));
        (await clinic.OnlyEventOfAsync(asha, "drafts.read")).AssertShown(meera, ravi);
    }

    [Fact]
    public async Task begin_with_those_that_waited_longest_when_there_are_too_many_to_show()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        for (var minute = 0; minute < 25; minute++)
        {
            await NoteAsync(clinic, asha, meera, $"09:{minute:00}", Whole);
        }

        await using var acting = clinic.As(asha);
        var drafts = (await acting.Get<IDashboard>().DraftsToSignAsync(Cancellation)).Value();

        Assert.Equal(Enumerable.Range(0, 20).Select(minute => clinic.At($"09:{minute:00}")), drafts.Select(d => d.EncounterStart));
    }

    private static async Task NoteAsync(
        ClinicUnderTest clinic, ClinicPerson doctor, Guid patient, string at, SoapContent content, NoteStatus status = NoteStatus.Draft)
        => await clinic.Given.NoteAsync(
            doctor, patient, await clinic.Given.EncounterAsync(doctor, patient, clinic.At(at)), content, clinic.At(at), status);
}
