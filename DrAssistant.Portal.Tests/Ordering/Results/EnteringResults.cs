using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Support;
using static DrAssistant.Portal.Tests.Ordering.Results.ResultsClinic;

namespace DrAssistant.Portal.Tests.Ordering.Results;

public sealed class EnteringResults(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_nurse_sees_what_waits_and_types_it_in()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium, "lab-widto");
        await clinic.OrderOfAsync(OrderStatus.Draft, Sodium);
        await using var acting = clinic.Clinic.As(clinic.Nila);
        var results = acting.Get<IResults>();

        Assert.Equal(order.Id, Assert.Single((await results.WaitingAsync(Cancellation)).Value()).OrderId);
        var form = (await results.FormAsync(order.Id, Cancellation)).Value();
        Assert.Equal(["Potassium"], form.Items[0].Values.Select(v => v.Name));
        Assert.Equal((ResultValueType.Numeric, "3.5 to 5.1", null), (form.Items[0].Values[0].Type, form.Items[0].Values[0].Reference, form.Items[0].Values[0].Standing));
        Assert.Equal(["mmol/L", "meq/L"], form.Items[0].Values[0].Units);

        var entered = (await results.EnterAsync(Draft(clinic, order, ("6.3", "meq/L")), Cancellation)).Value();

        Assert.NotNull(entered.ReportId);
        Assert.Equal("Potassium 6.3 mmol/L", Assert.Single(entered.Critical).Replace(' ', ' '));
        Assert.Equal("6.3 mmol/L", (await results.FormAsync(order.Id, Cancellation)).Value().Items[0].Values[0].Standing!.Value.Replace(' ', ' '));
        Assert.True(Assert.Single((await results.WaitingAsync(Cancellation)).Value()).Begun);
    }

    [Fact]
    public async Task Typing_another_value_corrects_and_the_old_one_stays()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);
        await using var acting = clinic.Clinic.As(clinic.Nila);
        await acting.Get<IResults>().EnterAsync(Draft(clinic, order, ("4.6", null)), Cancellation);

        (await acting.Get<IResults>().EnterAsync(Draft(clinic, order, ("4.1", null)), Cancellation)).Value();

        Assert.Equal([(4.1m, ResultStatus.Corrected, false), (4.6m, ResultStatus.Final, true)], (await clinic.ResultsAsync())
            .OrderBy(r => r.ValueNumber).Select(r => (r.ValueNumber!.Value, r.Status, r.SupersededBy is not null)));
    }

    [Theory]
    [InlineData("7,2", "mmol/L", "Write 7.2 with a point, if that is meant.")]
    [InlineData("4.2", "10*3/uL", "Potassium is measured in mmol/L, which ×10³/µL cannot become.")]
    public async Task What_cannot_be_is_said_beside_its_field_and_nothing_is_filed(string typed, string unit, string words)
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium, Sodium);
        await using var acting = clinic.Clinic.As(clinic.Nila);

        var asked = (await acting.Get<IResults>().EnterAsync(Draft(clinic, order, (typed, unit), ("140", null)), Cancellation)).Value();

        Assert.Equal(new ResultQuestion(order.Items[0].Id, Potassium, words), Assert.Single(asked.Questions));
        Assert.Null(asked.ReportId);
        Assert.Empty(await clinic.ResultsAsync());
    }

    [Fact]
    public async Task Words_are_kept_and_flagged_as_the_paper_says()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync("lab-marrow");
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var draft = new ResultDraft(order.Id, clinic.Clinic.Clock.Now, [new TypedResult(order.Items[0].Id, "lab-marrow", CodeSystems.Catalogue, "Blasts seen") { Says = PaperSays.Abnormal }]);

        (await acting.Get<IResults>().EnterAsync(draft, Cancellation)).Value();

        var row = Assert.Single(await clinic.ResultsAsync());
        Assert.Equal(("Blasts seen", null, ResultFlag.Abnormal, OrderStatus.Completed), (row.ValueText, row.ValueNumber, row.Flag, (await clinic.Clinic.RowAsync<Order>(order.Id)).Status));
        Assert.EndsWith("Blasts seen", Assert.Single(await clinic.AlertsAsync()).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_form_and_a_test_that_was_not_ordered_are_asked_about()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);
        await using var acting = clinic.Clinic.As(clinic.Nila);

        Assert.Single((await acting.Get<IResults>().EnterAsync(Draft(clinic, order, (" ", null)), Cancellation)).Value().Questions);
        var other = new ResultDraft(order.Id, clinic.Clinic.Clock.Now, [new TypedResult(order.Items[0].Id, Sodium, CodeSystems.Loinc, "140")]);
        Assert.Equal("This was not ordered here.", Assert.Single((await acting.Get<IResults>().EnterAsync(other, Cancellation)).Value().Questions).Words);
    }

    [Fact]
    public async Task Reception_and_nobody_may_not_and_a_stranger_finds_no_order()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);
        await using var desk = clinic.Clinic.As(await clinic.Clinic.Given.ReceptionistAsync());
        await using var nobody = clinic.Clinic.AsNobody();
        await using var stranger = clinic.Clinic.As(await clinic.Clinic.Given.NurseAsync("Nora Sen"));

        foreach (var person in new[] { desk, nobody })
        {
            (await person.Get<IResults>().WaitingAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await person.Get<IResults>().FormAsync(order.Id, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await person.Get<IResults>().EnterAsync(Draft(clinic, order, ("4", null)), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        }

        Assert.Empty((await stranger.Get<IResults>().WaitingAsync(Cancellation)).Value());
        (await stranger.Get<IResults>().FormAsync(order.Id, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await stranger.Get<IResults>().EnterAsync(Draft(clinic, order, ("4", null)), Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    private static ResultDraft Draft(ResultsClinic clinic, Order order, params (string Value, string? Unit)[] typed)
        => new(order.Id, clinic.Clinic.Clock.Now.AddHours(-1), [.. typed.Select((t, at) => new TypedResult(order.Items[at].Id, order.Items[at].ItemCode, order.Items[at].CodeSystem!, t.Value) { Unit = t.Unit })]);
}
