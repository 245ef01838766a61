using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static DrAssistant.Portal.Tests.Ordering.Results.ResultsClinic;

namespace DrAssistant.Portal.Tests.Ordering.Results;

public sealed class TheResultInbox(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_the_worst_first_and_the_oldest_first_within_a_report_a_line()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        await FileAsync(clinic, clinic.Value(Sodium, 140));
        await FileAsync(clinic, clinic.Value(Creatinine, 2.1m, "mg/dL"), clinic.Value(Sodium, 139));
        await FileAsync(clinic, clinic.Value(Sodium, 150));
        var known = await FileAsync(clinic, clinic.Value(Potassium, 6.5m));
        await FileAsync(clinic, clinic.Value(Potassium, 6.3m));
        await FileAsync(clinic, clinic.Value(Sodium, 141, status: ResultStatus.Preliminary));
        await using var acting = clinic.Clinic.As(clinic.Asha);
        await acting.Get<IResultInbox>().AcknowledgeAsync(known, Cancellation);

        var inbox = (await acting.Get<IResultInbox>().ReadAsync(practice: false, Cancellation)).Value();

        Assert.Equal(
            [
                (InboxState.CriticalNotAcknowledged, "Potassium", "6.3", 0), (InboxState.Critical, "Potassium", "6.5", 0), (InboxState.Abnormal, "Creatinine", "2.1", 1),
                (InboxState.Abnormal, "Sodium", "150", 0), (InboxState.Normal, "Sodium", "140", 0),
            ],
            inbox.Lines.Select(l => (l.State, l.Shown.Name, l.Shown.Value, l.Others)));
        Assert.Equal([false, false, false, false, true], inbox.Lines.Select(l => l.AllInRange));
        Assert.Equal(5, (await acting.Get<IResultInbox>().CountAsync(Cancellation)).Value());
        Assert.Contains(await clinic.Clinic.TrailOfAsync(clinic.Asha), e => e.Event == "results.inbox" && e.PatientIds!.Contains(clinic.Meera));
    }

    [Fact]
    public async Task Is_nobodys_a_nurses_not_and_a_stranger_finds_nothing_in_it()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var report = await FileAsync(clinic, clinic.Value(Potassium, 6.3m));
        var basu = await clinic.Clinic.Given.DoctorAsync("Basu Dev");
        foreach (var person in new[] { null, clinic.Nila })
        {
            await using var nobody = person is null ? clinic.Clinic.AsNobody() : clinic.Clinic.As(person);
            (await nobody.Get<IResultInbox>().ReadAsync(false, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await nobody.Get<IResultInbox>().ReviewAsync([report], null, Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await nobody.Get<IResultInbox>().AcknowledgeAsync(report, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        }

        await using var stranger = clinic.Clinic.As(basu);
        Assert.Empty((await stranger.Get<IResultInbox>().ReadAsync(practice: true, Cancellation)).Value().Lines);
        (await stranger.Get<IResultInbox>().OpenAsync(report, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await stranger.Get<IResultInbox>().AcknowledgeAsync(report, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await stranger.Get<IResultInbox>().ReviewAsync([report], null, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await stranger.Get<IResultInbox>().FollowUpAsync(report, "Ring", 1, Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task Of_the_practice_shows_a_colleagues_orders_of_patients_in_ones_care()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        await FileAsync(clinic, clinic.Value(Sodium, 150));
        var basu = await clinic.Clinic.Given.DoctorAsync("Basu Dev");
        await clinic.Clinic.Given.CareAsync(basu, clinic.Meera);
        await using var acting = clinic.Clinic.As(basu);

        Assert.Empty((await acting.Get<IResultInbox>().ReadAsync(practice: false, Cancellation)).Value().Lines);
        Assert.Equal("Asha Rao", Assert.Single((await acting.Get<IResultInbox>().ReadAsync(practice: true, Cancellation)).Value().Lines).Doctor);
    }

    [Fact]
    public async Task Reviewing_keeps_who_when_and_what_was_written_and_can_be_taken_back_at_once()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var report = await FileAsync(clinic, clinic.Value(Sodium, 150), clinic.Value(Creatinine, 1, "mg/dL"));
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var inbox = acting.Get<IResultInbox>();

        var mark = (await inbox.ReviewAsync([report], " Repeat in a week ", Cancellation)).Value();

        Assert.All(await clinic.ResultsAsync(), r => Assert.Equal(
            (clinic.Asha.Id, clinic.Clinic.Clock.Now, "Repeat in a week"), (r.ReviewedBy!.Value, r.ReviewedAt!.Value, r.ReviewComment)));
        Assert.Empty((await inbox.ReadAsync(false, Cancellation)).Value().Lines);
        Assert.Equal(2, (await inbox.ReadAsync(false, Cancellation)).Value().ReviewedToday);
        (await inbox.ReviewAsync([report], null, Cancellation)).AssertRefused(RefusalKind.Conflict);
        Assert.Single(await clinic.Clinic.TrailOfAsync(clinic.Asha), e => e.Event == "result.review" && e.PatientId == clinic.Meera);

        (await inbox.TakeBackAsync(mark, Cancellation)).Value();
        Assert.Single((await inbox.ReadAsync(false, Cancellation)).Value().Lines);
        mark = (await inbox.ReviewAsync([report], null, Cancellation)).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(3);
        (await inbox.TakeBackAsync(mark, Cancellation)).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task A_critical_one_is_acknowledged_before_it_is_reviewed_and_only_normal_ones_are_reviewed_together()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var critical = await FileAsync(clinic, clinic.Value(Potassium, 6.3m));
        var (one, two, high) = (await FileAsync(clinic, clinic.Value(Sodium, 140)), await FileAsync(clinic, clinic.Value(Sodium, 141)), await FileAsync(clinic, clinic.Value(Sodium, 150)));
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var inbox = acting.Get<IResultInbox>();

        (await inbox.ReviewAsync([critical], null, Cancellation)).AssertRefused(RefusalKind.Conflict);
        (await inbox.ReviewAsync([one, two, high], null, Cancellation)).AssertRefused(RefusalKind.Conflict);
        (await inbox.ReviewAsync([one, two], null, Cancellation)).Value();
        await inbox.AcknowledgeAsync(critical, Cancellation);
        (await inbox.ReviewAsync([critical], null, Cancellation)).Value();

        Assert.Equal(["150"], (await inbox.ReadAsync(false, Cancellation)).Value().Lines.Select(l => l.Shown.Value));
    }

    [Fact]
    public async Task A_corrected_one_comes_back_with_what_it_was()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var order = await clinic.OrderAsync(Potassium);
        var report = (await clinic.FileAsync(null, order, clinic.Value(Potassium, 6.1m))).Value().Id;
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var inbox = acting.Get<IResultInbox>();
        (await inbox.ReviewAsync([report], null, Cancellation)).Value();

        await clinic.FileAsync(null, order, clinic.Value(Potassium, 4.1m, status: ResultStatus.Corrected));

        var line = Assert.Single((await inbox.ReadAsync(false, Cancellation)).Value().Lines);
        Assert.Equal(("4.1", "6.1", ResultStatus.Corrected, false), (line.Shown.Value, line.Shown.Was, line.Shown.Status, line.AllInRange));
    }

    [Fact]
    public async Task A_report_has_each_value_with_the_one_before_and_says_a_leap()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        await FileAsync(clinic, clinic.Value(Potassium, 4.2m) with { EffectiveAt = clinic.Clinic.Clock.Now.AddDays(-3) });
        var report = await FileAsync(clinic, clinic.Value(Potassium, 6.3m), clinic.Value(Sodium, 140) with { Comparator = "<" });
        await using var acting = clinic.Clinic.As(clinic.Asha);

        var opened = (await acting.Get<IResultInbox>().OpenAsync(report, Cancellation)).Value();

        var potassium = opened.Values[0];
        Assert.Equal(("4.2", "rose 2.1 in 3 days", "3.5 to 5.1"), (potassium.Previous!.Value, potassium.Change, ResultText.Range(potassium.ReferenceLow, potassium.ReferenceHigh, null)));
        Assert.StartsWith("Changed by 50 %", potassium.Leap, StringComparison.Ordinal);
        Assert.Equal([4.2m, 6.3m], potassium.Trend);
        Assert.Equal(("<140", null), (opened.Values[1].Value, opened.Values[1].Previous));
        Assert.Equal(opened.ArrivedAt + ResultEscalation.After, opened.EscalatesAt);
        Assert.Equal(opened.ReportId, (await acting.Get<IResultInbox>().OpenAsync(potassium.Id, Cancellation)).Value().ReportId);
        Assert.Equal(2, (await clinic.Clinic.TrailOfAsync(clinic.Nila)).Count(e => e.Event == "result.file" && e.PatientId == clinic.Meera));
    }

    [Fact]
    public async Task What_was_taken_over_without_a_report_is_a_report_by_its_order()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, Potassium, 6.8m, ResultFlag.CriticalHigh, unit: "mmol/L");
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var inbox = acting.Get<IResultInbox>();

        var line = Assert.Single((await inbox.ReadAsync(false, Cancellation)).Value().Lines);
        Assert.Equal(line.OrderId, line.ReportId);
        Assert.Equal(InboxState.Critical, (await inbox.AcknowledgeAsync(line.ReportId, Cancellation)).Value().State);
        (await inbox.ReviewAsync([line.ReportId], null, Cancellation)).Value();
        Assert.Empty((await inbox.ReadAsync(false, Cancellation)).Value().Lines);
    }

    [Fact]
    public async Task A_follow_up_is_ones_own_and_the_desk_reads_nothing_clinical()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var report = await FileAsync(clinic, clinic.Value(Potassium, 6.3m));
        await using var acting = clinic.Clinic.As(clinic.Asha);
        var inbox = acting.Get<IResultInbox>();

        (await inbox.TellTheDeskAsync(report, DeskMessage.AskToCome, Cancellation)).AssertRefused(RefusalKind.Conflict);
        var devi = await clinic.Clinic.Given.ReceptionistAsync();
        var follow = await clinic.Clinic.RowAsync<ClinicTask>((await inbox.FollowUpAsync(report, "Repeat potassium", 2, Cancellation)).Value());
        var desk = await clinic.Clinic.RowAsync<ClinicTask>((await inbox.TellTheDeskAsync(report, DeskMessage.AskToCome, Cancellation)).Value());

        Assert.Equal((clinic.Asha.Id, clinic.Meera, clinic.Clinic.At("18:00", 2)), (follow.AssignedTo!.Value, follow.PatientId!.Value, follow.DueDate!.Value));
        Assert.Equal((devi.Id, "Please ask the patient to come in today", null), (desk.AssignedTo!.Value, desk.Title, desk.Description));
        (await inbox.FollowUpAsync(report, " ", 2, Cancellation)).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Two_who_review_at_once_review_it_once()
    {
        await using var clinic = await ResultsClinic.OpenAsync(databases);
        var report = await FileAsync(clinic, clinic.Value(Sodium, 140));
        await using var one = clinic.Clinic.As(clinic.Asha);
        await using var other = clinic.Clinic.As(clinic.Asha);

        var answers = await Task.WhenAll(
            one.Get<IResultInbox>().ReviewAsync([report], "a", Cancellation), other.Get<IResultInbox>().ReviewAsync([report], "b", Cancellation));

        Assert.Single(answers, a => a.Succeeded);
        Assert.Single(await clinic.Clinic.TrailOfAsync(clinic.Asha), e => e.Event == "result.review");
    }

    private static async Task<Guid> FileAsync(ResultsClinic clinic, params ReportedValue[] values)
    {
        var order = await clinic.OrderAsync([.. values.Select(v => v.Code)]);
        var filed = (await clinic.FileAsync(clinic.Nila, order, values)).Value();
        clinic.Clinic.Clock.Now += TimeSpan.FromSeconds(1);
        return filed.Id;
    }
}
