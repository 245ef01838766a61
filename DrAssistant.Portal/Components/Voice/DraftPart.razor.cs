using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Notes;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Voice;

/// <summary>The sentences that are proposed for one part of a note.</summary>
public partial class DraftPart(ClinicClock clock)
{
    /// <summary>Below this a section opens folded: who takes it should have listened.</summary>
    private const double WellHeard = 0.7;

    private readonly Dictionary<int, string> _texts = [];
    private Guid? _unfolded;
    private bool _editing;

    [Parameter, EditorRequired]
    public DraftSection Section { get; set; }

    private ClinicClock Clock => clock;

    private IReadOnlyList<ReviewedSentence> Open => Desk?.Open(Section) ?? [];

    /// <summary>The first section that waits has the loud button.</summary>
    private bool IsFirst => Enum.GetValues<DraftSection>().FirstOrDefault(section => section is not DraftSection.Summary && Desk!.Open(section).Count > 0) == Section;

    /// <summary>What of this section was taken at once, and when; from earlier drafts too.</summary>
    private IEnumerable<TakenFromDraft> Taken
    {
        get
        {
            if (Desk is not { Review: { } review, Note: { } note })
            {
                yield break;
            }

            foreach (var part in note.Drafted)
            {
                var mine = part.Sentences.Select(number => Of(review, part.DraftId, number)).OfType<EarlierSentence>().Where(s => s.Section == Section).ToList();
                if (mine.Count > 0)
                {
                    yield return part with { Sentences = [.. mine.Select(s => s.Number)], Changed = mine.Count(s => s.IsChanged) };
                }
            }
        }
    }

    /// <summary>A sentence in the note, of whichever draft; null where nobody knows any more what was proposed.</summary>
    private static EarlierSentence? Of(DraftReview review, Guid draftId, int number)
        => draftId != review.Id ? review.Earlier.FirstOrDefault(s => s.DraftId == draftId && s.Number == number)
            : number < review.Sentences.Count && review.Sentences[number] is { } sentence ? new EarlierSentence(draftId, number, sentence.Section, sentence.State is SentenceState.Changed)
            : null;

    private static bool Goes(ReviewedSentence sentence) => sentence.Faults.Count == 0;

    private static string Counted(TakenFromDraft taken)
        => (taken.Sentences.Count == 1 ? "1 sentence" : $"{taken.Sentences.Count} sentences") + (taken.Changed > 0 ? $", {taken.Changed} edited" : "");

    private string TextOf(ReviewedSentence sentence) => _texts.GetValueOrDefault(sentence.Number, sentence.Text);

    private string Sure(IReadOnlyList<ReviewedSentence> open)
    {
        var heard = open.Count(Goes);
        var unclear = open.Count(s => Goes(s) && Desk!.Spoken.IsUnclear(s.Spans));
        return $"{open.Average(s => s.Confidence):P0} sure, {heard} of {open.Count} heard{(unclear > 0 ? $", {unclear} to check" : "")}";
    }

    private bool IsFolded(IReadOnlyList<ReviewedSentence> open)
        => _unfolded != Desk?.Review?.Id && Desk?.Spoken.HeardConfidence(open.SelectMany(s => s.Spans)) < WellHeard && open.Average(s => s.Confidence) < WellHeard;

    private IReadOnlyList<SentenceTaking> Takings(IReadOnlyList<ReviewedSentence> open)
        => [.. open.Where(Goes).Select(s => new SentenceTaking(s.Number, _editing && _texts.TryGetValue(s.Number, out var text) && text != s.Text ? text : null))];

    private Task TakeAsync(IReadOnlyList<SentenceTaking> sentences) => SaveAsync(async () =>
    {
        await Desk!.TakeAsync(sentences);
        _editing &= Open.Count > 0;
    });

    private Task RefuseAsync(IReadOnlyList<int> sentences) => SaveAsync(() => Desk!.DecideAsync(sentences, SentenceState.Refused));

    private Task PutBackAsync(TakenFromDraft taken) => SaveAsync(() => Desk!.PutBackAsync(taken));

    private Task BringBackAsync(IReadOnlyList<ReviewedSentence> refused) => SaveAsync(() => Desk!.DecideAsync([.. refused.Select(s => s.Number)], SentenceState.Open));
}
