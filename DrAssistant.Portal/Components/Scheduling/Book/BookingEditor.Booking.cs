using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Calendar;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>What is free, and the booking itself.</summary>
public partial class BookingEditor
{
    private const int Chips = 3;

    /// <summary>So many that a colleague is among them where the doctor asked for has a whole day free.</summary>
    private const int Colleagues = 50;

    private Task AskAgainAsync()
    {
        if (!Form.OwnStart)
        {
            Form.Draft.Start = null;
        }

        (_refusal, _taken) = (null, null);
        return Task.WhenAll(OfferAsync(), OnChanged.InvokeAsync());
    }

    private SlotQuestion Question() => new()
    {
        DoctorId = Asked,
        Specialty = string.IsNullOrEmpty(Form.AnyOf) ? null : Form.AnyOf,
        Minutes = Form.Draft.Minutes,
        From = Form.OfferFrom is { } from && from > clock.Now ? from : null,
        Count = Form.AnyOf is null ? Chips : Chips + 1,
    };

    private Task OfferAsync()
    {
        var question = Question();
        if (_question != question)
        {
            _offer.Begin();
            (_question, _answered) = (question, false);
        }

        return LoadAsync(cancellation => FreeAsync(question, cancellation), free => Show(free));
    }

    /// <summary>The next of the doctor, and the next of a colleague of the same specialty.</summary>
    private async Task<Result<IReadOnlyList<FreeSlot>>> FreeAsync(SlotQuestion question, CancellationToken cancellation)
    {
        var own = await calendars.FreeAsync(question, cancellation);
        if (!own.Succeeded || question.DoctorId is not { } doctorId || Doctors.FirstOrDefault(d => d.Id == doctorId)?.Specialty is not { } specialty
            || !Doctors.Any(d => d.Id != doctorId && d.Specialty == specialty))
        {
            return own;
        }

        var all = await calendars.FreeAsync(question with { DoctorId = null, Specialty = specialty, Count = Colleagues }, cancellation);
        return all.Value?.FirstOrDefault(f => f.DoctorId != doctorId) is { } colleague
            ? new List<FreeSlot>([.. own.Value, colleague])
            : own;
    }

    private void Show(Result<IReadOnlyList<FreeSlot>> free)
    {
        _answered = true;
        if (!free.Succeeded)
        {
            _refusal ??= free.Refusal;
            return;
        }

        _offer.Show(free.Value, clock.Now);
        if (Form.Draft.Start is null && !Form.OwnStart && _offer.Slots.FirstOrDefault(s => !s.Gone && (Asked is null || s.Slot.DoctorId == Asked)) is { } first)
        {
            Form.Take(first.Slot, clock);
            Form.OwnStart = false;
            _ = OnChanged.InvokeAsync();
        }
    }

    private Task ChooseAsync(FreeSlot slot)
    {
        Form.Take(slot, clock);
        (_refusal, _taken) = _taken is null ? (null, null) : (_refusal, _taken);
        return OnChanged.InvokeAsync();
    }

    private Task BookAsync() => SaveAsync(async () =>
    {
        if (Broken)
        {
            return;
        }

        (_taken, _refusal) = (null, null);
        var doctor = Form.Draft.DoctorId ?? Guid.Empty;
        if (Form.Repeat)
        {
            var series = await booking.BookSeriesAsync(Form.Draft, new Recurrence(Form.Weeks, Form.Times), CancellationToken.None);
            if (series.Succeeded)
            {
                _series = series.Value;
                await OnChanged.InvokeAsync();
                return;
            }

            await RefusedAsync(series.Refusal);
            return;
        }

        var booked = await booking.BookAsync(Form.Draft, CancellationToken.None);
        if (booked.Succeeded)
        {
            Form.Clear();
            await OnBooked.InvokeAsync(new BookedNow(booked.Value, 1, doctor));
            return;
        }

        await RefusedAsync(booked.Refusal);
    });

    private async Task RefusedAsync(Refusal refusal)
    {
        _refusal = refusal;
        if (refusal is SlotTaken taken)
        {
            _taken = taken;
            _offer.Begin();
            _offer.Show(taken.Next, clock.Now);
            if (taken.Next is [var next, ..])
            {
                Form.Take(next, clock);
            }

            await OnChanged.InvokeAsync();
        }
        else if (Script is not null && refusal.Field is not null)
        {
            await Script.FocusAsync(".booking [aria-invalid=true]");
        }
    }

    private async Task<bool> BookLeftOutAsync(FreeSlot slot)
    {
        var done = false;
        await SaveAsync(async () =>
        {
            var booked = await booking.BookAsync(Form.Again(slot, clock), CancellationToken.None);
            (_refusal, done) = (booked.Refusal, booked.Succeeded);
            await OnChanged.InvokeAsync();
        });
        return done;
    }

    private Task CloseSeriesAsync()
    {
        var series = _series!;
        var doctor = Form.Draft.DoctorId ?? Guid.Empty;
        _series = null;
        Form.Clear();
        return series.Booked is [var first, ..] ? OnBooked.InvokeAsync(new BookedNow(first, series.Booked.Count, doctor)) : OnChanged.InvokeAsync();
    }
}
