using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>What a visit prescribed: signed at its end, as a signed prescription cannot be written afterwards.</summary>
internal sealed class DemoPrescriptions(DemoCatalogue catalogue, ClinicClock clock, DemoMoment moment, DemoRecord record)
{
    private const int DaysUntilDispensed = 2;

    /// <summary>Says what was prescribed, as a note lists it.</summary>
    public IReadOnlyList<string> Prescribe(DemoChart chart, DemoSeen seen, Guid encounter, Guid doctor, decimal kilograms)
    {
        var medicines = seen.Plan.Visit.Medicines;
        if (medicines.Count == 0 || seen.End is not { } signed)
        {
            return [];
        }

        var day = clock.DayOf(signed);
        var isOld = moment.Now - signed > TimeSpan.FromDays(DaysUntilDispensed);
        var prescription = new Prescription
        {
            Id = Guid.CreateVersion7(),
            EncounterId = encounter,
            PatientId = chart.Patient.Id,
            DoctorId = doctor,
            Status = isOld && chart.Dice.Chance(85) ? PrescriptionStatus.Dispensed : PrescriptionStatus.Signed,
            CreatedAt = signed.AddMinutes(-2),
            UpdatedAt = signed,
            SignedAt = signed,
            ValidFrom = day,
            ValidUntil = day.AddDays(Math.Max(7, medicines.Max(m => m.Days))),
        };
        prescription.Items.AddRange(medicines.Select(m => new PrescriptionItem
        {
            Id = Guid.CreateVersion7(),
            PrescriptionId = prescription.Id,
            PatientId = chart.Patient.Id,
            MedicationName = catalogue.Medicine(m.Id),
            MedicationCode = m.Id,
            CodeSystem = CodeSystems.Formulary,
            Dosage = m.DosageFor(kilograms),
            Frequency = m.Frequency,
            Duration = m.Days == 1 ? "1 day" : $"{m.Days} days",
            Quantity = m.Quantity,
            Refills = 0,
            Instructions = m.Instructions,
            EndsOn = day.AddDays(m.Days - 1),
            CreatedAt = prescription.CreatedAt,
            UpdatedAt = signed,
        }));
        record.Prescriptions.Add(prescription);
        return Lines(prescription);
    }

    private static IReadOnlyList<string> Lines(Prescription prescription)
        => [.. prescription.Items.Select(i => $"{i.MedicationName} {i.Dosage}, {i.Frequency}, {i.Duration}")];
}
