using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Merging;

namespace DrAssistant.Portal.Components.Patients.Merging;

/// <summary>The screens' words for what is compared.</summary>
internal static class MergeWords
{
    public static string Of(MergeField field) => field switch
    {
        MergeField.Mobile => "Mobile",
        MergeField.Email => "E-mail",
        MergeField.Abha => "ABHA",
        MergeField.AbhaAddress => "ABHA address",
        MergeField.BloodGroup => "Blood group",
        MergeField.Contact => "Emergency contact",
        _ => field.ToString(),
    };

    /// <summary>What stands in an empty cell.</summary>
    public static string Empty(MergeField field) => field is MergeField.Abha or MergeField.AbhaAddress or MergeField.Contact or MergeField.Guardian ? "none" : "not recorded";

    public static string Of(MergeStatus status) => status switch
    {
        MergeStatus.Asked => "Waits",
        MergeStatus.Approved => "Approved",
        MergeStatus.Declined => "Declined",
        _ => "Undone",
    };

    public static string Colour(MergeStatus status) => status switch
    {
        MergeStatus.Asked => "wait",
        MergeStatus.Approved => "live",
        _ => "",
    };

    public static string Visits(MergeRecord record, ClinicClock clock) => (record.Visits, record.LastVisit) switch
    {
        (0, _) => "none",
        (1, { } only) => $"1, {ClinicFormat.Date(clock.DayOf(only))}",
        (var many, { } last) => $"{many}, last {ClinicFormat.Date(clock.DayOf(last))}",
        (var many, _) => $"{many}",
    };

    public static string Ahead(MergeRecord record, ClinicClock clock) => (record.Ahead, record.NextVisit) switch
    {
        (0, _) => "none",
        (1, { } only) => ClinicFormat.DateAndTime(only, clock),
        (var many, { } next) => $"{many}, next {ClinicFormat.DateAndTime(next, clock)}",
        (var many, _) => $"{many}",
    };

    public static string PageOf(Guid survivor, Guid merged) => $"/patients/merge/{survivor}/{merged}";

    public static string PageOf(Guid merge) => $"/admin/merges/{merge}";
}
