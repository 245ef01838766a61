using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Taking;
using DrAssistant.Portal.Tests.Patients.Merging;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Taking;

public sealed class WhatAPatientTakes(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_doctors_and_nurses_who_care_for_the_patient_and_every_reading_is_audited()
    {
        await using var clinic = await OpenAsync(databases);
        await clinic.SignedAsync();
        var (desk, admin) = (await clinic.Clinic.Given.ReceptionistAsync(), await clinic.Clinic.Given.AdminAsync());

        (await AskAsync(clinic, clinic.Basu)).AssertRefused(RefusalKind.NotFound);
        (await AskAsync(clinic, desk)).AssertRefused(RefusalKind.Forbidden);
        (await AskAsync(clinic, admin)).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IPrescriptions>().OfPatientAsync(new MedicationsQuery(clinic.Meera), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        Assert.Empty(await clinic.Clinic.TrailOfAsync(clinic.Basu));

        var read = (await AskAsync(clinic, clinic.Nila)).Value();

        Assert.Equal((1, 1, false), (read.Taken.Count, read.Prescriptions.Count, read.Prescriptions[0].IsMine));
        Assert.Equal("done", (await clinic.Clinic.OnlyEventOfAsync(clinic.Nila, "medications.read", clinic.Meera)).Outcome);
    }

    [Fact]
    public async Task is_shown_behind_broken_glass_and_no_longer_than_it_is_broken()
    {
        await using var clinic = await OpenAsync(databases);
        var line = Tablet("amlodipine", "5 mg", frequency: "OD", duration: null);
        line.Quantity = "30 tablets";
        await clinic.SignedAsync(line);
        clinic.Clinic.Clock.Now = TimeProvider.System.GetUtcNow(); // whether a glass is broken is asked of the database
        await using (var basu = clinic.Clinic.As(clinic.Basu))
        {
            (await basu.Get<IPatients>().BreakGlassAsync(clinic.Meera, "She collapsed in the waiting room", Cancellation)).Value();
        }

        Assert.Equal("Amlodipine", Assert.Single((await AskAsync(clinic, clinic.Basu)).Value().Taken).Name);

        await clinic.Clinic.RunAsync("UPDATE care_team SET until = now() - interval '1 second' WHERE user_id = $1", clinic.Basu.Id);
        (await AskAsync(clinic, clinic.Basu)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task says_how_since_when_until_when_by_whom_and_in_which_visit()
    {
        await using var clinic = await OpenAsync(databases);
        var today = clinic.Clinic.Days.Today;
        var first = Tablet("amlodipine", "5 mg", frequency: "OD", duration: "30 days");
        first.Brand = "Amlong";
        await clinic.SignedAsync(first);
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(2);
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Basu, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.InProgress);
        var again = await clinic.BegunAsync(clinic.Basu, visit);
        var more = Tablet("amlodipine", "10 mg", frequency: "OD", duration: "30 days");
        more.Instructions = "in the morning";
        again = (await clinic.AddAsync(again, more, clinic.Basu)).Value();
        foreach (var finding in (await clinic.SafetyAsync(clinic.Basu, s => s.CheckAsync(new DraftCheck(again.Id, clinic.Meera), Cancellation))).Value().Open)
        {
            (await clinic.SafetyAsync(clinic.Basu, s => s.OverrideAsync(
                new FindingOverride(again.Id, clinic.Meera, finding.Key, OverrideReason.WillMonitor, "The dose is doubled"), Cancellation))).Value();
        }

        (await clinic.SignAsync(again, by: clinic.Basu)).Value();

        var medicine = Assert.Single((await AskAsync(clinic, clinic.Asha)).Value().Taken);

        Assert.Equal(("Amlodipine", "10 mg", "tablet", null), (medicine.Name, medicine.Strength, medicine.Form, medicine.Brand));
        Assert.Equal((today, today.AddDays(2), today.AddDays(31)), (medicine.Since, medicine.PrescribedOn, medicine.EndsOn));
        Assert.Equal(("Basu Dev", visit, EncounterType.OfficeVisit, clinic.Clinic.Clock.Now), (medicine.DoctorName, medicine.EncounterId, medicine.VisitType, medicine.VisitStart));
        Assert.Equal((again.Id, again.Lines[0].Words, "in the morning", null), (medicine.PrescriptionId, medicine.How, medicine.Instructions, medicine.Stopped));
    }

    [Fact]
    public async Task leaves_what_was_stopped_with_its_reason_and_what_ended_with_its_day_the_last_first()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync(
            Paracetamol(), Tablet("amlodipine", "5 mg", frequency: "OD", duration: "30 days"), Tablet("cetirizine", "10 mg", frequency: "HS", duration: "3 days"));
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(4); // cetirizine has ended
        var at = clinic.Clinic.Clock.Now;
        (await clinic.SigningAsync(clinic.Asha, p => p.StopMedicineAsync(signed.Id, signed.Lines[1].Id, "Swollen ankles", Cancellation))).Value();

        var read = (await AskAsync(clinic, clinic.Asha)).Value();

        Assert.Equal(["Paracetamol"], read.Taken.Select(m => m.Name));
        Assert.Equal(["Amlodipine", "Cetirizine"], read.Past.Select(m => m.Name));
        Assert.Equal((at, "Asha Rao", "Swollen ankles"), (read.Past[0].Stopped!.At, read.Past[0].Stopped!.By, read.Past[0].StopReason));
        Assert.Equal((null, null, clinic.Clinic.Days.Today.AddDays(-2)), (read.Past[1].Stopped, read.Past[1].StopReason, read.Past[1].EndsOn));
        Assert.Equal(2, read.PastCount);
        var one = (await AskAsync(clinic, clinic.Asha, past: 1)).Value();
        Assert.Equal((1, 2), (one.Past.Count, one.PastCount));
    }

    [Fact]
    public async Task is_the_same_beside_the_note()
    {
        await using var clinic = await OpenAsync(databases);
        await clinic.SignedAsync(Paracetamol(), Tablet("warfarin", "3 mg", frequency: "1-0-0", duration: "30 days"), Tablet("warfarin", "2 mg", frequency: "0-0-1", duration: "2 days"));
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(3);
        await using var asha = clinic.Clinic.As(clinic.Asha);

        var beside = (await asha.Get<IPatientEssentials>().ReadAsync(clinic.Meera, null, Cancellation)).Value();
        var read = (await AskAsync(clinic, clinic.Asha)).Value();

        Assert.Equal(["Paracetamol", "Warfarin"], read.Taken.Select(m => m.Name));
        Assert.Equal(beside.Medicines.Select(m => m.ItemId).Order(), read.Taken.Select(m => m.ItemId).Order());
        Assert.Equal((1, "2 mg"), (beside.StoppedMedicines, Assert.Single(read.Past).Strength));
    }

    [Fact]
    public async Task has_every_prescription_with_what_became_of_it_the_newest_first_and_none_that_was_given_up()
    {
        await using var clinic = await OpenAsync(databases);
        var sent = await clinic.SignedAsync();
        (await clinic.SigningAsync(clinic.Asha, p => p.SendAsync(sent.Id, clinic.Meera, Cancellation))).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var wrong = await clinic.SignedAsync();
        (await clinic.SigningAsync(clinic.Asha, p => p.CancelAsync(wrong.Id, clinic.Meera, "A wrong dose", Cancellation))).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var old = await clinic.SignedAsync();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var taking = (await clinic.SigningAsync(clinic.Asha, p => p.ReplaceAsync(old.Id, clinic.Meera, null, Cancellation))).Value();
        (await clinic.SignAsync(taking)).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var up = await clinic.WrittenAsync(Paracetamol());
        (await clinic.SigningAsync(clinic.Asha, p => p.CancelAsync(up.Id, clinic.Meera, null, Cancellation))).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(1);
        var draft = await clinic.WrittenAsync(Paracetamol());

        var read = (await AskAsync(clinic, clinic.Nila)).Value();

        Assert.Equal([draft.Id, taking.Id, old.Id, wrong.Id, sent.Id], read.Prescriptions.Select(p => p.Id));
        Assert.Equal(
            [PrescriptionStatus.Draft, PrescriptionStatus.Signed, PrescriptionStatus.Cancelled, PrescriptionStatus.Cancelled, PrescriptionStatus.Sent],
            read.Prescriptions.Select(p => p.Status));
        Assert.Equal((taking.Id, old.Id), (read.Prescriptions[2].ReplacedById, read.Prescriptions[1].ReplacesId));
        Assert.Equal(("A wrong dose", "Asha Rao"), (read.Prescriptions[3].CancelReason, read.Prescriptions[3].Cancelled!.By));
        Assert.Equal([null, true, true, true, true], read.Prescriptions.Select(p => p.Number?.StartsWith("RX-", StringComparison.Ordinal)));
        var two = (await AskAsync(clinic, clinic.Nila, prescriptions: 2)).Value();
        Assert.Equal((2, 5), (two.Prescriptions.Count, two.PrescriptionCount));
        var sought = (await AskAsync(clinic, clinic.Nila, prescriptions: 2, sought: wrong.Id)).Value();
        Assert.Equal(wrong.Id, sought.Prescriptions[^1].Id);
        Assert.Equal(2, (await AskAsync(clinic, clinic.Nila, prescriptions: 2, sought: up.Id)).Value().Prescriptions.Count);
    }

    [Fact]
    public async Task of_two_records_that_were_merged_is_in_the_one_that_stays_until_that_is_undone()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        Assert.Single((await OfAsync(records, TwoRecords.Survivor)).Value().Prescriptions);
        var merge = await records.AskAsync();
        (await records.ApproveAsync(merge)).Value();

        var whole = (await OfAsync(records, TwoRecords.Survivor)).Value();

        Assert.Equal(2, whole.PrescriptionCount);
        Assert.All(whole.Prescriptions, p => Assert.Equal(TwoRecords.Survivor, p.PatientId));
        (await OfAsync(records, TwoRecords.Merged)).AssertRefused(RefusalKind.NotFound);

        (await records.UndoAsync(merge)).Value();
        Assert.Equal(1, (await OfAsync(records, TwoRecords.Survivor)).Value().PrescriptionCount);
        Assert.Equal(1, (await OfAsync(records, TwoRecords.Merged)).Value().PrescriptionCount);
    }

    private static async Task<Result<PatientMedications>> OfAsync(TwoRecords records, Guid patient)
    {
        await using var asha = records.As(records.Asha);
        return await asha.Get<IPrescriptions>().OfPatientAsync(new MedicationsQuery(patient), Cancellation);
    }

    private static Task<Result<PatientMedications>> AskAsync(PrescriptionClinic clinic, ClinicPerson person, int past = 10, int prescriptions = 20, Guid? sought = null)
        => clinic.AskAsync(person, p => p.OfPatientAsync(new MedicationsQuery(clinic.Meera, past, prescriptions, sought), Cancellation));
}
