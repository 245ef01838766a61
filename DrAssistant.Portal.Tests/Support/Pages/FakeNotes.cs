using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Notes of which a test sees every word that reaches them.</summary>
internal sealed class FakeNotes : IClinicalNotes
{
    public NoteView? Note { get; set; }

    public Refusal? Refusal { get; set; }

    public List<NoteDraft> Saved { get; } = [];

    public int Begun { get; private set; }

    /// <summary>How a draft comes out; as it was sent, one version on, where a test says nothing.</summary>
    public Func<NoteView, NoteDraft, SavedNote> Save { get; set; } = (note, draft) => new SavedNote(note with { Version = note.Version + 1, Content = draft.Content }, [], []);

    public Func<NoteSigning, Result<NoteView>> Sign { get; set; } = _ => Data.Common.Refusal.NotFound("Note");

    public static NoteView Draft(Guid encounterId, Guid patientId, SoapContent? content = null) => new()
    {
        Id = Guid.CreateVersion7(),
        EncounterId = encounterId,
        PatientId = patientId,
        DoctorId = Guid.CreateVersion7(),
        DoctorName = "Dr. Meera Iyer",
        Status = NoteStatus.Draft,
        NoteType = NoteType.Soap,
        Version = 4,
        CreatedAt = Day.At(10, 30),
        UpdatedAt = Day.At(10, 42),
        Content = content ?? new SoapContent(),
        Metadata = new NoteMetadata(),
        MayWrite = true,
        MaySign = true,
    };

    public Task<Result<NoteView>> BeginAsync(NoteStart start, CancellationToken cancellation)
    {
        Begun++;
        Note ??= Draft(start.EncounterId, start.PatientId);
        return Answer(Note);
    }

    public Task<Result<NoteView>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation) => Answer(Note?.EncounterId == encounterId ? Note : null);

    public Task<Result<NoteView>> ReadAsync(Guid noteId, CancellationToken cancellation) => Answer(Note?.Id == noteId ? Note : null);

    public Task<Result<SavedNote>> SaveAsync(NoteDraft draft, CancellationToken cancellation)
    {
        Saved.Add(draft);
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<SavedNote>>(refusal);
        }

        var saved = Save(Note!, draft);
        Note = saved.Note;
        return Task.FromResult<Result<SavedNote>>(saved);
    }

    public Task<Result<NoteView>> SignAsync(NoteSigning signing, CancellationToken cancellation) => Task.FromResult(Sign(signing));

    public List<NoteLine> Lines { get; } = [];

    public List<NoteVersionLine> Versions { get; } = [];

    public List<FieldDifference> Differences { get; } = [];

    public Func<NoteAct, Result<NoteView>> Amend { get; set; } = _ => Data.Common.Refusal.NotFound("Note");

    public List<object> Acts { get; } = [];

    public List<NoteListQuery> Listed { get; } = [];

    /// <summary>A page of the list; all of <see cref="Lines"/> where a test says nothing.</summary>
    public Func<NoteListQuery, Result<NoteList>>? List { get; set; }

    public Func<Guid, Result<NoteView>>? Print { get; set; }

    public Task<Result<NoteList>> ListAsync(NoteListQuery query, CancellationToken cancellation)
    {
        Listed.Add(query);
        return Task.FromResult(List?.Invoke(query) ?? new NoteList(Lines.ToList(), 0, null));
    }

    public Task<Result<NoteView>> PrintAsync(Guid noteId, CancellationToken cancellation) => Print is { } print ? Task.FromResult(print(noteId)) : Answer(Note);

    public Task<Result<SavedNote>> CopyForwardAsync(NoteDraft draft, Guid fromNoteId, IReadOnlyCollection<string>? fields, CancellationToken cancellation)
    {
        Acts.Add(fromNoteId);
        return SaveAsync(draft, cancellation);
    }

    /// <summary>What the note says after sentences of a draft went into it.</summary>
    public Func<NoteView, DraftTaking, SavedNote> Take { get; set; } = (note, taking) => new SavedNote(
        note with { Version = note.Version + 1, Drafted = [.. note.Drafted, new TakenFromDraft(taking.DraftId, "Dr. Meera Iyer", Day.Now, [.. taking.Sentences.Select(s => s.Number)], taking.Sentences.Count(s => s.Text is not null))] }, [], []);

    public Task<Result<SavedNote>> TakeDraftedAsync(NoteDraft draft, DraftTaking taking, CancellationToken cancellation)
    {
        Acts.Add(taking);
        var saved = Take(Note!, taking);
        Note = saved.Note;
        return Task.FromResult<Result<SavedNote>>(saved);
    }

    public Task<Result<SavedNote>> PutBackDraftedAsync(NoteDraft draft, DraftPuttingBack back, CancellationToken cancellation)
    {
        Acts.Add(back);
        Note = Note! with { Version = Note.Version + 1, Drafted = [.. Note.Drafted.Where(p => !p.Sentences.Any(back.Sentences.Contains))] };
        return Task.FromResult<Result<SavedNote>>(new SavedNote(Note, [], []));
    }

    public Task<Result<NoteView>> AmendAsync(NoteAct act, CancellationToken cancellation) => Did(act, Amend(act));

    public Task<Result<NoteView>> GiveUpAmendmentAsync(NoteAct act, CancellationToken cancellation) => Did(act, Note!);

    public Task<Result<NoteView>> AddAddendumAsync(AddendumDraft addendum, CancellationToken cancellation) => Did(addendum, Note!);

    public Task<Result<NoteView>> MarkEnteredInErrorAsync(NoteAct act, CancellationToken cancellation) => Did(act, Note!);

    public Task<Result<IReadOnlyList<NoteVersionLine>>> VersionsAsync(Guid noteId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<NoteVersionLine>>>(Versions.ToList());

    public Task<Result<NoteView>> VersionAsync(Guid noteId, int version, CancellationToken cancellation) => Answer(Note is { } note ? note with { Version = version } : null);

    public Task<Result<IReadOnlyList<FieldDifference>>> DifferencesAsync(Guid noteId, int from, int to, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<FieldDifference>>>(Differences.ToList());

    private Task<Result<NoteView>> Did(object act, Result<NoteView> answer)
    {
        Acts.Add(act);
        return Task.FromResult(answer);
    }

    private Task<Result<NoteView>> Answer(NoteView? note)
        => Task.FromResult<Result<NoteView>>(Refusal is { } refusal ? refusal : note is null ? Data.Common.Refusal.NotFound("Note") : note);
}

/// <summary>A short list of codes.</summary>
internal sealed class FakeCodes : IDiagnosisCodes
{
    public List<DiagnosisHit> Hits { get; } = [];

    public List<string> Used { get; } = [];

    public Task<Result<IReadOnlyList<DiagnosisHit>>> FindAsync(string question, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<DiagnosisHit>>>(Hits.Where(h => h.Title.Contains(question, StringComparison.OrdinalIgnoreCase)).ToList());

    public Task<Result<DiagnosisHit>> UsedAsync(string code, CancellationToken cancellation)
    {
        Used.Add(code);
        return Task.FromResult<Result<DiagnosisHit>>(Hits.Single(h => h.Code == code));
    }
}

/// <summary>A session's key of unsaved text, and those of earlier ones.</summary>
internal sealed class FakeDraftKeys : IDraftKeys
{
    public DraftKey Key { get; } = new(Guid.CreateVersion7(), new byte[32]);

    public Dictionary<Guid, Result<DraftKey>> Earlier { get; } = [];

    public Task<Result<DraftKey>> CurrentAsync(CancellationToken cancellation) => Task.FromResult<Result<DraftKey>>(Key);

    public Task<Result<DraftKey>> FindAsync(Guid keyId, CancellationToken cancellation) => Task.FromResult(Earlier.GetValueOrDefault(keyId, Refusal.NotFound("Key")));
}

/// <summary>Who else is at the note; a test lets them come, write and go.</summary>
internal sealed class FakePresence : INotePresence
{
    public Func<NoteNews, Task>? Heard { get; private set; }

    public List<string?> Written { get; } = [];

    public Task<Refusal?> JoinAsync(Guid noteId, Func<NoteNews, Task> heard, CancellationToken cancellation)
    {
        Heard = heard;
        return Task.FromResult<Refusal?>(null);
    }

    public void Write(string? field) => Written.Add(field);

    public void Leave() => Heard = null;
}

/// <summary>Ready-made texts, kept in the test.</summary>
internal sealed class FakeTexts : INoteTexts
{
    public List<NoteTemplate> Templates { get; } = [];

    public List<TextShortcut> Shortcuts { get; } = [];

    public Refusal? Refusal { get; set; }

    public Task<Result<IReadOnlyList<NoteTemplate>>> TemplatesAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<NoteTemplate>>>(Templates.ToList());

    public Task<Result<NoteTemplate>> SaveTemplateAsync(NoteTemplateDraft template, CancellationToken cancellation)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<NoteTemplate>>(refusal);
        }

        var saved = new NoteTemplate(template.Id ?? Guid.CreateVersion7().ToString(), template.Name, template.Content, IsOwn: true);
        Templates.RemoveAll(t => t.Id == saved.Id);
        Templates.Insert(0, saved);
        return Task.FromResult<Result<NoteTemplate>>(saved);
    }

    public Task<Refusal?> RemoveTemplateAsync(string templateId, CancellationToken cancellation)
    {
        Templates.RemoveAll(t => t.Id == templateId);
        return Task.FromResult(Refusal);
    }

    public Task<Result<IReadOnlyList<TextShortcut>>> ShortcutsAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<TextShortcut>>>(Shortcuts.ToList());

    public Task<Result<TextShortcut>> SaveShortcutAsync(TextShortcutDraft shortcut, CancellationToken cancellation)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<TextShortcut>>(refusal);
        }

        var saved = new TextShortcut(shortcut.Key, shortcut.Text, shortcut.Section, IsOwn: true);
        Shortcuts.RemoveAll(s => s.Key == saved.Key);
        Shortcuts.Insert(0, saved);
        return Task.FromResult<Result<TextShortcut>>(saved);
    }

    public Task<Refusal?> RemoveShortcutAsync(string key, CancellationToken cancellation)
    {
        Shortcuts.RemoveAll(s => s.Key == key);
        return Task.FromResult(Refusal);
    }
}
