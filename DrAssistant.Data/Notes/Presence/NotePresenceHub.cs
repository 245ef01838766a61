using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Notes.Presence;

/// <summary>Who on this server has which note open. One for the process; kept nowhere, and a listener that fails is only its own loss.</summary>
internal sealed partial class NotePresenceHub(ILogger<NotePresenceHub> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<NoteSeat>> _notes = [];

    public void Sit(NoteSeat seat)
    {
        lock (_lock)
        {
            if (!_notes.TryGetValue(seat.NoteId, out var seats))
            {
                _notes[seat.NoteId] = seats = [];
            }

            seats.Add(seat);
            Tell(seats, null, null);
        }
    }

    public void Rise(NoteSeat seat)
    {
        lock (_lock)
        {
            if (!_notes.TryGetValue(seat.NoteId, out var seats) || !seats.Remove(seat))
            {
                return;
            }

            if (seats.Count == 0)
            {
                _notes.Remove(seat.NoteId);
            }

            Tell(seats, null, null);
        }
    }

    /// <summary>Somebody writes elsewhere, or a version was saved from <paramref name="by"/>, which every other page reads.</summary>
    public void Tell(Guid noteId, int? savedVersion = null, NoteSeat? by = null)
    {
        lock (_lock)
        {
            if (_notes.TryGetValue(noteId, out var seats))
            {
                Tell(seats, savedVersion, by);
            }
        }
    }

    private void Tell(List<NoteSeat> seats, int? savedVersion, NoteSeat? by)
    {
        foreach (var seat in seats.Where(seat => seat != by))
        {
            var news = new NoteNews([.. seats.Where(other => other != seat).Select(other => other.ToWriter())], savedVersion);
            seat.Last = TellAsync(seat, news, seat.Last);
        }
    }

    /// <summary>One after the other, so that old news never comes after new.</summary>
    private async Task TellAsync(NoteSeat seat, NoteNews news, Task before)
    {
        await before;
        await Task.Yield();
        try
        {
            await seat.Heard(news);
        }
        catch (Exception e)
        {
            // A page that is being closed throws what it likes.
            ListenerFailed(e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Debug, "A page at a note failed to hear: {Error}.")]
    private partial void ListenerFailed(string error);
}

/// <summary>One page at one note.</summary>
internal sealed class NoteSeat(Guid noteId, Guid userId, string name, Func<NoteNews, Task> heard)
{
    private volatile string? _field;

    public Guid NoteId => noteId;

    public Func<NoteNews, Task> Heard => heard;

    /// <summary>The field that is being written in.</summary>
    public string? Field { get => _field; set => _field = value; }

    /// <summary>The news that it hears at the moment, or heard last.</summary>
    public Task Last { get; set; } = Task.CompletedTask;

    public NoteWriter ToWriter() => Field is { } field ? new(userId, name, field, NoteFields.LabelOf(field)) : new(userId, name, null, null);
}
