using System.Globalization;
using System.Text;
using CsvHelper;
using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting.Extractive;

namespace DrAssistant.Data.Drafting.Batch;

/// <summary>A table of visits as it comes in, and the table of notes as it goes out.</summary>
internal static class VisitFile
{
    private const int LongestFile = 200_000_000;
    private const string Shape = "A table with commas and the columns encounter_id and dialogue is expected.";

    private static readonly CsvReaderOptions Reading = CsvReaderOptions.Default with { Separator = ',', MalformedData = CsvMalformedDataHandling.Throw };
    private static readonly CsvWriterOptions Writing = CsvWriterOptions.Default with { Separator = ',', Injection = CsvInjection.None, NewLine = "\n" };
    private static readonly string[] Columns = ["encounter_id", "note", "subjective", "objective", "assessment", "plan", "sentences"];

    public static async Task<Result<IReadOnlyList<VisitRow>>> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return Refusal.NotFound($"The file {path}");
            }

            return file.Length > LongestFile ? Refusal.Invalid($"{path} is larger than 200 MB. Split it.") : Rows(await File.ReadAllBytesAsync(path, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refusal.Unavailable($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Null when it is written.</summary>
    public static async Task<Refusal?> WriteAsync(string path, IReadOnlyList<DraftedVisit> visits, CancellationToken cancellation)
    {
        try
        {
            await File.WriteAllTextAsync(path, Table(visits), cancellation);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refusal.Unavailable($"{path} cannot be written: {e.Message}");
        }
    }

    private static Result<IReadOnlyList<VisitRow>> Rows(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        if (text.Contains('\0', StringComparison.Ordinal) || text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return Refusal.Invalid($"This is no text in UTF-8. {Shape}");
        }

        try
        {
            using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(text), Reading);
            var rows = new List<VisitRow>();
            while (csv.Read())
            {
                if (!csv.TryGetFieldIndex("encounter_id", out var id) || !csv.TryGetFieldIndex("dialogue", out var dialogue))
                {
                    return Refusal.Invalid($"The columns are not there. {Shape}");
                }

                var row = new VisitRow(csv.GetString(id) ?? "", csv.GetString(dialogue) ?? "");
                if (row.Dialogue.Length > DraftRequest.LongestTranscript)
                {
                    return Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"The dialogue of row {rows.Count + 1} is longer than {DraftRequest.LongestTranscript} signs."));
                }

                rows.Add(row);
            }

            return rows.Count == 0 ? Refusal.Invalid($"There is no visit in it. {Shape}") : rows;
        }
        catch (CsvFormatException wrong)
        {
            return Refusal.Invalid($"This is no table. {Shape} {wrong.Message}");
        }
    }

    private static string Table(IReadOnlyList<DraftedVisit> visits)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, Writing, leaveOpen: true))
        {
            Line(csv, Columns);
            foreach (var (visit, note) in visits.Select(v => (v.Visit, v.Note)))
            {
                Line(csv,
                [
                    visit.EncounterId, note.WhyEmpty ?? NoteText.Whole(note), NoteText.Section(note, DraftSection.Subjective), NoteText.Section(note, DraftSection.Objective),
                    NoteText.Section(note, DraftSection.Assessment), NoteText.Section(note, DraftSection.Plan), SentenceJson.Of(note, visit.Dialogue),
                ]);
            }
        }

        return text.ToString();
    }

    private static void Line(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.EndRecord();
    }
}
