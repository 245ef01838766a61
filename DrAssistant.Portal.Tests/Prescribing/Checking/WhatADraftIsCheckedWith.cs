using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Checking;

public sealed class WhatADraftIsCheckedWith(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_gathered_from_the_record_in_one_round_trip()
    {
        await using var clinic = await OpenAsync(databases);
        var given = clinic.Clinic.Given;
        await given.VitalAsync(clinic.Meera, "29463-7", 60, "kg", clinic.Clinic.At("09:00", -30));
        await given.VitalAsync(clinic.Meera, "29463-7", 54.5m, "kg", clinic.Clinic.At("09:00", -2));
        await given.VitalAsync(clinic.Meera, "29463-7", 545m, "kg", clinic.Clinic.At("10:00", -1), status: RecordStatus.EnteredInError);
        await given.ResultAsync(clinic.Asha, clinic.Meera, "98979-8", 41, at: clinic.Clinic.At("09:00", -10), unit: "mL/min/{1.73_m2}");
        await given.ConditionAsync(clinic.Meera, "Pregnancy");
        await clinic.Clinic.RunAsync("UPDATE conditions SET code = 'Z34.0' WHERE patient_id = $1", clinic.Meera);
        await given.SaveAsync(
            new Allergy { Id = Guid.CreateVersion7(), PatientId = clinic.Meera, Substance = "Penicillin", Code = "penicillin", RecordedAt = clinic.Clinic.Clock.Now },
            new Allergy { Id = Guid.CreateVersion7(), PatientId = clinic.Meera, Substance = "Dust", RecordedAt = clinic.Clinic.Clock.Now, Status = AllergyStatus.Inactive });
        await clinic.Clinic.RunAsync("UPDATE patients SET allergies_status = 'known' WHERE id = $1", clinic.Meera);
        var earlier = await clinic.SignedAsync(Tablet("amlodipine", "5 mg", frequency: "OD", duration: "90 days"), Tablet("cetirizine", "10 mg", frequency: "HS"));
        await clinic.SigningAsync(clinic.Asha, p => p.StopMedicineAsync(earlier.Id, earlier.Lines[1].Id, "Drowsy", Cancellation));
        var page = await clinic.WrittenAsync(Paracetamol());
        await using var asha = clinic.Clinic.As(clinic.Asha);
        var facts = asha.Get<SafetyFacts>();
        await facts.ReadAsync(page.Id, Cancellation);
        using var trips = new RoundTrips();

        var known = (await facts.ReadAsync(page.Id, Cancellation))!;

        Assert.Equal(1, trips.Count);
        Assert.Equal((new DateOnly(1980, 2, 1), Gender.Female, 54.5m, new DateOnly(2026, 11, 3)), (known.Person.Born, known.Person.Sex, known.Person.WeightKg, known.Person.WeighedOn));
        Assert.Equal((PregnancyState.Pregnant, 41m, null, new DateOnly(2026, 10, 26)), (known.Person.Pregnancy, known.Person.Egfr, known.Person.CreatinineMgDl, known.Person.KidneyMeasuredOn));
        Assert.Equal((AllergiesStatus.Known, "Penicillin"), (known.Allergies.Status, Assert.Single(known.Allergies.Known).Substance));
        Assert.Equal([("amlodipine", null), ("cetirizine", new DateOnly(2026, 11, 5))], known.Active.OrderBy(a => a.MedicineId).Select(a => (a.MedicineId, a.StoppedOn)));
        Assert.All(known.Active, a => Assert.NotNull(a.Sig));
        Assert.Equal("paracetamol", Assert.Single(known.Lines).MedicationCode);
    }

    [Fact]
    public async Task Creatinine_counts_where_it_is_the_later_value_and_comes_in_the_units_of_the_check()
    {
        await using var clinic = await OpenAsync(databases);
        await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, "98979-8", 80, at: clinic.Clinic.At("09:00", -100), unit: "mL/min/{1.73_m2}");
        await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, "14682-9", 176.84m, at: clinic.Clinic.At("09:00", -1), unit: "umol/L");

        var safety = await CheckAsync(clinic, clinic.Asha, await clinic.WrittenAsync(Paracetamol()));

        Assert.Equal((null, 2m), (safety.Value().Facts.Egfr, safety.Value().Facts.CreatinineMgDl));
    }

    [Fact]
    public async Task Lines_that_are_being_typed_are_checked_before_they_are_saved()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Tablet("warfarin", "5 mg", frequency: "OD", duration: "30 days"));
        var typed = Tablet("ibuprofen", "400 mg", dose: "a bit", frequency: "");

        var without = (await CheckAsync(clinic, clinic.Asha, page)).Value();
        var with = (await CheckAsync(clinic, clinic.Asha, page, typed)).Value();

        Assert.DoesNotContain(without.Report.Findings, f => f.Kind is SafetyKind.Interaction);
        Assert.Contains(with.Report.Findings, f => f.Kind is SafetyKind.Interaction && f.Interrupts && (f.Line == typed.Id.ToString() || f.Against == typed.Id.ToString()));
        Assert.NotEmpty(with.Open);
        Assert.Single((await clinic.ReadAsync(page.Id)).Lines);

        // In the place of the saved line, not beside it.
        var instead = Tablet("paracetamol", "650 mg");
        var replaced = (await CheckAsync(clinic, clinic.Asha, page, SameLine(page.Lines[0].Id, instead), typed)).Value();
        Assert.DoesNotContain(replaced.Report.Findings, f => f.Kind is SafetyKind.Interaction && f.Interrupts);
    }

    [Fact]
    public async Task Only_who_prescribes_for_this_patient_is_answered()
    {
        await using var clinic = await OpenAsync(databases);
        var page = await clinic.WrittenAsync(Paracetamol());

        (await CheckAsync(clinic, clinic.Nila, page)).AssertRefused(RefusalKind.Forbidden);
        (await CheckAsync(clinic, clinic.Basu, page)).AssertRefused(RefusalKind.NotFound);
        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IPrescriptionSafety>().CheckAsync(new DraftCheck(page.Id, page.PatientId), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await clinic.SafetyAsync(clinic.Asha, s => s.CheckAsync(new DraftCheck(page.Id, Guid.CreateVersion7()), Cancellation))).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(["prescription.begin", "prescription.line"], (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Select(e => e.Event));
        await CheckAsync(clinic, clinic.Asha, page);
        Assert.Equal("prescription.check", (await clinic.Clinic.TrailOfAsync(clinic.Asha))[^1].Event);
    }

    private static Task<Result<DraftSafety>> CheckAsync(PrescriptionClinic clinic, ClinicPerson person, PrescriptionView page, params MedicineLineDraft[] typed)
        => clinic.SafetyAsync(person, s => s.CheckAsync(new DraftCheck(page.Id, page.PatientId, typed), Cancellation));

    private static MedicineLineDraft SameLine(Guid id, MedicineLineDraft line) => new()
    {
        Id = id, MedicineId = line.MedicineId, Form = line.Form, Strength = line.Strength, Dose = line.Dose, Frequency = line.Frequency, Duration = line.Duration,
    };
}
