using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Admin;

/// <summary>All that is known of a medicine, field by field, as in a row of the table.</summary>
public partial class MedicineForm
{
    private const string Several = "Several are parted by |";

    private static readonly MedicineField[] Fields =
    [
        new(nameof(MedicineDraft.GenericName), "Generic name", "Another common name in brackets", d => d.GenericName, (d, v) => d.GenericName = v, IsWide: true),
        new(nameof(MedicineDraft.Id), "Id", "Empty for a new one: made from the name", d => d.Id, (d, v) => d.Id = v),
        new(nameof(MedicineDraft.Brands), "Brands", Several, d => d.Brands, (d, v) => d.Brands = v, IsWide: true),
        new(nameof(MedicineDraft.CombinationOf), "Combination of", "Ids of the ingredients, parted by |; empty for an ingredient", d => d.CombinationOf, (d, v) => d.CombinationOf = v),
        new(nameof(MedicineDraft.Forms), "Forms", Several, d => d.Forms, (d, v) => d.Forms = v),
        new(nameof(MedicineDraft.Strengths), "Strengths", "500 mg|125 mg in 5 mL; of a combination 500 mg + 125 mg", d => d.Strengths, (d, v) => d.Strengths = v),
        new(nameof(MedicineDraft.Routes), "Routes", "oral, topical, intramuscular …; parted by |", d => d.Routes, (d, v) => d.Routes = v),
        new(nameof(MedicineDraft.UsualDose), "Usual dose of an adult", "A reminder in words", d => d.UsualDose, (d, v) => d.UsualDose = v, IsWide: true),
        new(nameof(MedicineDraft.MaxDailyMg), "Most of a day, mg", "Empty where none is known", d => d.MaxDailyMg, (d, v) => d.MaxDailyMg = v),
        new(nameof(MedicineDraft.MaxSingleMg), "Most at a time, mg", "Empty where none is known", d => d.MaxSingleMg, (d, v) => d.MaxSingleMg = v),
        new(nameof(MedicineDraft.DoseInterval), "Taken by the", "day, week or month: a weekly medicine is never written daily", d => d.DoseInterval, (d, v) => d.DoseInterval = v),
        new(nameof(MedicineDraft.LimitsFor), "The limits hold for", "oral, or empty for every route", d => d.LimitsFor, (d, v) => d.LimitsFor = v),
        new(nameof(MedicineDraft.ChildUsualMgPerKgDay), "Child, usual mg/kg a day", "Empty where none is known", d => d.ChildUsualMgPerKgDay, (d, v) => d.ChildUsualMgPerKgDay = v),
        new(nameof(MedicineDraft.ChildMaxMgPerKgDay), "Child, most mg/kg a day", "Empty where none is known", d => d.ChildMaxMgPerKgDay, (d, v) => d.ChildMaxMgPerKgDay = v),
        new(nameof(MedicineDraft.MinAgeYears), "Youngest age, years", "0.5 is six months", d => d.MinAgeYears, (d, v) => d.MinAgeYears = v),
        new(nameof(MedicineDraft.Schedule), "Schedule", "OTC, H, H1, X or NDPS", d => d.Schedule, (d, v) => d.Schedule = v),
        new(nameof(MedicineDraft.TelemedicineList), "Telemedicine list", "O, A, B or PROHIBITED", d => d.TelemedicineList, (d, v) => d.TelemedicineList = v),
        new(nameof(MedicineDraft.Pregnancy), "Pregnancy", "ok, caution, avoid or unknown", d => d.Pregnancy, (d, v) => d.Pregnancy = v),
        new(nameof(MedicineDraft.RenalCaution), "Kidneys", "caution, avoid_below_egfr:30, or empty", d => d.RenalCaution, (d, v) => d.RenalCaution = v),
        new(nameof(MedicineDraft.DrugClass), "Class", "As others of the list have it: ace-inhibitor", d => d.DrugClass, (d, v) => d.DrugClass = v),
        new(nameof(MedicineDraft.AtcCode), "ATC code", "", d => d.AtcCode, (d, v) => d.AtcCode = v),
    ];

    [Parameter, EditorRequired]
    public MedicineDraft Draft { get; set; } = new();

    [Parameter]
    public Refusal? Refusal { get; set; }

    [Parameter]
    public bool Saving { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSave { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnCancel { get; set; }

    private sealed record MedicineField(string Name, string Label, string Hint, Func<MedicineDraft, string?> Get, Action<MedicineDraft, string?> Set, bool IsWide = false);
}
