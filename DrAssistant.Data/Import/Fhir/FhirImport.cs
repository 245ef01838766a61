using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>
/// Imports HL7 FHIR R4 bundles into the clinic's tables and notes. Whatever is in already stays as it is, so that the same
/// files can be read again: after a crash, with a file repaired, or with more files.
/// </summary>
internal sealed class FhirImport(
    ClinicDataSources clinic,
    NoteStore notes,
    PatientVault vault,
    BlindIndex index,
    ClinicClock clock,
    AuditTrail audit,
    OutboxSignal signal,
    IOptions<ClinicOptions> options,
    TimeProvider time)
{
    // Any number will do, as long as every server of a practice uses the same one.
    private const long Lock = 7_316_520_116;
    private const int EntriesBetweenReports = 250;

    private readonly ReportBuilder _report = new();

    public async Task<Result<ImportReport>> RunAsync(FhirImportRequest request, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        if (Invalid(request) is { } refusal)
        {
            return refusal;
        }

        var files = Files(request.Path);
        if (files.Count == 0)
        {
            return Refusal.NotFound($"A .json file in {request.Path}");
        }

        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        if (!await TakeLockAsync(connection, cancellation))
        {
            return Refusal.Conflict("Another import is running. Wait until it has ended, and start this one again.");
        }

        try
        {
            var careTeam = await CareTeamAsync(connection, request.CareTeam, cancellation);
            if (!careTeam.Succeeded)
            {
                return careTeam.Refusal;
            }

            await ImportAsync(request, files, connection, careTeam.Value, progress, cancellation);
            signal.Wake();
            return _report.Report(files.Count, time.GetElapsedTime(started));
        }
        finally
        {
            // A connection keeps its locks when it goes back to the pool.
            await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({Lock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task ImportAsync(
        FhirImportRequest request, IReadOnlyList<BundleFile> files, NpgsqlConnection connection, IReadOnlyList<Guid> careTeam,
        IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        var unknown = await UnknownPractitionerAsync(connection, request, cancellation);
        var noteWriter = new ImportedNotes(connection, notes, clock);
        await using var transaction = new ImportTransaction(connection, careTeam, options.Value.MrnPrefix, clock, audit);
        foreach (var file in files)
        {
            await Bundle(file, request, unknown, () => { }).ImportStaffAsync(transaction, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        var waiting = new List<BundleImport>();
        foreach (var (number, file) in files.Index())
        {
            var began = time.GetTimestamp();
            var entries = 0;
            var import = Bundle(file, request, unknown, () =>
            {
                if (++entries % EntriesBetweenReports == 0)
                {
                    Report(fileDone: false);
                }
            });
            await import.ImportRestAsync(transaction, cancellation);
            await FinishAsync(import, transaction, noteWriter, cancellation);
            Report(fileDone: true);
            if (import.HasWaiting)
            {
                waiting.Add(import);
            }

            void Report(bool fileDone)
                => progress.Report(new ImportProgress(number + 1, files.Count, file.Name, entries, time.GetElapsedTime(began), fileDone));
        }

        foreach (var import in waiting)
        {
            await import.ImportWaitingAsync(transaction, cancellation);
            await FinishAsync(import, transaction, noteWriter, cancellation);
        }
    }

    /// <summary>The rows first, then the notes: a note cannot be there before its visit.</summary>
    private async Task FinishAsync(BundleImport import, ImportTransaction transaction, ImportedNotes noteWriter, CancellationToken cancellation)
    {
        await transaction.CommitAsync(cancellation);
        _report.Notes += await noteWriter.WriteAsync(import.Patients, cancellation);
    }

    private BundleImport Bundle(BundleFile file, FhirImportRequest request, UnknownPractitioner unknown, Action looked)
        => new(file, new EntryReading(request.Source, clock, digest => index.Of(BlindIndexPurpose.ImportedResource, digest)), unknown, vault, _report) { Looked = looked };

    private static Refusal? Invalid(FhirImportRequest request)
    {
        if (request.Source.Length is 0 or > 100)
        {
            return Refusal.Invalid("The name of the source has 1 to 100 characters.", nameof(request.Source));
        }

        if (request.UnknownPractitioner.Trim().Length is 0 or > 100)
        {
            return Refusal.Invalid("The name for practitioners who are not known has 1 to 100 characters.", nameof(request.UnknownPractitioner));
        }

        return File.Exists(request.Path) || Directory.Exists(request.Path) ? null : Refusal.NotFound($"The file or folder {request.Path}");
    }

    private List<BundleFile> Files(string path)
    {
        if (File.Exists(path))
        {
            return [new BundleFile(path, Path.GetFileName(path))];
        }

        var all = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var bundles = all.Where(file => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var _ in Enumerable.Range(0, all.Count - bundles.Count))
        {
            _report.LeftOutFile();
        }

        return [.. bundles.Select(file => new BundleFile(file, Path.GetRelativePath(path, file)))];
    }

    private static async Task<bool> TakeLockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Lock})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<Result<List<Guid>>> CareTeamAsync(
        NpgsqlConnection connection, IReadOnlyList<string>? names, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            SELECT id, lower(username) FROM users
            WHERE status = 'active' AND role IN ('doctor', 'nurse') AND ($1::text[] IS NULL OR lower(username) = ANY($1))
            """, connection)
        {
            Parameters = { new() { Value = (object?)names?.Select(name => name.ToLowerInvariant()).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text } },
        };
        var members = new List<Guid>();
        var missing = new HashSet<string>(names ?? [], StringComparer.OrdinalIgnoreCase);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            members.Add(reader.GetGuid(0));
            missing.Remove(reader.GetString(1));
        }

        return missing.Count > 0
            ? Refusal.Invalid($"No active doctor or nurse has the user name {string.Join(" or ", missing)}.", nameof(FhirImportRequest.CareTeam))
            : members;
    }

    private static async Task<UnknownPractitioner> UnknownPractitionerAsync(
        NpgsqlConnection connection, FhirImportRequest request, CancellationToken cancellation)
    {
        var name = request.UnknownPractitioner.Trim();
        var known = new ImportedResources();
        await known.LoadAsync(connection, [UnknownPractitioner.KeyOf(name)], cancellation);
        return new UnknownPractitioner(name, known.Find(UnknownPractitioner.KeyOf(name)));
    }
}
