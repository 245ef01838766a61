using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Documents;

public sealed class DocumentsOfAResult(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task are_shown_with_it_and_with_no_other()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var (first, second) = (await ResultAsync(clinic), await ResultAsync(clinic));
        var (report, picture) = (await AttachAsync(clinic, first, Files.Pdf("HbA1c 8.1"), "Report"), await AttachAsync(clinic, second, Files.Png(), "Picture"));
        await clinic.KeptAsync(Files.Jpeg()); // of the patient alone

        var shown = (await clinic.AskAsync(clinic.Nila, d => d.OfResultsAsync(clinic.Meera, [first, second], Cancellation))).Value();

        Assert.Equal([report], shown[first].Select(d => d.Id));
        Assert.Equal([picture], shown[second].Select(d => d.Id));
        Assert.Equal(new DocumentAttachment(ResultId: first), shown[first].Single().Attachment);
        await clinic.Clinic.AssertTrailAsync(clinic.Nila, "documents.list");
    }

    [Fact]
    public async Task stay_with_the_value_that_takes_its_place()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var (first, corrected, last) = (await ResultAsync(clinic), await ResultAsync(clinic), await ResultAsync(clinic));
        var report = await AttachAsync(clinic, first, Files.Pdf("HbA1c 8.1"), "Report");
        await clinic.Clinic.RunAsync($"UPDATE results SET superseded_by = '{corrected}' WHERE id = '{first}'; UPDATE results SET superseded_by = '{last}' WHERE id = '{corrected}'");

        var shown = (await clinic.AskAsync(clinic.Asha, d => d.OfResultsAsync(clinic.Meera, [last], Cancellation))).Value();

        Assert.Equal([report], shown[last].Select(d => d.Id));
    }

    [Fact]
    public async Task that_were_entered_in_error_are_not_shown_with_it()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var result = await ResultAsync(clinic);
        var report = await AttachAsync(clinic, result, Files.Pdf("HbA1c 8.1"), "Report");
        (await clinic.AskAsync(clinic.Asha, d => d.MarkInErrorAsync(report, "Of another patient", Cancellation))).Value();

        Assert.Empty((await clinic.AskAsync(clinic.Asha, d => d.OfResultsAsync(clinic.Meera, [result], Cancellation))).Value().All);
    }

    [Fact]
    public async Task are_shown_to_nobody_who_may_not_see_them()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var result = await ResultAsync(clinic);
        await AttachAsync(clinic, result, Files.Pdf("HbA1c 8.1"), "Report");

        Assert.Empty((await clinic.AskAsync(clinic.Basu, d => d.OfResultsAsync(clinic.Meera, [result], Cancellation))).Value().All);
        (await clinic.AskAsync(clinic.Desk, d => d.OfResultsAsync(clinic.Meera, [result], Cancellation))).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task belong_to_one_of_the_same_patient()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var ravi = await clinic.Clinic.Given.PatientAsync("Ravi", "Kumar");
        await clinic.Clinic.Given.CareAsync(clinic.Asha, ravi);
        var ofAnother = await ResultAsync(clinic, ravi);

        foreach (var wrong in new[] { ofAnother, Guid.CreateVersion7() })
        {
            (await clinic.SendAsync(clinic.Asha, Files.Png(), clinic.Draft(Files.Png(), attachment: new DocumentAttachment(ResultId: wrong)))).AssertRefused(RefusalKind.NotFound);
        }

        var document = await clinic.KeptAsync(Files.Png());
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => clinic.Clinic.RunAsync($"UPDATE patient_documents SET result_id = '{ofAnother}' WHERE id = '{document}'"));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, refused.SqlState); // whatever a service forgets
    }

    private static Task<Guid> ResultAsync(DocumentClinic clinic, Guid? patient = null)
        => clinic.Clinic.Given.ResultAsync(clinic.Asha, patient ?? clinic.Meera, "HbA1c", 8.1m, ResultFlag.High);

    private static Task<Guid> AttachAsync(DocumentClinic clinic, Guid result, byte[] file, string title)
        => clinic.KeptAsync(file, draft: clinic.Draft(file, title, new DocumentAttachment(ResultId: result)));
}
