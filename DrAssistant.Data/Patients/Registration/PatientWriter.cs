using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>Puts a checked draft into the rows of a patient. The caller holds the transaction.</summary>
internal sealed class PatientWriter(PatientVault vault, PhotoVault photos, ICurrentUser user, ClinicClock clock, IOptions<ClinicOptions> options)
{
    public async Task<Patient> RegisterAsync(ClinicDb db, PatientDraft draft, BirthDate birth, CancellationToken cancellation)
    {
        var (first, last) = PersonName.Parted(draft.TextOf(PatientField.FullName));
        var patient = new Patient
        {
            Id = draft.Id,
            Mrn = await NextMrnAsync(db, cancellation),
            FirstName = first,
            LastName = last,
            DateOfBirth = birth.Day,
            DateOfBirthEstimated = birth.Estimated,
            Gender = Enum.Parse<Gender>(draft.TextOf(PatientField.Sex), ignoreCase: true),
            BloodGroup = Text(draft, PatientField.BloodGroup),
            PreferredLanguage = Text(draft, PatientField.Language),
            AllergiesStatus = draft.AllergiesStatus,
            AllergiesRecordedAt = draft.AllergiesStatus is AllergiesStatus.NotAsked ? null : clock.Now,
            Allergies = draft.AllergiesStatus is AllergiesStatus.Known ? Substances(Listed(draft).Select(a => PlainText.Of(a.Substance))) : null,
            ToldApartFrom = draft.ToldApart.Count == 0 ? null : [.. draft.ToldApart],
            ToldApartReason = draft.ToldApart.Count == 0 ? null : Reason(draft),
            RegisteredBy = user.Id,
        };
        vault.Seal(patient, DraftContact.Of(draft, before: null));
        await InsertWithoutReading.InsertAsync(db, patient, cancellation);
        db.PatientNameTerms.Add(PatientNameIndex.Of(patient.Id, first, last));
        if (draft.AllergiesStatus is AllergiesStatus.Known)
        {
            db.Allergies.AddRange(Listed(draft).Select(line => New(patient.Id, line)));
        }

        if (!draft.Photo.IsEmpty)
        {
            db.PatientPhotos.Add(photos.New(patient.Id, PhotoContent.MediaTypeOf(draft.Photo.Span).Value!, draft.Photo.Span, clock.Now, user.Id));
        }

        await ConsentAsync(db, patient.Id, draft, cancellation);
        return patient;
    }

    /// <summary>Only what the form changed; what it did not touch keeps its value, whatever form an import brought it in.</summary>
    public async Task EditAsync(ClinicDb db, Patient patient, PatientDraft draft, BirthDate birth, CancellationToken cancellation)
    {
        var changed = draft.ChangedFields().ToHashSet();
        if (changed.Contains(PatientField.FullName))
        {
            (patient.FirstName, patient.LastName) = PersonName.Parted(draft.TextOf(PatientField.FullName));
            await db.PatientNameTerms.Where(t => t.PatientId == patient.Id).ExecuteDeleteAsync(cancellation);
            db.PatientNameTerms.Add(PatientNameIndex.Of(patient.Id, patient.FirstName, patient.LastName));
        }

        if (changed.Contains(PatientField.BirthDate))
        {
            (patient.DateOfBirth, patient.DateOfBirthEstimated) = (birth.Day, birth.Estimated);
        }

        if (changed.Contains(PatientField.Sex))
        {
            patient.Gender = Enum.Parse<Gender>(draft.TextOf(PatientField.Sex), ignoreCase: true);
        }

        patient.BloodGroup = changed.Contains(PatientField.BloodGroup) ? Text(draft, PatientField.BloodGroup) : patient.BloodGroup;
        patient.PreferredLanguage = changed.Contains(PatientField.Language) ? Text(draft, PatientField.Language) : patient.PreferredLanguage;
        vault.Seal(patient, DraftContact.Of(draft, vault.Reveal(patient)));
        if (changed.Contains(PatientField.Allergies))
        {
            await AllergiesAsync(db, patient, draft, cancellation);
        }

        if (changed.Contains(PatientField.Consent))
        {
            await ConsentAsync(db, patient.Id, draft, cancellation);
        }

        patient.ChangedBy = user.Id;
    }

    public static string? Reason(PatientDraft draft) => PlainText.Of(draft.ToldApartReason, PatientDraft.LongestReason) is { Length: > 0 } reason ? reason : null;

    /// <summary>Never twice, also by two desks at once; a number whose registration failed is left out.</summary>
    private async Task<string> NextMrnAsync(ClinicDb db, CancellationToken cancellation)
    {
        var running = await db.Database.SqlQuery<long>($"SELECT nextval('mrn_numbers') AS \"Value\"").ToListAsync(cancellation);
        return Mrn.Issue(options.Value.MrnPrefix, clock.Today.Year, checked((int)running.Single())).Text;
    }

    /// <summary>
    /// The rows, the list of names beside them and the answer's age move together. Reception reads no allergy, so it only adds;
    /// what a doctor takes off the list stays, inactive.
    /// </summary>
    private async Task AllergiesAsync(ClinicDb db, Patient patient, PatientDraft draft, CancellationToken cancellation)
    {
        var lines = Listed(draft).ToList();
        db.Allergies.AddRange(lines.Where(l => l.Id is null).Select(line => New(patient.Id, line)));
        if (draft.AllergiesAreRead)
        {
            var rows = await db.Allergies.Where(a => a.PatientId == patient.Id && a.Status == AllergyStatus.Active).ToListAsync(cancellation);
            foreach (var row in rows)
            {
                Revise(row, lines.Find(l => l.Id == row.Id));
            }
        }

        var names = lines.Select(l => PlainText.Of(l.Substance)).Concat(draft.AllergiesAreRead ? [] : patient.Allergies ?? []);
        patient.AllergiesStatus = draft.AllergiesStatus;
        patient.Allergies = draft.AllergiesStatus is AllergiesStatus.Known ? Substances(names) : null;
        patient.AllergiesRecordedAt = draft.AllergiesStatus is AllergiesStatus.NotAsked ? null : clock.Now;
    }

    private static void Revise(Allergy row, AllergyDraft? line)
    {
        if (line is null)
        {
            row.Status = AllergyStatus.Inactive;
            return;
        }

        (row.Substance, row.Reaction, row.Severity) = (PlainText.Of(line.Substance), PlainText.Of(line.Reaction) is { Length: > 0 } reaction ? reaction : null, line.Severity);
    }

    private async Task ConsentAsync(ClinicDb db, Guid patientId, PatientDraft draft, CancellationToken cancellation)
    {
        if (draft.ConsentGiven)
        {
            // Without EF Core, which knows no consents yet; reception writes those that it may not read as well.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO consents (id, patient_id, purpose, notice_version, given_at, given_how, recorded_by)
                VALUES ({Guid.CreateVersion7()}, {patientId}, 'treatment', {options.Value.PrivacyNotice}, {clock.Now}, {EnumText.Of(draft.ConsentHow)}, {user.Id})
                """,
                cancellation);
        }
    }

    private Allergy New(Guid patientId, AllergyDraft line) => new()
    {
        Id = Guid.CreateVersion7(),
        PatientId = patientId,
        Substance = PlainText.Of(line.Substance),
        Reaction = PlainText.Of(line.Reaction) is { Length: > 0 } reaction ? reaction : null,
        Severity = line.Severity,
        RecordedAt = clock.Now,
        RecordedBy = user.Id,
    };

    private static IEnumerable<AllergyDraft> Listed(PatientDraft draft) => draft.Allergies.Where(a => !a.IsEmpty);

    private static List<string> Substances(IEnumerable<string> names)
        => [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    private static string? Text(PatientDraft draft, PatientField field) => draft.TextOf(field) is { Length: > 0 } text ? text : null;
}
