using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Portal.Tests.Import;

public sealed class NotesOfImportedVisits(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Say_what_is_recorded_of_the_visit_and_nothing_else()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Fhir.Practitioner(), Fhir.Patient(), Fhir.Encounter(), Fhir.Condition(), Fhir.Observation(), Fhir.MedicationRequest(),
            Fhir.With(Fhir.Observation("o2"), ("code", Fhir.Concept("http://loinc.org", "72514-3", "Pain severity")), ("valueQuantity", new { value = 3, unit = "{score}" })),
            Fhir.Laboratory("l1", "2345-7", "Glucose", 90, "mg/dL"),
            Fhir.Laboratory("l2", "777-3", "Platelet count", 240, "10*3/uL"),
            Fhir.Encounter("without-facts"));
        var note = Assert.Single(await NotesAsync(clinic));

        Assert.Equal((NoteStatus.Signed, 1, "FHIR import"), (note.Status, note.Version, note.Metadata.Source));
        Assert.Equal(new DateTimeOffset(2020, 3, 1, 3, 30, 0, TimeSpan.Zero), note.CreatedAt);
        Assert.Equal(await clinic.AskAsync<Guid>("SELECT doctor_id FROM encounters LIMIT 1"), note.SignedBy);
        Assert.Equal(new Subjective { ChiefComplaint = "Cough" }, note.Content.Subjective);
        Assert.Equal(61.5m, note.Content.Objective?.VitalSigns?.Weight);
        Assert.Equal("Pain severity: 3", note.Content.Objective?.PhysicalExam?["general"]);
        Assert.Equal(["Glucose: 90 mg/dL", $"Platelet count: 240 {UnitWords.Of("10*3/uL")}"], note.Content.Objective?.LabResults?.Order(StringComparer.Ordinal));
        Assert.Equal([new Diagnosis("Acute bronchitis", "10509002", "http://snomed.info/sct")], note.Content.Assessment?.Diagnoses);
        Assert.Equal(["Amoxicillin 250 MG Oral Capsule, as directed"], note.Content.Plan?.Medications);
        Assert.Null(note.Content.Plan?.Treatments);
        Assert.Null(note.Content.Assessment?.ClinicalImpression);
    }

    [Fact]
    public async Task Are_written_by_the_next_import_when_one_ended_before_it_came_to_them()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("bundle.json", Fhir.Bundle(Fhir.Patient(), Fhir.Encounter(), Fhir.Condition()));
        await clinic.AskAsync<object>("REVOKE INSERT ON clinical_notes FROM clinic_worker");
        await Assert.ThrowsAsync<PostgresException>(() => clinic.ImportAsync());
        Assert.Equal((1, 0), (await clinic.CountAsync("conditions"), await clinic.CountAsync("clinical_notes")));

        await clinic.AskAsync<object>("GRANT INSERT ON clinical_notes TO clinic_worker");
        var report = await clinic.ImportAsync();

        Assert.Equal((0, 1), (report.Types.Sum(t => t.Added), report.Notes));
        Assert.Single(await NotesAsync(clinic));
    }

    [Fact]
    public async Task Nothing_clinical_is_in_clear_in_the_store()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Fhir.Patient(), Fhir.Encounter(), Fhir.Condition());

        Assert.DoesNotContain("bronchitis", await clinic.AskAsync<string>("SELECT body::text FROM clinical_notes"), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<IReadOnlyList<ClinicalNote>> NotesAsync(ImportingClinic clinic)
    {
        await using var scope = SystemScope.Create(clinic.Services.GetRequiredService<IServiceScopeFactory>());
        return await scope.ServiceProvider.GetRequiredService<NoteStore>().ListAsync(new DocumentQuery(), Cancellation);
    }
}
