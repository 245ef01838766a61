using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>What the desk can compare with a person, and whether what it did compare is enough.</summary>
internal sealed class DeskIdentity(PatientVault vault, ClinicClock clock)
{
    private const int EndDigits = 4;

    public async Task<PersonAtDesk?> OfAsync(ClinicDb db, Guid appointmentId, CancellationToken cancellation)
    {
        var row = await (
            from a in db.Appointments.AsNoTracking()
            join n in db.PatientNames on a.PatientId equals n.PatientId
            join p in db.Patients.AsNoTracking() on a.PatientId equals p.Id into patients
            from known in patients.DefaultIfEmpty()
            where a.Id == appointmentId
            select new { Name = n, Patient = known }).SingleOrDefaultAsync(cancellation);
        if (row is null)
        {
            return null;
        }

        // Before check-in a nurse is in nobody's care team: the row of the patient is not theirs to read, the name is.
        var (name, contact) = (row.Name, row.Patient is { } patient ? vault.Reveal(patient) : new PatientContact());
        return new PersonAtDesk(
            appointmentId, new PersonName(name.FirstName, name.LastName), name.DateOfBirth, name.DateOfBirthEstimated,
            Age.On(clock.Today, name.DateOfBirth, name.DateOfBirthEstimated), name.Gender, name.Mrn, End(contact.Phone), End(contact.AbhaNumber));
    }

    /// <summary>Name and one more, each of them on record: the trail must not say that something was compared which is not there.</summary>
    public static Refusal? Judge(PersonAtDesk person, IReadOnlyCollection<Identifier> confirmed)
    {
        if (!confirmed.Contains(Identifier.Name) || confirmed.Distinct().Count() < 2)
        {
            return Refusal.Invalid("Confirm the name and one more: birth date, MRN, phone or ABHA.", nameof(confirmed));
        }

        var missing = confirmed.Any(c => c switch
        {
            Identifier.Mrn => string.IsNullOrEmpty(person.Mrn),
            Identifier.Phone => person.PhoneEnd is null,
            Identifier.Abha => person.AbhaEnd is null,
            _ => !Enum.IsDefined(c),
        });
        return missing ? Refusal.Invalid("That is not on record for this patient. Confirm another one.", nameof(confirmed)) : null;
    }

    private static string? End(string? digits) => digits is { Length: >= EndDigits } ? digits[^EndDigits..] : null;
}
