using DrAssistant.Data.Common;
using DrAssistant.Data.Import;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

public sealed class ImportingAgain(ClinicDatabase databases)
{
    private static readonly object Weight = Fhir.Observation();

    private static object[] Everything =>
    [
        Fhir.Patient(), Fhir.Practitioner(), Fhir.Encounter(), Fhir.Encounter("e2", practitioner: null), Fhir.Condition(), Weight, Fhir.MedicationRequest(),
        Fhir.Laboratory("l1", "2345-7", "Glucose", 90, "mg/dL"),
        Fhir.With(Fhir.Laboratory("l2", "2345-7", "Glucose", 95, "mg/dL"), ("encounter", null), ("effectiveDateTime", "2022-01-01")),
        new { resourceType = "Claim", id = "k1" },
    ];

    [Fact]
    public async Task The_same_files_changes_nothing()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        var first = await clinic.ImportAsync(Everything);
        var before = await clinic.ChecksumAsync();
        var second = await clinic.ImportAsync();

        Assert.Empty(first.Problems);
        Assert.Equal(before, await clinic.ChecksumAsync());
        Assert.Equal((9, 0), (first.Types.Sum(t => t.Added), first.Types.Sum(t => t.Unchanged)));
        Assert.Equal((0, 9, 1), (second.Types.Sum(t => t.Added), second.Types.Sum(t => t.Unchanged), second.Types.Sum(t => t.LeftOut)));
        Assert.Equal((2, 0), (first.Notes, second.Notes));
    }

    [Fact]
    public async Task The_same_resources_in_another_file_layout_and_export_are_the_same()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Everything);
        File.Delete(Path.Combine(clinic.Folder, "bundle.json"));
        await clinic.WriteAsync("deeper/folder/again.JSON", Fhir.BundleOf("collection",
            [.. Everything.Reverse().Select(r => Fhir.With(r, ("meta", new { lastUpdated = "2026-01-01T00:00:00Z" })))]).Replace(",", " ,\n", StringComparison.Ordinal));
        var before = await clinic.ChecksumAsync();
        var report = await clinic.ImportAsync();

        Assert.Equal(9, report.Types.Sum(t => t.Unchanged));
        Assert.Equal(before, await clinic.ChecksumAsync());
    }

    [Fact]
    public async Task What_changed_upstream_is_counted_and_the_record_here_stays()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Everything);
        var before = await clinic.ChecksumAsync();
        var report = await clinic.ImportAsync([.. Everything.Where(r => r != Weight),
            Fhir.With(Weight, ("valueQuantity", new { value = 99, unit = "kg" }))]);

        Assert.Equal((1, 8), (report.Types.Sum(t => t.ChangedUpstream), report.Types.Sum(t => t.Unchanged)));
        Assert.Equal(before, await clinic.ChecksumAsync());
    }

    [Fact]
    public async Task What_is_new_in_a_later_file_joins_the_chart()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Everything);
        var report = await clinic.ImportAsync([.. Everything, Fhir.Observation("o9"), Fhir.Laboratory("l9", "2160-0", "Creatinine", 1.1, "mg/dL")]);

        Assert.Equal((2, 9), (report.Types.Sum(t => t.Added), report.Types.Sum(t => t.Unchanged)));
        Assert.Equal((1, 1), (await clinic.CountAsync("audit_events WHERE action = 'C'"), await clinic.CountAsync("audit_events WHERE action = 'U' AND event = 'chart.import'")));
        Assert.Equal(2, await clinic.CountAsync("observations"));
    }

    [Fact]
    public async Task A_visit_in_one_file_may_name_a_doctor_and_a_patient_in_another()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("1-visits.json", Fhir.BundleOf("searchset", Fhir.Encounter(), Fhir.Condition(), Fhir.MedicationRequest()));
        await clinic.WriteAsync("2-patients.json", Fhir.BundleOf("searchset", Fhir.Patient()));
        await clinic.WriteAsync("3-doctors.json", Fhir.BundleOf("searchset", Fhir.Practitioner()));
        var report = await clinic.ImportAsync();

        Assert.Empty(report.Problems);
        Assert.Empty(report.Nearest);
        Assert.Equal("Dr. Vikram Rao", await clinic.AskAsync<string>("SELECT full_name FROM users JOIN encounters ON doctor_id = users.id"));
        Assert.Equal((1, 1, 1), (await clinic.CountAsync("conditions WHERE encounter_id IS NOT NULL"), await clinic.CountAsync("prescription_items"), report.Notes));
    }

    [Fact]
    public async Task References_may_be_relative_versioned_or_absolute()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        object Visit(string id, string reference) => Fhir.With(Fhir.Encounter(id), ("subject", new { reference }));
        var report = await ImportServedAsync(clinic, "bundle.json", "https://other.example/fhir", Fhir.Patient(),
            Visit("e1", "Patient/p1"), Visit("e2", "Patient/p1/_history/3"), Visit("e3", "https://other.example/fhir/Patient/p1"));

        Assert.Empty(report.Problems);
        Assert.Equal(3, await clinic.CountAsync("encounters"));
        Assert.Equal(4, await clinic.CountAsync("imported_resources WHERE source = 'https://other.example/fhir' AND resource_type IN ('Patient', 'Encounter')"));
    }

    [Fact]
    public async Task References_may_be_conditional_logical_or_contained()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        object By(object individual) => new[] { new { individual } };
        var identifier = new { system = "http://council.example/numbers", value = "MH-1234" };
        var report = await clinic.ImportAsync(Fhir.Patient(), Fhir.Practitioner(),
            Fhir.With(Fhir.Encounter("e1"), ("participant", By(new { reference = "Practitioner?identifier=http://council.example/numbers|MH-1234" }))),
            Fhir.With(Fhir.Encounter("e2"), ("participant", By(new { identifier }))),
            Fhir.With(Fhir.Encounter("e3"), ("participant", By(new { reference = "#me" })), ("contained", new[] { new { resourceType = "Practitioner", id = "me", identifier = new[] { identifier } } })));

        Assert.Empty(report.Problems);
        Assert.Equal(3, await clinic.CountAsync("encounters JOIN users ON users.id = doctor_id WHERE full_name = 'Dr. Vikram Rao'"));
    }

    [Fact]
    public async Task Two_systems_with_the_same_ids_are_kept_apart()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await ImportServedAsync(clinic, "one.json", "https://one.example/r4", Fhir.Patient());
        await ImportServedAsync(clinic, "two.json", "https://two.example/r4", Fhir.With(Fhir.Patient(), ("birthDate", "1955-01-01")));

        Assert.Equal(2, await clinic.CountAsync("patients"));
    }

    [Fact]
    public async Task An_id_that_two_people_share_never_mixes_their_charts()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.ImportAsync(Fhir.Patient(), Fhir.Encounter());
        await clinic.WriteAsync("bundle.json", Fhir.Bundle(Fhir.With(Fhir.Patient(), ("birthDate", "1955-01-01")), Fhir.Encounter("e7")));
        var refused = await clinic.ImportAsync();
        var named = await clinic.ImportAsync(new FhirImportRequest(clinic.Folder) { Source = "Hill Hospital" });

        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("another birthDate", refused.Problems[0].Reason, StringComparison.Ordinal);
        Assert.Empty(named.Problems);
        Assert.Equal(2, await clinic.CountAsync("(SELECT DISTINCT patient_id FROM encounters) e"));
    }

    [Fact]
    public async Task A_second_import_at_the_same_time_is_refused_in_one_sentence()
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("bundle.json", Fhir.Bundle(Everything));
        Task<Result<ImportReport>>? meanwhile = null;
        var first = await ClinicImport.FhirAsync(clinic.Services, new FhirImportRequest(clinic.Folder), new During(() => meanwhile ??= Task.Run(() => clinic.TryImportAsync(new FhirImportRequest(clinic.Folder)))), TestContext.Current.CancellationToken);
        var second = await meanwhile!;
        var third = await clinic.ImportAsync();

        Assert.True(first.Succeeded);
        Assert.Equal(RefusalKind.Conflict, second.Refusal?.Kind);
        Assert.Equal("Another import is running. Wait until it has ended, and start this one again.", second.Refusal?.Message);
        Assert.Equal(0, third.Types.Sum(t => t.Added));
    }

    [Theory]
    [InlineData("none", "")]
    [InlineData("Meena", "(meena)")]
    public async Task The_care_team_is_who_was_named(string team, string expected)
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("bundle.json", Fhir.Bundle(Fhir.Patient()));
        await clinic.ImportAsync(new FhirImportRequest(clinic.Folder) { CareTeam = team == "none" ? [] : [team] });

        Assert.Equal(expected, await clinic.RowsAsync("SELECT username FROM care_team JOIN users ON users.id = user_id"));
    }

    [Theory]
    [InlineData("ravi")]
    [InlineData("left")]
    [InlineData("nobody")]
    public async Task A_care_team_of_those_who_read_no_chart_is_refused(string name)
    {
        await using var clinic = await ImportingClinic.NewAsync(databases);
        await clinic.WriteAsync("bundle.json", Fhir.Bundle(Fhir.Patient()));
        var result = await clinic.TryImportAsync(new FhirImportRequest(clinic.Folder) { CareTeam = ["asha", name] });

        Assert.Equal($"No active doctor or nurse has the user name {name}.", result.Refusal?.Message);
        Assert.Equal(0, await clinic.CountAsync("patients"));
    }

    /// <summary>As a server sends it: every entry under an address of its own.</summary>
    private static async Task<ImportReport> ImportServedAsync(ImportingClinic clinic, string file, string server, params object[] resources)
    {
        await clinic.WriteAsync(file, Fhir.Write(new
        {
            resourceType = "Bundle",
            type = "searchset",
            entry = resources.Select(resource => new { fullUrl = $"{server}/{Fhir.With(resource)["resourceType"]}/{Fhir.With(resource)["id"]}", resource }),
        }));
        return await clinic.ImportAsync(new FhirImportRequest(Path.Combine(clinic.Folder, file)));
    }

    /// <summary>Does something while an import is under way, and waits for it.</summary>
    private sealed class During(Func<Task<Result<ImportReport>>> act) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => ((IAsyncResult)act()).AsyncWaitHandle.WaitOne();
    }
}
