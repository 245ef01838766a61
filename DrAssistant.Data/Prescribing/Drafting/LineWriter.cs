using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>Makes a line of what was typed: read, counted, and put into words. What cannot be read is refused beside its field; what is empty may come later.</summary>
internal static class LineWriter
{
    private const int LongestForm = 60;

    /// <summary>Puts a line at the end of a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="line">As typed, or as it comes from elsewhere.</param>
    /// <param name="isLenient">What cannot be read is kept as it was and stays open: an earlier prescription may say "as directed".</param>
    public static Refusal? Add(DraftAtWork draft, MedicineLineDraft line, bool isLenient = false)
    {
        if (draft.Prescription.Items.Count >= DraftAtWork.MostLines)
        {
            return PrescriptionRefusals.TooMany;
        }

        var item = Empty(line.Id, draft.Prescription.Id, draft.Prescription.PatientId);
        if (Fill(item, line, draft.Formulary, draft.Today, isLenient) is { } refusal)
        {
            return refusal;
        }

        draft.Add(item);
        return null;
    }

    public static Refusal? Change(DraftAtWork draft, PrescriptionItem item, MedicineLineDraft line)
    {
        var before = DraftAtWork.Text(item);
        if (Fill(item, line, draft.Formulary, draft.Today, isLenient: false) is { } refusal)
        {
            return refusal;
        }

        if (DraftAtWork.Text(item) is var after && after != before)
        {
            draft.Note($"line.{item.Id:N}", before, after);
        }

        return null;
    }

    public static PrescriptionItem Empty(Guid id, Guid prescriptionId, Guid patientId)
        => new() { Id = id, PrescriptionId = prescriptionId, PatientId = patientId, MedicationName = "", Dosage = "", Frequency = "" };

    /// <summary>Fills <paramref name="item"/> anew from what was typed; where it refuses, the item is not to be kept.</summary>
    public static Refusal? Fill(PrescriptionItem item, MedicineLineDraft line, FormularySnapshot formulary, DateOnly today, bool isLenient)
    {
        var typed = Plain(line);
        if (TooLong(typed) is { } tooLong)
        {
            return tooLong;
        }

        var medicine = formulary.Get(typed.MedicineId);
        if (typed.MedicineId is not null && medicine is not { IsActive: true })
        {
            return PrescriptionRefusals.Withdrawn([medicine?.GenericName ?? typed.Name ?? typed.MedicineId]);
        }

        if (medicine is null && typed.Name is null)
        {
            return Refusal.Invalid("Choose a medicine, or write its name.", nameof(line.Name));
        }

        if (typed.Refills is < 0 or > MedicineLineDraft.MostRefills)
        {
            return Refusal.Invalid($"Refills: 0 to {MedicineLineDraft.MostRefills}.", nameof(line.Refills));
        }

        Name(item, typed, medicine);
        return LineDirections.Fill(item, typed, medicine, today, isLenient);
    }

    private static void Name(PrescriptionItem item, MedicineLineDraft typed, Medicine? medicine)
    {
        item.MedicationName = medicine?.GenericName ?? typed.Name!;
        item.MedicationCode = medicine?.Id;
        item.CodeSystem = medicine is null ? null : CodeSystems.Formulary;
        (item.Brand, item.Form, item.Strength) = (typed.Brand, typed.Form, typed.Strength);
        item.Schedule = medicine is null ? null : LineViews.ScheduleOf(medicine);
        item.Refills = typed.Refills;
        item.Typed = JsonSerializer.SerializeToElement(
            new TypedLine(typed.Dose, typed.Frequency, typed.Duration, typed.Food, typed.Instructions, typed.Quantity, typed.EndsOn));
    }

    private static MedicineLineDraft Plain(MedicineLineDraft line) => new()
    {
        Id = line.Id,
        MedicineId = Text(line.MedicineId),
        Name = Text(line.Name),
        Brand = Text(line.Brand),
        Form = Text(line.Form),
        Strength = Text(line.Strength),
        Dose = Text(line.Dose),
        Frequency = Text(line.Frequency),
        Duration = Text(line.Duration),
        Route = Text(line.Route),
        Food = Text(line.Food),
        Instructions = Text(line.Instructions),
        Quantity = Text(line.Quantity),
        Refills = line.Refills,
        EndsOn = line.EndsOn,
    };

    private static Refusal? TooLong(MedicineLineDraft line)
    {
        (string Field, string? Text, int Longest)[] fields =
        [
            (nameof(line.Name), line.Name, MedicineLineDraft.LongestName), (nameof(line.Brand), line.Brand, MedicineLineDraft.LongestBrand),
            (nameof(line.Form), line.Form, LongestForm), (nameof(line.Strength), line.Strength, MedicineLineDraft.LongestStrength),
            (nameof(line.Dose), line.Dose, MedicineLineDraft.LongestDose), (nameof(line.Frequency), line.Frequency, MedicineLineDraft.LongestDose),
            (nameof(line.Duration), line.Duration, MedicineLineDraft.LongestWord), (nameof(line.Route), line.Route, MedicineLineDraft.LongestWord),
            (nameof(line.Food), line.Food, MedicineLineDraft.LongestWord), (nameof(line.Instructions), line.Instructions, MedicineLineDraft.LongestInstructions),
            (nameof(line.Quantity), line.Quantity, MedicineLineDraft.LongestWord),
        ];
        return fields.Where(f => f.Text?.Length > f.Longest).Select(f => Refusal.Invalid($"At most {f.Longest} characters.", f.Field)).FirstOrDefault();
    }

    private static string? Text(string? typed) => PlainText.Of(typed) is { Length: > 0 } text ? text : null;
}
