using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>What a page typed since it last told: texts by field, and for a field whose text on the server is another by now, what it was typed upon.</summary>
public sealed record TypedText(Dictionary<string, string> Texts, Dictionary<string, string> Bases, int BasedOn, string? Field = null)
{
    public override string ToString() => nameof(TypedText);
}

/// <summary>What came of it: the texts that the page does not know yet, or why nothing was saved.</summary>
public sealed record NoteAnswer(int Version, string At, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<string> Conflicts, string? Problem = null)
{
    public override string ToString() => nameof(NoteAnswer);
}

/// <summary>
/// One page's hold on a draft: saves one after the other, and knows which text the page has been told, so that only what is new travels.
/// </summary>
internal sealed class NoteDesk(IClinicalNotes notes, ClinicClock clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, string> _told = [];
    private NoteView? _note;

    public NoteView Note => _note ?? throw new InvalidOperationException("No note lies on this desk.");

    public string At => Second(Note.UpdatedAt);

    /// <summary>All of its texts, for a page that knows none.</summary>
    public IReadOnlyDictionary<string, string> Lay(NoteView note)
    {
        _note = note;
        _told.Clear();
        return News();
    }

    /// <summary>A newer reading of the same note; what is older than the one that lies here is let go.</summary>
    public bool Renew(NoteView note)
    {
        if (note.Version <= Note.Version)
        {
            return false;
        }

        _note = note;
        return true;
    }

    /// <summary>Texts that the page has not been told, each once. A field that is empty now is told as an empty text.</summary>
    public Dictionary<string, string> News()
    {
        var now = SoapText.Read(Note.Content);
        var news = now.Where(field => _told.GetValueOrDefault(field.Key, "") != field.Value).ToDictionary(f => f.Key, f => f.Value);
        foreach (var gone in _told.Keys.Where(path => _told[path].Length > 0 && !now.ContainsKey(path)))
        {
            news[gone] = "";
        }

        foreach (var (path, text) in news)
        {
            _told[path] = text;
        }

        return news;
    }

    /// <summary>
    /// Saves what was typed, and what was decided about fields. The base is the note as it lies here with what the page says it typed upon:
    /// the version that the page names keeps apart what others wrote since.
    /// </summary>
    public Task<Result<SavedNote>> SaveAsync(TypedText typed, NoteDecisions? decided = null)
        => OneByOneAsync(typed, () => notes.SaveAsync(DraftOf(typed, decided ?? new NoteDecisions()), CancellationToken.None));

    /// <summary>What an earlier note says goes into the empty fields, marked with its date.</summary>
    public Task<Result<SavedNote>> CopyForwardAsync(Guid fromNoteId)
        => AsItLiesAsync(draft => notes.CopyForwardAsync(draft, fromNoteId, fields: null, CancellationToken.None));

    /// <summary>Sentences of a draft go into the note.</summary>
    public Task<Result<SavedNote>> TakeAsync(DraftTaking taking) => AsItLiesAsync(draft => notes.TakeDraftedAsync(draft, taking, CancellationToken.None));

    public Task<Result<SavedNote>> PutBackAsync(DraftPuttingBack back) => AsItLiesAsync(draft => notes.PutBackDraftedAsync(draft, back, CancellationToken.None));

    private Task<Result<SavedNote>> AsItLiesAsync(Func<NoteDraft, Task<Result<SavedNote>>> save)
    {
        var nothing = new TypedText([], [], Note.Version);
        return OneByOneAsync(nothing, () => save(DraftOf(nothing, new NoteDecisions())));
    }

    private async Task<Result<SavedNote>> OneByOneAsync(TypedText typed, Func<Task<Result<SavedNote>>> save)
    {
        await _one.WaitAsync();
        try
        {
            var saved = await save();
            if (saved.Succeeded && saved.Value.Note.Version >= Note.Version)
            {
                _note = saved.Value.Note;
                foreach (var (path, text) in typed.Texts)
                {
                    _told[path] = text;
                }
            }

            return saved;
        }
        finally
        {
            _one.Release();
        }
    }

    public NoteDraft DraftOf(TypedText typed, NoteDecisions decided) => new()
    {
        NoteId = Note.Id,
        PatientId = Note.PatientId,
        BasedOn = typed.BasedOn,
        Base = SoapText.Write(Note.Content, typed.Bases),
        Content = SoapText.Write(Note.Content, typed.Texts),
        Settled = decided.Settled,
        Kept = decided.Kept,
        TemplateId = decided.TemplateId,
    };

    public NoteAnswer Answer() => new(Note.Version, At, News(), [.. Note.Conflicts.Select(c => c.Field)]);

    /// <summary>To the second, on the practice's clock: who types sees it move.</summary>
    public string Second(DateTimeOffset at) => clock.Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A page that goes away while something is being saved goes after it: else the save would lose its connection half way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync();
        _one.Dispose();
    }
}

/// <summary>What somebody decided about fields of a note, beside what they typed.</summary>
internal sealed record NoteDecisions
{
    /// <summary>Fields in which two values stood.</summary>
    public IReadOnlyCollection<string> Settled { get; init; } = [];

    /// <summary>Fields that were copied from an earlier note and looked at.</summary>
    public IReadOnlyCollection<string> Kept { get; init; } = [];

    public string? TemplateId { get; init; }
}
