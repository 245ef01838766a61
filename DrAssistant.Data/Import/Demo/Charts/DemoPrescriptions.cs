using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Demo.Stories;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>What a visit prescribed: signed at its end, as a signed prescription cannot be written afterwards.</summary>
internal sealed class DemoPrescriptions(DemoCatalogue catalogue, ClinicClock clock, DemoMoment moment, DemoRecord record)
{
    private const int DaysUntilDispensed = 2;

    private readonly FormularySnapshot _formulary = FormularySnapshot.FromFile();

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
        prescription.Items.AddRange(medicines.Select((m, n) => Item(prescription, m, n, kilograms)));
        record.Prescriptions.Add(prescription);
        return Lines(prescription);
    }

    /// <summary>What can be counted is written as a doctor types it; the rest in words alone, as an import has it.</summary>
    private PrescriptionItem Item(Prescription prescription, DemoMedicine m, int position, decimal kilograms)
    {
        var name = catalogue.Medicine(m.Id);
        var item = new PrescriptionItem
        {
            Id = Guid.CreateVersion7(),
            PrescriptionId = prescription.Id,
            PatientId = prescription.PatientId,
            MedicationName = name,
            Dosage = "",
            Frequency = "",
            CreatedAt = prescription.CreatedAt,
            UpdatedAt = prescription.UpdatedAt,
        };
        if (m.TypedFor(kilograms) is { } typed && LineWriter.Fill(item, typed, _formulary, prescription.ValidFrom, isLenient: true) is null && item.Sig is not null)
        {
            (item.MedicationName, item.Position) = (name, (short)position);
            return item;
        }

        (item.MedicationCode, item.CodeSystem, item.Dosage, item.Frequency) = (m.Id, CodeSystems.Formulary, m.DosageFor(kilograms), m.Frequency);
        (item.Duration, item.Quantity, item.Refills, item.Instructions) = (m.Days == 1 ? "1 day" : $"{m.Days} days", m.Quantity, 0, m.Instructions);
        (item.Form, item.Strength, item.Typed, item.Sig, item.Words, item.Position) = (null, null, null, null, null, (short)position);
        item.EndsOn = prescription.ValidFrom.AddDays(m.Days - 1);
        return item;
    }

    private static IReadOnlyList<string> Lines(Prescription prescription) => [.. prescription.Items.Select(i => string.Join(
        ", ", string.Join(' ', new[] { i.MedicationName, i.Strength, i.Form }.Where(part => !string.IsNullOrEmpty(part))), i.Dosage, i.Frequency, i.Duration))];
}
