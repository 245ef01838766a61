using DrAssistant.Data.Common;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Notes.Presence;

/// <summary>The seat of one page: it is given up when the page sits down elsewhere, leaves, or its circuit ends.</summary>
internal sealed class NotePresence(NotePresenceHub hub, NoteStore notes, ICurrentUser user, TimeProvider time) : INotePresence, IDisposable
{
    /// <summary>After this much silence nobody writes there any more.</summary>
    public static readonly TimeSpan Fade = TimeSpan.FromSeconds(5);

    private const int LongestField = 100;

    private readonly Lock _lock = new();
    private ITimer? _fading;
    private bool _isGone;

    /// <summary>Null while the page is at no note.</summary>
    public NoteSeat? Seat { get; private set; }

    public async Task<Refusal?> JoinAsync(Guid noteId, Func<NoteNews, Task> heard, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var found = await NoteOutage.AnswerAsync<bool>(async () => await notes.FindAsync(noteId, cancellation) is not null ? true : NoteRefusals.NotFound);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        Leave();
        lock (_lock)
        {
            if (_isGone)
            {
                return null; // its circuit ended meanwhile
            }

            Seat = new NoteSeat(noteId, me, user.FullName ?? "", heard);
        }

        hub.Sit(Seat);
        return null;
    }

    public void Write(string? field)
    {
        var known = field is { Length: > 0 and <= LongestField } ? field : null;
        lock (_lock)
        {
            if (Seat is null)
            {
                return;
            }

            if (known is not null)
            {
                _fading ??= time.CreateTimer(_ => Write(null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _fading.Change(Fade, Timeout.InfiniteTimeSpan);
            }

            if (Seat.Field == known)
            {
                return;
            }

            Seat.Field = known;
        }

        hub.Tell(Seat.NoteId);
    }

    public void Leave()
    {
        NoteSeat? seat;
        lock (_lock)
        {
            (seat, Seat) = (Seat, null);
        }

        if (seat is not null)
        {
            hub.Rise(seat);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isGone = true;
            _fading?.Dispose();
        }

        Leave();
    }
}
