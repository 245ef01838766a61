using DrAssistant.Data.Import;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

public sealed class TakingOverMeasurements(ClinicDatabase databases)
{
    private static object[] Visit(params object[] more) => [Fhir.Practitioner(), Fhir.Patient(), Fhir.Encounter(), .. more];

    [Fact]
    public async Task An_observation_keeps_number_and_unit_and_a_blood_pressure_is_two_rows()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(Visit(
            Fhir.Observation(),
            Fhir.With(Fhir.Observation("o2"), ("code", Fhir.Concept("http://loinc.org", "85354-9", "Blood pressure")), ("valueQuantity", null),
                ("component", new[] { Part("8480-6", "Systolic", 121), Part("8462-4", "Diastolic", 79) })),
            Fhir.With(Fhir.Observation("o3", "social-history"), ("code", Fhir.Concept("http://loinc.org", "72166-2", "Smoking status")), ("valueQuantity", null),
                ("valueCodeableConcept", new { text = "Never smoker" })),
            Fhir.With(Fhir.Observation("o4", "vital-sign"), ("valueQuantity", new { value = 5, comparator = "<", unit = "kg" }))));

        Assert.Empty(report.Problems);
        Assert.Equal("""
            (29463-7,http://loinc.org,61.5,,kg,vital-signs)
            (29463-7,http://loinc.org,,"< 5",kg,vital-signs)
            (72166-2,http://loinc.org,,"Never smoker",,social-history)
            (8462-4,http://loinc.org,79,,mm[Hg],vital-signs)
            (8480-6,http://loinc.org,121,,mm[Hg],vital-signs)
            """.ReplaceLineEndings("\n"), await clinic.RowsAsync("SELECT code, code_system, value_number, value_text, unit, category FROM observations ORDER BY code, value_number"));
        Assert.Contains(new ImportCount("Observation.category vital-sign: vital-signs", 1), report.Nearest);

        static object Part(string code, string name, int value) => new
        {
            code = Fhir.Concept("http://loinc.org", code, name),
            valueQuantity = new { value, unit = "mm[Hg]", system = "http://unitsofmeasure.org", code = "mm[Hg]" },
        };
    }

    [Fact]
    public async Task A_report_is_an_order_and_its_values_are_results_with_range_and_flag()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var range = new[] { new { low = new { value = 70, unit = "mg/dL" }, high = new { value = 100, unit = "mg/dL" } } };
        var report = await clinic.ImportAsync(Visit(
            Fhir.With(Fhir.Laboratory("l1", "2345-7", "Glucose", 132, "mg/dL"), ("referenceRange", range)),
            Fhir.With(Fhir.Laboratory("l2", "2823-3", "Potassium", 6.9, "mmol/L"), ("interpretation", new[] { Fhir.Concept("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "HH") })),
            Fhir.Laboratory("l3", "2160-0", "Creatinine", 1.1, "mg/dL"),
            Report("r1", "l1", "l2", "l3")));

        Assert.Empty(report.Problems);
        Assert.Equal("(lab,completed,\"2020-03-01 03:35:00+00\",51990-0,\"Metabolic panel\")",
            await clinic.RowsAsync("SELECT o.order_type, o.status, o.ordered_at, i.item_code, i.item_name FROM orders o JOIN order_items i ON i.order_id = o.id"));
        Assert.Equal("(Creatinine,1.1,,,unknown)\n(Glucose,132,70,100,high)\n(Potassium,6.9,,,critical_high)",
            await clinic.RowsAsync("SELECT name, value_number, reference_low, reference_high, flag FROM results ORDER BY name"));
    }

    [Fact]
    public async Task Laboratory_values_without_a_report_are_one_order_a_time()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Visit(
            Fhir.Laboratory("l1", "2345-7", "Glucose", 90, "mg/dL"),
            Fhir.Laboratory("l2", "2160-0", "Creatinine", 1.1, "mg/dL"),
            Fhir.With(Fhir.Laboratory("l3", "2345-7", "Glucose", 140, "mg/dL"), ("effectiveDateTime", "2020-03-01T03:45:00Z"))));

        Assert.Equal("(1,1)\n(2,2)", await clinic.RowsAsync("""
            SELECT count(DISTINCT i.id), count(r.id) FROM orders o JOIN order_items i ON i.order_id = o.id JOIN results r ON r.order_item_id = i.id GROUP BY o.id ORDER BY 1
            """));
    }

    [Fact]
    public async Task Only_fresh_results_wait_for_a_review()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Visit(
            Fhir.Laboratory("l1", "2345-7", "Old", 90, "mg/dL"),
            Fhir.With(Fhir.Laboratory("l2", "2345-7", "Fresh", 90, "mg/dL"), ("issued", ImportingClinic.Noon.AddDays(-29).ToString("O")))));

        Assert.Equal("(Fresh,,)\n(Old,\"2020-03-01 12:00:00+00\",\"Imported history\")",
            await clinic.RowsAsync("SELECT name, reviewed_at, review_comment FROM results ORDER BY name"));
        Assert.Equal(1, await clinic.CountAsync("results WHERE reviewed_by = (SELECT doctor_id FROM encounters)"));
    }

    [Fact]
    public async Task A_value_that_is_no_laboratory_value_stays_an_observation_even_in_a_report()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Visit(Fhir.Observation(), Report("r1", "o1")));

        Assert.Equal((1, 1, 0), (await clinic.CountAsync("observations"), await clinic.CountAsync("orders"), await clinic.CountAsync("results")));
    }

    [Fact]
    public async Task What_has_no_visit_here_finds_the_one_it_falls_into_or_gets_an_entry_of_its_day()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var during = Fhir.With(Fhir.Laboratory("l1", "2345-7", "During", 90, "mg/dL"), ("encounter", null));
        var outside = Fhir.With(Fhir.Laboratory("l2", "2345-7", "Outside", 90, "mg/dL"), ("encounter", null), ("effectiveDateTime", "2021-06-01T08:00:00Z"));
        await clinic.ImportAsync(Visit(during, outside, Fhir.With(Fhir.MedicationRequest(), ("encounter", null), ("authoredOn", "2021-06-01T09:00:00Z"))));
        await clinic.WriteAsync("later.json", Fhir.Bundle(Fhir.With(outside, ("id", "l3"), ("code", new { text = "Later" }))));
        var report = await clinic.ImportAsync();

        Assert.Empty(report.Problems);
        Assert.Equal("(Cough,1,0)\n(\"Imported history\",2,1)", await clinic.RowsAsync("""
            SELECT e.chief_complaint, (SELECT count(*) FROM results r JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id WHERE o.encounter_id = e.id),
                (SELECT count(*) FROM prescriptions p WHERE p.encounter_id = e.id)
            FROM encounters e ORDER BY e.start_time
            """));
    }

    private static object Report(string id, params string[] results) => new
    {
        resourceType = "DiagnosticReport",
        id,
        status = "final",
        category = new[] { Fhir.Concept("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB") },
        code = Fhir.Concept("http://loinc.org", "51990-0", "Metabolic panel"),
        subject = Fhir.Ref("p1"),
        encounter = Fhir.Ref("e1"),
        effectiveDateTime = "2020-03-01T03:35:00Z",
        issued = "2020-03-01T12:00:00Z",
        result = results.Select(Fhir.Ref),
    };
}
