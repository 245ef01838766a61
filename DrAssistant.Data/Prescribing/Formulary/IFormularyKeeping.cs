using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>The door to changing the formulary: a practice's own medicines, corrected limits, what is no longer prescribed here. Admins only; every change is audited.</summary>
public interface IFormularyKeeping
{
    /// <summary>Medicines by what they are called, withdrawn ones too; without a question those that the practice changed itself. At most 100.</summary>
    Task<Result<IReadOnlyList<Medicine>>> ListAsync(string question, CancellationToken cancellation);

    /// <summary>Adds a medicine or changes one. What an admin wrote is never overwritten by a new starter list.</summary>
    Task<Result<Medicine>> SaveAsync(MedicineDraft medicine, CancellationToken cancellation);

    /// <summary>It can no longer be chosen; old prescriptions still name it. A reason of 3 to 200 characters.</summary>
    Task<Result<Medicine>> WithdrawAsync(string medicineId, string reason, CancellationToken cancellation);

    /// <summary>It can be chosen again.</summary>
    Task<Result<Medicine>> RestoreAsync(string medicineId, CancellationToken cancellation);

    /// <summary>Takes over a table with the columns of <c>formulary.csv</c>: the whole of it or nothing. A refusal names the row and the column.</summary>
    Task<Result<FormularyImportReport>> ImportAsync(string name, byte[] table, CancellationToken cancellation);
}

/// <summary>What an import came to.</summary>
public sealed record FormularyImportReport(int Read, int New, int Changed);

/// <summary>
/// A medicine as an admin types it, each field as a cell of <c>formulary.csv</c>: several values are parted by <c>|</c>, an empty one is not stated.
/// The form edits this directly.
/// </summary>
public sealed class MedicineDraft
{
    /// <summary>Of the medicine that is changed; of a new one it may stay empty and is made from the name.</summary>
    public string? Id { get; set; }

    /// <summary>When the row that is changed was last written, as it was opened; somebody else's change in between is a conflict.</summary>
    public DateTimeOffset? Seen { get; set; }

    public string? GenericName { get; set; }

    /// <summary>Ids of the ingredients of a fixed combination; empty for an ingredient.</summary>
    public string? CombinationOf { get; set; }

    public string? AtcCode { get; set; }

    public string? DrugClass { get; set; }

    public string? Routes { get; set; }

    public string? Forms { get; set; }

    public string? Strengths { get; set; }

    public string? UsualDose { get; set; }

    public string? MaxDailyMg { get; set; }

    public string? MaxSingleMg { get; set; }

    /// <summary>day (also empty), week or month.</summary>
    public string? DoseInterval { get; set; }

    /// <summary>oral, or empty for every way.</summary>
    public string? LimitsFor { get; set; }

    public string? ChildUsualMgPerKgDay { get; set; }

    public string? ChildMaxMgPerKgDay { get; set; }

    public string? MinAgeYears { get; set; }

    /// <summary>OTC, H, H1, X or NDPS.</summary>
    public string? Schedule { get; set; }

    /// <summary>O, A, B or PROHIBITED.</summary>
    public string? TelemedicineList { get; set; }

    /// <summary>ok, caution, avoid or unknown (also empty).</summary>
    public string? Pregnancy { get; set; }

    /// <summary>caution, avoid_below_egfr:30, or empty.</summary>
    public string? RenalCaution { get; set; }

    public string? Brands { get; set; }

    /// <summary>A medicine as it is, to be changed.</summary>
    public static MedicineDraft Of(Medicine medicine) => new()
    {
        Id = medicine.Id,
        Seen = medicine.UpdatedAt,
        GenericName = medicine.GenericName,
        CombinationOf = medicine.IsCombination ? string.Join('|', medicine.Ingredients) : null,
        AtcCode = medicine.AtcCode,
        DrugClass = medicine.DrugClass,
        Routes = string.Join('|', medicine.Routes),
        Forms = string.Join('|', medicine.Forms),
        Strengths = string.Join('|', medicine.Strengths),
        UsualDose = medicine.UsualDose,
        MaxDailyMg = Text(medicine.MaxDailyMg),
        MaxSingleMg = Text(medicine.MaxSingleMg),
        DoseInterval = EnumText.Of(medicine.DoseInterval),
        LimitsFor = medicine.LimitsAreOral ? "oral" : null,
        ChildUsualMgPerKgDay = Text(medicine.ChildUsualMgPerKgDay),
        ChildMaxMgPerKgDay = Text(medicine.ChildMaxMgPerKgDay),
        MinAgeYears = Text(medicine.MinAgeYears),
        Schedule = medicine.Schedule.ToString().ToUpperInvariant(),
        TelemedicineList = medicine.TelemedicineList.ToString().ToUpperInvariant(),
        Pregnancy = EnumText.Of(medicine.Pregnancy),
        RenalCaution = medicine.AvoidBelowEgfr is { } egfr ? $"avoid_below_egfr:{Text(egfr)}" : medicine.RenalCaution ? "caution" : null,
        Brands = string.Join('|', medicine.Brands),
    };

    private static string? Text(decimal? number) => number?.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture);
}
