using DrAssistant.Data.Audit;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>A draft in the middle of a change.</summary>
internal sealed class DraftAtWork(ClinicDb db, Prescription prescription, FormularySnapshot formulary, DateOnly today)
{
    public const int MostLines = 30;

    private readonly List<FieldChange> _changes = [];

    public Prescription Prescription => prescription;

    public FormularySnapshot Formulary => formulary;

    public DateOnly Today => today;

    /// <summary>What changed, for the audit trail.</summary>
    public IReadOnlyList<FieldChange> Changes => _changes;

    public IReadOnlyList<PrescriptionItem> Lines => [.. prescription.Items.OrderBy(i => i.Position).ThenBy(i => i.CreatedAt).ThenBy(i => i.Id)];

    public PrescriptionItem? Find(Guid lineId) => prescription.Items.Find(i => i.Id == lineId);

    public void Add(PrescriptionItem item)
    {
        item.Position = (short)prescription.Items.Count;
        db.PrescriptionItems.Add(item); // with an id of its own: found in the list alone, it would be taken for one that is there
        if (!prescription.Items.Contains(item))
        {
            prescription.Items.Add(item);
        }

        Note($"line.{item.Id:N}", null, Text(item));
    }

    public void Remove(PrescriptionItem item)
    {
        Note($"line.{item.Id:N}", Text(item), null);
        db.PrescriptionItems.Remove(item);
        prescription.Items.Remove(item);
        Place([.. Lines]);
    }

    public void Move(PrescriptionItem item, int position)
    {
        var order = Lines.Where(i => i != item).ToList();
        var to = Math.Clamp(position, 0, order.Count);
        if (Lines[Math.Min(to, Lines.Count - 1)] == item)
        {
            return;
        }

        Note($"position.{item.Id:N}", $"{item.Position}", $"{to}");
        order.Insert(to, item);
        Place(order);
    }

    public void Note(string field, string? before, string? after) => _changes.Add(new FieldChange(field, before, after));

    /// <summary>What a line says, for the audit trail: two lines that read the same say the same.</summary>
    public static string Text(PrescriptionItem i) => string.Join(" | ", new[]
    {
        i.MedicationCode, i.MedicationName, i.Brand, i.Form, i.Strength, i.Dosage, i.Frequency, i.Duration, i.Quantity, i.Refills?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        i.Route, i.Food, i.Instructions, i.EndsOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        i.Typed?.GetRawText(),
    });

    private static void Place(List<PrescriptionItem> order)
    {
        for (var n = 0; n < order.Count; n++)
        {
            order[n].Position = (short)n;
        }
    }
}
