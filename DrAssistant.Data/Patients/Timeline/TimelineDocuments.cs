using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>Which documents have the searched words: in what they are called, in what is noted about them, or in the words of a PDF.</summary>
internal sealed class TimelineDocuments(DocumentVault vault)
{
    // All of it is ciphertext, so it is looked at here, as the words of notes are. The newest come first.
    private const int MostSearched = 500;
    private const int Before = 60;
    private const int Longest = 200;

    /// <summary>The documents that have the words, each with the lines in which they stand; none where nothing is searched.</summary>
    public async Task<MentioningDocuments> MentioningAsync(ClinicDb db, Guid patientId, TimelineFilter filter, CancellationToken cancellation)
    {
        if (OneLine(PlainText.Of(filter.Text, TimelinePlaces.LongestText)) is not { Length: > 0 } searched)
        {
            return MentioningDocuments.None;
        }

        var documents = db.PatientDocuments.AsNoTracking()
            .Where(d => d.PatientId == patientId && d.Status != DocumentStatus.Uploading && d.EnteredInErrorAt == null)
            .OrderByDescending(d => d.DocumentDate).ThenByDescending(d => d.Id).Take(MostSearched)
            .Select(d => new { d.Id, d.DocumentDate, d.Title, d.Description, Words = db.DocumentExtracts.Where(e => e.DocumentId == d.Id).Select(e => e.Words).FirstOrDefault() });
        var lines = new Dictionary<Guid, IReadOnlyList<TimelinePart>>();
        var shown = 0;
        await foreach (var document in documents.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            string?[] texts = [vault.Description(document.Id, document.Description), vault.Words(document.Id, document.Words)];
            List<TimelinePart> met = [.. texts.Select(text => Around(OneLine(text), searched)).OfType<string>().Select(line => new TimelinePart(line))];
            if (met.Count > 0 || OneLine(vault.Title(document.Id, document.Title)).Contains(searched, StringComparison.OrdinalIgnoreCase))
            {
                lines[document.Id] = met;
                shown += IsShown(document.DocumentDate, filter) ? 1 : 0;
            }
        }

        return new MentioningDocuments(lines, shown);
    }

    /// <summary>Lines of a page break where its paper ends: somebody who looks for three words does not know where.</summary>
    private static string OneLine(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsShown(DateOnly day, TimelineFilter filter)
        => filter.DoctorId is null && (filter.Kinds.Count == 0 || filter.Kinds.Contains(TimelineKind.Document)) && !(day < filter.From) && !(day > filter.To);

    /// <summary>What stands around the words, in whole words; null where they do not stand.</summary>
    private static string? Around(string text, string searched)
    {
        var at = text.IndexOf(searched, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var from = at <= Before ? 0 : WordFrom(text, at - Before, at);
        var to = text.Length - from <= Longest ? text.Length : WordBefore(text, from + Longest, at + searched.Length);
        return $"{(from > 0 ? "… " : "")}{text[from..to]}{(to < text.Length ? " …" : "")}";
    }

    private static int WordFrom(string text, int from, int most)
    {
        var blank = text.IndexOf(' ', from, most - from);
        return blank < 0 ? most : blank + 1;
    }

    private static int WordBefore(string text, int to, int least)
    {
        var blank = text.LastIndexOf(' ', to - 1, to - least);
        return blank < 0 ? least : blank;
    }
}

/// <summary>Documents that have the searched words.</summary>
/// <param name="Lines">By the document: the lines in which the words stand, its title left out.</param>
/// <param name="Shown">How many of them the filter leaves.</param>
internal sealed record MentioningDocuments(IReadOnlyDictionary<Guid, IReadOnlyList<TimelinePart>> Lines, int Shown)
{
    public static MentioningDocuments None { get; } = new(new Dictionary<Guid, IReadOnlyList<TimelinePart>>(), 0);

    /// <summary>The entry of a document with the lines in which the words stand.</summary>
    public TimelineEntry With(TimelineEntry entry) => entry is { Kind: TimelineKind.Document, SubjectId: { } id } && Lines.TryGetValue(id, out var met) && met.Count > 0
        ? entry with { Parts = [.. entry.Parts, .. met] }
        : entry;

    public override string ToString() => nameof(MentioningDocuments);
}
