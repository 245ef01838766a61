using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Ordering.Messages;

/// <summary>The work-list of results that fit no order, or more than one. A person finds the order by two identifiers of the patient, or dismisses the report.</summary>
public partial class UnmatchedPage(IUnmatchedResults results)
{
    private IReadOnlyList<WaitingLine>? _lines;
    private WaitingCandidate? _candidate;
    private WaitingLine? _dismissing;
    private Guid? _placing;
    private Refusal? _refusal;
    private string? _told;
    private string _reason = "";

    protected override Task OnInitializedAsync() => ReloadAsync();

    private static string Why(WaitingLine line) => line.Why switch
    {
        UnmatchedReason.NoOrder => "No order fits",
        UnmatchedReason.SeveralOrders => "More than one order fits",
        UnmatchedReason.PatientUnknown => "Nobody here is meant for certain",
        UnmatchedReason.PatientDiffers => "The order is somebody else's",
        UnmatchedReason.OrderCancelled => "The order was cancelled",
        UnmatchedReason.TestNotOrdered => "The order has no such test",
        UnmatchedReason.UnitUnknown => line.Words ?? "The unit does not fit the test",
        UnmatchedReason.ValueUnreadable => "A value cannot be read",
        UnmatchedReason.AlreadyFinal => "There is another final value already",
        _ => line.Words ?? "It could not be filed",
    };

    private static string Person(WaitingLine line) => string.Join(", ", new[]
    {
        line.PersonName, line.Sex is { } sex ? Words.Of(sex) : null, line.Born is { } born ? $"born {ClinicFormat.Date(born)}" : null, string.Join(" / ", line.PersonNumbers),
    }.Where(part => !string.IsNullOrEmpty(part)).DefaultIfEmpty("nobody"));

    private Task ReloadAsync() => LoadAsync(results.ListAsync, read => (_lines, _refusal) = (read.Value ?? _lines, read.Refusal));

    private void Begin(WaitingLine line) => (_placing, _candidate, _refusal, _told) = (line.Id, null, null, null);

    private void Leave() => (_placing, _candidate, _refusal) = (null, null, null);

    private void Ask(WaitingLine line) => (_dismissing, _reason, _refusal, _told) = (line, "", null, null);

    private Task FindAsync(WaitingLine line, PlacingForm.Identifiers asked) => LoadAsync(
        cancellation => results.FindAsync(line.Id, asked.Mrn, asked.Born, cancellation),
        read => (_candidate, _refusal) = (read.Value, read.Refusal));

    private Task AttachAsync(WaitingLine line, PlacingForm.Choice chosen) => SaveAsync(async () =>
    {
        var attached = await results.AttachAsync(line.Id, chosen.ItemId, chosen.Reason, CancellationToken.None);
        if (attached.Succeeded)
        {
            (_placing, _candidate, _told) = (null, null, $"{line.Test} is filed.");
            await ReloadAsync();
        }

        _refusal = attached.Refusal;
    });

    private Task DismissAsync(WaitingLine line) => SaveAsync(async () =>
    {
        var dismissed = await results.DismissAsync(line.Id, _reason, CancellationToken.None);
        if (dismissed.Refusal is not { Field: "reason" })
        {
            (_dismissing, _told) = (null, dismissed.Succeeded ? $"{line.Test} is dismissed." : null);
            await ReloadAsync();
        }

        _refusal = dismissed.Refusal;
    });
}
