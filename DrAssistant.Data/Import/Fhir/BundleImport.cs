using System.Text.Json;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>A file to read, under the name that the report uses.</summary>
internal sealed record BundleFile(string Path, string Name);

/// <summary>
/// Imports one file. It is read once for what it has, and then once for each stage, in which only the entries of that stage
/// are looked at; so the order of the entries does not matter, and no more than one of them is in memory.
/// </summary>
internal sealed class BundleImport(
    BundleFile file, EntryReading reading, UnknownPractitioner unknown, PatientVault vault, ReportBuilder report)
{
    // Rows of so many entries are held back for one round trip; a bundle of one patient is usually one transaction.
    private const int EntriesInOneWrite = 2_000;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = BundleReader.MostDepth };
    private const string NotUnicode = "holds text that is not Unicode";
    private static readonly string[] BundleTypes = ["transaction", "batch", "collection", "searchset", "document"];

    private readonly List<FhirEntry> _held = [];
    private readonly HashSet<int> _waiting = [];

    /// <summary>Entries that refer to something that is in no file read so far.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Calls back for every entry looked at.</summary>
    public Action Looked { get; init; } = () => { };

    /// <summary>The patients whom the file has or refers to.</summary>
    public IReadOnlyCollection<Guid> Patients { get; private set; } = [];

    /// <summary>The practitioners alone, before any file's visits are read.</summary>
    public Task ImportStaffAsync(ImportTransaction transaction, CancellationToken cancellation)
        => ImportAsync(transaction, [Stage.Staff], isFirst: false, isLastChance: true, cancellation);

    /// <summary>Everything else. Entries that wait stay out, to be asked for again when the other files are in.</summary>
    public Task ImportRestAsync(ImportTransaction transaction, CancellationToken cancellation)
        => ImportAsync(transaction, [Stage.Patients, Stage.Visits, Stage.Reports, Stage.Facts], isFirst: true, isLastChance: false, cancellation);

    public Task ImportWaitingAsync(ImportTransaction transaction, CancellationToken cancellation)
        => ImportAsync(transaction, [Stage.Patients, Stage.Visits, Stage.Reports, Stage.Facts], isFirst: false, isLastChance: true, cancellation);

    private async Task ImportAsync(
        ImportTransaction transaction, IReadOnlyList<Stage> stages, bool isFirst, bool isLastChance, CancellationToken cancellation)
    {
        var index = new BundleIndex();
        if (!await ScanAsync(index, isFirst, cancellation))
        {
            return;
        }

        var known = new ImportedResources();
        await known.LoadAsync(transaction.Connection, index.AllKeys, cancellation);
        var context = new FileContext(index, known, reading.Clock, vault, unknown, isLastChance);
        await transaction.LoadPeopleAndVisitsAsync(context, cancellation);
        var wanted = isLastChance && !stages.Contains(Stage.Staff) ? new HashSet<int>(_waiting) : null;
        foreach (var stage in stages)
        {
            await ReadStageAsync(stage, context, transaction, wanted, cancellation);
            await WriteAsync(context, transaction, cancellation);
        }

        Patients = known.Targets("patients").ToHashSet();
    }

    /// <summary>False when the file is no bundle that can be imported.</summary>
    private async Task<bool> ScanAsync(BundleIndex index, bool isFirst, CancellationToken cancellation)
    {
        if (TryOpen(isFirst) is not { } stream)
        {
            return false;
        }

        await using var _ = stream;
        using var reader = new BundleReader(stream);
        await foreach (var bytes in reader.EntriesAsync(cancellation))
        {
            index.Begin();
            try
            {
                using var json = JsonDocument.Parse(bytes.Json, Json);
                var entry = new FhirEntry(bytes.Index, json.RootElement, reading);
                index.Add(entry);
                if (isFirst)
                {
                    CountWithoutStage(entry);
                }
            }
            catch (InvalidOperationException e) when (IsAboutText(e))
            {
                if (isFirst)
                {
                    report.Unreadable(file.Name, bytes.Index, NotUnicode);
                }
            }
        }

        index.Close();
        var why = WhyNot(reader);
        if (isFirst && (reader.Broken ?? why) is { } reason)
        {
            report.Problem(file.Name, null, reason);
        }

        return why is null;
    }

    private static string? WhyNot(BundleReader reader)
    {
        if (reader.ResourceType is { } type && type != "Bundle")
        {
            return "is not a bundle";
        }

        if (reader.BundleType is { } kind && !BundleTypes.Contains(kind))
        {
            return "is a bundle of a type that is not imported: transaction, batch, collection, searchset and document are";
        }

        return reader.ResourceType is null && reader.Broken is null ? "is not a bundle" : null;
    }

    private void CountWithoutStage(FhirEntry entry)
    {
        if (entry.IsDeletion)
        {
            report.NoPlace("(deletion)");
        }
        else if (!entry.HasResource)
        {
            report.Refused(file.Name, entry, "has no resource");
        }
        else if (!ResourceMaps.IsImported(entry.Type))
        {
            report.NoPlace(entry.Type);
        }
    }

    private async Task ReadStageAsync(
        Stage stage, FileContext context, ImportTransaction transaction, HashSet<int>? wanted, CancellationToken cancellation)
    {
        await using var stream = Open();
        using var reader = new BundleReader(stream);
        await foreach (var bytes in reader.EntriesAsync(cancellation))
        {
            if (ResourceMaps.Of(context.Index.TypeOf(bytes.Index)) is not { } map || map.Stage != stage || wanted?.Contains(bytes.Index) == false)
            {
                continue;
            }

            using var json = JsonDocument.Parse(bytes.Json, Json);
            var entry = new FhirEntry(bytes.Index, json.RootElement, reading);
            Look(entry, map, context);
            Looked();
            if (_held.Count >= EntriesInOneWrite)
            {
                await WriteAsync(context, transaction, cancellation);
                await transaction.CommitAsync(cancellation);
            }
        }
    }

    private void Look(FhirEntry entry, ResourceMap map, FileContext context)
    {
        if (entry.IsDeletion)
        {
            return;
        }

        _waiting.Remove(entry.Index);
        try
        {
            if (!entry.Key.Fits)
            {
                entry.Refuse("its id is longer than FHIR allows");
            }
            else if (context.Known.Find(entry.Key) is { } row)
            {
                Compare(entry, row, context);
                return;
            }
            else
            {
                map.Map(entry, context);
                entry.CountUnread(map.Reads);
            }
        }
        catch (InvalidOperationException e) when (IsAboutText(e))
        {
            entry.Refuse(NotUnicode);
        }

        Sort(entry, context);
    }

    private void Compare(FhirEntry entry, ImportedRow row, FileContext context)
    {
        if (row.Target == "patients" && entry.Text("birthDate") is { } text && FhirTime.TryRead(text, reading.Clock, out var born) && context.IsAnother(row.TargetId, born.Day))
        {
            context.Known.Forget(entry.Key);
            report.Refused(file.Name, entry, "a patient with another birthDate came in under this id before; if they are two people, name the source of this file");
        }
        else if (row.Fingerprint is null || row.Fingerprint.AsSpan().SequenceEqual(entry.Fingerprint))
        {
            report.Unchanged(entry.Type);
        }
        else
        {
            report.ChangedUpstream(entry.Type);
        }
    }

    private void Sort(FhirEntry entry, FileContext context)
    {
        if (entry.Refusal is { } reason)
        {
            report.Refused(file.Name, entry, reason);
        }
        else if (entry.NoPlace is { } why)
        {
            report.NoPlace(entry.Type, why);
        }
        else if (entry.Waits)
        {
            _waiting.Add(entry.Index);
        }
        else
        {
            foreach (var row in entry.Rows.Select(row => row.Value).OfType<ImportedRow>())
            {
                context.Known.Add(row);
            }

            _held.Add(entry);
        }
    }

    private async Task WriteAsync(FileContext context, ImportTransaction transaction, CancellationToken cancellation)
    {
        var refused = new HashSet<FhirEntry>();
        await transaction.WriteAsync(_held, (entry, reason) =>
        {
            refused.Add(entry);
            context.Known.Forget(entry);
            report.Refused(file.Name, entry, reason);
        }, cancellation);
        foreach (var entry in _held.Where(entry => !refused.Contains(entry)))
        {
            report.Added(entry);
        }

        _held.Clear();
    }

    /// <summary>What System.Text.Json throws when a string is asked for and its bytes are none.</summary>
    private static bool IsAboutText(InvalidOperationException e) => e.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    private FileStream? TryOpen(bool isFirst)
    {
        try
        {
            return Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isFirst)
            {
                report.Problem(file.Name, null, "could not be opened");
            }

            return null;
        }
    }

    private FileStream Open() => new(file.Path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 });
}
