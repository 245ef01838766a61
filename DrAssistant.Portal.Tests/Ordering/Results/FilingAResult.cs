using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Ordering.Results.ResultsClinic;

namespace DrAssistant.Portal.Tests.Ordering.Results;

public sealed class FilingAResult(ClinicDatabase databases)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_nurse_and_a_laboratory_file_alike(bool typed)
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium, Sodium);

        var filed = (await clinic.FileAsync(typed ? clinic.Nila : null, order, clinic.Value(Potassium, 4.6m))).Value();

        var row = Assert.Single(await clinic.ResultsAsync());
        Assert.Equal((ResultFlag.Normal, 4.6m, "mmol/L", 3.5m, 5.1m), (row.Flag, row.ValueNumber, row.Unit, row.ReferenceLow, row.ReferenceHigh));
        Assert.Equal((filed.Id, typed ? clinic.Nila.Id : null, typed ? ResultSource.Entered : ResultSource.Hl7), (row.ReportId!.Value, row.EnteredBy, row.Source));
        Assert.Equal(OrderStatus.InProgress, filed.OrderIs);
        Assert.Empty(await clinic.AlertsAsync());
        Assert.Equal(["result.changed"], (await clinic.Clinic.OwedAsync()).Select(m => m.Kind));

        Assert.Equal(OrderStatus.Completed, (await clinic.FileAsync(typed ? clinic.Nila : null, order, clinic.Value(Sodium, 140))).Value().OrderIs);
        Assert.NotNull((await clinic.Clinic.RowAsync<Order>(order.Id)).CompletedAt);
    }

    [Fact]
    public async Task A_critical_potassium_alerts_the_ordering_doctor_once_for_the_whole_report()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium, Sodium, Creatinine);

        await clinic.FileAsync(clinic.Nila, order, clinic.Value(Sodium, 140), clinic.Value(Potassium, 6.3m), clinic.Value(Creatinine, 2.1m, "mg/dL"));

        var alert = Assert.Single(await clinic.AlertsAsync());
        Assert.Equal((clinic.Asha.Id, AlertSeverity.Critical, AlertType.LabResult), (alert.UserId, alert.Severity, alert.AlertType));
        Assert.Equal("Potassium 6.3 mmol/L ↑↑, critical", alert.Title);
        Assert.Equal("Reference 3.5 to 5.1. Also Creatinine 2.1 mg/dL ↑. Acknowledge it, then act.", alert.Message.Replace(' ', ' '));
        Assert.Contains(await clinic.Clinic.OwedAsync(), m => m.Kind == "alert.raised" && m.SubjectId == alert.Id);
    }

    [Fact]
    public async Task A_preliminary_value_alerts_only_when_it_is_critical()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium, Sodium);

        await clinic.FileAsync(clinic.Nila, order, clinic.Value(Sodium, 130, status: ResultStatus.Preliminary));
        Assert.Empty(await clinic.AlertsAsync());

        await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 6.8m, status: ResultStatus.Preliminary));
        Assert.StartsWith("Reference 3.5 to 5.1. Preliminary.", Assert.Single(await clinic.AlertsAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.InProgress, (await clinic.Clinic.RowAsync<Order>(order.Id)).Status);
    }

    [Fact]
    public async Task A_final_value_takes_the_place_of_the_preliminary_and_a_correction_that_of_the_final_and_all_stay()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);
        await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 5.0m, status: ResultStatus.Preliminary));
        await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 6.1m));

        (await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 4.1m))).AssertRefused(RefusalKind.Conflict);
        var corrected = (await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 4.1m, status: ResultStatus.Corrected))).Value();

        var rows = (await clinic.ResultsAsync()).OrderBy(r => r.ValueNumber).ToList();
        Assert.Equal([4.1m, 5.0m, 6.1m], rows.Select(r => r.ValueNumber!.Value));
        Assert.Equal([null, rows[2].Id, corrected.Results[0].Id], rows.Select(r => r.SupersededBy));
        Assert.Contains(await clinic.AlertsAsync(), a => a.Title.Replace(' ', ' ') == "Potassium 4.1 mmol/L, was 6.1 mmol/L");
        Assert.Equal(OrderStatus.Completed, corrected.OrderIs);
    }

    [Fact]
    public async Task A_panel_is_done_when_each_of_its_tests_is_or_when_the_laboratory_says_so()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync("lab-elec");
        var item = order.Items[0].Id;

        Assert.Equal(OrderStatus.InProgress, (await clinic.FileAsync(clinic.Nila, order, clinic.Value(Sodium, 140), clinic.Value(Potassium, 4))).Value().OrderIs);
        var catalogue = OrderCatalogue.FromFiles();
        var rest = catalogue.TestsOf(catalogue.Get("lab-elec")!).Where(t => t.Code is not (Sodium or Potassium)).ToList();
        Assert.NotEmpty(rest);
        var last = await clinic.FileAsync(clinic.Nila, order, clinic.Meera, [.. rest.Select(t => new ItemValue(item, clinic.Value(t.Code!, 100, t.Unit)))]);

        Assert.Equal(OrderStatus.Completed, last.Value().OrderIs);
    }

    [Theory]
    [InlineData(OrderStatus.Cancelled, "The order was cancelled.")]
    [InlineData(OrderStatus.Draft, "The order is not signed yet.")]
    public async Task Nothing_comes_to_an_order_that_is_none(OrderStatus status, string words)
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderOfAsync(OrderStatus.Draft, Potassium);
        if (status is OrderStatus.Cancelled)
        {
            await clinic.Clinic.RunAsync(
                "UPDATE orders SET status = 'cancelled', cancelled_at = now(), cancelled_by = $2, cancel_reason = 'Not needed' WHERE id = $1", order.Id, clinic.Asha.Id);
        }

        var refused = await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 4));

        Assert.Equal((RefusalKind.Conflict, words), (refused.Refusal!.Kind, refused.Refusal.Message));
        Assert.Empty(await clinic.ResultsAsync());
    }

    [Fact]
    public async Task A_unit_of_another_dimension_another_patient_and_a_test_that_was_not_ordered_are_refused()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);
        var ravi = await clinic.Clinic.Given.PatientAsync("Ravi");
        var item = order.Items[0].Id;

        (await clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 4, "10*3/uL"))).AssertRefused(RefusalKind.Invalid);
        (await clinic.FileAsync(null, order, ravi, [new ItemValue(item, clinic.Value(Potassium, 4))])).AssertRefused(RefusalKind.Conflict);
        (await clinic.FileAsync(null, order, clinic.Meera, [new ItemValue(Guid.CreateVersion7(), clinic.Value(Potassium, 4))])).AssertRefused(RefusalKind.NotFound);
        (await clinic.FileAsync(null, order, clinic.Value(Potassium, 4), clinic.Value(Potassium, 5))).AssertRefused(RefusalKind.Invalid);
        (await clinic.FileAsync(null, order, clinic.Value(Potassium, 4) with { EffectiveAt = clinic.Clinic.Clock.Now.AddDays(1) })).AssertRefused(RefusalKind.Invalid);
        Assert.Empty(await clinic.ResultsAsync());
    }

    [Fact]
    public async Task A_stranger_to_the_chart_finds_no_order()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);
        var nora = await clinic.Clinic.Given.NurseAsync("Nora Sen");

        (await clinic.FileAsync(nora, order, clinic.Value(Potassium, 4))).AssertRefused(RefusalKind.NotFound);
        Assert.Empty(await clinic.ResultsAsync());
    }

    [Fact]
    public async Task Moles_of_glucose_are_kept_as_grams_with_what_was_reported_beside()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Glucose);

        await clinic.FileAsync(clinic.Nila, order, clinic.Value(Glucose, 5.2m));

        var row = Assert.Single(await clinic.ResultsAsync());
        Assert.Equal((93.7m, "mg/dL", "5.2 mmol/L", ResultFlag.Normal), (row.ValueNumber, row.Unit, row.Reported, row.Flag));
    }

    [Fact]
    public async Task The_age_on_the_day_of_the_specimen_finds_the_range()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        await clinic.Clinic.RunAsync("UPDATE patients SET date_of_birth = $2 WHERE id = $1", clinic.Meera, new DateOnly(2026, 11, 1));
        var order = await clinic.OrderAsync(Potassium);

        await clinic.FileAsync(null, order, clinic.Value(Potassium, 5.8m));

        var row = Assert.Single(await clinic.ResultsAsync());
        Assert.Equal((3.9m, 5.9m, ResultFlag.Normal), (row.ReferenceLow, row.ReferenceHigh, row.Flag));
    }

    [Fact]
    public async Task The_laboratorys_own_range_and_flag_count_and_the_worse_flag_is_taken()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium, Sodium, Creatinine);

        await clinic.FileAsync(
            null, order, clinic.Value(Potassium, 5.3m) with { ReferenceLow = 3.5m, ReferenceHigh = 5.5m }, clinic.Value(Sodium, 140) with { LaboratoryFlag = "HH" },
            clinic.Value(Creatinine, 1, "umol/sack"));

        var rows = await clinic.ResultsAsync();
        Assert.Equal([ResultFlag.Normal, ResultFlag.CriticalHigh, ResultFlag.Unknown], rows.Select(r => r.Flag));
        Assert.Equal((5.5m, "HH", "umol/sack"), (rows[0].ReferenceHigh, rows[1].LaboratoryFlag, rows[2].Unit));
    }

    [Fact]
    public async Task Two_reports_at_once_answer_an_item_once()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);

        var answers = await Task.WhenAll(
            clinic.FileAsync(clinic.Nila, order, clinic.Value(Potassium, 4)), clinic.FileAsync(null, order, clinic.Value(Potassium, 4)));

        Assert.Single(answers, a => a.Succeeded);
        Assert.Single(await clinic.ResultsAsync());
    }
}
