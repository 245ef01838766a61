using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>What the doctors of the demo practice keep for the next patient: what they prescribed most, and two sets for everybody.</summary>
internal sealed class DemoFavourites(DemoMoment moment, DemoRecord record)
{
    private const int OfADoctor = 6;

    private readonly FormularySnapshot _formulary = FormularySnapshot.FromFile();

    public void Keep(Guid maker)
    {
        foreach (var doctor in record.Prescriptions.GroupBy(p => p.DoctorId))
        {
            record.Favourites.AddRange(doctor.SelectMany(p => p.Items.Select(i => (Item: i, At: p.SignedAt)))
                .Where(x => x.Item.Sig is not null)
                .GroupBy(x => string.Join('|', x.Item.MedicationCode, x.Item.Strength, x.Item.Dosage, x.Item.Frequency, x.Item.Duration))
                .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
                .Take(OfADoctor)
                .Select(same => Favourite(doctor.Key, same.First().Item, same.Count(), same.Max(x => x.At))));
        }

        record.Sets.Add(Set(maker, "Viral fever, adult", [Line("paracetamol", "650 mg", "1-1-1", "3 days", "For fever or aches"), Line("cetirizine", "10 mg", "0-0-1", "5 days", "May make sleepy")]));
        record.Sets.Add(Set(maker, "Heartburn", [Line("pantoprazole", "40 mg", "1-0-0", "14 days", "Half an hour before breakfast")]));
    }

    private KeptFavourite Favourite(Guid doctor, PrescriptionItem item, int uses, DateTimeOffset? last)
    {
        var line = KeptLines.Keep(LineViews.Of(item, 0, _formulary, draft: true));
        return new KeptFavourite
        {
            Id = Guid.CreateVersion7(),
            OwnerId = doctor,
            Line = line,
            Fingerprint = KeptLines.FingerprintOf(line),
            Uses = uses,
            LastUsedAt = last,
            CreatedAt = moment.Now,
        };
    }

    private KeptSet Set(Guid maker, string name, IEnumerable<MedicineLineDraft> lines) => new()
    {
        Id = Guid.CreateVersion7(),
        MadeBy = maker,
        Name = name,
        Lines = KeptLines.Keep(lines.Select(View)),
        CreatedAt = moment.Now,
    };

    private MedicineLineView View(MedicineLineDraft line)
    {
        var item = LineWriter.Empty(line.Id, Guid.Empty, Guid.Empty);
        return LineWriter.Fill(item, line, _formulary, moment.Today, isLenient: false) is { } refusal
            ? throw new InvalidOperationException($"{line.MedicineId}: {refusal.Message}")
            : LineViews.Of(item, 0, _formulary, draft: true);
    }

    private static MedicineLineDraft Line(string medicine, string strength, string pattern, string duration, string instructions) => new()
    {
        MedicineId = medicine,
        Form = "tablet",
        Strength = strength,
        Dose = "1 tablet",
        Frequency = pattern,
        Duration = duration,
        Route = "oral",
        Instructions = instructions,
    };
}
