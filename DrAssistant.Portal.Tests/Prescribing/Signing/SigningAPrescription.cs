using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Signing;

/// <summary>A doctor's word that a prescription is finished: what it needs, what it freezes, and what a stranger with the paper is told.</summary>
public sealed class SigningAPrescription(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_freezes_content_name_registration_time_and_digest()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Paracetamol());
        clinic.Clinic.Clock.Now += TimeSpan.FromSeconds(90.1234567);

        var signed = (await clinic.SignAsync(page)).Value();

        foreach (var view in new[] { signed, await clinic.ReadAsync(page.Id, clinic.Nila) })
        {
            Assert.Equal((PrescriptionStatus.Signed, page.Version, false), (view.Status, view.Version, view.MayWrite));
            Assert.Equal(
                ("Asha Rao", "MD (Medicine)", "KMC 12345", "Karnataka Medical Council", true),
                (view.Signature!.Name, view.Signature.Qualification, view.Signature.RegistrationNumber, view.Signature.RegistrationCouncil, view.Signature.Matches));
            Assert.Equal((64, 46), (view.Signature.Digest.Length, view.Signature.Code.Length));
            Assert.Equal((new DateOnly(2026, 11, 5), new DateOnly(2026, 12, 5)), (view.ValidFrom, view.ValidUntil));
        }

        Assert.Equal(["prescription.begin", "prescription.line", "prescription.sign"], (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Select(e => e.Event));
        Assert.Equal(3, (await clinic.Clinic.OwedAsync()).Count(m => m.Kind == "prescription.changed" && m.PatientId == clinic.Meera));
        (await clinic.AddAsync(page, Paracetamol())).AssertRefused(RefusalKind.Conflict);
        (await clinic.SignAsync(page)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task What_the_doctor_looked_at_because_no_check_could_is_in_the_trail_and_not_in_clear()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Paracetamol());
        var word = new PrescriptionSigning(page.Id, page.PatientId, page.Version, Password) { LookedAt = ["Nobody has asked this patient about allergies."] };

        (await clinic.SigningAsync(clinic.Asha, p => p.SignAsync(word, Cancellation))).Value();

        var entry = (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Single(e => e.Event == "prescription.sign");
        Assert.Equal(["status", "content_digest", "looked_at_by_the_doctor"], entry.Fields);
        var said = clinic.Clinic.Services.GetRequiredService<PhiCipher>().Reveal(new FieldAddress("audit_events", "new_values", entry.Id), entry.NewValues);
        Assert.Contains("Nobody has asked this patient about allergies.", said, StringComparison.Ordinal);
        await clinic.Clinic.AssertNowhereInTheTrailAsync("Nobody has asked");
    }

    [Fact]
    public async Task It_takes_the_password_and_the_version_that_was_read_and_its_own_doctor()
    {
        await using var clinic = await OpenAsync(databases);
        var old = await clinic.BegunAsync();
        var page = await clinic.WrittenAsync(Paracetamol());

        Assert.Equal("Password", (await clinic.SignAsync(page, "not the password")).Refusal?.Field);
        Assert.IsType<PrescriptionOvertaken>((await clinic.SignAsync(old)).Refusal);
        (await clinic.SignAsync(page, by: clinic.Nila)).AssertRefused(RefusalKind.Forbidden);
        (await clinic.SignAsync(page, by: clinic.Basu)).AssertRefused(RefusalKind.NotFound);
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        (await clinic.SignAsync(page, by: clinic.Basu)).AssertRefused(RefusalKind.Invalid);
        Assert.Equal(1, await clinic.Clinic.BehindAsync(db => db.Users.Where(u => u.Id == clinic.Asha.Id).Select(u => u.AccessFailedCount).SingleAsync(Cancellation)));
        Assert.Equal(PrescriptionStatus.Draft, (await clinic.ReadAsync(page.Id)).Status);
    }

    [Fact]
    public async Task Everything_that_is_open_is_named()
    {
        await using var clinic = await OpenAsync(databases);
        var empty = Assert.IsType<PrescriptionNotReady>((await clinic.SignAsync(await clinic.BegunAsync())).Refusal);
        Assert.Equal(OpenPointKind.NoMedicine, Assert.Single(empty.Open).Kind);

        var page = await clinic.WrittenAsync(Tablet("amlodipine", "5 mg", dose: "", frequency: "", duration: null), Tablet("cetirizine", "10 mg", frequency: "HS"));
        await clinic.Clinic.RunAsync("UPDATE formulary_medicines SET is_active = false WHERE id = 'cetirizine'");
        await clinic.Clinic.RunAsync("UPDATE users SET registration_number = NULL WHERE id = $1", clinic.Asha.Id);
        clinic.Forget();

        var open = Assert.IsType<PrescriptionNotReady>((await clinic.SignAsync(page)).Refusal).Open;

        Assert.Equal(
            [(OpenPointKind.Registration, null), (OpenPointKind.Missing, "Dose"), (OpenPointKind.Missing, "Frequency"), (OpenPointKind.Missing, "Quantity"), (OpenPointKind.Withdrawn, "MedicineId")],
            open.Where(o => o.Kind is not OpenPointKind.Finding).Select(o => (o.Kind, o.Field)));
        Assert.All(open.Where(o => o.Field is not null), o => Assert.Contains(o.LineId, page.Lines.Select(l => (Guid?)l.Id)));
    }

    [Fact]
    public async Task A_stranger_with_the_paper_is_told_who_signed_and_whether_it_is_unchanged_and_no_more()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        var verification = clinic.Clinic.Services.GetRequiredService<IPrescriptionVerification>();

        var verdict = await verification.VerifyAsync(signed.Signature!.Code, Cancellation);

        Assert.Equal(
            ("Asha Rao", "KMC 12345", PrescriptionStatus.Signed, true, false, signed.Signature.Digest, "Test Clinic"),
            (verdict!.SignedBy, verdict.RegistrationNumber, verdict.Status, verdict.IsUnchanged, verdict.IsReplaced, verdict.Digest, verdict.Practice));
        var said = verdict.ToString();
        Assert.DoesNotContain("Meera", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("paracetamol", said, StringComparison.OrdinalIgnoreCase);
        var forged = signed.Signature.Code[..^1] + (signed.Signature.Code[^1] == 'A' ? 'Q' : 'A');
        foreach (var code in new[] { null, "", "nonsense", new string('A', 46), forged, "' OR 1=1 --" })
        {
            Assert.Null(await verification.VerifyAsync(code, Cancellation));
        }
    }

    [Theory]
    [InlineData("UPDATE prescription_items SET dosage = '10 tablets'")]
    [InlineData("UPDATE prescription_items SET words = 'Take them all'")]
    [InlineData("UPDATE prescription_items SET quantity = '1000 tablets'")]
    [InlineData("UPDATE prescriptions SET notes = 'Something else'")]
    [InlineData("UPDATE prescriptions SET signer_name = 'Somebody Else'")]
    [InlineData("UPDATE prescriptions SET content_digest = repeat('0', 64)")]
    public async Task What_was_changed_behind_the_portals_back_is_told(string change)
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        await using var superuser = new NpgsqlConnection(clinic.Clinic.Connections.Superuser);
        await superuser.OpenAsync(Cancellation);
        await using var tamper = new NpgsqlCommand($"SET session_replication_role = replica; {change}", superuser);
        await tamper.ExecuteNonQueryAsync(Cancellation);

        var verdict = await clinic.Clinic.Services.GetRequiredService<IPrescriptionVerification>().VerifyAsync(signed.Signature!.Code, Cancellation);

        Assert.False(verdict!.IsUnchanged);
        Assert.False((await clinic.ReadAsync(signed.Id)).Signature!.Matches);
    }

    [Fact]
    public async Task A_serious_finding_is_signed_over_with_a_coded_reason_or_not_at_all()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Tablet("warfarin", "5 mg", frequency: "OD", duration: "30 days"), Tablet("ibuprofen", "400 mg", frequency: "TDS"));

        var refused = Assert.IsType<PrescriptionNotReady>((await clinic.SignAsync(page)).Refusal);
        Assert.All(refused.Open, point => Assert.Equal(OpenPointKind.Finding, point.Kind));
        var wrong = await clinic.SafetyAsync(clinic.Asha, s => s.OverrideAsync(Decision(page, refused.Open[0].FindingKey!, text: "no"), Cancellation));
        Assert.Equal("Text", wrong.Refusal?.Field);
        (await clinic.SafetyAsync(clinic.Asha, s => s.OverrideAsync(Decision(page, "no such finding"), Cancellation))).AssertRefused(RefusalKind.Conflict);
        foreach (var point in refused.Open)
        {
            Assert.IsType<PrescriptionNotReady>((await clinic.SignAsync(page)).Refusal);
            var safety = (await clinic.SafetyAsync(clinic.Asha, s => s.OverrideAsync(Decision(page, point.FindingKey!), Cancellation))).Value();
            Assert.Equal("INR will be taken on day 3", safety.Overridden[point.FindingKey!].Text);
        }

        var signed = (await clinic.SignAsync(page)).Value();

        var kept = (await clinic.SafetyAsync(clinic.Nila, s => s.OverridesAsync(signed.Id, Cancellation))).Value();
        Assert.Equal(refused.Open.Count, kept.Count);
        Assert.All(kept, k =>
        {
            Assert.Equal((OverrideReason.WillMonitor, "INR will be taken on day 3", "Asha Rao"), (k.Reason, k.Text, k.By));
            Assert.NotEmpty(k.Title);
            Assert.NotEmpty(k.DataVersion);
        });
        await Assert.ThrowsAsync<PostgresException>(() => clinic.Clinic.RunAsync("UPDATE prescription_findings SET reason_text = 'another' WHERE prescription_id = $1", signed.Id));
        Assert.Contains("prescription.override", (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Select(e => e.Event));
        await clinic.Clinic.AssertNowhereInTheTrailAsync("INR will be taken");
    }

    [Fact]
    public async Task Who_is_allergic_to_penicillin_gets_no_amoxicillin_without_a_written_reason()
    {
        await using var clinic = await OpenAsync(databases);
        await clinic.Clinic.Given.SaveAsync(new Allergy
        {
            Id = Guid.CreateVersion7(),
            PatientId = clinic.Meera,
            Substance = "Penicillin",
            Code = "penicillin",
            CodeSystem = CodeSystems.AllergyClasses,
            Category = "medication",
            RecordedAt = clinic.Clinic.Clock.Now,
        });
        await clinic.Clinic.RunAsync("UPDATE patients SET allergies_status = 'known' WHERE id = $1", clinic.Meera);
        var page = await clinic.WrittenAsync(new MedicineLineDraft { MedicineId = "amoxicillin", Form = "capsule", Strength = "500 mg", Dose = "1 cap", Frequency = "TDS", Duration = "5 days" });

        var open = Assert.IsType<PrescriptionNotReady>((await clinic.SignAsync(page)).Refusal).Open;

        Assert.Contains(open, point => point.Kind is OpenPointKind.Finding && point.LineId == page.Lines[0].Id && point.Words.Contains("enicillin", StringComparison.Ordinal));
        foreach (var point in open)
        {
            await clinic.SafetyAsync(clinic.Asha, s => s.OverrideAsync(Decision(page, point.FindingKey!, "Took it last year without a reaction"), Cancellation));
        }

        Assert.Equal(PrescriptionStatus.Signed, (await clinic.SignAsync(page)).Value().Status);
    }

    [Theory]
    [InlineData(TeleconsultMode.Text, false, "paracetamol", true)]
    [InlineData(TeleconsultMode.Audio, false, "amlodipine", false)]
    [InlineData(TeleconsultMode.Video, true, "amlodipine", true)]
    [InlineData(TeleconsultMode.Video, true, "tramadol", false)]
    public async Task A_teleconsultation_obeys_the_lists(TeleconsultMode mode, bool followUp, string medicine, bool allowed)
    {
        await using var clinic = await OpenAsync(databases);
        await clinic.Clinic.RunAsync("UPDATE encounters SET encounter_type = 'telemedicine' WHERE id = $1", clinic.Visit);
        await clinic.Clinic.RunAsync("UPDATE formulary_medicines SET schedule = 'NDPS', telemedicine_list = 'PROHIBITED' WHERE id = 'tramadol'");
        await clinic.Clinic.RunAsync("UPDATE formulary_medicines SET telemedicine_list = 'A' WHERE id = 'amlodipine'");
        clinic.Forget();
        var page = await clinic.WrittenAsync(new MedicineLineDraft { MedicineId = medicine, Form = "tablet", Dose = "1 tab", Frequency = "OD", Duration = "3 days" });
        Assert.Contains(Assert.IsType<PrescriptionNotReady>((await clinic.SignAsync(page)).Refusal).Open, o => o.Kind is OpenPointKind.Teleconsult);
        Assert.Equal("IsFollowUp", (await clinic.SignAsync(page, teleconsult: new Teleconsult(mode, true))).Refusal?.Field);
        await clinic.Clinic.Given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.At("09:00", -60));

        var answer = await clinic.SignAsync(page, teleconsult: new Teleconsult(mode, followUp));

        if (allowed)
        {
            Assert.Equal(new Teleconsult(mode, followUp), answer.Value().Teleconsult);
        }
        else
        {
            Assert.Contains("Telemedicine Practice Guidelines", Assert.Single(Assert.IsType<TeleconsultRefused>(answer.Refusal).Rules).Rule, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_course_counts_from_the_day_on_which_it_is_signed()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Paracetamol());
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(1);

        var signed = (await clinic.SignAsync(page)).Value();

        Assert.Equal((new DateOnly(2026, 11, 6), new DateOnly(2026, 11, 10)), (signed.ValidFrom, signed.Lines[0].EndsOn));
        Assert.True(signed.Signature!.Matches);
    }

    private static FindingOverride Decision(PrescriptionView page, string key, string text = "INR will be taken on day 3")
        => new(page.Id, page.PatientId, key, OverrideReason.WillMonitor, text);
}
