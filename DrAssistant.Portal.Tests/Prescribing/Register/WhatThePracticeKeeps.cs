using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Register;

public sealed class WhatThePracticeKeeps(ClinicDatabase databases)
{
    private static readonly DateOnly Today = new(2026, 11, 5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_register_has_every_h1_medicine_that_was_signed_whoevers_patient_it_is()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync(Paracetamol(), Tablet("alprazolam", "0.25 mg", frequency: "HS"));
        await clinic.WrittenAsync(Tablet("tramadol", "50 mg", frequency: "BD"));

        var register = (await H1Async(clinic, clinic.Basu)).Value();

        var entry = Assert.Single(register.Entries);
        Assert.Equal(
            (signed.Id, "Asha Rao", "KMC 12345", "NAIR, Meera", "Alprazolam", "0.25 mg", "5\u00A0tablets", null),
            (entry.PrescriptionId, entry.Prescriber, entry.RegistrationNumber, entry.Patient, entry.Medicine, entry.Strength, entry.Quantity, entry.CancelledAt));
        var read = await clinic.Clinic.OnlyEventOfAsync(clinic.Basu, "h1-register.read");
        read.AssertShown(clinic.Meera);
        await clinic.SigningAsync(clinic.Asha, p => p.CancelAsync(signed.Id, signed.PatientId, "The wrong strength", Cancellation));
        Assert.NotNull(Assert.Single((await H1Async(clinic, clinic.Asha, export: true)).Value().Entries).CancelledAt);
        Assert.Contains("h1-register.export", (await clinic.Clinic.TrailOfAsync(clinic.Asha)).Select(e => e.Event));
        Assert.Empty((await H1Async(clinic, clinic.Asha, from: Today.AddDays(1), to: Today.AddDays(2))).Value().Entries);
    }

    [Fact]
    public async Task The_register_is_the_doctors_and_bounded()
    {
        await using var clinic = await OpenAsync(databases);
        foreach (var person in new[] { clinic.Nila, await clinic.Clinic.Given.ReceptionistAsync(), await clinic.Clinic.Given.AdminAsync() })
        {
            (await H1Async(clinic, person)).AssertRefused(RefusalKind.Forbidden);
        }

        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IPrescriptionRegister>().H1Async(new H1Query(Today, Today), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await H1Async(clinic, clinic.Asha, from: Today, to: Today.AddDays(-1))).AssertRefused(RefusalKind.Invalid);
        (await H1Async(clinic, clinic.Asha, from: Today, to: Today.AddDays(366))).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task An_admin_learns_how_often_a_finding_was_signed_over_and_of_no_patient()
    {
        await using var clinic = await OpenAsync(databases);
        var admin = await clinic.Clinic.Given.AdminAsync();
        await OverriddenAsync(clinic);
        var heeded = await clinic.WrittenAsync(Tablet("warfarin", "5 mg", frequency: "OD", duration: "30 days"), Tablet("ibuprofen", "400 mg", frequency: "TDS"));
        var findings = (await clinic.SafetyAsync(clinic.Asha, s => s.CheckAsync(new DraftCheck(heeded.Id, heeded.PatientId), Cancellation))).Value().Report.Findings.Count(f => f.Interrupts);
        Assert.NotEqual(0, findings);
        var still = (await RatesAsync(clinic, admin)).Value();
        await clinic.SigningAsync(clinic.Asha, p => p.CancelAsync(heeded.Id, heeded.PatientId, null, Cancellation));

        var rates = (await RatesAsync(clinic, admin)).Value();

        Assert.Equal(still.Shown + findings, rates.Shown);
        Assert.Equal(still.Overridden, rates.Overridden);
        Assert.True(rates.Overridden > 0);
        Assert.All(rates.Counts, c => Assert.Equal((clinic.Asha.Id, "Asha Rao"), (c.DoctorId, c.Doctor)));
        Assert.Contains(rates.Counts, c => c.Kind == "interaction" && c.Overridden > 0);
        (await RatesAsync(clinic, clinic.Asha)).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IPrescriptionRegister>().OverridesAsync(Today, Today, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        Assert.Equal(["override-rates.read", "override-rates.read"], (await clinic.Clinic.TrailOfAsync(admin)).Select(e => e.Event));
    }

    private static async Task OverriddenAsync(PrescriptionClinic clinic)
    {
        var signed = await clinic.SignedAsync(Tablet("warfarin", "5 mg", frequency: "OD", duration: "30 days"), Tablet("ibuprofen", "400 mg", frequency: "TDS"));
        foreach (var line in signed.Lines)
        {
            await clinic.SigningAsync(clinic.Asha, p => p.StopMedicineAsync(signed.Id, line.Id, "Enough of it", Cancellation));
        }
    }

    private static Task<Result<H1Register>> H1Async(PrescriptionClinic clinic, ClinicPerson person, DateOnly? from = null, DateOnly? to = null, bool export = false)
        => clinic.RegisterAsync(person, r => r.H1Async(new H1Query(from ?? Today, to ?? from ?? Today, export), Cancellation));

    private static Task<Result<OverrideRates>> RatesAsync(PrescriptionClinic clinic, ClinicPerson person)
        => clinic.RegisterAsync(person, r => r.OverridesAsync(Today, Today, Cancellation));
}
