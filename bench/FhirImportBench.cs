using System.Globalization;
using DrAssistant.Data.Import;
using Npgsql;

namespace DrAssistant.Bench;

/// <summary>
/// A bundle of one patient: what turning it into a record costs, against reading the file and writing its bytes into one
/// plain table by COPY (the floor: no parsing, no row-level security, no index). The largest file of the folder that
/// DRASSISTANT_SHARED_DATA names, or one that is made here.
/// </summary>
internal static class FhirImportBench
{
    private const int Rounds = 7;
    private const int LineBytes = 1024;
    private const double MegaByte = 1024 * 1024;

    public static async Task RunAsync()
    {
        await using var clinic = await BenchClinic.StartAsync();
        await clinic.ExecuteAsync($"CREATE TABLE bench_floor (line bytea)");
        var made = Path.Combine(Path.GetTempPath(), $"dr-assistant-bench-{Environment.ProcessId}.json");
        try
        {
            var file = Largest() ?? await MadeBundle.WriteAsync(made);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(file).Length / MegaByte:F1} MB, {(file == made ? "made here" : "from the shared folder")}"));
            var round = 0;
            var most = 0L;
            var measured = new Interleaved(
                ("floor: read the file, COPY its bytes", () => CopyAsync(clinic, file)),
                ("import, all of it new", async () => most = Math.Max(most, await ImportAsync(clinic, file, $"round-{++round}"))),
                ("import again, nothing new", async () => most = Math.Max(most, await ImportAsync(clinic, file, "round-1"))));
            await measured.RunAsync(Rounds, warmUp: 1);
            Report.Print(measured);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"most memory while importing: {most / MegaByte:F0} MB managed, {Environment.WorkingSet / MegaByte:F0} MB of the whole process at the end"));
        }
        finally
        {
            File.Delete(made);
        }
    }

    private static string? Largest()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("DRASSISTANT_SHARED_DATA") ?? "", "fhir");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").MaxBy(file => new FileInfo(file).Length) : null;
    }

    /// <summary>Each source is a system of its own, so that every round imports a patient that is new.</summary>
    private static async Task<long> ImportAsync(BenchClinic clinic, string file, string source)
    {
        GC.Collect();
        using var watch = new MemoryWatch();
        var result = await ClinicImport.FhirAsync(clinic.Services, new FhirImportRequest(file) { Source = source, CareTeam = [] }, new Progress<ImportProgress>(), default);
        if (!result.Succeeded || result.Value.Problems.Count > 0)
        {
            throw new InvalidOperationException("The measurement did not do its work.");
        }

        return watch.Most;
    }

    private static async Task CopyAsync(BenchClinic clinic, string file)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        await using var connection = new NpgsqlConnection(clinic.Superuser);
        await connection.OpenAsync();
        await using var copy = await connection.BeginBinaryImportAsync("COPY bench_floor (line) FROM STDIN (FORMAT BINARY)");
        for (var at = 0; at < bytes.Length; at += LineBytes)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(bytes[at..Math.Min(bytes.Length, at + LineBytes)]);
        }

        await copy.CompleteAsync();
    }

    /// <summary>Looks at the heap every few milliseconds: garbage that was not collected yet counts too.</summary>
    private sealed class MemoryWatch : IDisposable
    {
        private readonly Timer _timer;
        private long _most;

        public MemoryWatch() => _timer = new Timer(_ => Look(), null, 0, 5);

        public long Most
        {
            get
            {
                Look();
                return _most;
            }
        }

        public void Dispose() => _timer.Dispose();

        private void Look() => _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: false));
    }
}
