using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Documents;

public sealed class DocumentsOfANote(ClinicDatabase databases)
{
    [Fact]
    public async Task belong_to_one_of_the_same_patient()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var ravi = await clinic.Clinic.Given.PatientAsync("Ravi", "Kumar");
        await clinic.Clinic.Given.CareAsync(clinic.Asha, ravi);
        var (own, ofAnother) = (await NoteAsync(clinic, clinic.Meera), await NoteAsync(clinic, ravi));

        foreach (var wrong in new[] { ofAnother, Guid.CreateVersion7() })
        {
            (await SendAsync(clinic, wrong)).AssertRefused(RefusalKind.NotFound);
        }

        Assert.True((await SendAsync(clinic, own)).Succeeded);
    }

    private static Task<Result<Guid>> SendAsync(DocumentClinic clinic, Guid note)
        => clinic.SendAsync(clinic.Asha, Files.Png(), clinic.Draft(Files.Png(), attachment: new DocumentAttachment(NoteId: note)));

    private static async Task<Guid> NoteAsync(DocumentClinic clinic, Guid patient)
    {
        var given = clinic.Clinic.Given;
        return await given.NoteAsync(clinic.Asha, patient, await given.EncounterAsync(clinic.Asha, patient, clinic.Clinic.Clock.Now), new SoapContent(), clinic.Clinic.Clock.Now);
    }
}
