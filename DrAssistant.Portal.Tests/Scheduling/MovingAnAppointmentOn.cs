using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Portal.Tests.Scheduling;

/// <summary>An appointment's way: scheduled, confirmed, checked in, in progress, completed; or cancelled, or missed.</summary>
public sealed class MovingAnAppointmentOn
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);

    [Fact]
    public void from_booking_to_the_end()
    {
        var appointment = Booked();

        Assert.Null(appointment.Confirm());
        Assert.Null(appointment.CheckIn(Noon, "A01"));
        Assert.Null(appointment.Start(Noon));
        Assert.Null(appointment.Complete(Noon.AddMinutes(12)));

        Assert.Equal(AppointmentStatus.Completed, appointment.Status);
        Assert.Equal(Noon.AddMinutes(12), appointment.CheckOutTime);
    }

    [Fact]
    public void is_refused_out_of_turn()
    {
        Assert.Equal(RefusalKind.Conflict, Booked().Complete(Noon)?.Kind);
        Assert.Equal(RefusalKind.Conflict, Started().Cancel("Ran away")?.Kind);
        Assert.Equal(RefusalKind.Conflict, Started().Miss()?.Kind);
        Assert.Equal(RefusalKind.Conflict, Started().Confirm()?.Kind);
    }

    [Fact]
    public void can_end_before_it_begins()
    {
        var (cancelled, missed) = (Booked(), Booked());

        Assert.Null(cancelled.Cancel("Out of town"));
        Assert.Null(missed.Miss());

        Assert.Equal((AppointmentStatus.Cancelled, "Out of town"), (cancelled.Status, cancelled.CancelReason));
        Assert.Equal(AppointmentStatus.NoShow, missed.Status);
        Assert.NotNull(missed.CheckIn(Noon, "A01"));
    }

    private static Appointment Started()
    {
        var appointment = Booked();
        appointment.CheckIn(Noon, "A01");
        appointment.Start(Noon);
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
