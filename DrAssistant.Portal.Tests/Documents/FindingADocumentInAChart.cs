using DrAssistant.Data.Documents;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Documents;

public sealed class FindingADocumentInAChart(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("outside ECHO", null)]
    [InlineData("sent by fax", "Sent by fax from the heart centre")]
    [InlineData("pericardial effusion", "Moderate pericardial effusion without tamponade")]
    [InlineData("  effusion   without ", "Moderate pericardial effusion without tamponade")]
    public async Task By_its_title_what_is_noted_and_the_words_of_a_pdf(string searched, string? line)
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var document = await EchoAsync(clinic);
        var other = clinic.Draft(Files.Png(), "Inside echo");
        await clinic.KeptAsync(Files.Png(), draft: other with { Facts = other.Facts with { Date = new DateOnly(2026, 10, 28) } });

        var page = await SearchAsync(clinic, searched);

        var entry = Assert.Single(Assert.Single(page.Visits).Entries);
        Assert.Equal((document, TimelineKind.Document), (entry.SubjectId, entry.Kind));
        Assert.Equal(line is null ? ["Outside echo"] : ["Outside echo", line], entry.Parts.Select(p => p.Text));
        Assert.Equal((0, 1), (page.TotalVisits, page.FoundDocuments));
    }

    [Fact]
    public async Task With_the_visit_to_which_it_belongs()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now.AddDays(-2));
        await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now.AddDays(-3));
        var document = await EchoAsync(clinic, new DocumentAttachment(EncounterId: visit));

        var page = await SearchAsync(clinic, "tamponade");

        Assert.Equal((visit, document, 1), (Assert.Single(page.Visits).EncounterId, Assert.Single(page.Visits[0].Entries).SubjectId, page.TotalVisits));
    }

    [Fact]
    public async Task In_a_long_report_the_words_around_it_are_shown_and_no_others()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var file = Files.Pdf($"{string.Concat(Enumerable.Repeat("before ", 60))}thyroid nodule of 9 mm {string.Concat(Enumerable.Repeat("after ", 60))}");
        await clinic.KeptAsync(file);

        var line = Assert.Single((await SearchAsync(clinic, "THYROID NODULE")).Visits[0].Entries).Parts[1].Text;

        Assert.StartsWith("… before ", line, StringComparison.Ordinal);
        Assert.Contains("before thyroid nodule of 9 mm after", line, StringComparison.Ordinal);
        Assert.EndsWith(" after …", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 100, 210);
    }

    [Fact]
    public async Task Not_one_of_another_patient_nor_by_somebody_who_may_not_see_it_nor_one_in_error()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        var document = await EchoAsync(clinic);
        var ravi = await clinic.Clinic.Given.PatientAsync("Ravi", "Kumar");
        await clinic.Clinic.Given.CareAsync(clinic.Asha, ravi);

        Assert.Empty((await SearchAsync(clinic, "tamponade", patient: ravi)).Visits);
        await using (var basu = clinic.Clinic.As(clinic.Basu))
        {
            Assert.Empty((await basu.Get<IPatientTimeline>().PageAsync(clinic.Meera, Words("tamponade"), null, Cancellation)).Value?.Visits ?? []);
        }

        (await clinic.AskAsync(clinic.Asha, d => d.MarkInErrorAsync(document, "Of another patient", Cancellation))).Value();
        Assert.Empty((await SearchAsync(clinic, "tamponade")).Visits);
    }

    [Fact]
    public async Task And_the_other_filters_hold_for_it()
    {
        await using var clinic = await DocumentClinic.OpenAsync(databases);
        await EchoAsync(clinic);
        var words = Words("tamponade");

        Assert.Equal(1, (await SearchAsync(clinic, words with { Kinds = new HashSet<TimelineKind> { TimelineKind.Document } })).FoundDocuments);
        foreach (var other in new[]
        {
            words with { Kinds = new HashSet<TimelineKind> { TimelineKind.Result } },
            words with { From = new DateOnly(2026, 10, 31) },
            words with { To = new DateOnly(2026, 10, 29) },
            words with { DoctorId = clinic.Asha.Id },
        })
        {
            var page = await SearchAsync(clinic, other);
            Assert.Equal((0, 0), (page.Visits.Count, page.FoundDocuments));
        }
    }

    private static TimelineFilter Words(string text) => TimelineFilter.All with { Text = text };

    private static Task<Guid> EchoAsync(DocumentClinic clinic, DocumentAttachment? attachment = null)
    {
        var file = Files.Pdf("Moderate pericardial effusion", "without tamponade");
        var draft = clinic.Draft(file, "Outside echo", attachment);
        return clinic.KeptAsync(file, draft: draft with { Facts = draft.Facts with { Description = "Sent by fax from the heart centre", Date = new DateOnly(2026, 10, 30) } });
    }

    private static Task<TimelinePage> SearchAsync(DocumentClinic clinic, string text, Guid? patient = null) => SearchAsync(clinic, Words(text), patient);

    private static async Task<TimelinePage> SearchAsync(DocumentClinic clinic, TimelineFilter filter, Guid? patient = null)
    {
        await using var acting = clinic.Clinic.As(clinic.Asha);
        return (await acting.Get<IPatientTimeline>().PageAsync(patient ?? clinic.Meera, filter, null, Cancellation)).Value();
    }
}
