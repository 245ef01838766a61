using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class EditingAPatient(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task opens_what_was_registered_and_is_in_the_trail()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        var other = await clinic.Given.ReceptionistAsync("Kavita Joshi");
        await using var acting = clinic.As(other);

        var draft = (await acting.Get<IRegistration>().OpenAsync(id, Cancellation)).Value().Draft;

        Assert.False(draft.HasChanges);
        foreach (var field in Enum.GetValues<PatientField>().Except([PatientField.Allergies, PatientField.Mobile, PatientField.ContactPhone, PatientField.Pin, PatientField.Consent]))
        {
            Assert.Equal(Drafts.Full().TextOf(field), draft.TextOf(field));
        }

        Assert.Equal(("+91 98450 11827", "+91 98450 11828", "560038"), (draft[PatientField.Mobile], draft[PatientField.ContactPhone], draft[PatientField.Pin]));
        await clinic.OnlyEventOfAsync(other, "patient.read", id);
        Assert.NotEqual(devi.Id, other.Id);
    }

    [Fact]
    public async Task writes_what_changed_and_its_trail_and_tells_the_open_pages()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        await using var acting = clinic.As(devi);
        var record = (await acting.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        record.Draft[PatientField.FullName] = "Zubeida Khan";
        record.Draft[PatientField.Mobile] = "90000 54321";
        var owed = (await clinic.OwedAsync()).Count;

        var saved = (await acting.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).Value();

        Assert.NotEqual(record.Version, saved.Version);
        Assert.Equal(("KHAN, Zubeida", "+91 90000 54321"), (saved.Name.Listed, saved.Draft[PatientField.Mobile]));
        var entry = (await clinic.TrailOfAsync(devi))[^1];
        Assert.Equal("patient.edit", entry.Event);
        Assert.Equal(["full_name", "mobile"], entry.Fields);
        Assert.Equal(owed + 1, (await clinic.OwedAsync()).Count);
        await clinic.AssertNowhereInTheTrailAsync("Zubeida");
        Assert.Equal([id], (await acting.Get<IPatients>().FindAsync("Zubaida", Cancellation)).Value().Select(h => h.Id));
        Assert.Empty((await acting.Get<IPatients>().FindAsync("Lakshmi", Cancellation)).Value());
        Assert.Equal([id], (await acting.Get<IPatients>().FindAsync("9000054321", Cancellation)).Value().Select(h => h.Id));
    }

    [Fact]
    public async Task without_a_change_writes_nothing()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        await using var acting = clinic.As(devi);
        var record = (await acting.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();

        (await acting.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).Value();

        await clinic.AssertTrailAsync(devi, "patient.register", "patient.read");
    }

    [Fact]
    public async Task of_what_an_import_brought_keeps_what_the_form_would_not_take()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var id = await clinic.Given.PatientAsync(contact: new PatientContact
        {
            Phone = "555-0100",
            Address = new PostalAddress("1 Main Street", "Flat 2", "Boston", null, "MA", "02115", "US"),
            EmergencyContact = new EmergencyContact("A Friend", "friend", "555-0101"),
        });
        await using var acting = clinic.As(await clinic.Given.ReceptionistAsync());
        var record = (await acting.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        record.Draft[PatientField.Email] = "meera@example.org";

        (await acting.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).Value();

        var contact = acting.Get<PatientVault>().Reveal(await clinic.RowAsync<Patient>(id));
        Assert.Equal(("555-0100", "meera@example.org"), (contact.Phone, contact.Email));
        Assert.Equal(new PostalAddress("1 Main Street", "Flat 2", "Boston", null, "MA", "02115", "US"), contact.Address);
        Assert.Equal("555-0101", contact.EmergencyContact?.Phone);
    }

    [Fact]
    public async Task after_somebody_else_is_told_who_changed_what_and_loses_nothing()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        await using var first = clinic.As(await clinic.Given.ReceptionistAsync("Kavita Joshi"));
        await using var second = clinic.As(devi);
        var theirs = (await first.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        var mine = (await second.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        theirs.Draft[PatientField.Mobile] = "90000 11111";
        theirs.Draft[PatientField.Town] = "Mysuru";
        mine.Draft[PatientField.Mobile] = "90000 22222";
        mine.Draft[PatientField.Email] = "new@example.org";
        (await first.Get<IRegistration>().SaveAsync(id, theirs.Draft, theirs.Version, Cancellation)).Value();

        var changed = Assert.IsType<PatientChanged>((await second.Get<IRegistration>().SaveAsync(id, mine.Draft, mine.Version, Cancellation)).Refusal);

        Assert.StartsWith("Kavita Joshi saved this record at ", changed.Message, StringComparison.Ordinal);
        Assert.Equal(
            [(PatientField.Mobile, "+91 98450 11827", "+91 90000 11111", "90000 22222", true), (PatientField.Town, "Bengaluru", "Mysuru", "Bengaluru", false)],
            changed.Differences.Select(d => (d.Field, d.Before, d.Theirs, d.Yours, d.BothChanged)));

        mine.Draft.Rebase(changed);
        Assert.Equal(("90000 22222", "Mysuru", "new@example.org"), (mine.Draft[PatientField.Mobile], mine.Draft[PatientField.Town], mine.Draft[PatientField.Email]));
        var saved = (await second.Get<IRegistration>().SaveAsync(id, mine.Draft, changed.Now.Version, Cancellation)).Value();
        Assert.Equal(("+91 90000 22222", "Mysuru", "new@example.org"), (saved.Draft[PatientField.Mobile], saved.Draft[PatientField.Town], saved.Draft[PatientField.Email]));
    }

    [Fact]
    public async Task overtaken_between_reading_and_writing_is_told_as_well()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        await using var acting = clinic.As(devi);
        var record = (await acting.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        record.Draft[PatientField.Town] = "Mysuru";

        var answer = await clinic.OvertakenAsync(
            "UPDATE patients SET blood_group = 'O-' WHERE id = $1", id, () => acting.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation));

        Assert.Equal([PatientField.BloodGroup], Assert.IsType<PatientChanged>(answer.Refusal).Differences.Select(d => d.Field));
        Assert.Equal("Bengaluru", acting.Get<PatientVault>().Reveal(await clinic.RowAsync<Patient>(id)).Address?.City);
    }

    [Fact]
    public async Task with_the_form_of_another_patient_is_refused()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        var meera = await clinic.Given.PatientAsync();
        await using var acting = clinic.As(devi);
        var record = (await acting.Get<IRegistration>().OpenAsync(meera, Cancellation)).Value();

        (await acting.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).AssertRefused(RefusalKind.Conflict);
        (await acting.Get<IRegistration>().SaveAsync(id, Drafts.Full(), 1, Cancellation)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task is_a_doctors_only_for_patients_in_their_care()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (_, id) = await RegisteredAsync(clinic);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await clinic.Given.CareAsync(asha, id);
        await using var inside = clinic.As(asha);
        await using var outside = clinic.As(basu);
        var record = (await inside.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        record.Draft[PatientField.Town] = "Mysuru";

        (await outside.Get<IRegistration>().OpenAsync(id, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await outside.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await outside.Get<IRegistration>().DeactivateAsync(id, "Moved away", Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await inside.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).Value();
    }

    [Fact]
    public async Task of_allergies_lets_reception_add_and_not_read()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        await using var acting = clinic.As(devi);
        var record = (await acting.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        Assert.Empty(record.Draft.Allergies);
        Assert.Equal((AllergiesStatus.Known, false), (record.Draft.AllergiesStatus, record.Draft.AllergiesAreRead));
        record.Draft.Allergies.Add(new AllergyDraft { Substance = "Latex" });

        (await acting.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).Value();

        Assert.Equal(["Eggs", "Latex", "Penicillin"], (await clinic.RowAsync<Patient>(id)).Allergies);
        Assert.Equal(["Eggs", "Latex", "Penicillin"], await ActiveAsync(clinic));
    }

    [Fact]
    public async Task of_allergies_by_a_doctor_keeps_rows_names_and_day_in_step()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (_, id) = await RegisteredAsync(clinic);
        var asha = await clinic.Given.DoctorAsync();
        await clinic.Given.CareAsync(asha, id);
        await using var acting = clinic.As(asha);
        var record = (await acting.Get<IRegistration>().OpenAsync(id, Cancellation)).Value();
        Assert.Equal(["Eggs", "Penicillin"], record.Draft.Allergies.Select(a => a.Substance));
        record.Draft.Allergies[0].Reaction = "Hives";
        record.Draft.Allergies.RemoveAt(1);
        clinic.Clock.Now += TimeSpan.FromDays(1);

        var saved = (await acting.Get<IRegistration>().SaveAsync(id, record.Draft, record.Version, Cancellation)).Value();

        var row = await clinic.RowAsync<Patient>(id);
        Assert.Equal((AllergiesStatus.Known, clinic.Clock.Now), (row.AllergiesStatus, row.AllergiesRecordedAt));
        Assert.Equal(["Eggs"], row.Allergies);
        Assert.Equal(["Eggs"], await ActiveAsync(clinic));
        Assert.Equal(2, await clinic.BehindAsync(db => db.Allergies.CountAsync(Cancellation)));

        saved.Draft.Allergies.Clear();
        saved.Draft.AllergiesStatus = AllergiesStatus.NoneKnown;
        (await acting.Get<IRegistration>().SaveAsync(id, saved.Draft, saved.Version, Cancellation)).Value();
        row = await clinic.RowAsync<Patient>(id);
        Assert.Equal((AllergiesStatus.NoneKnown, null), (row.AllergiesStatus, row.Allergies));
        Assert.Empty(await ActiveAsync(clinic));
    }

    [Fact]
    public async Task to_an_abha_number_of_another_record_shows_that_record()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        var meera = await clinic.Given.PatientAsync();
        await using var acting = clinic.As(devi);
        var record = (await acting.Get<IRegistration>().OpenAsync(meera, Cancellation)).Value();
        record.Draft[PatientField.AbhaNumber] = Drafts.Abha;

        Assert.Equal(id, Assert.IsType<AbhaInUse>((await acting.Get<IRegistration>().SaveAsync(meera, record.Draft, record.Version, Cancellation)).Refusal).By.Id);
    }

    [Fact]
    public async Task out_of_the_practice_waits_for_the_appointments_ahead()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        var asha = await clinic.Given.DoctorAsync();
        await clinic.Given.AppointmentAsync(asha, id, "09:00", AppointmentStatus.Completed);
        await clinic.Given.AppointmentAsync(asha, id, "10:00", AppointmentStatus.Cancelled, daysAhead: 1);
        var booked = await clinic.Given.AppointmentAsync(asha, id, "11:30", daysAhead: 2);
        await using var acting = clinic.As(devi);

        var refused = Assert.IsType<BookedAhead>((await acting.Get<IRegistration>().DeactivateAsync(id, "Moved to Pune", Cancellation)).Refusal);
        Assert.Equal([clinic.At("11:30", 2)], refused.Starts);
        Assert.Contains("07-Nov-2026 11:30", refused.Message, StringComparison.Ordinal);
        await clinic.RunAsync("UPDATE appointments SET status = 'cancelled' WHERE id = $1", booked);

        var inactive = (await acting.Get<IRegistration>().DeactivateAsync(id, "Moved to Pune", Cancellation)).Value();

        Assert.Equal((PatientStatus.Inactive, "Moved to Pune"), (inactive.Status, inactive.InactiveReason));
        Assert.Equal(("patient.deactivate", "Moved to Pune"), ((await clinic.TrailOfAsync(devi))[^1].Event, (await clinic.TrailOfAsync(devi))[^1].Reason));
        Assert.Empty((await acting.Get<IPatients>().FindAsync("Laxmi", Cancellation)).Value());
        Assert.Single((await acting.Get<IRegistration>().DuplicatesAsync(new DuplicateQuestion("Laxmi Choudhary", null, false, null, null, null), Cancellation)).Value().Hits);

        Assert.Equal((PatientStatus.Active, null), ((await acting.Get<IRegistration>().ReactivateAsync(id, Cancellation)).Value().Status, (await clinic.RowAsync<Patient>(id)).InactiveReason));
        Assert.Single((await acting.Get<IPatients>().FindAsync("Laxmi", Cancellation)).Value());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" x ")]
    public async Task out_of_the_practice_takes_a_reason(string reason)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (devi, id) = await RegisteredAsync(clinic);
        await using var acting = clinic.As(devi);

        (await acting.Get<IRegistration>().DeactivateAsync(id, reason, Cancellation)).AssertRefused(RefusalKind.Invalid);
        Assert.Equal(PatientStatus.Active, (await clinic.RowAsync<Patient>(id)).Status);
    }

    private static async Task<(ClinicPerson Desk, Guid Id)> RegisteredAsync(ClinicUnderTest clinic)
    {
        var devi = await clinic.Given.ReceptionistAsync();
        await using var acting = clinic.As(devi);
        return (devi, (await acting.Get<IRegistration>().RegisterAsync(Drafts.Full(), Cancellation)).Value().Id);
    }

    private static Task<List<string>> ActiveAsync(ClinicUnderTest clinic) => clinic.BehindAsync(
        db => db.Allergies.Where(a => a.Status == AllergyStatus.Active).OrderBy(a => a.Substance).Select(a => a.Substance).ToListAsync(Cancellation));
}
