using DrAssistant.Data.Import;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>Whatever is wrong with an entry or a file is said with its place, and the rest goes in.</summary>
public sealed class ImportingWhatIsBroken(ClinicDatabase databases)
{
    private static readonly (string Resource, string Expected)[] BrokenEntries =
    [
        ("""{"resourceType":"Condition","id":"x","code":{"text":"Cough"}}""", " Condition/x: has no subject"),
        ("""{"resourceType":"Condition","id":"x","code":{"text":"Cough"},"subject":{"reference":"Group/1"}}""", " Condition/x: subject is no patient"),
        ("""{"resourceType":"Condition","id":"x","code":{"text":"Cough"},"subject":{"reference":"Patient/unknown"}}""", " Condition/x: subject was not found"),
        ("""{"resourceType":"Condition","id":"x","subject":{"reference":"Patient/p1"}}""", " Condition/x: code says nothing"),
        ("""{"resourceType":"Condition","id":"x","code":{"text":"Cough"},"subject":{"reference":"Patient/p1"},"onsetDateTime":"2020-13-45"}""", " Condition/x: onsetDateTime is no date"),
        ("""{"resourceType":"Condition","id":"x","code":{"text":"Cough"},"subject":{"reference":"Patient/p1"},"clinicalStatus":{"coding":[{"code":"perhaps"}]}}""", " Condition/x: clinicalStatus is a word that FHIR does not know"),
        ("""{"resourceType":"Condition","id":"x","code":{"text":"Cough"},"subject":{"reference":"Patient/p1"},"modifierExtension":[{"url":"http://x.example/not"}]}""", " Condition/x: modifierExtension may change what it means, and is not understood"),
        ("""{"resourceType":"Condition","id":"x","code":{"text":"a\u0000b"},"subject":{"reference":"Patient/p1"}}""", " Condition/x: holds a character that no text can hold"),
        ("""{"resourceType":"Condition","id":"x","code":{"text":"a\ud800"},"subject":{"reference":"Patient/p1"}}""", " Condition/x: holds text that is not Unicode"),
        ("""{"resourceType":"Condition","id":"a\ud800"}""", ": holds text that is not Unicode"),
        ($$$"""{"resourceType":"Condition","id":"x","code":{"text":"{{{new string('c', 201)}}}"},"subject":{"reference":"Patient/p1"}}""", " Condition/x: code has 201 characters, and 200 fit"),
        ("""{"resourceType":"Encounter","id":"x","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"}}""", " Encounter/x: has no period.start"),
        ("""{"resourceType":"Encounter","id":"x","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"},"period":{"start":"2020-01-02","end":"2020-01-01"}}""", " Encounter/x: ends before it begins"),
        ("""{"resourceType":"Encounter","id":"x","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"},"period":{"start":"2020-01-02"}}""", " Encounter/x: has no status"),
        ("""{"resourceType":"Patient","id":"x","birthDate":"1980-01-01","gender":"male"}""", " Patient/x: has no name"),
        ("""{"resourceType":"Patient","id":"x","name":[{"family":"Rao"}],"gender":"male"}""", " Patient/x: has no birthDate"),
        ("""{"resourceType":"Patient","id":"x","name":[{"family":"Rao"}],"birthDate":"2027-01-01"}""", " Patient/x: birthDate lies in the future"),
        ("""{"resourceType":"Observation","id":"x","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2020-01-01","valueQuantity":{"value":1e300}}""", " Observation/x: valueQuantity.value is no number"),
        ("""{"resourceType":"Immunization","id":"x","status":"completed","vaccineCode":{"text":"BCG"},"patient":{"reference":"Patient/p1"},"occurrenceString":"as a child"}""", " Immunization/x: has no occurrenceDateTime"),
        ("""{"resourceType":"MedicationRequest","id":"x","status":"active","intent":"order","medicationReference":{"reference":"Medication/none"},"subject":{"reference":"Patient/p1"},"authoredOn":"2020-01-01"}""", " MedicationRequest/x: medicationReference was not found"),
        ("null", ": has no resource"),
        ("[]", ": has no resource"),
        ("7", ": has no resource"),
    ];

    [Fact]
    public async Task A_broken_entry_is_said_with_its_place_and_the_rest_goes_in()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        object[] before = [Fhir.Practitioner(), Fhir.Patient(), Fhir.Encounter()];
        var bundle = Fhir.Bundle([.. before, .. BrokenEntries.Select((_, at) => new { id = $"HERE{at}!" }), Fhir.Condition()]);
        for (var at = 0; at < BrokenEntries.Length; at++)
        {
            bundle = bundle.Replace($$"""{"id":"HERE{{at}}!"}""", BrokenEntries[at].Resource.Replace("\"x\"", $"\"x{at}\"", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        await clinic.WriteAsync("sub/a.json", bundle);
        var report = await clinic.ImportAsync();

        Assert.Equal(
            BrokenEntries.Select((entry, at) => $"{Path.Combine("sub", "a.json")}: entry[{before.Length + at}]{entry.Expected.Replace("/x:", $"/x{at}:", StringComparison.Ordinal)}").Order(StringComparer.Ordinal),
            report.Problems.Select(problem => problem.ToString()).Order(StringComparer.Ordinal));
        Assert.False(report.EverythingWentIn);
        Assert.Equal((1, 1, 1, 1), (await clinic.CountAsync("patients"), await clinic.CountAsync("encounters"), await clinic.CountAsync("conditions"), await clinic.CountAsync("clinical_notes")));
        EverythingIsAccountedFor(report, before.Length + BrokenEntries.Length + 1);
    }

    [Fact]
    public async Task What_belongs_to_something_that_did_not_go_in_says_so()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(Fhir.With(Fhir.Patient("p2"), ("name", null)), Fhir.Encounter("e2", "p2"),
            Fhir.Patient(), Fhir.With(Fhir.Encounter(), ("period", null)), Fhir.Condition());

        Assert.Equal(["entry[0] Patient/p2: has no name", "entry[1] Encounter/e2: its subject did not go in", "entry[3] Encounter/e1: has no period.start"],
            report.Problems.Select(p => $"{p.Path}: {p.Reason}"));
        Assert.Equal(1, await clinic.CountAsync("conditions WHERE encounter_id IS NULL"));
        Assert.Contains(new ImportCount("Condition.encounter (not here)", 1), report.LeftOut);
    }

    [Fact]
    public async Task A_visit_of_another_patient_is_no_place_for_a_finding()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(Fhir.Patient(), Fhir.Patient("p2"), Fhir.Encounter("e1", "p2"), Fhir.Condition());

        Assert.Equal("its encounter is another patient's", Assert.Single(report.Problems).Reason);
        Assert.Equal(0, await clinic.CountAsync("conditions"));
    }

    [Fact]
    public async Task Of_a_file_that_breaks_off_what_came_before_goes_in_and_a_repaired_file_brings_the_rest()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var whole = Fhir.Bundle(Fhir.Practitioner(), Fhir.Patient(), Fhir.Encounter(), Fhir.Condition(), Fhir.Condition("c2"), Fhir.Observation());
        await clinic.WriteAsync("a.json", whole[..whole.IndexOf("c2", StringComparison.Ordinal)]);
        await clinic.WriteAsync("b.json", Fhir.Bundle(Fhir.Patient("p9")));
        var broken = await clinic.ImportAsync();

        var problem = Assert.Single(broken.Problems);
        Assert.Equal(("a.json", null), (problem.File, problem.Path));
        Assert.StartsWith("the JSON is broken in line 1, byte ", problem.Reason, StringComparison.Ordinal);
        Assert.Equal((2, 1, 0), (await clinic.CountAsync("patients"), await clinic.CountAsync("conditions"), await clinic.CountAsync("observations")));

        await clinic.WriteAsync("a.json", whole);
        var repaired = await clinic.ImportAsync();
        Assert.Empty(repaired.Problems);
        Assert.Equal((2, 5), (repaired.Types.Sum(t => t.Added), repaired.Types.Sum(t => t.Unchanged)));
    }

    [Fact]
    public async Task A_file_that_is_no_bundle_is_said_and_the_others_go_in()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var files = new (string Content, string Reason)[]
        {
            ("""{"resourceType":"Patient","id":"1"}""", "is not a bundle"),
            ("""{"type":"collection"}""", "is not a bundle"),
            ("[]", "is not a bundle"),
            ("""{"resourceType":"Bundle","type":"history","entry":[]}""", "is a bundle of a type that is not imported"),
            ("", "the JSON is broken in line 1, byte 1"),
            ("%PDF-1.7", "the JSON is broken in line 1, byte 1"),
        };
        foreach (var (at, file) in files.Index())
        {
            await clinic.WriteAsync($"{at}.json", file.Content);
        }

        await clinic.WriteAsync("b.json", Fhir.Bundle(Fhir.Patient()));
        await clinic.WriteAsync("notes.txt", "not looked at");
        var report = await clinic.ImportAsync();

        Assert.Equal(files.Length, report.Problems.Count);
        Assert.All(files.Index(), file => Assert.StartsWith(file.Item.Reason, report.Problems[file.Index].Reason, StringComparison.Ordinal));
        Assert.Equal(1, await clinic.CountAsync("patients"));
        Assert.Contains(new ImportCount("files that are not .json", 1), report.LeftOut);
    }

    [Fact]
    public async Task What_has_no_place_here_is_counted_and_listed()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(Fhir.Patient(), Fhir.Practitioner(), Fhir.Encounter(),
            new { resourceType = "Claim", id = "k1" }, new { resourceType = "Claim", id = "k2" }, new { resourceType = "CarePlan", id = "cp" },
            Fhir.With(Fhir.Encounter("later"), ("status", "planned")),
            Fhir.With(Fhir.MedicationRequest(), ("intent", "proposal")),
            Fhir.With(Fhir.Observation(), ("valueQuantity", null)),
            Fhir.With(Fhir.Condition(), ("severity", new { text = "Severe" }), ("extension", new[] { new { url = "http://x.example/StructureDefinition/asked" } })));

        Assert.Empty(report.Problems);
        Assert.Equal([("CarePlan", 1), ("Claim", 2), ("Encounter", 1), ("MedicationRequest", 1), ("Observation", 1)],
            report.Types.Where(t => t.LeftOut > 0).Select(t => (t.Type, t.LeftOut)));
        Assert.Contains(new ImportCount("Condition.severity", 1), report.LeftOut);
        Assert.Contains(new ImportCount("Condition.extension asked", 1), report.LeftOut);
        Assert.Contains(new ImportCount("Observation without a value", 1), report.LeftOut);
        EverythingIsAccountedFor(report, 10);
    }

    [Fact]
    public async Task A_folder_or_file_that_is_not_there_is_a_sentence()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);

        Assert.NotNull((await clinic.TryImportAsync(new FhirImportRequest(Path.Combine(clinic.Folder, "none")))).Refusal);
        Assert.NotNull((await clinic.TryImportAsync(new FhirImportRequest(clinic.Folder))).Refusal);
    }

    private static void EverythingIsAccountedFor(ImportReport report, int entries)
    {
        Assert.Equal(entries, report.Types.Sum(t => t.Read));
        Assert.All(report.Types, t => Assert.Equal(t.Read, t.Added + t.Unchanged + t.ChangedUpstream + t.LeftOut + t.Refused));
    }
}
