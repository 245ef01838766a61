using System.Buffers.Binary;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>
/// Books a visit and its repetitions at the same time on the practice's clock, also when the clocks change in between. Each stands
/// for itself: one that collides writes nothing and takes nothing down with it. All that fit are written in one transaction.
/// </summary>
internal sealed class SeriesBooking(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, BookingWriter writer, CalendarReader calendars, PlacingRules rules, LostSlot lost, ClinicClock clock)
{
    private const int DaysAround = 3;

    public async Task<BookedSeries> BookAsync(AppointmentDraft first, Recurrence repeat, BookingFacts facts, CancellationToken cancellation)
    {
        var plan = Enumerable.Range(0, repeat.Times).Select(n => Plan(first, first.Day!.Value.AddDays(7 * repeat.Weeks * n), n, facts)).ToList();
        var asked = plan.Where(p => p.Appointment is not null).ToList();
        var written = await writer.WriteAsync([.. asked.Select(p => p.Appointment!)], cancellation);
        var fits = asked.Zip(written).Where(p => p.Second).Select(p => p.First).ToHashSet();
        var booked = fits.ToDictionary(o => o, o => BookedVisits.Of(o.Appointment!, facts.Patient!, clock));
        foreach (var collided in asked.Where(o => !fits.Contains(o)))
        {
            await LookAsync(collided, booked, cancellation);
        }

        var left = new List<LeftOut>();
        foreach (var out_ in plan.Where(o => !booked.ContainsKey(o)))
        {
            left.Add(new LeftOut(out_.Day, first.Start!.Value, out_.Why!, await NearestAsync(first, out_.Day, cancellation)));
        }

        return new BookedSeries(first.Id, [.. booked.Values.OrderBy(v => v.Start)], left);
    }

    private Occurrence Plan(AppointmentDraft first, DateOnly day, int number, BookingFacts facts)
    {
        var start = first.Start!.Value;
        var refusal = rules.Reach(day, start, first.Minutes, first.OutsideHoursReason);
        var placed = refusal is null ? rules.Place(facts, first.Type, day, start, first.Minutes, first.OutsideHoursReason) : refusal;
        return placed.Succeeded
            ? new Occurrence(day) { Appointment = NewAppointment.Of(first, IdOf(first.Id, number), placed.Value, user.Id, clock.Now, seriesId: first.Id) }
            : new Occurrence(day) { Why = Why(facts, day, start, first.Minutes) ?? placed.Refusal.Message };
    }

    /// <summary>In a list one line each: shorter than what stands beside a field.</summary>
    private string? Why(BookingFacts facts, DateOnly day, TimeOnly start, int minutes)
    {
        var from = clock.At(day, start);
        return facts.Calendar.HolidayOn(day) is { } holiday ? $"Holiday: {holiday}"
            : facts.Calendar.LeaveIn(new Period(from, from.AddMinutes(minutes))) is not null ? $"{facts.Doctor!.Short} is on leave"
            : null;
    }

    /// <summary>Collided: with itself, because the form was sent twice, or with somebody else.</summary>
    private async Task LookAsync(Occurrence occurrence, Dictionary<Occurrence, BookedVisit> booked, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await BookedVisits.OneAsync(db, clock, occurrence.Appointment!.Id, cancellation) is { } already)
        {
            booked[occurrence] = already;
            return;
        }

        occurrence.Why = await lost.WhyAsync(db, occurrence.Appointment, cancellation);
    }

    private async Task<IReadOnlyList<FreeSlot>> NearestAsync(AppointmentDraft first, DateOnly day, CancellationToken cancellation)
    {
        var (from, to) = (day.AddDays(-DaysAround), day.AddDays(DaysAround));
        var read = await calendars.ReadAsync(new WhoseCalendars(first.DoctorId), from, to, cancellation);
        return read is [var calendar] ? SlotFinder.Nearest(calendar, first.Minutes, clock.At(day, first.Start!.Value), from, to, clock.Now) : [];
    }

    /// <summary>The same id every time for the same place in the series, so that a form that is sent twice books once.</summary>
    private static Guid IdOf(Guid series, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        series.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], BinaryPrimitives.ReadInt32BigEndian(bytes[12..]) ^ number);
        return new Guid(bytes, bigEndian: true);
    }

    private sealed class Occurrence(DateOnly day)
    {
        public DateOnly Day => day;

        public Appointment? Appointment { get; init; }

        public string? Why { get; set; }
    }
}
