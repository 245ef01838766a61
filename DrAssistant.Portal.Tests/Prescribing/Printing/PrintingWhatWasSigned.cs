using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Printing;

/// <summary>The paper of a prescription, from the signature to what becomes of it, against PostgreSQL and a real object store.</summary>
public sealed class PrintingWhatWasSigned(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What is printed is what was on the screen: every word of the view that the page shows stands in the PDF, line by line.</summary>
    [Fact]
    public async Task Each_line_of_the_screen_stands_on_the_paper()
    {
        await using var clinic = await OpenAsync(databases);
        var written = Tablet("amlodipine", "5 mg", frequency: "0-0-1", duration: "30 days");
        (written.Brand, written.Instructions, written.Refills) = ("Amlong", "Measure the pressure twice a week", 1);
        var needed = Tablet("domperidone", "10 mg", frequency: "SOS", duration: "3 days");
        needed.Quantity = "9";
        var draft = await clinic.WrittenAsync(Paracetamol(), written, Tablet("cetirizine", "10 mg", frequency: "HS", duration: "1w"), needed, FreeText("Herbal syrup 50 µg"));
        var answer = await clinic.SignAsync(draft);
        Assert.True(answer.Succeeded, string.Join(" ", (answer.Refusal as PrescriptionNotReady)?.Open.Select(o => $"{o.Field} {o.Words}") ?? []));
        var screen = await clinic.ReadAsync(draft.Id);
        await RelayAsync(clinic);

        var paper = Sheets.Words((await PdfAsync(clinic, screen.Id)).Pdf.ToArray());

        Assert.True(screen.Lines.Count >= 5);
        var from = 0;
        foreach (var (line, n) in screen.Lines.Select((line, n) => (line, n + 1)))
        {
            var capitals = string.Join(' ', line.Name.Split(' ').Select(word => word.Contains('µ', StringComparison.Ordinal) ? word : word.ToUpperInvariant()));
            string[] said =
            [
                string.Join(' ', new[] { $"{n}", capitals, line.Strength, line.Form, line.Brand is null ? null : $"({line.Brand})" }.OfType<string>()),
                line.Quantity!, line.Words ?? capitals, line.Instructions ?? capitals,
            ];
            Assert.All(said, words => Assert.Contains(Sheets.Plain(words), paper, StringComparison.Ordinal));
            var at = paper.IndexOf(Sheets.Plain(said[0]), from, StringComparison.Ordinal);
            Assert.True(at >= from, $"Line {n} does not stand behind the one before it.");
            from = at;
        }

        Assert.Contains("May be dispensed once more.", paper, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(SOS|HS|BD|TDS|OD)\b", paper);
    }

    [Fact]
    public async Task It_says_who_for_whom_when_and_what_was_found()
    {
        await using var clinic = await OpenAsync(databases);
        await FilledAsync(clinic);

        var signed = await clinic.SignedAsync();
        var paper = Sheets.Words((await PdfAsync(clinic, signed.Id)).Pdf.ToArray());

        Assert.All(
            [
                "Test Clinic", "Asha Rao", "MD (Medicine)", "Reg. no. KMC 12345", "Karnataka Medical Council", "Patient NAIR, Meera", "46 years, Female", "Date 05-Nov-2026",
                "Time 11:00 AM", "Address 4 Lake Road, Bengaluru, Karnataka, 560001", "ABHA XX-XXXX-XXXX-6749", "Weight 61 kg", "Allergies: none known", "Complaint: headache",
                "Findings: pulse 88 /min", "Diagnosis: Migraine", "Come back Thu 19-Nov-2026", "RX-26-000001, version 1. Seen in person. Valid until 05-Dec-2026.", "Page 1 of 1",
                $"SHA-256 {signed.Signature!.Digest[..8]} ... {signed.Signature.Digest[^4..]}", "Signed electronically 05-Nov-2026 11:00:00 (UTC+05:30)",
            ],
            item => Assert.Contains(item, paper, StringComparison.Ordinal));
        Assert.DoesNotContain("43-4221", paper, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_made_once_and_given_as_it_was_made()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        var before = await PdfAsync(clinic, signed.Id);
        await RelayAsync(clinic);
        await RelayAsync(clinic);

        var (first, second, large) = (await PdfAsync(clinic, signed.Id), await PdfAsync(clinic, signed.Id, clinic.Nila), await PdfAsync(clinic, signed.Id, size: PaperSize.A4));

        Assert.Equal((false, true, true, true), (before.IsAsMade, first.IsAsMade, second.IsAsMade, large.IsAsMade));
        Assert.Equal("RX-26-000001.pdf", first.FileName);
        Assert.True(first.Pdf.Span.SequenceEqual(second.Pdf.Span));
        Assert.Equal(Sheets.Words(before.Pdf.ToArray()), Sheets.Words(first.Pdf.ToArray()));
        var kept = await clinic.Clinic.BehindAsync(db => db.PrescriptionPdfs.AsNoTracking().ToListAsync(Cancellation));
        Assert.Equal([PaperSize.A5, PaperSize.A4], kept.Select(f => f.Size).Order());
        Assert.All(kept, file => Assert.Equal((signed.Id, clinic.Meera), (file.PrescriptionId, file.PatientId)));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(first.Pdf.Span)), kept.Single(f => f.Size is PaperSize.A5).ContentSha256);
        Assert.Equal(4, (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Concat(await clinic.Clinic.TrailOfAsync(clinic.Nila)).Count(e => e.Event == "prescription.print" && e.PatientId == clinic.Meera));
    }

    /// <summary>An address that was corrected later, a letterhead that changed: what was signed is what is printed.</summary>
    [Fact]
    public async Task It_stays_as_it_was_when_the_record_goes_on()
    {
        await using var clinic = await OpenAsync(databases);
        await FilledAsync(clinic);
        var signed = await clinic.SignedAsync();
        await RelayAsync(clinic);
        var before = Sheets.Words((await PdfAsync(clinic, signed.Id)).Pdf.ToArray());
        await clinic.Clinic.RunAsync("UPDATE patients SET first_name = 'Mira', address = NULL WHERE id = $1", clinic.Meera);
        await clinic.Clinic.RunAsync("UPDATE users SET full_name = 'Somebody Else' WHERE id = $1", clinic.Asha.Id);
        Lose(clinic);

        var after = await PdfAsync(clinic, signed.Id);

        Assert.False(after.IsAsMade);
        Assert.Equal(before, Sheets.Words(after.Pdf.ToArray()).Replace(" Made anew from what was signed; nothing is missing.", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_object_store_it_is_printed_all_the_same_and_the_files_are_made_later()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        var objects = Path.Combine(clinic.Clinic.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ClinicOptions>>().Value.DataFolder, "objects");
        await File.WriteAllTextAsync(objects, "no folder", Cancellation);
        await RelayAsync(clinic);

        Assert.Contains("Paracetamol", Sheets.Words((await PdfAsync(clinic, signed.Id)).Pdf.ToArray()), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await clinic.Clinic.BehindAsync(db => db.PrescriptionPdfs.CountAsync(Cancellation)));

        File.Delete(objects);
        clinic.Clinic.Clock.Now += TimeSpan.FromHours(1);
        await RelayAsync(clinic);
        Assert.True((await PdfAsync(clinic, signed.Id)).IsAsMade);
    }

    [Fact]
    public async Task A_cancelled_one_says_so_and_names_what_took_its_place()
    {
        await using var clinic = await OpenAsync(databases);
        var first = await clinic.SignedAsync();
        await RelayAsync(clinic);
        var draft = (await clinic.SigningAsync(clinic.Asha, s => s.ReplaceAsync(first.Id, clinic.Meera, null, Cancellation))).Value();
        var second = (await clinic.SignAsync(draft)).Value();
        await RelayAsync(clinic);

        var old = await PdfAsync(clinic, first.Id);
        var words = Sheets.Words(old.Pdf.ToArray());
        var replacement = Sheets.Words((await PdfAsync(clinic, second.Id)).Pdf.ToArray());

        Assert.False(old.IsAsMade);
        Assert.Contains("CANCELLED: On 05-Nov-2026 11:00. Replaced by RX-26-000002.", words, StringComparison.Ordinal);
        Assert.Contains("CANCELLED", words.Replace("CANCELLED:", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("RX-26-000002, version 2, supersedes RX-26-000001.", replacement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_shown_to_its_doctor_as_one_and_kept_nowhere()
    {
        await using var clinic = await OpenAsync(databases);
        var draft = await clinic.WrittenAsync(Paracetamol());
        await RelayAsync(clinic);

        var preview = Sheets.Words((await PdfAsync(clinic, draft.Id)).Pdf.ToArray());

        Assert.Contains("DRAFT, NOT VALID: Not signed.", preview, StringComparison.Ordinal);
        Assert.DoesNotMatch("Check this prescription|SHA-256|RX-", preview);
        (await AskAsync(clinic, draft.Id, clinic.Nila)).AssertRefused(RefusalKind.NotFound);
        Assert.Equal((0, 0), await clinic.Clinic.BehindAsync(async db => (await db.PrescriptionPapers.CountAsync(Cancellation), await db.PrescriptionPdfs.CountAsync(Cancellation))));
        Assert.Contains(await clinic.Clinic.TrailOfAsync(clinic.Asha), e => e.Event == "prescription.preview");
    }

    [Fact]
    public async Task It_is_there_for_the_care_team_alone_and_not_where_it_was_changed()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        await RelayAsync(clinic);
        var desk = await clinic.Clinic.Given.ReceptionistAsync();

        (await AskAsync(clinic, signed.Id, clinic.Basu)).AssertRefused(RefusalKind.NotFound);
        (await AskAsync(clinic, signed.Id, desk)).AssertRefused(RefusalKind.Forbidden);
        await using (var nobody = clinic.Clinic.AsNobody())
        {
            (await nobody.Get<IPrescriptionPrints>().PdfAsync(signed.Id, PaperSize.A5, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        }

        await TamperAsync(clinic, signed.Id);
        (await AskAsync(clinic, signed.Id, clinic.Asha)).AssertRefused(RefusalKind.Conflict);
    }

    /// <summary>Numbers run on without a gap, and nobody can choose one or take it away.</summary>
    [Fact]
    public async Task Numbers_are_given_with_the_signature_and_stay()
    {
        await using var clinic = await OpenAsync(databases);
        var draft = await clinic.WrittenAsync(Paracetamol());
        Assert.Null((await clinic.Clinic.RowAsync<Prescription>(draft.Id)).Number);
        await clinic.SignAsync(draft);
        var second = await clinic.SignedAsync();

        await clinic.Clinic.RunAsync("UPDATE prescriptions SET number = 'RX-26-999999' WHERE id = $1", second.Id);

        Assert.Equal("RX-26-000001", (await clinic.Clinic.RowAsync<Prescription>(draft.Id)).Number);
        Assert.Equal("RX-26-000002", (await clinic.Clinic.RowAsync<Prescription>(second.Id)).Number);
    }

    [Fact]
    public async Task Whoever_has_the_paper_learns_who_signed_and_nothing_of_the_patient_without_the_year_of_birth()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        var code = PaperCode.OfLong(signed.Signature!.Code)!;
        var papers = clinic.Clinic.Services.GetRequiredService<IPaperCheck>();

        var verdict = await papers.CheckAsync(code, null, Cancellation);
        var typed = await papers.CheckAsync(code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), 1980, Cancellation);
        var wrong = await papers.CheckAsync(code, 1981, Cancellation);

        Assert.Equal(("Asha Rao", "KMC 12345", true, PrescriptionStatus.Signed), (verdict!.Verdict.SignedBy, verdict.Verdict.RegistrationNumber, verdict.Verdict.IsUnchanged, verdict.Verdict.Status));
        Assert.Equal((code, "RX-26-000001", null, "MN", null), (verdict.Code, verdict.Number, verdict.Initials, typed!.Initials, wrong!.Initials));
        Assert.Equal(code, PaperCode.Of((await clinic.Clinic.RowAsync<Prescription>(signed.Id)).Signature));
        Assert.Null(await papers.CheckAsync("0000-0000-0000", null, Cancellation));
        Assert.Null(await papers.CheckAsync("nonsense", null, Cancellation));
        Assert.Null(await papers.CheckAsync(null, null, Cancellation));

        await TamperAsync(clinic, signed.Id);
        Assert.False((await papers.CheckAsync(code, null, Cancellation))?.Verdict.IsUnchanged);
    }

    private static async Task FilledAsync(PrescriptionClinic clinic)
    {
        await using var system = clinic.Clinic.AsSystem();
        var vault = system.Get<PatientVault>();
        await clinic.Clinic.BehindAsync(async db =>
        {
            var patient = await db.Patients.SingleAsync(p => p.Id == clinic.Meera, Cancellation);
            vault.Seal(patient, new PatientContact { AbhaNumber = "43422151056749", Address = new PostalAddress("4 Lake Road", City: "Bengaluru", District: "Bengaluru", State: "Karnataka", Pin: "560001") });
            var visit = await db.Encounters.SingleAsync(e => e.Id == clinic.Visit, Cancellation);
            visit.ChiefComplaint = "headache";
            db.Observations.AddRange(Vital("29463-7", "Weight", 61, "kg"), Vital("8867-4", "Pulse", 88, "/min"));
            db.Conditions.Add(new Condition { Id = Guid.CreateVersion7(), PatientId = clinic.Meera, EncounterId = clinic.Visit, Name = "Migraine", RecordedAt = clinic.Clinic.Clock.Now });
            db.FollowUps.Add(new FollowUp
            {
                Id = Guid.CreateVersion7(), EncounterId = clinic.Visit, PatientId = clinic.Meera, DoctorId = clinic.Asha.Id, DueOn = new DateOnly(2026, 11, 19), SetAt = clinic.Clinic.Clock.Now,
            });
            return await db.SaveChangesAsync(Cancellation);
        });

        Observation Vital(string code, string name, decimal value, string unit) => new()
        {
            Id = Guid.CreateVersion7(), PatientId = clinic.Meera, EncounterId = clinic.Visit, Category = Observation.VitalSigns, Code = code, CodeSystem = "http://loinc.org", Name = name,
            ValueNumber = value, Unit = unit, EffectiveAt = clinic.Clinic.Clock.Now,
        };
    }

    private static async Task TamperAsync(PrescriptionClinic clinic, Guid id)
    {
        // As somebody with the owner's rights would: past the trigger that keeps what was signed.
        await using var owner = new Npgsql.NpgsqlConnection(clinic.Clinic.Connections.Superuser);
        await owner.OpenAsync(Cancellation);
        await using var change = new Npgsql.NpgsqlCommand(
            "SET session_replication_role = replica; UPDATE prescription_items SET dosage = '10 tablets' WHERE prescription_id = $1".Replace("$1", $"'{id}'", StringComparison.Ordinal), owner);
        Assert.True(await change.ExecuteNonQueryAsync(Cancellation) > 0);
    }

    private static void Lose(PrescriptionClinic clinic)
        => Directory.Delete(Path.Combine(clinic.Clinic.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ClinicOptions>>().Value.DataFolder, "objects"), recursive: true);

    /// <summary>What was owed, and what that owes in turn.</summary>
    private static async Task RelayAsync(PrescriptionClinic clinic)
    {
        await clinic.Clinic.RelayAsync();
        await clinic.Clinic.RelayAsync();
    }

    private static async Task<PrescriptionPrint> PdfAsync(PrescriptionClinic clinic, Guid id, ClinicPerson? by = null, PaperSize size = PaperSize.A5)
        => (await AskAsync(clinic, id, by ?? clinic.Asha, size)).Value();

    private static async Task<Result<PrescriptionPrint>> AskAsync(PrescriptionClinic clinic, Guid id, ClinicPerson by, PaperSize size = PaperSize.A5)
    {
        await using var acting = clinic.Clinic.As(by);
        return await acting.Get<IPrescriptionPrints>().PdfAsync(id, size, Cancellation);
    }
}
