using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>
/// For whoever holds a printed prescription and is no member of staff: who signed it, when, whether it still holds. Static, so that no circuit opens for a stranger.
/// </summary>
public partial class VerifyPage(IPaperCheck papers, NavigationManager navigation)
{
    private PaperVerdict? _verdict;

    [Parameter]
    public string? Code { get; set; }

    [Inject]
    private ClinicClock Clock { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "code")]
    private string? Typed { get; set; }

    [SupplyParameterFromForm(FormName = "year")]
    private VerifyForm? Form { get; set; }

    private bool IsWrongYear => Form?.BirthYear is not null && _verdict is { Initials: null };

    private bool IsGood => _verdict is { Verdict: { IsUnchanged: true, Status: not PrescriptionStatus.Cancelled } };

    private string State => _verdict?.Verdict switch
    {
        { IsUnchanged: false } => "Changed: what is kept is not what was signed. Do not dispense; ring the practice.",
        { IsReplaced: true } => _verdict.ReplacedBy is { } number ? $"Superseded by {number}. Do not dispense." : "Superseded by another prescription. Do not dispense.",
        { Status: PrescriptionStatus.Cancelled } => "Cancelled. Do not dispense.",
        { Status: PrescriptionStatus.Dispensed } => "Genuine and unchanged. Its medicines were dispensed already.",
        _ => "Genuine and unchanged.",
    };

    protected override async Task OnInitializedAsync()
    {
        if ((Code ?? Typed) is { Length: > 0 } asked && papers.Tidied(asked) is { } tidy && tidy != Code)
        {
            // One address a paper, so that asking too often is counted.
            navigation.NavigateTo($"{PortalPaths.Verify}/{tidy}");
            return;
        }

        Code ??= string.IsNullOrWhiteSpace(Typed) ? null : Typed;
        _verdict = await papers.CheckAsync(Code, birthYear: null, CancellationToken.None);
    }

    private async Task AskAsync()
    {
        if (int.TryParse(Form?.BirthYear, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            _verdict = await papers.CheckAsync(Code, year, CancellationToken.None);
        }
    }
}

/// <summary>What a stranger types about the patient.</summary>
public sealed class VerifyForm
{
    public string? BirthYear { get; set; }

    public override string ToString() => nameof(VerifyForm);
}
