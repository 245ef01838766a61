using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Portal.Tests.Scheduling;

/// <summary>An appointment's way: scheduled, confirmed, checked in, in progress, completed; or cancelled, or missed.</summary>
public sealed class MovingAnAppointmentOn
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);
    private static readonly Guid Desk = Guid.CreateVersion7();
    private static readonly Guid Asha = Guid.CreateVersion7();

    [Fact]
    public void from_booking_to_the_end()
    {
        var appointment = Booked();

        Assert.Null(appointment.Confirm(Noon, Desk));
        Assert.Null(appointment.CheckIn(Noon, Desk, "A01"));
        Assert.Null(appointment.Start(Noon, Asha));
        Assert.Null(appointment.Complete(Noon.AddMinutes(12), Asha));

        Assert.Equal(AppointmentStatus.Completed, appointment.Status);
        Assert.Equal(Noon.AddMinutes(12), appointment.CheckOutTime);
    }

    [Fact]
    public void is_refused_out_of_turn()
    {
        Assert.Equal(RefusalKind.Conflict, Booked().Complete(Noon, Asha)?.Kind);
        Assert.Equal(RefusalKind.Conflict, Started().Cancel(Noon, Desk, "Ran away")?.Kind);
        Assert.Equal(RefusalKind.Conflict, Started().Miss(Noon, Desk)?.Kind);
        Assert.Equal(RefusalKind.Conflict, Started().Confirm(Noon, Desk)?.Kind);
    }

    [Fact]
    public void can_end_before_it_begins()
    {
        var (cancelled, missed) = (Booked(), Booked());

        Assert.Null(cancelled.Cancel(Noon, Desk, "Out of town"));
        Assert.Null(missed.Miss(Noon, Desk));

        Assert.Equal((AppointmentStatus.Cancelled, "Out of town"), (cancelled.Status, cancelled.CancelReason));
        Assert.Equal(AppointmentStatus.NoShow, missed.Status);
        Assert.NotNull(missed.CheckIn(Noon, Desk, "A01"));
    }

    private static Appointment Started()
    {
        var appointment = Booked();
        appointment.CheckIn(Noon, Desk, "A01");
        appointment.Start(Noon, Asha);
        return appointment;
    }

    private static Appointment Booked() => new()
    {
        Id = Guid.CreateVersion7(),
        DoctorId = Guid.CreateVersion7(),
        PatientId = Guid.CreateVersion7(),
        StartTime = Noon,
        EndTime = Noon.AddMinutes(15),
        AppointmentType = AppointmentType.Routine,
    };
}
