using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Encounters.Vitals;

/// <summary>The form of vital signs, for a dialog or a part of a page. What it records, every open page hears.</summary>
public partial class VitalsFields(IVitals vitals, ClinicClock clock, IJSRuntime script)
{
    private readonly Dictionary<VitalSign, string> _texts = [];
    private VitalsDraft _draft = new();
    private VitalsForm? _form;
    private Refusal? _refusal;
    private IReadOnlyList<VitalQuestion> _questions = [];
    private string? _focus;

    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    /// <summary>The visit that they are measured in; without one they are filed with the open or the next one of the day.</summary>
    [Parameter]
    public Guid? EncounterId { get; set; }

    [Parameter]
    public EventCallback<VitalSet> OnRecorded { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <summary>Whether nothing was typed that closing would lose.</summary>
    public bool IsBlank => _texts.Values.All(text => text.Length == 0);

    private decimal? Bmi => InOwnUnit(VitalSign.Weight, "kg") is { } weight && InOwnUnit(VitalSign.Height, "cm") is { } height
        ? VitalsForm.Bmi(weight, height)
        : null;

    protected override Task OnParametersSetAsync()
    {
        if (_draft.PatientId == PatientId)
        {
            return Task.CompletedTask;
        }

        _draft = new VitalsDraft { PatientId = PatientId };
        _texts.Clear();
        (_form, _refusal, _questions) = (null, null, []);
        return ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } id)
        {
            _focus = null;
            await script.InvokeVoidAsync("clinicDialog.focus", id);
        }
    }

    private Task ReadAsync() => LoadAsync(cancellation => vitals.FormAsync(PatientId, cancellation), read =>
    {
        (_form, _refusal) = (read.Value, read.Refusal);
        _focus = _form is { Fields: [var first, ..] } ? IdOf(first.Sign) : null;
    });

    private static string IdOf(VitalSign sign) => $"vital-{EnumText.Of(sign)}";

    private VitalEntryDraft EntryOf(VitalSign sign)
    {
        if (_draft.Entries.FirstOrDefault(e => e.Sign == sign) is not { } entry)
        {
            _draft.Entries.Add(entry = new VitalEntryDraft { Sign = sign });
        }

        return entry;
    }

    private string? TextOf(VitalSign sign) => _texts.GetValueOrDefault(sign);

    private VitalQuestion? QuestionOf(VitalSign sign) => _questions.FirstOrDefault(q => q.Sign == sign);

    private string RangeOf(VitalField field)
    {
        var last = field.Last is { } before ? $"last {ClinicFormat.Amount(before.Value, before.Unit).TrimEnd()}, {ClinicFormat.Date(clock.DayOf(before.At))}" : null;
        return string.Join(" · ", new[] { VitalsWords.Range(field.Limits), last }.OfType<string>());
    }

    /// <summary>Where what is typed lies, at once: a critical value is seen before it is recorded. Not while it is asked about.</summary>
    private ResultFlag? Judged(VitalField field)
    {
        if (field.Limits is not { } limits || QuestionOf(field.Sign) is not null || InOwnUnit(field.Sign, field.Units[0].Ucum) is not { } value)
        {
            return null;
        }

        return value <= limits.CriticalLow ? ResultFlag.CriticalLow
            : value >= limits.CriticalHigh ? ResultFlag.CriticalHigh
            : value < limits.UsualLow ? ResultFlag.Low
            : value > limits.UsualHigh ? ResultFlag.High
            : null;
    }

    /// <summary>Both pressures are said in one breath: 132/84 fills the two fields.</summary>
    private void Typed(VitalField field, string? text)
    {
        var typed = text?.Trim() ?? "";
        if (field.Sign is VitalSign.SystolicPressure && typed.Split('/', StringSplitOptions.TrimEntries) is [var systolic, { Length: > 0 } diastolic])
        {
            Put(VitalSign.DiastolicPressure, diastolic);
            typed = systolic;
        }

        Put(field.Sign, typed);
        Ask();
    }

    private void Put(VitalSign sign, string typed)
    {
        var entry = EntryOf(sign);
        (_texts[sign], entry.Value, entry.Answer) = (typed, Number(typed), null);
    }

    private void InUnit(VitalEntryDraft entry, VitalField field, string? unit)
    {
        entry.Unit = field.Units.FirstOrDefault(u => u.Ucum == unit)?.Ucum;
        Ask();
    }

    private void Answer(VitalEntryDraft entry, string? answer)
    {
        entry.Answer = string.IsNullOrWhiteSpace(answer) ? null : answer.Trim();
        Ask();
    }

    private void Ask()
    {
        _refusal = null;
        _questions = [.. Unread(), .. _form?.Ask(_draft) ?? []];
    }

    private IEnumerable<VitalQuestion> Unread() => _texts
        .Where(t => t.Value.Length > 0 && Number(t.Value) is null)
        .Select(t => new VitalQuestion(t.Key, "This is no number.", CanBeAnswered: false));

    // A decimal comma is what some keypads offer.
    private static decimal? Number(string typed)
        => decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private decimal? InOwnUnit(VitalSign sign, string own)
        => EntryOf(sign) is { Value: { } value } entry && (entry.Unit ?? own) == own && QuestionOf(sign) is null or { CanBeAnswered: true } ? value : null;

    private Task RecordAsync() => SaveAsync(async () =>
    {
        Ask();
        if (_questions.Count == 0)
        {
            _draft.EncounterId = EncounterId;
            var set = await vitals.RecordAsync(_draft, CancellationToken.None);
            _refusal = set.Refusal;
            if (set.Succeeded)
            {
                await OnRecorded.InvokeAsync(set.Value);
                return;
            }

            _questions = set.Refusal is VitalsQuestioned asked ? asked.Questions : [];
        }

        _focus = _questions.Count > 0 ? IdOf(_questions[0].Sign) : null;
    });
}
