using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>Shows a patient's rows as the form has them.</summary>
internal sealed class PatientRecords(PatientVault vault, ICurrentUser user, ClinicClock clock)
{
    public async Task<PatientRecord> OfAsync(ClinicDb db, Patient patient, CancellationToken cancellation)
    {
        var consents = await db.Database.SqlQuery<ConsentRow>($"""
            SELECT notice_version AS "NoticeVersion", given_at AS "GivenAt", given_how AS "GivenHow" FROM consents
            WHERE patient_id = {patient.Id} AND purpose = 'treatment' AND withdrawn_at IS NULL ORDER BY given_at DESC LIMIT 1
            """).ToListAsync(cancellation);
        var consent = consents.SingleOrDefault();
        var photo = await db.PatientPhotos.AsNoTracking()
            .Where(p => p.PatientId == patient.Id && p.Content != null).Select(p => (DateTimeOffset?)p.ChangedAt).SingleOrDefaultAsync(cancellation);
        var draft = await DraftAsync(db, patient, cancellation);
        if (consent is not null)
        {
            (draft.ConsentGiven, draft.ConsentHow) = (true, How(consent.GivenHow));
        }

        return new PatientRecord(
            patient.Id, new PersonName(patient.FirstName, patient.LastName), patient.Mrn, patient.Status, patient.InactiveReason,
            db.Entry(patient).Property<uint>("xmin").CurrentValue, draft.Open(),
            consent is null ? null : clock.DayOf(consent.GivenAt), consent?.NoticeVersion, photo);
    }

    private async Task<PatientDraft> DraftAsync(ClinicDb db, Patient patient, CancellationToken cancellation)
    {
        // Reception has no policy on allergies, and must not take an empty answer for an empty list.
        var reads = user.Role is StaffRole.Doctor or StaffRole.Nurse;
        var draft = new PatientDraft { Id = patient.Id, AllergiesAreRead = reads, AllergiesStatus = patient.AllergiesStatus };
        draft[PatientField.FullName] = new PersonName(patient.FirstName, patient.LastName).Spoken;
        draft[PatientField.Sex] = EnumText.Of(patient.Gender);
        draft[PatientField.BloodGroup] = patient.BloodGroup ?? "";
        draft[PatientField.BirthDate] = new BirthDate(patient.DateOfBirth, patient.DateOfBirthEstimated).Text;
        draft[PatientField.Language] = patient.PreferredLanguage ?? "";
        DraftContact.Fill(draft, vault.Reveal(patient));
        if (reads)
        {
            var rows = await db.Allergies.AsNoTracking()
                .Where(a => a.PatientId == patient.Id && a.Status == AllergyStatus.Active).OrderBy(a => a.Substance).ThenBy(a => a.Id).ToListAsync(cancellation);
            foreach (var row in rows)
            {
                draft.Allergies.Add(new AllergyDraft { Id = row.Id, Substance = row.Substance, Reaction = row.Reaction, Severity = row.Severity });
            }
        }

        return draft;
    }

    // An import, or an earlier version, may have another word for it.
    private static ConsentHow How(string word) => word switch
    {
        "spoken" => ConsentHow.Spoken,
        "guardian" => ConsentHow.Guardian,
        _ => ConsentHow.Paper,
    };

    private sealed record ConsentRow(string NoticeVersion, DateTimeOffset GivenAt, string GivenHow);
}
