using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients.Essentials;

public sealed class WhatStandsBesideTheNote(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_who_cares_for_the_patient_and_is_audited_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await CaringAsync(clinic);
        var (stranger, desk) = (await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.ReceptionistAsync());

        (await ReadAsync(clinic, stranger, meera)).AssertRefused(RefusalKind.NotFound);
        (await ReadAsync(clinic, desk, meera)).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IPatientEssentials>().ReadAsync(meera, null, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await clinic.AssertNothingHappenedAsync(stranger);

        var empty = (await ReadAsync(clinic, asha, meera)).Value();
        Assert.Equal((AllergiesStatus.NotAsked, 0, null, null, true), (empty.Allergies.Status, empty.Medicines.Count, empty.LastVisit, empty.LastNote, empty.NotesReachable));
        await clinic.OnlyEventOfAsync(asha, "essentials.read", meera);
    }

    [Fact]
    public async Task lists_each_medicine_once_as_long_as_it_is_taken()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await CaringAsync(clinic);
        await PrescribeAsync(clinic, asha, meera, "2026-05-02", PrescriptionStatus.Signed, ("Metformin 500 mg", null), ("Ibuprofen 400 mg", "2026-05-06"));
        await PrescribeAsync(clinic, asha, meera, "2026-08-12", PrescriptionStatus.Dispensed, ("Metformin 500 mg", "2026-11-30"), ("Amlodipine 5 mg", "2026-11-05"));
        await PrescribeAsync(clinic, asha, meera, "2026-11-05", PrescriptionStatus.Draft, ("Not signed", null));
        await PrescribeAsync(clinic, asha, meera, "2026-11-04", PrescriptionStatus.Cancelled, ("Never given", null));

        var read = (await ReadAsync(clinic, asha, meera)).Value();

        Assert.Equal(
            [("Amlodipine 5 mg", new DateOnly(2026, 8, 12)), ("Metformin 500 mg", new DateOnly(2026, 5, 2))], read.Medicines.Select(m => (m.Name, m.Since)));
        Assert.Equal((1, "Asha Rao"), (read.StoppedMedicines, read.Medicines[0].DoctorName));
    }

    [Fact]
    public async Task gives_the_last_signed_note_of_another_visit_with_what_it_said()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await CaringAsync(clinic);
        var august = await clinic.Given.EncounterAsync(asha, meera, clinic.At("10:00", -85), complaint: "Tired");
        var october = await clinic.Given.EncounterAsync(asha, meera, clinic.At("10:00", -20));
        var now = await clinic.Given.EncounterAsync(asha, meera, clinic.At("10:30"), EncounterStatus.InProgress);
        var content = new SoapContent
        {
            Assessment = new Assessment { Diagnoses = [new Diagnosis("Type 2 diabetes", "E11.9")], ClinicalImpression = "Two low sugars." },
            Plan = new Plan { Treatments = ["Stop glimepiride"], FollowUp = "HbA1c before the next visit" },
        };
        var signed = await clinic.Given.NoteAsync(asha, meera, august, content, clinic.At("10:20", -85), NoteStatus.Amended);
        await clinic.Given.NoteAsync(asha, meera, october, new SoapContent(), clinic.At("10:20", -20));
        await clinic.Given.NoteAsync(asha, meera, now, new SoapContent(), clinic.At("10:40"), NoteStatus.Signed);

        var read = (await ReadAsync(clinic, asha, meera, now)).Value();

        Assert.Equal((signed, august, NoteStatus.Amended), (read.LastNote!.NoteId, read.LastNote.EncounterId, read.LastNote.Status));
        Assert.Equal(["E11.9 Type 2 diabetes", "Two low sugars."], read.LastNote.Assessment);
        Assert.Equal(["Stop glimepiride", "HbA1c before the next visit"], read.LastNote.Plan);
        Assert.Equal(october, read.LastVisit!.EncounterId);
    }

    [Fact]
    public async Task says_that_the_notes_are_away_and_shows_the_rest()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await CaringAsync(clinic);
        var visit = await clinic.Given.EncounterAsync(asha, meera, clinic.At("10:00", -20));
        await clinic.Given.NoteAsync(asha, meera, visit, new SoapContent(), clinic.At("10:20", -20), NoteStatus.Signed);
        await clinic.Given.VitalAsync(meera, "8867-4", 72, "/min", clinic.At("10:00"));
        await using var owner = new NpgsqlConnection(clinic.Connections.Owner);
        await owner.OpenAsync(Cancellation);
        await using var away = new NpgsqlCommand("ALTER TABLE clinical_notes RENAME TO clinical_notes_away", owner);
        await away.ExecuteNonQueryAsync(Cancellation);

        var read = (await ReadAsync(clinic, asha, meera)).Value();

        Assert.Equal((false, null, visit, 72m), (read.NotesReachable, read.LastNote, read.LastVisit!.EncounterId, Assert.Single(read.Vitals).Value));
    }

    [Fact]
    public async Task shows_vitals_with_flag_and_change_allergies_results_tasks_and_problems_of_this_patient_alone()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera) = await CaringAsync(clinic);
        var ravi = await clinic.Given.PatientAsync("Ravi");
        await clinic.Given.CareAsync(asha, ravi);
        await clinic.Given.VitalAsync(meera, "29463-7", 56.2m, "kg", clinic.At("10:00", -85));
        await clinic.Given.VitalAsync(meera, "29463-7", 55.4m, "kg", clinic.At("10:00"));
        await clinic.Given.VitalAsync(meera, "8310-5", 38.2m, "Cel", clinic.At("10:00"));
        await clinic.Given.ResultAsync(asha, meera, "HbA1c", 7.6m, ResultFlag.High, clinic.At("09:00", -85), reviewedBy: asha);
        await clinic.Given.ResultAsync(asha, meera, "HbA1c", 8.1m, ResultFlag.High, clinic.At("09:00", -8));
        await clinic.Given.ResultAsync(asha, meera, "LDL", 92, at: clinic.At("09:00", -2), reviewedBy: asha, unit: "mg/dL");
        await clinic.Given.TaskAsync(asha, "Explain the diary", TaskPriority.Low, meera);
        await clinic.Given.TaskAsync(asha, "Retina photograph", TaskPriority.Urgent, meera);
        await clinic.Given.TaskAsync(asha, "Done already", TaskPriority.Urgent, meera, status: ClinicTaskStatus.Completed);
        await clinic.Given.ConditionAsync(meera, "Type 2 diabetes");
        await clinic.Given.ConditionAsync(meera, "type 2 Diabetes");
        await clinic.Given.SaveAsync(new Allergy { Id = Guid.CreateVersion7(), PatientId = meera, Substance = "Penicillins", Severity = AllergySeverity.Severe, RecordedAt = clinic.Clock.Now });
        await clinic.Given.TaskAsync(asha, "Another's", TaskPriority.Urgent, ravi);
        await clinic.Given.ConditionAsync(ravi, "Asthma");

        var read = (await ReadAsync(clinic, asha, meera)).Value();

        Assert.Equal(
            [(VitalSign.Temperature, 38.2m, ResultFlag.High, null), (VitalSign.Weight, 55.4m, ResultFlag.Unknown, (decimal?)-0.8m)],
            read.Vitals.Select(v => (v.Sign, v.Value, v.Flag, v.Change)));
        Assert.Equal([("HbA1c", "8.1", false), ("LDL", "92", true)], read.Results.Select(r => (r.Name, r.Value, r.Reviewed)));
        Assert.Equal([7.6m, 8.1m], read.Results[0].Trend);
        Assert.Equal(1, read.ResultsToReview);
        Assert.Equal(["Retina photograph", "Explain the diary"], read.Tasks.Select(t => t.Title));
        Assert.Equal("Type 2 diabetes", Assert.Single(read.Problems).Name);
        Assert.Equal("Penicillins", Assert.Single(read.Allergies.Active).Substance);
    }

    private static async Task<(ClinicPerson Asha, Guid Meera)> CaringAsync(ClinicUnderTest clinic)
    {
        var (asha, meera) = (await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync());
        await clinic.Given.CareAsync(asha, meera);
        return (asha, meera);
    }

    private static async Task<Result<PatientEssentials>> ReadAsync(ClinicUnderTest clinic, ClinicPerson person, Guid patient, Guid? visit = null)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IPatientEssentials>().ReadAsync(patient, visit, Cancellation);
    }

    private static async Task PrescribeAsync(
        ClinicUnderTest clinic, ClinicPerson doctor, Guid patient, string day, PrescriptionStatus status, params (string Name, string? EndsOn)[] items)
    {
        var from = DateOnly.Parse(day, null);
        var visit = await clinic.Given.EncounterAsync(doctor, patient, clinic.Days.At(from, new TimeOnly(10, 0)));
        var id = Guid.CreateVersion7();
        await clinic.Given.SaveAsync(new Prescription
        {
            Id = id,
            EncounterId = visit,
            PatientId = patient,
            DoctorId = doctor.Id,
            Status = status,
            ValidFrom = from,
            SignedAt = status is PrescriptionStatus.Draft ? null : clinic.Days.At(from, new TimeOnly(10, 15)),
            Items =
            [
                .. items.Select(item => new PrescriptionItem
                {
                    Id = Guid.CreateVersion7(),
                    PrescriptionId = id,
                    PatientId = patient,
                    MedicationName = item.Name,
                    Dosage = "1 tablet",
                    Frequency = "1-0-1",
                    EndsOn = item.EndsOn is { } ends ? DateOnly.Parse(ends, null) : null,
                }),
            ],
        });
    }
}
