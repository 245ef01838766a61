using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static DrAssistant.Portal.Tests.Prescribing.PrescriptionClinic;

namespace DrAssistant.Portal.Tests.Prescribing.Signing;

public sealed class WhatBecomesOfAPrescription(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_sent_then_dispensed_and_no_step_is_left_out()
    {
        await using var clinic = await OpenAsync(databases);
        var draft = await clinic.WrittenAsync(Paracetamol());
        (await SendAsync(clinic, draft)).AssertRefused(RefusalKind.Conflict);
        var signed = (await clinic.SignAsync(draft)).Value();
        (await DispenseAsync(clinic, signed)).AssertRefused(RefusalKind.Conflict);

        var sent = (await SendAsync(clinic, signed)).Value();
        (await SendAsync(clinic, signed)).AssertRefused(RefusalKind.Conflict);
        var dispensed = (await DispenseAsync(clinic, signed)).Value();

        Assert.Equal((PrescriptionStatus.Sent, "Asha Rao", clinic.Clinic.Clock.Now), (sent.Status, sent.Sent?.By, sent.Sent?.At));
        Assert.Equal((PrescriptionStatus.Dispensed, true), (dispensed.Status, dispensed.Signature!.Matches));
        (await CancelAsync(clinic, signed, "The patient is allergic")).AssertRefused(RefusalKind.Conflict);
        (await clinic.SigningAsync(clinic.Nila, p => p.SendAsync(signed.Id, signed.PatientId, Cancellation))).AssertRefused(RefusalKind.Forbidden);
        (await clinic.SigningAsync(clinic.Basu, p => p.SendAsync(signed.Id, signed.PatientId, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.SigningAsync(clinic.Asha, p => p.SendAsync(signed.Id, Guid.CreateVersion7(), Cancellation))).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task It_is_cancelled_with_a_reason_by_a_colleague_too()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync();
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        Assert.Equal("Reason", (await CancelAsync(clinic, signed, " ")).Refusal?.Field);
        Assert.Equal("Reason", (await CancelAsync(clinic, signed, new string('x', 256))).Refusal?.Field);

        var cancelled = (await CancelAsync(clinic, signed, "The patient is allergic", clinic.Basu)).Value();

        Assert.Equal((PrescriptionStatus.Cancelled, "The patient is allergic", "Basu Dev", true), (cancelled.Status, cancelled.CancelReason, cancelled.Cancelled?.By, cancelled.Signature!.Matches));
        var verdict = await clinic.Clinic.Services.GetRequiredService<IPrescriptionVerification>().VerifyAsync(signed.Signature!.Code, Cancellation);
        Assert.Equal((PrescriptionStatus.Cancelled, true, false), (verdict!.Status, verdict.IsUnchanged, verdict.IsReplaced));
        Assert.Empty(await MedicinesAsync(clinic));
    }

    [Fact]
    public async Task A_draft_is_given_up_without_a_reason_by_its_doctor_alone()
    {
        await using var clinic = await OpenAsync(databases);
        var draft = await clinic.WrittenAsync(Paracetamol());
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        (await CancelAsync(clinic, draft, "I would not", clinic.Basu)).AssertRefused(RefusalKind.Invalid);

        Assert.Single(await OnTheTimelineAsync(clinic));
        Assert.Equal(PrescriptionStatus.Cancelled, (await CancelAsync(clinic, draft, null)).Value().Status);

        Assert.Empty(await OnTheTimelineAsync(clinic));
        Assert.NotEqual(draft.Id, (await clinic.BegunAsync()).Id);
    }

    [Fact]
    public async Task It_is_replaced_by_one_that_names_it_and_cancelled_in_the_same_moment()
    {
        await using var clinic = await OpenAsync(databases);
        var old = await clinic.SignedAsync(Tablet("alprazolam", "0.25 mg", frequency: "HS"), Paracetamol());
        await clinic.BegunAsync();

        var draft = (await ReplaceAsync(clinic, old)).Value();
        Assert.Equal(draft.Id, (await ReplaceAsync(clinic, old)).Value().Id);
        Assert.Equal((PrescriptionStatus.Draft, old.Id), (draft.Status, draft.ReplacesId));
        Assert.Equal(old.Lines.Select(l => (l.MedicineId, l.Words, l.Quantity)), draft.Lines.Select(l => (l.MedicineId, l.Words, l.Quantity)));
        Assert.Equal(PrescriptionStatus.Signed, (await clinic.ReadAsync(old.Id)).Status);
        draft = (await clinic.AskAsync(clinic.Asha, p => p.RemoveLineAsync(Act(draft), draft.Lines[1].Id, Cancellation))).Value();
        var signed = (await clinic.SignAsync(draft)).Value();

        var gone = await clinic.ReadAsync(old.Id);
        Assert.Equal((PrescriptionStatus.Cancelled, signed.Id, true), (gone.Status, gone.ReplacedById, gone.Signature!.Matches));
        var verdict = await clinic.Clinic.Services.GetRequiredService<IPrescriptionVerification>().VerifyAsync(old.Signature!.Code, Cancellation);
        Assert.True(verdict!.IsReplaced);
        Assert.Equal(["Alprazolam 0.25 mg tablet"], (await MedicinesAsync(clinic)).Select(m => m.Name));
        (await ReplaceAsync(clinic, old)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task What_is_dispensed_meanwhile_is_not_replaced()
    {
        await using var clinic = await OpenAsync(databases);
        var old = await clinic.SignedAsync();
        var draft = (await ReplaceAsync(clinic, old)).Value();
        await SendAsync(clinic, old);
        await DispenseAsync(clinic, old);

        (await clinic.SignAsync(draft)).AssertRefused(RefusalKind.Conflict);

        Assert.Equal(PrescriptionStatus.Dispensed, (await clinic.ReadAsync(old.Id)).Status);
        Assert.Equal(PrescriptionStatus.Draft, (await clinic.ReadAsync(draft.Id)).Status);
        (await ReplaceAsync(clinic, old)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task An_open_draft_is_finished_before_anything_is_replaced()
    {
        await using var clinic = await OpenAsync(databases);
        var old = await clinic.SignedAsync();
        await clinic.WrittenAsync(Paracetamol());

        (await ReplaceAsync(clinic, old)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task A_colleague_replaces_it_in_a_visit_of_their_own()
    {
        await using var clinic = await OpenAsync(databases);
        var old = await clinic.SignedAsync();
        var visit = await clinic.Clinic.Given.EncounterAsync(clinic.Basu, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.InProgress);
        (await ReplaceAsync(clinic, old, clinic.Basu)).AssertRefused(RefusalKind.Invalid);

        var draft = (await ReplaceAsync(clinic, old, clinic.Basu, visit)).Value();
        var signed = (await clinic.SignAsync(draft, by: clinic.Basu)).Value();

        Assert.Equal((visit, "Basu Dev", old.Id), (signed.EncounterId, signed.Signature!.Name, signed.ReplacesId));
        Assert.Equal(PrescriptionStatus.Cancelled, (await clinic.ReadAsync(old.Id)).Status);
    }

    [Fact]
    public async Task One_medicine_is_stopped_and_the_paper_stays()
    {
        await using var clinic = await OpenAsync(databases);
        var signed = await clinic.SignedAsync(Paracetamol(), Tablet("amlodipine", "5 mg", frequency: "OD", duration: "30 days"));
        var amlodipine = signed.Lines[1].Id;
        Assert.Equal("Reason", (await StopAsync(clinic, signed, amlodipine, "")).Refusal?.Field);
        Assert.Equal(2, (await MedicinesAsync(clinic)).Count);

        var stopped = (await StopAsync(clinic, signed, amlodipine, "Swollen ankles")).Value();

        Assert.Equal(("Swollen ankles", "Asha Rao", true), (stopped.Lines[1].StopReason, stopped.Lines[1].Stopped?.By, stopped.Signature!.Matches));
        (await StopAsync(clinic, signed, amlodipine, "Swollen ankles")).AssertRefused(RefusalKind.Conflict);
        (await StopAsync(clinic, signed, Guid.CreateVersion7(), "Swollen ankles")).AssertRefused(RefusalKind.NotFound);
        Assert.Equal(["Paracetamol"], (await MedicinesAsync(clinic)).Select(m => m.Name.Split(' ')[0]));
    }

    [Fact]
    public async Task Two_strengths_of_one_medicine_in_one_prescription_are_both_taken_and_the_next_prescription_counts()
    {
        await using var clinic = await OpenAsync(databases);
        await clinic.SignedAsync(Tablet("warfarin", "3 mg", frequency: "1-0-0", duration: "30 days"), Tablet("warfarin", "2 mg", frequency: "0-0-1", duration: "30 days"));
        Assert.Equal(["Warfarin 2 mg tablet", "Warfarin 3 mg tablet"], (await MedicinesAsync(clinic)).Select(m => m.Name));
        clinic.Clinic.Clock.Now += TimeSpan.FromHours(1);

        await clinic.SignedAsync(Tablet("warfarin", "5 mg", frequency: "1-0-0", duration: "30 days"));

        Assert.Equal(["Warfarin 5 mg tablet"], (await MedicinesAsync(clinic)).Select(m => m.Name));
    }

    [Fact]
    public async Task Open_pages_hear_of_it()
    {
        await using var clinic = await OpenAsync(databases);
        var heard = new TaskCompletionSource<DayChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = clinic.Clinic.Services.GetRequiredService<IDayFeed>().Listen(clinic.Asha.Id, change =>
        {
            if (change.Kind == "prescription.changed")
            {
                heard.TrySetResult(change);
            }

            return Task.CompletedTask;
        });

        var signed = await clinic.SignedAsync();
        while (await clinic.Clinic.RelayAsync() > 0)
        {
        }

        var change = await heard.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal((signed.Id, clinic.Meera, null), (change.SubjectId, change.PatientId, change.UserId));
    }

    private static Task<Result<PrescriptionView>> SendAsync(PrescriptionClinic clinic, PrescriptionView page)
        => clinic.SigningAsync(clinic.Asha, p => p.SendAsync(page.Id, page.PatientId, Cancellation));

    private static Task<Result<PrescriptionView>> DispenseAsync(PrescriptionClinic clinic, PrescriptionView page)
        => clinic.SigningAsync(clinic.Asha, p => p.DispenseAsync(page.Id, page.PatientId, Cancellation));

    private static Task<Result<PrescriptionView>> CancelAsync(PrescriptionClinic clinic, PrescriptionView page, string? reason, ClinicPerson? by = null)
        => clinic.SigningAsync(by ?? clinic.Asha, p => p.CancelAsync(page.Id, page.PatientId, reason, Cancellation));

    private static Task<Result<PrescriptionView>> ReplaceAsync(PrescriptionClinic clinic, PrescriptionView page, ClinicPerson? by = null, Guid? visit = null)
        => clinic.SigningAsync(by ?? clinic.Asha, p => p.ReplaceAsync(page.Id, page.PatientId, visit, Cancellation));

    private static Task<Result<PrescriptionView>> StopAsync(PrescriptionClinic clinic, PrescriptionView page, Guid line, string reason)
        => clinic.SigningAsync(clinic.Asha, p => p.StopMedicineAsync(page.Id, line, reason, Cancellation));

    private static async Task<List<TimelineEntry>> OnTheTimelineAsync(PrescriptionClinic clinic)
    {
        await using var asha = clinic.Clinic.As(clinic.Asha);
        var page = (await asha.Get<IPatientTimeline>().PageAsync(clinic.Meera, TimelineFilter.All, null, Cancellation)).Value();
        return [.. page.Visits.SelectMany(v => v.Entries).Where(e => e.Kind is TimelineKind.Prescription)];
    }

    private static async Task<IReadOnlyList<ActiveMedicine>> MedicinesAsync(PrescriptionClinic clinic)
    {
        await using var asha = clinic.Clinic.As(clinic.Asha);
        return (await asha.Get<IPatientEssentials>().ReadAsync(clinic.Meera, null, Cancellation)).Value().Medicines;
    }
}
