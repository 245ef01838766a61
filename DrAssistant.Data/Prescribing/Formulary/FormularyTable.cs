using System.Globalization;
using CsvHelper;
using DrAssistant.Data.Common;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>Reads a table with the columns of <c>formulary.csv</c> that somebody brings; columns that are not needed may be missing.</summary>
internal static class FormularyTable
{
    private const int Largest = 5_000_000;

    public static Result<IReadOnlyList<MedicineRow>> Read(ReferenceFile file, FormularySnapshot before, string source, Guid? by)
    {
        if (file.Length is 0 or > Largest)
        {
            return Refusal.Invalid("A table of 1 byte to 5 MB is expected, with the columns of formulary.csv.");
        }

        List<MedicineDraft> drafts;
        try
        {
            drafts = [.. file.Read(Draft)];
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            return Refusal.Invalid($"This is no table with commas and the columns of formulary.csv: {e.Message}");
        }

        var rows = new Dictionary<string, MedicineRow>(StringComparer.Ordinal);
        var single = drafts.Where(d => string.IsNullOrWhiteSpace(d.CombinationOf)).Select(d => d.Id?.Trim()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < drafts.Count; i++)
        {
            var read = MedicineReader.Read(drafts[i], id => single.Contains(id) || before.Get(id) is { IsCombination: false }, source, by);
            if (!read.Succeeded)
            {
                return Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"Row {i + 2}, {read.Refusal.Field}: {read.Refusal.Message} Nothing was taken over."), read.Refusal.Field);
            }

            if (!rows.TryAdd(read.Value.Id, read.Value))
            {
                return Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"Row {i + 2}: {read.Value.Id} stands in the table twice. Nothing was taken over."), nameof(MedicineDraft.Id));
            }
        }

        return rows.Count > 0 ? rows.Values.ToList() : Refusal.Invalid("There is no medicine in this table.");
    }

    private static MedicineDraft Draft(ReferenceRow row) => new()
    {
        Id = row.Perhaps("id"),
        GenericName = row.Perhaps("generic_name"),
        CombinationOf = row.Perhaps("combination_of"),
        AtcCode = row.Perhaps("atc_code"),
        DrugClass = row.Perhaps("drug_class"),
        Routes = row.Perhaps("routes"),
        Forms = row.Perhaps("forms"),
        Strengths = row.Perhaps("strengths"),
        UsualDose = row.Perhaps("adult_usual_dose"),
        MaxDailyMg = row.Perhaps("adult_max_daily_dose_mg"),
        MaxSingleMg = row.Perhaps("adult_max_single_dose_mg"),
        DoseInterval = row.Perhaps("dose_interval"),
        LimitsFor = row.Perhaps("limits_for"),
        ChildUsualMgPerKgDay = row.Perhaps("paediatric_dose_mg_per_kg_day"),
        ChildMaxMgPerKgDay = row.Perhaps("paediatric_max_mg_per_kg_day"),
        MinAgeYears = row.Perhaps("min_age_years"),
        Schedule = row.Perhaps("schedule"),
        TelemedicineList = row.Perhaps("telemedicine_list"),
        Pregnancy = row.Perhaps("pregnancy"),
        RenalCaution = row.Perhaps("renal_caution"),
        Brands = row.Perhaps("indian_brands"),
    };
}
