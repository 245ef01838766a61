using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

/// <summary>What can be done with an appointment, by its card and by dragging its block.</summary>
public sealed class CardOfAVisitTests : PageContext
{
    private static readonly BookedVisit Geeta = TheBook.Visit("Geeta", "Nambiar", Day.At(12, 0));
    private static readonly BookedVisit Zubeida = TheBook.Visit("Zubeida", "-", Day.At(9, 45));

    private int _reads;

    public CardOfAVisitTests()
    {
        SignIn(StaffRole.Receptionist);
        Scheduling.Day = day =>
        {
            _reads++;
            return Day.Answer(TheBook.Of(day, [Zubeida, Geeta]));
        };
    }

    [Fact]
    public void Shows_two_identifiers_and_what_can_be_done()
    {
        var card = Open(Geeta);

        Assert.Equal("NAMBIAR, Geeta", card.Find(".visit-who strong").TextContent);
        Assert.Contains("SC24-004812-4", card.Find(".visit-who").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Check in", "Confirm", "Move", "Other time, doctor or length", "Visit and reason", "Cancel the appointment"], Acts(card));
    }

    [Fact]
    public void Only_who_is_due_can_be_a_no_show()
        => Assert.Contains("No-show", Acts(Open(Zubeida)));

    [Theory]
    [InlineData(AppointmentStatus.CheckedIn, "Cancel the appointment")]
    [InlineData(AppointmentStatus.InProgress, null)]
    [InlineData(AppointmentStatus.Completed, null)]
    [InlineData(AppointmentStatus.NoShow, "Came after all,Book 12:00")]
    [InlineData(AppointmentStatus.Cancelled, "Book 12:00")]
    public void Offers_only_what_the_state_allows(AppointmentStatus status, string? acts)
    {
        var visit = TheBook.Visit("Geeta", "Nambiar", Day.At(12, 0), status: status);
        Scheduling.Day = day => Day.Answer(TheBook.Of(day, [visit]));

        Assert.Equal(acts?.Split(',') ?? [], Acts(Open(visit)));
    }

    [Fact]
    public void Cancelling_asks_first_with_the_name_and_needs_a_reason()
    {
        Booking.Act = (_, _) => Geeta;
        var card = Open(Geeta);

        Act(card, "Cancel the appointment");
        Assert.Equal("Cancel Geeta Nambiar, SC24-004812-4?", card.Find(".why-question strong").TextContent);
        card.Find(".panel-foot .danger").Click();
        Assert.Equal("Choose a reason, or say it in words.", card.Find("#why-error").TextContent);
        Assert.Empty(Booking.Acts);

        card.FindAll(".radio")[0].Change(true);
        card.Find("#why-words").Input("travels");
        card.Find(".panel-foot .danger").Click();

        Assert.Equal(["cancel: The patient asked for it: travels"], Booking.Acts);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public void A_no_show_is_undone_by_its_line()
    {
        Booking.Act = (_, _) => Zubeida;
        var card = Open(Zubeida);
        Act(card, "No-show");
        card.FindAll(".radio")[0].Change(true);
        card.Find(".panel-foot .danger").Click();

        card.WaitForElement(".toast button").Click();

        Assert.Equal(["miss: Did not come, no message", "revive"], Booking.Acts);
    }

    [Fact]
    public void Checking_in_asks_for_two_identifiers_and_the_book_is_read_again()
    {
        Queue.After = _ => Geeta with { Token = "A11", Status = AppointmentStatus.CheckedIn };
        var card = Open(Geeta);

        Act(card, "Check in");
        card.Find("#first-identifier").Change(true);
        card.Find("dialog form").Submit();

        Assert.Equal(["check in"], Queue.Acts);
        Assert.Equal(2, _reads);
        Assert.Contains("A11", card.Find(".given-token").TextContent, StringComparison.Ordinal);
        card.Find("dialog .primary").Click();
        Assert.Empty(card.FindAll("dialog"));
    }

    [Fact]
    public void Who_was_faster_is_said_and_the_book_is_read_again()
    {
        Booking.Act = (_, _) => Refusal.Conflict("Asha cancelled this appointment at 10:40.");
        var card = Open(Geeta);

        Act(card, "Confirm");

        Assert.Equal("Asha cancelled this appointment at 10:40.", card.Find(".visit-card [role=alert]").TextContent.Trim());
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task A_block_that_was_dragged_is_moved_at_once_and_brought_back_by_undo()
    {
        Booking.Move = move => Geeta with { Start = Day.At(move.Start.Hour, move.Start.Minute), End = Day.At(move.Start.Hour, move.Start.Minute).AddMinutes(move.Minutes) };
        var page = Render<BookPanel>();

        await DropAsync(page, new BlockDropped(Geeta.AppointmentId, TheBook.Nair, Day.Date, 750, 30));

        var moved = Assert.Single(Booking.Moves);
        Assert.Equal(
            (Geeta.Start, TheBook.Iyer, TheBook.Nair, new TimeOnly(12, 30), 30),
            (moved.SeenStart, moved.SeenDoctorId, moved.DoctorId, moved.Start, moved.Minutes));
        Assert.Contains("Geeta Nambiar moved to 12:30 with Dr. Nair.", page.WaitForElement(".toast").TextContent, StringComparison.Ordinal);

        page.WaitForElement(".toast button").Click();

        Assert.Equal((TheBook.Nair, TheBook.Iyer, new TimeOnly(12, 0), 15), (Booking.Moves[1].SeenDoctorId, Booking.Moves[1].DoctorId, Booking.Moves[1].Start, Booking.Moves[1].Minutes));
    }

    [Fact]
    public async Task A_drop_where_it_was_does_nothing_and_a_wild_one_is_brought_within_bounds()
    {
        var page = Render<BookPanel>();

        await DropAsync(page, new BlockDropped(Geeta.AppointmentId, TheBook.Iyer, Day.Date, 720, 15));
        await DropAsync(page, new BlockDropped(Guid.CreateVersion7(), TheBook.Iyer, Day.Date, 720, 15));
        Assert.Empty(Booking.Moves);

        await DropAsync(page, new BlockDropped(Geeta.AppointmentId, TheBook.Iyer, Day.Date, 99999, -5));
        Assert.Equal((new TimeOnly(23, 59), 5), (Booking.Moves[0].Start, Booking.Moves[0].Minutes));
    }

    [Fact]
    public async Task A_drop_that_is_refused_opens_the_form_with_the_reason_and_the_times_that_are_free()
    {
        Booking.Move = _ => new SlotTaken("12:30 was taken by Asha at 10:31. Nothing was moved.", [TheBook.Free(12, 45)]);
        var page = Render<BookPanel>();

        await DropAsync(page, new BlockDropped(Geeta.AppointmentId, TheBook.Iyer, Day.Date, 750, 15));

        Assert.Equal("12:30 was taken by Asha at 10:31. Nothing was moved.", page.Find(".move [role=alert]").TextContent.Trim());
        Booking.Move = _ => Geeta;
        page.Find(".move .slot").Click();
        page.Find(".panel-foot .primary").Click();

        Assert.Equal(new TimeOnly(12, 45), Booking.Moves[^1].Start);
        Assert.Equal("NAMBIAR, Geeta", page.Find(".visit-who strong").TextContent);
    }

    [Fact]
    public void Another_time_and_length_go_by_a_form_too_with_the_reason_beside_its_field()
    {
        Booking.Move = _ => Refusal.Invalid("Say why outside the hours.", nameof(AppointmentDraft.OutsideHoursReason));
        var card = Open(Geeta);

        Act(card, "Other time, doctor or length");
        card.Find("#move-start").Change("18:00");
        card.Find(".panel-foot .primary").Click();

        Assert.Equal("Say why outside the hours.", card.Find("#move-outside-error").TextContent);
        card.Find("#move-outside").Input("The only bus");
        card.Find(".panel-foot .primary").Click();
        Assert.Equal("The only bus", Booking.Moves[^1].OutsideHoursReason);
    }

    private IRenderedComponent<BookPanel> Open(BookedVisit visit)
    {
        var page = Render<BookPanel>();
        page.Find($"#visit-{visit.AppointmentId}").Click();
        return page;
    }

    private static Task DropAsync(IRenderedComponent<BookPanel> page, BlockDropped dropped)
        => page.InvokeAsync(() => page.FindComponent<BookSide>().Instance.DropAsync(dropped));

    private static IEnumerable<string> Acts(IRenderedComponent<BookPanel> page) => page.FindAll(".visit-acts button").Select(b => b.TextContent.Trim());

    private static void Act(IRenderedComponent<BookPanel> page, string name) => page.FindAll(".visit-acts button").Single(b => b.TextContent.Trim() == name).Click();
}
