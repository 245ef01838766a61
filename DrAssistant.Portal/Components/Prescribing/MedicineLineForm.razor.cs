using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Prescribing;

public partial class MedicineLineForm(IFormulary formulary, IJSRuntime script)
{
    // Each field says what is wrong with it; directions are one field for what the server knows as four.
    private static readonly string[] OfDirections = [nameof(MedicineLineDraft.Dose), nameof(MedicineLineDraft.Frequency), nameof(MedicineLineDraft.Duration), nameof(MedicineLineDraft.Food)];
    private static readonly string[] Shown =
    [
        .. OfDirections, nameof(MedicineLineDraft.Strength), nameof(MedicineLineDraft.Form), nameof(MedicineLineDraft.Quantity), nameof(MedicineLineDraft.Refills), nameof(MedicineLineDraft.Instructions),
    ];

    private MedicineLineDraft _draft = new();
    private Medicine? _medicine;
    private Refusal? _refusal;
    private string _refills = "";
    private Task _saved = Task.CompletedTask;

    [Parameter, EditorRequired]
    public MedicineLineView Line { get; set; } = default!;

    /// <summary>Saves the line; answers why not.</summary>
    [Parameter, EditorRequired]
    public Func<MedicineLineDraft, Task<Refusal?>> Save { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private string? DirectionsError => OfDirections.Contains(_refusal?.Field) ? _refusal!.Message : null;

    private Refusal? Elsewhere => SaveFailure?.AsRefusal() ?? (_refusal is { } refusal && !Shown.Contains(refusal.Field) ? refusal : null);

    protected override async Task OnInitializedAsync()
    {
        _draft = Directions.Draft(Line);
        _refills = _draft.Refills == 0 ? "" : _draft.Refills.ToString(CultureInfo.InvariantCulture);
        if (Line.MedicineId is { } id)
        {
            await LoadAsync(cancellation => formulary.GetAsync(id, cancellation), found => _medicine = found.Value);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await script.InvokeVoidAsync("clinicDialog.focus", FirstOpen());
        }
    }

    private static string? Chosen(ChangeEventArgs chosen) => chosen.Value as string is { Length: > 0 } text ? text : null;

    private string? Said(string field) => _refusal?.Field == field ? _refusal.Message : null;

    private string? Invalid(string field) => _refusal?.Field == field ? "true" : null;

    /// <summary>What is still to be chosen; else how it is taken, which changes most often.</summary>
    private string FirstOpen() => _medicine is null ? "rx-directions"
        : _draft.Strength is null && _medicine.Strengths.Count > 1 ? "rx-strength"
        : _draft.Form is null && _medicine.Forms.Count > 1 ? "rx-form"
        : "rx-directions";

    private Task RefillsAsync(ChangeEventArgs typed)
    {
        _refills = Chosen(typed) ?? "";
        if (!int.TryParse(_refills.Length == 0 ? "0" : _refills, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _refusal = Refusal.Invalid($"Write a number from 0 to {MedicineLineDraft.MostRefills}.", nameof(MedicineLineDraft.Refills));
            return Task.CompletedTask;
        }

        return SetAsync(d => d.Refills = number);
    }

    private void ChooseStrength(MedicineLineDraft draft, string? strength)
    {
        draft.Strength = strength;
        draft.Form ??= _medicine is null ? null : TypedMedicine.FormOf(_medicine, strength);
    }

    private Task SetAsync(Action<MedicineLineDraft> set)
    {
        set(_draft);
        return _saved = SaveAfterAsync(_saved);
    }

    // One after the other: what is typed in the next field is saved with both.
    private async Task SaveAfterAsync(Task before)
    {
        await before;
        _refusal = await Save(_draft);
    }

    // Enter leaves the field and sends the form at once. A field that cannot be read keeps it open: closed, it would look as if it had been taken.
    private async Task CloseAsync()
    {
        await _saved;
        if (_refusal is null)
        {
            await OnClose.InvokeAsync();
        }
    }
}
