using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Safety;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>Checks the draft at each of its versions, and again when something that it was checked with has changed.</summary>
public partial class SafetyPanel(IPrescriptionSafety safety, ClinicClock clock)
{
    private readonly Dictionary<string, TypedOverride> _typed = [];
    private (Guid Id, int Version, int Turn)? _checked;
    private DraftSafety? _safety;
    private SafetyFinding? _asks;
    private Refusal? _refusal;
    private bool _showsQuiet;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    [Parameter, EditorRequired]
    public PrescriptionView Draft { get; set; } = default!;

    /// <summary>Another number asks for another check of the same draft.</summary>
    [Parameter]
    public int Turn { get; set; }

    [Parameter]
    public bool MayWrite { get; set; }

    /// <summary>What was found, and in which version of the draft: whoever signs an older one's answer would sign unseen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<(DraftSafety? Found, int Version)> OnChecked { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<Guid> OnEdit { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<Guid> OnRemove { get; set; }

    private string State => _safety is null || Loading ? "" : _safety.Open.Count > 0 ? "bad" : Overlooked is not null ? "warn" : "ok";

    private NotChecked? Overlooked => _safety?.Report.NotChecked.FirstOrDefault(PrescriptionWords.AsksToLook);

    private List<SafetyFinding> Quiet => _safety is null ? [] : [.. _safety.Report.Findings.Except(_safety.Open)];

    protected override async Task OnParametersSetAsync()
    {
        if (_checked != (Draft.Id, Draft.Version, Turn))
        {
            _checked = (Draft.Id, Draft.Version, Turn);
            await CheckAsync();
        }
    }

    private Task CheckAsync()
    {
        var version = Draft.Version;
        return LoadAsync(
            cancellation => safety.CheckAsync(new DraftCheck(Draft.Id, Draft.PatientId), cancellation),
            read =>
            {
                (_safety, _refusal) = (read.Value, read.Refusal);
                _ = OnChecked.InvokeAsync((_safety, version));
            });
    }

    /// <summary>
    /// What was checked, when, against what, with which lists. A line of free text was not; and a draft's own medicines are no others: "against 3 medicines" would read as if the
    /// patient took three.
    /// </summary>
    private string By(DraftSafety found)
    {
        var (facts, lines) = (found.Facts, Draft.Lines.Count(line => line.IsChecked));
        var against = new[]
        {
            lines > 1 ? "each other" : null,
            Count(facts.OtherMedicines, "other medicine", "other medicines"),
            Count(found.Report.Allergies, "recorded allergy", "recorded allergies"),
            facts.WeightKg is { } weight ? string.Create(CultureInfo.InvariantCulture, $"weight {weight:0.#} kg{(facts.WeighedOn is { } on ? $" of {ClinicFormat.Date(on)}" : "")}") : null,
            facts.Egfr is { } egfr ? string.Create(CultureInfo.InvariantCulture, $"eGFR {egfr:0}{(facts.KidneyOn is { } day ? $" of {ClinicFormat.Date(day)}" : "")}") : null,
        };
        return $"{PrescriptionWords.Lines(lines)} checked {ClinicFormat.Time(clock.TimeOf(found.Report.CheckedAt))} against {string.Join(", ", against.Where(a => a is not null))}. Lists of {ClinicFormat.Date(found.Report.DataDate)}.";
    }

    private static string Count(int number, string one, string many) => number switch { 0 => $"no {one}", 1 => $"1 {one}", _ => $"{number} {many}" };

    private string ReasonWords(OverriddenFinding answered) => safety.Reasons.FirstOrDefault(r => r.Reason == answered.Reason)?.Words ?? "";

    private TypedOverride TypedFor(SafetyFinding finding)
    {
        if (!_typed.TryGetValue(finding.Key, out var typed))
        {
            _typed[finding.Key] = typed = new TypedOverride();
        }

        return typed;
    }

    private Task Overridden(DraftSafety now)
    {
        (_safety, _asks) = (now, null);
        return OnChecked.InvokeAsync((now, Draft.Version));
    }
}

/// <summary>What was typed about a finding, kept when somebody goes back to look.</summary>
public sealed class TypedOverride
{
    public OverrideReason? Reason { get; set; }

    public string? Text { get; set; }
}
