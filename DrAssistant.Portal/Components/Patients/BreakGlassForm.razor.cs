using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>The way into a chart outside one's care: a kind, a reason in words, and a button that says what it does.</summary>
public partial class BreakGlassForm(IPatients patients, ICurrentUser user)
{
    private const int Shortest = 10;
    private static readonly string[] Kinds = ["Emergency", "Covering", "Patient asks", "Other"];

    private string? _kind;
    private string _reason = "";
    private bool _told;
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public ChartBanner Patient { get; set; } = default!;

    /// <summary>The glass is broken: the chart can be read.</summary>
    [Parameter]
    public EventCallback Broken { get; set; }

    private int Length => _reason.Trim().Length;

    private bool IsLongEnough => Length >= Shortest;

    private bool CanBreak => _kind is not null && IsLongEnough;

    private string HintColour => IsLongEnough ? "ok" : _told ? "bad" : "";

    private string Hint => (IsLongEnough, _kind) switch
    {
        (false, _) when Length > 0 => $"{Words.Count(Shortest - Length, "character")} more",
        (false, _) => "The button opens when a reason is chosen and written.",
        (true, null) => $"{Words.Count(Length, "character")}. Choose a reason above.",
        _ => Words.Count(Length, "character"),
    };

    private void Typed(string? typed)
    {
        _reason = typed ?? "";
        _told = false;
    }

    private Task BreakAsync() => SaveAsync(async () =>
    {
        var broken = await patients.BreakGlassAsync(Patient.PatientId, $"{_kind}: {_reason.Trim()}", CancellationToken.None);
        _refusal = broken.Refusal;
        _told = broken.Refusal?.Field is not null;
        if (broken.Succeeded)
        {
            await Broken.InvokeAsync();
        }
    });
}
