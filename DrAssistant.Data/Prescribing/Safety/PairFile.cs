using System.Globalization;
using System.Text;
using CsvHelper;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>A table of pairs as it comes in, and the table of findings as it goes out.</summary>
internal static class PairFile
{
    private const int LongestFile = 5_000_000;
    private const int MostPairs = 20_000;
    private const int LongestName = 200;
    private const string Shape = "Two names of medicines a row are expected, parted by a comma.";

    private static readonly CsvReaderOptions Reading = CsvReaderOptions.Default with
    {
        Separator = ',', HasHeader = false, FieldCountMismatch = CsvFieldCountHandling.Allow, MalformedData = CsvMalformedDataHandling.Throw,
    };

    private static readonly CsvWriterOptions Writing = CsvWriterOptions.Default with { Separator = ',', Injection = CsvInjection.Escape, NewLine = "\n" };

    private static readonly string[] Columns =
    [
        "row", "a", "b", "a_recognised_as", "b_recognised_as", "recognised", "finding", "severity", "interrupts", "mechanism", "what_to_do", "source", "source_date",
    ];

    public static async Task<Result<IReadOnlyList<NamedPair>>> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return Refusal.NotFound($"The file {path}");
            }

            return file.Length > LongestFile
                ? Refusal.Invalid($"{path} is larger than 5 MB. Split it.")
                : Pairs(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path, cancellation)).TrimStart('\uFEFF'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refusal.Unavailable($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Null when it is written.</summary>
    public static async Task<Refusal?> WriteAsync(string path, IReadOnlyList<PairAnswer> answers, CancellationToken cancellation)
    {
        try
        {
            await File.WriteAllTextAsync(path, Table(answers), cancellation);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refusal.Unavailable($"{path} cannot be written: {e.Message}");
        }
    }

    private static Result<IReadOnlyList<NamedPair>> Pairs(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal) || text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return Refusal.Invalid($"This is no text in UTF-8. {Shape}");
        }

        var pairs = new List<NamedPair>();
        try
        {
            using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(text), Reading);
            for (var row = 1; csv.Read(); row++)
            {
                if (Pair(csv, row) is not { } pair)
                {
                    return Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"Row {row} is none. {Shape}"));
                }

                if (pair.One.Length + pair.Other.Length > 0 && !(row == 1 && IsHead(pair)))
                {
                    pairs.Add(pair);
                }
            }
        }
        catch (CsvFormatException wrong)
        {
            return Refusal.Invalid($"This is no table. {Shape} {wrong.Message}");
        }

        return pairs.Count switch
        {
            0 => Refusal.Invalid($"There is no pair in it. {Shape}"),
            > MostPairs => Refusal.Invalid($"At most {MostPairs} pairs at once. Split the file."),
            _ => pairs,
        };
    }

    /// <summary>Null where the row has not two names.</summary>
    private static NamedPair? Pair(CsvReader csv, int row)
    {
        var cells = Enumerable.Range(0, csv.FieldCount).Select(i => PlainText.Of(csv.GetString(i), LongestName)).ToList();
        return cells.TrueForAll(c => c.Length == 0) ? new NamedPair(row, "", "")
            : cells.Count >= 2 && cells[0].Length > 0 && cells[1].Length > 0 && cells.Skip(2).All(c => c.Length == 0) ? new NamedPair(row, cells[0], cells[1]) : null;
    }

    private static bool IsHead(NamedPair pair)
        => (pair.One.ToLowerInvariant(), pair.Other.ToLowerInvariant()) is ("a", "b") or ("drug1", "drug2") or ("drug_a", "drug_b") or ("drug a", "drug b") or ("medicine_a", "medicine_b")
            || (pair.One.StartsWith("drug", StringComparison.OrdinalIgnoreCase) && pair.Other.StartsWith("drug", StringComparison.OrdinalIgnoreCase));

    private static string Table(IReadOnlyList<PairAnswer> answers)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, Writing, leaveOpen: true))
        {
            Line(csv, Columns);
            foreach (var answer in answers)
            {
                foreach (var finding in answer.Findings.DefaultIfEmpty())
                {
                    Line(csv, Cells(answer, finding));
                }
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

    private static IEnumerable<string> Cells(PairAnswer answer, SafetyFinding? finding) =>
    [
        answer.Pair.Row.ToString(CultureInfo.InvariantCulture), answer.Pair.One, answer.Pair.Other, Named(answer.One), Named(answer.Other), answer.IsRecognised ? "yes" : "no",
        finding is not null ? EnumText.Of(finding.Kind) : answer.IsRecognised ? "none" : "not checked",
        finding is null ? "" : EnumText.Of(finding.Severity), finding is null ? "" : finding.Interrupts ? "yes" : "no",
        finding?.Mechanism ?? "", finding?.WhatToDo ?? "", finding?.Source ?? "", finding?.SourceDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Named(MedicineNamed named)
        => named.Medicine?.GenericName ?? (named.Perhaps is { } perhaps ? $"not recognised; perhaps {perhaps}" : "not recognised");
}
