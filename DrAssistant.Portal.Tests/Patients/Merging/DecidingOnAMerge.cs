using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Patients.Merging;

public sealed class DecidingOnAMerge(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_admins_and_asking_for_reception_and_for_doctors_who_care_for_both()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var draft = new MergeDraft(TwoRecords.Survivor, TwoRecords.Merged, new Dictionary<MergeField, MergeSide>(), "One card was shown for both");
        foreach (var (person, refusal) in new[] { (records.Nila, RefusalKind.Forbidden), (records.Admin, RefusalKind.Forbidden), (records.Basu, RefusalKind.NotFound) })
        {
            await using var acting = records.As(person);
            (await acting.Get<IPatientMerging>().CompareAsync(TwoRecords.Survivor, TwoRecords.Merged, Cancellation)).AssertRefused(refusal);
            (await acting.Get<IPatientMerging>().AskAsync(draft, Cancellation)).AssertRefused(refusal);
        }

        await using var asha = records.As(records.Asha); // cares for both
        Assert.Equal(2, (await asha.Get<IPatientMerging>().CompareAsync(TwoRecords.Survivor, TwoRecords.Merged, Cancellation)).Value().Survivor.Visits
            + (await asha.Get<IPatientMerging>().CompareAsync(TwoRecords.Survivor, TwoRecords.Merged, Cancellation)).Value().Merged.Visits);
        var merge = (await asha.Get<IPatientMerging>().AskAsync(draft, Cancellation)).Value();
        (await asha.Get<IPatientMerging>().ApproveAsync(merge, null, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await using var desk = records.As(records.Desk);
        (await desk.Get<IPatientMerging>().AskAsync(draft, Cancellation)).AssertRefused(RefusalKind.Conflict);
        (await desk.Get<IPatientMerging>().UndoAsync(merge, "Ten characters", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await desk.Get<IPatientMerging>().ListAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task shows_an_admin_the_two_records_while_it_concerns_them_and_nothing_else_of_anybody()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var other = await records.Clinic.Given.PatientAsync();
        Assert.Empty(await SidesAsync(records, TwoRecords.Survivor, other));
        var merge = await records.AskAsync();

        Assert.Single(await SidesAsync(records, TwoRecords.Survivor, other));
        await using var admin = records.As(records.Admin);
        Assert.NotNull((await admin.Get<IPatientMerging>().OpenAsync(merge, Cancellation)).Value().Comparison);
        var declined = (await admin.Get<IPatientMerging>().DeclineAsync(merge, "They have two fathers", Cancellation)).Value();

        Assert.Equal((MergeStatus.Declined, "They have two fathers"), (declined.Line.Status, declined.DecidedReason));
        Assert.Null(declined.Comparison);
        Assert.Empty(await SidesAsync(records, TwoRecords.Survivor, other));
        (await admin.Get<IPatientMerging>().ApproveAsync(merge, null, Cancellation)).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(1, await records.CountAsync("encounters", TwoRecords.Merged));
    }

    [Fact]
    public async Task needs_a_reason()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        await using var desk = records.As(records.Desk);
        await using var admin = records.As(records.Admin);
        var merge = await records.AskAsync();

        var asked = await desk.Get<IPatientMerging>().AskAsync(
            new MergeDraft(TwoRecords.Survivor, TwoRecords.Merged, new Dictionary<MergeField, MergeSide>(), " short "), Cancellation);
        Assert.Equal((RefusalKind.Invalid, "Reason"), (asked.Refusal!.Kind, asked.Refusal.Field));
        (await admin.Get<IPatientMerging>().DeclineAsync(merge, "", Cancellation)).AssertRefused(RefusalKind.Invalid);
        (await admin.Get<IPatientMerging>().UndoAsync(merge, "no", Cancellation)).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task says_in_words_what_stands_in_the_way_and_moves_nothing()
    {
        await using var records = await TwoRecords.OpenAsync(databases);
        var merge = await records.AskAsync();
        var given = records.Clinic.Given;
        await given.AppointmentAsync(records.Asha, TwoRecords.Survivor, "16:00", AppointmentStatus.Confirmed);
        await given.AppointmentAsync(records.Basu, TwoRecords.Merged, "16:10");

        var refused = await records.ApproveAsync(merge);

        Assert.Equal("Both have an appointment at 05-Nov-2026 16:10 (Asha and Basu). Move or cancel one of them, or mark it as a no-show, first.", refused.Refusal?.Message);
        Assert.Equal(1, await records.CountAsync("encounters", TwoRecords.Merged));

        await records.Clinic.RunAsync($"UPDATE appointments SET status = 'cancelled' WHERE patient_id = '{TwoRecords.Merged}' AND status = 'scheduled'");
        await records.Clinic.RunAsync($"""
            INSERT INTO encounters (id, doctor_id, patient_id, encounter_type, start_time) SELECT gen_random_uuid(), '{records.Asha.Id}', id, 'office_visit', now() FROM patients WHERE merged_into IS NULL
            """);
        Assert.Equal("Both have an open visit with Asha. End one of them first.", (await records.ApproveAsync(merge)).Refusal?.Message);
    }

    [Fact]
    public async Task takes_over_the_fields_that_were_chosen_and_gives_them_back()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var given = clinic.Given;
        var (desk, admin) = (await given.ReceptionistAsync(), await given.AdminAsync());
        var stays = await given.PatientAsync("Lakshmi", "Chaudhuri", "1980-03-14", contact: new PatientContact { Phone = "+919845011827" }, with: p => (p.Mrn, p.BloodGroup) = ("DA-10", "B+"));
        var goes = await given.PatientAsync("Laxmi", "Chowdhury", "1980-03-14", contact: new PatientContact
        {
            Phone = "+919845099999", AbhaNumber = "91438277654108", Address = new PostalAddress("27, 3rd Cross", City: "Bengaluru", Pin: "560038"),
        }, with: p => p.Mrn = "DA-11");
        await using var atDesk = clinic.As(desk);
        await using var asAdmin = clinic.As(admin);
        var merging = atDesk.Get<IPatientMerging>();

        var compared = (await merging.CompareAsync(stays, goes, Cancellation)).Value();
        Assert.Equal(["same birth date", "names sound alike"], compared.Alike);
        Assert.Equal(
            [(MergeField.Name, true, MergeSide.Survivor), (MergeField.Born, false, MergeSide.Survivor), (MergeField.Sex, false, MergeSide.Survivor),
                (MergeField.Mobile, true, MergeSide.Survivor), (MergeField.Abha, true, MergeSide.Merged), (MergeField.Address, true, MergeSide.Merged), (MergeField.BloodGroup, true, MergeSide.Survivor)],
            compared.Fields.Select(f => (f.Field, f.Differs, f.Proposed)));
        Assert.Equal(("14-Mar-1980 (46 y)", "XX-XXXX-XXXX-4108"), (compared.Fields[1].Survivor, compared.Fields[4].Merged));
        Assert.Equal("27, 3rd Cross, Bengaluru, 560038", compared.Fields[5].Merged);

        var merge = (await merging.AskAsync(new MergeDraft(stays, goes, new Dictionary<MergeField, MergeSide> { [MergeField.Mobile] = MergeSide.Merged }, "Same card, other number"), Cancellation)).Value();
        (await asAdmin.Get<IPatientMerging>().ApproveAsync(merge, null, Cancellation)).Value();

        var vault = asAdmin.Get<PatientVault>();
        var merged = vault.Reveal(await clinic.RowAsync<Patient>(stays));
        Assert.Equal(("+919845099999", "91438277654108", "27, 3rd Cross"), (merged.Phone, merged.AbhaNumber, merged.Address?.Line1));
        foreach (var asked in new[] { "91-4382-7765-4108", "9845099999", "99999", "DA-11", "laxmi chowdhury 1980" })
        {
            Assert.Equal(stays, Assert.Single((await atDesk.Get<IPatients>().FindAsync(asked, Cancellation)).Value()).Id);
        }

        // Somebody at the desk corrects the number afterwards: that is newer than the merge.
        await clinic.BehindAsync(async db =>
        {
            var row = await db.Patients.FindAsync([stays], Cancellation);
            vault.Seal(row!, merged with { Phone = "+919845000001" });
            return await db.SaveChangesAsync(Cancellation);
        });
        (await asAdmin.Get<IPatientMerging>().UndoAsync(merge, "Two people after all", Cancellation)).Value();

        var (one, other) = (vault.Reveal(await clinic.RowAsync<Patient>(stays)), vault.Reveal(await clinic.RowAsync<Patient>(goes)));
        Assert.Equal(("+919845000001", null, null), (one.Phone, one.AbhaNumber, one.Address?.Line1));
        Assert.Equal(("+919845099999", "91438277654108", "27, 3rd Cross"), (other.Phone, other.AbhaNumber, other.Address?.Line1));
        Assert.Equal(goes, Assert.Single((await atDesk.Get<IPatients>().FindAsync("91438277654108", Cancellation)).Value()).Id);
        await clinic.AssertNowhereInTheTrailAsync("91438277654108");
    }

    private static async Task<List<string>> SidesAsync(TwoRecords records, Guid one, Guid other)
    {
        var found = new List<string>();
        await using var connection = new NpgsqlConnection(records.Clinic.Connections.App);
        await connection.OpenAsync(Cancellation);
        foreach (var patient in new[] { one, other })
        {
            await using var command = new NpgsqlCommand($"SELECT set_config('app.user_id', '{records.Admin.Id}', false); SELECT details::text FROM merge_side('{patient}')", connection);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            await reader.NextResultAsync(Cancellation);
            while (await reader.ReadAsync(Cancellation))
            {
                Assert.DoesNotContain("allerg", reader.GetString(0), StringComparison.OrdinalIgnoreCase);
                found.Add(reader.GetString(0));
            }
        }

        return found;
    }
}
