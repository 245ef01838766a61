using System.Text.Json.Nodes;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>What one person wrote upon a version of a note.</summary>
internal sealed record NoteWriting(SoapContent Content, SoapContent? Base, int BasedOn, Guid By, DateTimeOffset At)
{
    public IReadOnlyCollection<string> Settled { get; init; } = [];

    public IReadOnlyCollection<string> Kept { get; init; } = [];

    /// <summary>What goes into fields that are empty, here and in the note: of a template, or of an earlier note.</summary>
    public IReadOnlyDictionary<string, JsonNode> Fill { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>The earlier note that <see cref="Fill"/> is from.</summary>
    public CarriedFrom? FilledFrom { get; init; }

    /// <summary>The template that <see cref="Fill"/> is from.</summary>
    public string? TemplateId { get; init; }

    /// <summary>What is put behind, or taken out of, what the fields say after all else was merged: the new value, null for none; or the field as it is.</summary>
    public Func<IReadOnlyDictionary<string, JsonNode>, IReadOnlyDictionary<string, JsonNode?>>? Then { get; init; }

    /// <summary>What else of the note changes, where anything is saved.</summary>
    public Func<ClinicalNote, ClinicalNote>? Besides { get; init; }

    public override string ToString() => nameof(NoteWriting);
}

/// <summary>What came of it.</summary>
/// <param name="Note">The note with what was written; its version is one more, or it is as it was.</param>
/// <param name="IsChanged">Whether there is anything to save.</param>
/// <param name="IsText">Whether a field changed, and not only a mark.</param>
/// <param name="Others">Fields that others changed meanwhile.</param>
/// <param name="NewConflicts">Fields of this writing in which somebody else had written.</param>
internal sealed record MergedNote(ClinicalNote Note, bool IsChanged, bool IsText, IReadOnlyList<string> Others, IReadOnlyList<string> NewConflicts)
{
    public override string ToString() => $"{nameof(MergedNote)} {Note.Id}";
}

/// <summary>
/// Puts together, field by field, what a note says now and what somebody wrote upon an earlier version of it. Who wrote a field
/// since then is in the note itself, so that what a page believes about the past cannot overwrite anything.
/// </summary>
internal sealed class NoteMerge
{
    private static readonly Dictionary<string, JsonNode?> NothingMore = [];

    private readonly ClinicalNote _live;
    private readonly NoteWriting _writing;
    private readonly int _next;
    private readonly Dictionary<string, JsonNode> _fields;
    private readonly Dictionary<string, FieldMark> _written;
    private readonly Dictionary<string, IReadOnlyList<FieldValue>> _conflicts;
    private readonly Dictionary<string, CarriedFrom> _carried;
    private readonly List<string> _others = [];
    private readonly List<string> _newConflicts = [];
    private bool _isChanged;
    private bool _isText;

    private NoteMerge(ClinicalNote live, NoteWriting writing)
    {
        (_live, _writing, _next) = (live, writing, live.Version + 1);
        _fields = NoteFields.Of(live.Content);
        _written = new(live.Written);
        _conflicts = new(live.Conflicts);
        _carried = new(live.Carried);
    }

    /// <summary>The texts of <paramref name="writing"/> have been through <see cref="NoteContent.Keep"/>.</summary>
    public static MergedNote Of(ClinicalNote live, NoteWriting writing) => new NoteMerge(live, writing).Run();

    private MergedNote Run()
    {
        var mine = NoteFields.Of(_writing.Content);
        var before = _writing.Base is { } known ? NoteFields.Of(known) : null;
        var paths = _fields.Keys.Concat(mine.Keys).Concat(before?.Keys.AsEnumerable() ?? []).Concat(_conflicts.Keys)
            .Where(path => path != NoteFields.Bmi).ToHashSet();
        foreach (var path in paths)
        {
            Merge(path, mine.GetValueOrDefault(path), before);
        }

        foreach (var (path, value) in _writing.Fill.Where(field => !_fields.ContainsKey(field.Key) && !_conflicts.ContainsKey(field.Key)))
        {
            Write(path, value);
            if (_writing.FilledFrom is { } from)
            {
                _carried[path] = from;
            }
        }

        foreach (var (path, value) in _writing.Then?.Invoke(_fields) ?? NothingMore)
        {
            Write(path, value);
        }

        foreach (var path in _writing.Kept)
        {
            _isChanged |= _carried.Remove(path);
        }

        return new MergedNote(_isChanged ? Next() : _live, _isChanged, _isText, [.. NoteFields.Sort(_others)], [.. NoteFields.Sort(_newConflicts)]);
    }

    private void Merge(string path, JsonNode? mine, Dictionary<string, JsonNode>? before)
    {
        var live = _fields.GetValueOrDefault(path);
        var isMine = !NoteFields.AreAlike(mine, before is null ? live : before.GetValueOrDefault(path));
        var conflict = _conflicts.GetValueOrDefault(path);
        if (conflict is not null && _writing.Settled.Contains(path) && conflict.All(value => value.Version <= _writing.BasedOn))
        {
            // Whoever settles has seen every value that stands there.
            _conflicts.Remove(path);
            Write(path, mine);
        }
        else if (!isMine)
        {
            if (!NoteFields.AreAlike(mine, live) && _written.GetValueOrDefault(path)?.By != _writing.By)
            {
                _others.Add(path);
            }
        }
        else if (conflict is not null)
        {
            Join(path, mine, conflict);
        }
        else if (!NoteFields.AreAlike(mine, live))
        {
            WriteOrClash(path, mine, live);
        }
    }

    private void WriteOrClash(string path, JsonNode? mine, JsonNode? live)
    {
        if (_written.GetValueOrDefault(path) is { } theirs && theirs.Version > _writing.BasedOn && !GoesOn(theirs, mine, live))
        {
            _conflicts[path] = [new FieldValue(live, theirs.By, theirs.At, theirs.Version), Value(mine)];
            _newConflicts.Add(path);
            (_isChanged, _isText) = (true, true);
            return;
        }

        Write(path, mine);
    }

    /// <summary>One's own words, with more behind them: the answer to the save before was lost on its way.</summary>
    private bool GoesOn(FieldMark last, JsonNode? mine, JsonNode? live)
        => last.By == _writing.By && live is not null && mine is not null
            && NoteFields.TextOf(mine).StartsWith(NoteFields.TextOf(live), StringComparison.Ordinal);

    /// <summary>Two values stand there already. One's own is gone on with, whichever it is; a third one stands beside them.</summary>
    private void Join(string path, JsonNode? mine, IReadOnlyList<FieldValue> values)
    {
        if (values.Any(value => NoteFields.AreAlike(value.Value, mine)))
        {
            return;
        }

        var own = values.ToList().FindIndex(value => value.By == _writing.By);
        _conflicts[path] = own < 0 ? [.. values, Value(mine)] : [.. values.Select((value, i) => i == own ? Value(mine) : value)];
        if (own == 0)
        {
            Write(path, mine);
        }
        else
        {
            _newConflicts.Add(path);
            (_isChanged, _isText) = (true, true);
        }
    }

    private void Write(string path, JsonNode? value)
    {
        if (value is null)
        {
            _fields.Remove(path);
        }
        else
        {
            _fields[path] = value;
        }

        _written[path] = new FieldMark(_writing.By, _writing.At, _next);
        _carried.Remove(path);
        (_isChanged, _isText) = (true, true);
    }

    private FieldValue Value(JsonNode? mine) => new(mine, _writing.By, _writing.At, _next);

    private ClinicalNote Next() => _writing.Besides is { } besides ? besides(Merged()) : Merged();

    private ClinicalNote Merged() => _live with
    {
        Version = _next,
        UpdatedAt = _writing.At,
        UpdatedBy = _writing.By,
        Content = NoteContent.Complete(NoteFields.Join(_fields)),
        Written = _written,
        Conflicts = _conflicts,
        Carried = _carried,
        Metadata = _writing.TemplateId is { } template ? _live.Metadata with { TemplateUsed = template } : _live.Metadata,
    };
}
