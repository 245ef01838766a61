using System.Text.Json.Nodes;
using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Recordings;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Sentences of a draft go into the note and out of it again. What goes in is what the draft proposed, read from where it is kept, or the doctor's
/// own words; the page never says what was proposed.
/// </summary>
internal sealed class NoteTaking(NoteDrafting drafting, NoteStore notes, DraftStore drafts, ITranscripts transcripts)
{
    private const int LongestSentence = 4000;

    private static readonly Refusal NoDraft = Refusal.NotFound("Draft");

    public async Task<Result<SavedNote>> TakeAsync(NoteDraft draft, DraftTaking taking, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var content = NoteContent.Keep(draft.Content);
        if (!content.Succeeded)
        {
            return content.Refusal;
        }

        if (await drafts.FindAsync(taking.DraftId, cancellation) is not { } proposed)
        {
            return NoDraft;
        }

        var asked = Asked(proposed, taking);
        if (!asked.Succeeded)
        {
            return asked.Refusal;
        }

        var sentences = asked.Value;
        var spoken = await SpokenAsync(proposed, cancellation);
        var live = sentences;
        var writing = NoteDrafting.Writing(draft, content.Value, me, now) with
        {
            Then = fields => Behind(fields, live, out live),
            Besides = note => Assisted(note, proposed, spoken, new DraftedPart(proposed.Id, me, now, live)),
        };
        return await drafting.MergeAsync(draft, writing, await notes.AccessAsync(cancellation), cancellation, note =>
        {
            var there = Numbers(note, proposed.Id);
            live = [.. sentences.Where(s => !there.Contains(s.Number))];
            return note.EncounterId != proposed.EncounterId ? NoteRefusals.AnothersChart : OfConflict(note, live);
        });
    }

    public async Task<Result<SavedNote>> PutBackAsync(NoteDraft draft, DraftPuttingBack back, Guid me, DateTimeOffset now, CancellationToken cancellation)
    {
        var content = NoteContent.Keep(draft.Content);
        if (!content.Succeeded)
        {
            return content.Refusal;
        }

        IReadOnlyList<TakenSentence> standing = [];
        var writing = NoteDrafting.Writing(draft, content.Value, me, now) with
        {
            Then = fields => Without(fields, standing),
            Besides = note => note with { Drafted = [.. Left(note.Drafted, back.DraftId, [.. standing.Select(s => s.Number)])] },
        };
        return await drafting.MergeAsync(draft, writing, await notes.AccessAsync(cancellation), cancellation, note =>
        {
            var fields = NoteFields.Of(content.Value);
            standing = [.. note.Drafted.Where(p => p.DraftId == back.DraftId).SelectMany(p => p.Sentences).Where(s => back.Sentences.Contains(s.Number) && Stands(fields, s))];
            return standing.Count > 0 ? OfConflict(note, standing) : Refusal.Conflict("Somebody wrote on in these sentences. Take them out of the text by hand.");
        });
    }

    /// <summary>The sentences as they will stand, or why one of them does not go in.</summary>
    private static Result<IReadOnlyList<TakenSentence>> Asked(StoredDraft proposed, DraftTaking taking)
    {
        var asked = new List<TakenSentence>();
        foreach (var one in taking.Sentences.DistinctBy(s => s.Number))
        {
            if (one.Number < 0 || one.Number >= proposed.Note.Sentences.Count || DraftedPlaces.Of(proposed.Note.Sentences[one.Number]) is not { } field)
            {
                return NoDraft;
            }

            var sentence = proposed.Note.Sentences[one.Number];
            var text = NoteContent.Plain(one.Text ?? sentence.Text).Trim();
            if (text.Length is 0 or > LongestSentence)
            {
                return Refusal.Invalid($"A sentence has 1 to {LongestSentence} characters.");
            }

            if (!sentence.IsSupported && !one.OnMyWord)
            {
                return Refusal.Invalid("A sentence that was not heard goes into the note only on the doctor's own word.");
            }

            // Vital signs have fields of their own, into which the page records them; in the text they stand where the doctor wants them there.
            var place = field == DraftedPlaces.VitalSigns ? "objective.physicalExam.general" : field;
            asked.Add(new TakenSentence(one.Number, place, text, text != sentence.Text));
        }

        return asked.Count > 0 ? asked : NoDraft;
    }

    private static Dictionary<string, JsonNode?> Behind(IReadOnlyDictionary<string, JsonNode> fields, IReadOnlyList<TakenSentence> sentences, out IReadOnlyList<TakenSentence> placed)
    {
        var changed = new Dictionary<string, JsonNode?>();
        var went = new List<TakenSentence>();
        foreach (var sentence in sentences)
        {
            var field = Now(sentence.Field) is null ? sentence.Field : DraftedPlaces.Otherwise(sentence.Field);
            changed[field] = Behind(field, Now(field), sentence.Text);
            went.Add(sentence with { Field = field });
        }

        placed = went;
        return changed;

        JsonNode? Now(string field) => changed.TryGetValue(field, out var value) ? value : fields.GetValueOrDefault(field);
    }

    private static JsonNode Behind(string field, JsonNode? value, string text) => value switch
    {
        null when NoteFields.IsList(field) => new JsonArray(text),
        null => JsonValue.Create(text),
        JsonArray list => new JsonArray([.. list.Select(item => item?.DeepClone()), JsonValue.Create(text)]),
        _ => JsonValue.Create($"{value.GetValue<string>().TrimEnd()} {text}"),
    };

    private static Dictionary<string, JsonNode?> Without(IReadOnlyDictionary<string, JsonNode> fields, IReadOnlyList<TakenSentence> sentences)
    {
        var changed = new Dictionary<string, JsonNode?>();
        foreach (var sentence in sentences)
        {
            var value = changed.TryGetValue(sentence.Field, out var before) ? before : fields.GetValueOrDefault(sentence.Field);
            changed[sentence.Field] = Without(value, sentence.Text);
        }

        return changed;
    }

    private static JsonNode? Without(JsonNode? value, string text)
    {
        if (value is JsonArray list)
        {
            var at = list.Select(NoteFields.TextOf).ToList().LastIndexOf(text);
            var left = list.Where((_, i) => i != at).Select(item => item?.DeepClone()).ToArray();
            return left.Length > 0 ? new JsonArray(left) : null;
        }

        var whole = NoteFields.TextOf(value);
        var from = whole.LastIndexOf(text, StringComparison.Ordinal);
        var rest = from < 0 ? whole : whole[..from].TrimEnd(' ') + (from + text.Length < whole.Length && from > 0 ? " " : "") + whole[(from + text.Length)..].TrimStart(' ');
        return rest.Trim().Length > 0 ? JsonValue.Create(rest.Trim()) : null;
    }

    private static bool Stands(IReadOnlyDictionary<string, JsonNode> fields, TakenSentence sentence) => fields.GetValueOrDefault(sentence.Field) switch
    {
        JsonArray list => list.Any(item => NoteFields.TextOf(item) == sentence.Text),
        { } value => NoteFields.TextOf(value).Contains(sentence.Text, StringComparison.Ordinal),
        null => false,
    };

    private static HashSet<int> Numbers(ClinicalNote note, Guid draft) => [.. note.Drafted.Where(p => p.DraftId == draft).SelectMany(p => p.Sentences).Select(s => s.Number)];

    private static Refusal? OfConflict(ClinicalNote note, IReadOnlyList<TakenSentence> sentences)
        => sentences.FirstOrDefault(s => note.Conflicts.ContainsKey(s.Field)) is { } stuck
            ? Refusal.Conflict($"Two texts stand side by side in {NoteFields.LabelOf(stuck.Field)}. Settle that first.")
            : null;

    private static IEnumerable<DraftedPart> Left(IReadOnlyList<DraftedPart> parts, Guid draft, IReadOnlyCollection<int> back) => parts
        .Select(part => part.DraftId == draft ? part with { Sentences = [.. part.Sentences.Where(s => !back.Contains(s.Number))] } : part)
        .Where(part => part.Sentences.Count > 0);

    private static ClinicalNote Assisted(ClinicalNote note, StoredDraft proposed, Spoken spoken, DraftedPart part) => part.Sentences.Count == 0 ? note : note with
    {
        Drafted = [.. note.Drafted, part],
        RawTranscription = spoken.RawOf([.. note.Drafted, part], note.RawTranscription),
        AiSummary = string.Join(' ', proposed.Note.In(DraftSection.Summary).Where(s => s.IsSupported).Select(s => s.Text)) is { Length: > 0 } summary ? summary : note.AiSummary,
        AiConfidenceScore = proposed.Note.Confidence,
        Metadata = note.Metadata with { AiAssisted = true, RecordingDuration = spoken.SecondsOf([.. note.Drafted, part]) ?? note.Metadata.RecordingDuration },
    };

    private async Task<Spoken> SpokenAsync(StoredDraft proposed, CancellationToken cancellation)
    {
        var said = await transcripts.OfEncounterAsync(proposed.EncounterId, cancellation);
        var all = await drafts.AllOfEncounterAsync(proposed.EncounterId, cancellation);
        return new Spoken(said.Value ?? [], all.Append(proposed).DistinctBy(d => d.Id).ToDictionary(d => d.Id, d => d.Sources));
    }

    /// <summary>What was said in a visit, and which draft rests on what of it.</summary>
    private sealed record Spoken(IReadOnlyList<TranscriptView> Said, IReadOnlyDictionary<Guid, IReadOnlyList<StoredSource>> Sources)
    {
        /// <summary>
        /// Everything that something in the note rests on, as it was heard first and in the order in which it was said. Where a part of it is gone,
        /// what the note has of it stays.
        /// </summary>
        public string? RawOf(IReadOnlyList<DraftedPart> parts, string? kept)
        {
            var of = Of(parts).Select(source => source.TranscriptId).ToHashSet();
            var found = Said.Where(t => of.Contains(t.Id)).ToList();
            var raw = found.Count > 0 ? string.Join('\n', found.Select(t => t.RawText ?? t.Text)) : null;
            return found.Count == of.Count ? raw ?? kept : kept ?? raw;
        }

        public double? SecondsOf(IReadOnlyList<DraftedPart> parts)
            => Of(parts).Where(source => source.Seconds is not null).ToList() is { Count: > 0 } recorded ? recorded.Sum(source => source.Seconds) : null;

        private IEnumerable<StoredSource> Of(IReadOnlyList<DraftedPart> parts)
            => parts.SelectMany(part => Sources.GetValueOrDefault(part.DraftId, [])).DistinctBy(source => source.TranscriptId);

        public override string ToString() => $"{Said.Count} transcripts";
    }
}
