using DrAssistant.Data.Common;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>What the panel does with the book, and how each is undone.</summary>
public partial class BookSide
{
    private async Task CarryAsync(SeenVisit seen)
    {
        // The block has to be in sight, and the arrows belong to the grid.
        _open = Side.Nothing;
        await OnShown.InvokeAsync();
        if (Script is not null)
        {
            await Script.CarryAsync(seen.Visit.AppointmentId);
        }
    }

    private async Task ChangeAsync(SeenVisit seen)
    {
        (_open, _move, _refusal, _focus) = (Side.Move, MoveDraft.Of(seen, clock), null, "#move-doctor");
        await OnShown.InvokeAsync();
    }

    private Task MoveAsync(SeenVisit seen, MoveDraft draft) => SaveAsync(async () =>
    {
        var moved = await booking.MoveAsync(draft.From(seen), CancellationToken.None);
        var card = false;
        _undone = null;
        if (moved.Succeeded)
        {
            var back = MoveDraft.Of(seen, clock);
            var there = seen with { Visit = moved.Value, DoctorId = draft.DoctorId };
            _deed = new Deed(
                $"{seen.Visit.Name.Spoken} moved to {ClinicFormat.Time(draft.Start)} with {Words.Doctor(Doctors.FirstOrDefault(d => d.Id == draft.DoctorId)?.Name ?? seen.DoctorName)}.",
                async () => (await booking.MoveAsync(back.From(there), CancellationToken.None)).Refusal);
            if (_open is Side.Move)
            {
                (_open, _visit, card) = (Side.Visit, seen.Visit.AppointmentId, true);
            }

            _refusal = null;
        }
        else
        {
            (_open, _visit, _move, _refusal, _kept) = (Side.Move, seen.Visit.AppointmentId, draft, moved.Refusal, false);
            _focus = ".move [aria-invalid=true]|.move .slot|#move-start";
        }

        await OnShown.InvokeAsync();
        await OnChanged.InvokeAsync();
        _focus = card ? VisitCard.FirstAct : _focus;
    });

    private async Task BookedAsync(BookedNow booked)
    {
        _kept = false;
        var doctor = Words.Doctor(Doctors.FirstOrDefault(d => d.Id == booked.DoctorId)?.Name ?? "");
        var what = $"{booked.First.Name.Spoken}, {BookTime.Words(booked.First.Start, clock)} with {doctor}";
        _deed = booked.Count == 1
            ? new Deed($"Booked {what}.", async () => (await booking.CancelAsync(booked.First.AppointmentId, "Booked by mistake", CancellationToken.None)).Refusal)
            : new Deed($"Booked {booked.Count} appointments, the first {what}.", null);

        // Read first: the focus goes back to the slot, and by then the new block stands there.
        await OnChanged.InvokeAsync();
        await CloseAsync();
    }

    private Task DoneAsync(Deed deed)
    {
        if (deed.Said is not null)
        {
            (_deed, _undone) = (deed, null);
        }

        return OnChanged.InvokeAsync();
    }

    private Task UndoAsync() => SaveAsync(async () =>
    {
        if (_deed is not { Undo: { } undo })
        {
            return;
        }

        _deed = null;
        _undone = await undo();
        await OnChanged.InvokeAsync();
    });
}
