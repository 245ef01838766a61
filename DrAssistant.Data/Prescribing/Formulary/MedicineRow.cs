using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>A row of <c>formulary_medicines</c> as it is read and written in bulk.</summary>
internal sealed record MedicineRow(
    string Id,
    string GenericName,
    IReadOnlyList<string>? CombinationOf,
    string? AtcCode,
    string? DrugClass,
    IReadOnlyList<string> Forms,
    IReadOnlyList<string> Strengths,
    IReadOnlyList<string> Routes,
    string? UsualDose,
    decimal? MaxDailyMg,
    decimal? MaxSingleMg,
    string DoseInterval,
    bool LimitsAreOral,
    decimal? ChildUsualMgPerKgDay,
    decimal? ChildMaxMgPerKgDay,
    decimal? MinAgeYears,
    string Schedule,
    string TelemedicineList,
    string Pregnancy,
    bool RenalCaution,
    decimal? AvoidBelowEgfr,
    IReadOnlyList<string>? BrandNames,
    string Source,
    bool IsActive,
    Guid? UpdatedBy = null)
{
    private const string AvoidBelow = "avoid_below_egfr:";

    /// <summary>A row of <c>formulary.csv</c>, or of a list with the same columns.</summary>
    public static MedicineRow Of(ReferenceRow row, string source)
    {
        var renal = row.Text("renal_caution");
        return new MedicineRow(
            row.Needed("id"), row.Needed("generic_name"), row.Several("combination_of"), row.Text("atc_code"), row.Text("drug_class"),
            row.Several("forms") ?? [], row.Several("strengths") ?? [], row.Several("routes") ?? [], row.Text("adult_usual_dose"),
            row.Number("adult_max_daily_dose_mg"), row.Number("adult_max_single_dose_mg"), row.Text("dose_interval") ?? "day", row.Text("limits_for") == "oral",
            row.Number("paediatric_dose_mg_per_kg_day"), row.Number("paediatric_max_mg_per_kg_day"), row.Number("min_age_years"),
            row.Needed("schedule"), row.Needed("telemedicine_list"), row.Text("pregnancy") ?? "unknown",
            renal is not null, renal?.StartsWith(AvoidBelow, StringComparison.Ordinal) == true ? ReferenceRow.Decimal(renal[AvoidBelow.Length..]) : null,
            row.Several("indian_brands"), source, IsActive: true);
    }

    /// <summary>The row as it is handed over.</summary>
    /// <exception cref="FormatException">The row has a word that this version does not know.</exception>
    public Medicine ToMedicine(DateTimeOffset? updatedAt = null) => new(Id, GenericName)
    {
        Ingredients = CombinationOf is { Count: > 0 } parts ? parts : [Id],
        AtcCode = AtcCode,
        DrugClass = DrugClass,
        Forms = Forms,
        Strengths = Strengths,
        Routes = Routes,
        UsualDose = UsualDose,
        MaxDailyMg = MaxDailyMg,
        MaxSingleMg = MaxSingleMg,
        DoseInterval = Word<DoseInterval>(DoseInterval),
        LimitsAreOral = LimitsAreOral,
        ChildUsualMgPerKgDay = ChildUsualMgPerKgDay,
        ChildMaxMgPerKgDay = ChildMaxMgPerKgDay,
        MinAgeYears = MinAgeYears,
        Schedule = Word<MedicineSchedule>(Schedule),
        TelemedicineList = Word<TelemedicineList>(TelemedicineList),
        Pregnancy = Word<PregnancyAdvice>(Pregnancy),
        RenalCaution = RenalCaution,
        AvoidBelowEgfr = AvoidBelowEgfr,
        Brands = BrandNames ?? [],
        Source = Source,
        IsActive = IsActive,
        UpdatedAt = updatedAt,
    };

    /// <summary>The law writes its schedules and lists in capitals, the rest of the table in small letters.</summary>
    private static TEnum Word<TEnum>(string word)
        where TEnum : struct, Enum
        => !char.IsAsciiDigit(word.FirstOrDefault('0')) && Enum.TryParse<TEnum>(word, ignoreCase: true, out var value)
            ? value
            : throw new FormatException($"'{word}' is no {typeof(TEnum).Name}.");
}
