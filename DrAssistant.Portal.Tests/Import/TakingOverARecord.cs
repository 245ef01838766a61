using DrAssistant.Data.Import;
using DrAssistant.Data.Patients;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>Each type of resource, and the rows that it becomes.</summary>
public sealed class TakingOverARecord(ClinicDatabase databases)
{
    [Fact]
    public async Task A_patient_gets_a_number_of_this_practice_and_can_be_found_and_opened()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(Fhir.With(Fhir.Patient(),
            ("identifier", new object[]
            {
                new { system = "http://hospital.example", value = "A-77", type = Fhir.Concept("http://terminology.hl7.org/CodeSystem/v2-0203", "MR") },
                new { system = "http://passports.example", value = "Z123", type = Fhir.Concept("http://terminology.hl7.org/CodeSystem/v2-0203", "PPN") },
                new { system = "https://healthid.ndhm.gov.in", value = "91-1111-2222-3333" },
            }),
            ("telecom", new object[] { new { system = "phone", value = "98200 11223" }, new { system = "email", value = "Sunita@Example.org" } }),
            ("address", new[] { new { line = new[] { "1 Lake Road", "Flat 2" }, city = "Pune", state = "Maharashtra", postalCode = "411001", country = "IN" } }),
            ("communication", new[] { new { language = Fhir.Concept("urn:ietf:bcp:47", "mr-IN") } }),
            ("maritalStatus", new { text = "Married" })));

        Assert.Empty(report.Problems);
        Assert.Equal("(DA26-000001-9,Sunita,Pawar,1980-05-17,f,female,mr-IN,not_asked)",
            await clinic.RowsAsync("SELECT mrn, first_name, last_name, date_of_birth, date_of_birth_estimated, gender, preferred_language, allergies_status FROM patients"));
        Assert.Equal("(t,t,t,t,t,t)", await clinic.RowsAsync("SELECT phone IS NOT NULL, phone_index IS NOT NULL, email_index IS NOT NULL, abha_index IS NOT NULL, address IS NOT NULL, status = 'active' FROM patients"));
        Assert.Equal(new PatientContact
        {
            Phone = "+919820011223",
            Email = "Sunita@Example.org",
            AbhaNumber = "91111122223333",
            Address = new PostalAddress("1 Lake Road", "Flat 2", "Pune", null, "Maharashtra", "411001", "IN"),
        }, await clinic.ContactAsync());
        Assert.Equal("(t)", await clinic.RowsAsync("SELECT n.terms @@ 'sunita & pawar & ''^pa''' FROM patient_name_terms JOIN known_names n ON n.id = name_id"));
        Assert.Equal("(asha,import)\n(meena,import)",
            await clinic.RowsAsync("SELECT username, reason FROM care_team JOIN users u ON u.id = user_id ORDER BY 1"));
        Assert.Equal("(C,chart.import,t)", await clinic.RowsAsync("SELECT action, event, patient_id = (SELECT id FROM patients) FROM audit_events"));
        Assert.Equal("(patient.imported,t)", await clinic.RowsAsync("SELECT kind, patient_id = (SELECT id FROM patients) FROM outbox_messages"));

        // A record number finds the patient again; a passport number is not needed, and the ABHA is nowhere in clear.
        Assert.Equal("(fhir,p1)\n(http://hospital.example,A-77)", await clinic.RowsAsync("SELECT source, resource_id FROM imported_resources ORDER BY source"));
        Assert.Contains(new ImportCount("Patient.identifier PPN", 1), report.LeftOut);
        Assert.Contains(new ImportCount("Patient.maritalStatus", 1), report.LeftOut);
    }

    [Fact]
    public async Task Names_are_kept_as_people_have_them()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var synthea = new { tag = new[] { new { code = "synthea-5-2019" } } };
        await clinic.ImportAsync(
            Fhir.With(Fhir.Patient("1"), ("name", new { family = "Conroy74", given = new[] { "Blair400" } }), ("meta", synthea)),
            Fhir.With(Fhir.Patient("2"), ("name", new { family = "Conroy74", given = new[] { "Blair400" } })),
            Fhir.With(Fhir.Patient("3"), ("name", new { given = new[] { "Zubeida" } })),
            Fhir.With(Fhir.Patient("4"), ("name", new { family = "Zubeida" })),
            Fhir.With(Fhir.Patient("5"), ("name", new { text = "S Ramesh" })),
            Fhir.With(Fhir.Patient("6"), ("name", new object[] { new { use = "maiden", family = "Old" }, new { use = "official", family = "Rao", given = new[] { "Anna", "Maria" } } })));

        Assert.Equal("""
            (Blair,Conroy)
            (Blair400,Conroy74)
            (Zubeida,"")
            (Zubeida,"")
            ("S Ramesh","")
            ("Anna Maria",Rao)
            """.ReplaceLineEndings("\n"), await clinic.RowsAsync("SELECT first_name, last_name FROM patients JOIN imported_resources i ON i.target_id = id ORDER BY i.resource_id"));
    }

    [Fact]
    public async Task What_is_not_known_of_a_patient_is_kept_as_the_nearest_thing_and_listed()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(Fhir.With(Fhir.Patient(), ("birthDate", "1980"), ("gender", "unknown"), ("deceasedBoolean", true), ("active", false)));

        Assert.Equal("(1980-01-01,t,other,t,inactive)", await clinic.RowsAsync(
            $"SELECT date_of_birth, date_of_birth_estimated, gender, deceased_at = '{ImportingClinic.Noon:O}', status FROM patients"));
        Assert.Equal(3, report.Nearest.Count);
    }

    [Fact]
    public async Task A_practitioner_stands_in_the_record_and_can_never_sign_in()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Fhir.Practitioner(), Fhir.Patient(), Fhir.Encounter());

        Assert.Equal("(\"Dr. Vikram Rao\",doctor,inactive,t)",
            await clinic.RowsAsync("SELECT full_name, role, status, email LIKE '%@import.invalid' FROM users WHERE username LIKE 'external-%'"));
        var hash = await clinic.AskAsync<string>("SELECT password_hash FROM users WHERE username LIKE 'external-%'");
        Assert.Equal(Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed,
            new Microsoft.AspNetCore.Identity.PasswordHasher<object>().VerifyHashedPassword(new object(), hash!, ""));
        Assert.Equal("(office_visit,completed,Cough,t,\"2020-03-01 03:30:00+00\",\"2020-03-01 03:50:00+00\")", await clinic.RowsAsync("""
            SELECT encounter_type, status, chief_complaint, doctor_id = (SELECT id FROM users WHERE username LIKE 'external-%'), start_time, end_time FROM encounters
            """));
    }

    [Fact]
    public async Task A_practitioner_is_known_again_by_a_number()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Fhir.Practitioner("d1"));
        await clinic.ImportAsync(Fhir.Practitioner("another-id"), Fhir.Patient(), Fhir.Encounter(practitioner: "another-id"));

        Assert.Equal(1, await clinic.CountAsync("users WHERE username LIKE 'external-%'"));
        Assert.Equal("Dr. Vikram Rao", await clinic.AskAsync<string>("SELECT full_name FROM users JOIN encounters ON doctor_id = users.id"));
    }

    [Fact]
    public async Task Visits_without_a_practitioner_share_one_who_stands_for_them()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("a.json", Fhir.Bundle(Fhir.Patient(), Fhir.Encounter("e1", practitioner: null), Fhir.Encounter("e2", practitioner: null)));
        await clinic.ImportAsync(new FhirImportRequest(clinic.Folder) { UnknownPractitioner = "Doctor elsewhere" });
        await clinic.WriteAsync("b.json", Fhir.Bundle(Fhir.Encounter("e3", practitioner: null)));
        var report = await clinic.ImportAsync(new FhirImportRequest(clinic.Folder) { UnknownPractitioner = "Doctor elsewhere" });

        Assert.Empty(report.Problems);
        Assert.Equal("(\"Doctor elsewhere\",3)", await clinic.RowsAsync("SELECT full_name, count(*) FROM encounters JOIN users ON users.id = doctor_id GROUP BY full_name"));
        Assert.Equal(1, await clinic.CountAsync("users WHERE username LIKE 'external-%'"));
    }

    [Fact]
    public async Task The_class_of_a_visit_is_its_type()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var classes = new[] { "AMB", "EMER", "HH", "IMP", "VR" };
        var report = await clinic.ImportAsync([Fhir.Practitioner(), Fhir.Patient(),
            .. classes.Select(code => Fhir.With(Fhir.Encounter(code), ("class", new { code })))]);

        Assert.Equal("(AMB,office_visit)\n(EMER,emergency)\n(HH,home_visit)\n(IMP,office_visit)\n(VR,telemedicine)",
            await clinic.RowsAsync("SELECT i.resource_id, encounter_type FROM encounters JOIN imported_resources i ON i.target_id = id ORDER BY 1"));
        Assert.Equal([new ImportCount("Encounter.class IMP: office visit", 1)], report.Nearest);
    }

    [Fact]
    public async Task Conditions_procedures_and_vaccines_keep_codes_and_times()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var report = await clinic.ImportAsync(Fhir.Practitioner(), Fhir.Patient(), Fhir.Encounter(),
            Fhir.With(Fhir.Condition(), ("clinicalStatus", Fhir.Concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "resolved")), ("abatementDateTime", "2020-03-10")),
            new
            {
                resourceType = "Procedure", id = "x1", status = "completed", code = Fhir.Concept("http://snomed.info/sct", "399208008", "Plain chest X-ray"),
                subject = Fhir.Ref("p1"), encounter = Fhir.Ref("e1"), performedPeriod = new { start = "2020-03-01T03:40:00Z", end = "2020-03-01T03:50:00Z" },
                reasonReference = new[] { new { display = "Acute bronchitis" } },
            },
            new
            {
                resourceType = "Immunization", id = "i1", status = "not-done", vaccineCode = Fhir.Concept("http://hl7.org/fhir/sid/cvx", "140", "Influenza"),
                patient = Fhir.Ref("p1"), encounter = Fhir.Ref("e1"), occurrenceDateTime = "2020-03-01T03:45:00Z",
            });

        Assert.Empty(report.Problems);
        Assert.Equal("(10509002,http://snomed.info/sct,\"Acute bronchitis\",resolved,\"2020-02-27 10:00:00+00\",\"2020-03-09 18:30:00+00\")",
            await clinic.RowsAsync("SELECT code, code_system, name, status, onset_at, abated_at FROM conditions"));
        Assert.Equal("(399208008,\"Plain chest X-ray\",\"Acute bronchitis\",\"2020-03-01 03:40:00+00\",\"2020-03-01 03:50:00+00\",completed)",
            await clinic.RowsAsync("SELECT code, name, reason, started_at, ended_at, status FROM procedures"));
        Assert.Equal("(140,http://hl7.org/fhir/sid/cvx,Influenza,not_done)", await clinic.RowsAsync("SELECT code, code_system, name, status FROM immunizations"));
    }

    [Fact]
    public async Task Allergies_reach_the_banner_and_no_known_allergy_is_a_statement()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        object Allergy(string id, string patient, string code, string name, params (string, object?)[] more) => Fhir.With(new
        {
            resourceType = "AllergyIntolerance", id, patient = Fhir.Ref(patient), code = Fhir.Concept("http://snomed.info/sct", code, name), recordedDate = "2019-01-01T00:00:00Z",
        }, more);
        var report = await clinic.ImportAsync(Fhir.Patient(), Fhir.Patient("p2"), Fhir.Patient("p3"),
            Allergy("a1", "p1", "91936005", "Penicillin", ("category", new[] { "medication" }), ("criticality", "high"),
                ("reaction", new[] { new { manifestation = new[] { new { text = "Rash" } }, severity = "mild" }, new { manifestation = new[] { new { text = "Wheeze" } }, severity = "severe" } })),
            Allergy("a2", "p1", "300913006", "Shrimp", ("clinicalStatus", Fhir.Concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "inactive"))),
            Allergy("a3", "p2", "716186003", "No known allergy"));

        Assert.Empty(report.Problems);
        Assert.Equal("(Penicillin,medication,\"Rash, Wheeze\",severe,active)\n(Shrimp,,,,inactive)",
            await clinic.RowsAsync("SELECT substance, category, reaction, severity, status FROM allergies ORDER BY substance"));
        Assert.Equal("({Penicillin},known)\n(,none_known)\n(,not_asked)",
            await clinic.RowsAsync("SELECT allergies, allergies_status FROM patients JOIN imported_resources i ON i.target_id = patients.id AND i.resource_type = 'Patient' ORDER BY i.resource_id"));
        Assert.Contains(new ImportCount("AllergyIntolerance.criticality", 1), report.LeftOut);
    }
}
