using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Encounters.Diagnoses;

/// <summary>What an official list brought.</summary>
/// <param name="Read">Codes in the list.</param>
/// <param name="New">Codes that were not known before.</param>
/// <param name="Gone">Codes that an earlier list had and this one has not; old notes keep them.</param>
public sealed record CodeImportReport(int Read, int New, int Gone);

/// <summary>
/// Lays an official list of ICD-10 over the starter list: its titles are shown, the starter's stay as words to find a code by. The whole list
/// or nothing; the next list takes the place of the one before.
/// </summary>
internal sealed class DiagnosisCodeImport(ClinicDataSources clinic, AuditTrail audit)
{
    private const long Largest = 64 * 1024 * 1024;
    private const int LongestSource = 255;

    // A code keeps its name for the notes that have it; those of the starter list go on being offered.
    private const string Retire = """
        WITH others AS (
            UPDATE diagnosis_codes SET official_title = NULL, official_source = NULL, title = coalesce(title, official_title)
            WHERE official_source <> $1 RETURNING is_active)
        SELECT count(*) FROM others WHERE NOT is_active
        """;

    public async Task<Result<CodeImportReport>> RunAsync(string path, CancellationToken cancellation)
    {
        byte[] content;
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= Largest })
            {
                return Refusal.Invalid($"{path} is no file of at most 64 MB.");
            }

            content = await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refusal.Invalid($"{path} cannot be read: {failure.Message}");
        }

        var file = ReferenceFile.From(Path.GetFileName(path), content);
        var codes = OfficialCodes.Read(file.Name, content);
        return codes.Succeeded ? await WriteAsync(file.Version, codes.Value, cancellation) : codes.Refusal;
    }

    private async Task<CodeImportReport> WriteAsync(string version, IReadOnlyList<OfficialCode> codes, CancellationToken cancellation)
    {
        var source = version.Length <= LongestSource ? version : version[^LongestSource..];
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var before = await CountAsync(connection, cancellation);
        await BulkWrite.UpsertAsync(connection, "diagnosis_codes", "code", codes.Select(c => new OfficialRow(c.Code, c.Title, source, c.Chapter)).ToList(), cancellation);
        var added = await CountAsync(connection, cancellation) - before;
        await using var others = new NpgsqlCommand(Retire, connection) { Parameters = { new() { Value = source } } };
        var gone = (long)(await others.ExecuteScalarAsync(cancellation))!;
        await using var noted = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { audit.Statement(new AuditEntry(AuditAction.Execute, "icd10.import") { ResourceType = "reference", Reason = source }) },
        };
        await noted.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new CodeImportReport(codes.Count, (int)added, (int)gone);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var count = new NpgsqlCommand("SELECT count(*) FROM diagnosis_codes", connection);
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    private sealed record OfficialRow(string Code, string OfficialTitle, string OfficialSource, int Chapter);
}
