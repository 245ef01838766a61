using System.Collections.Concurrent;
using System.Diagnostics;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Search;

/// <summary>The command <c>rebuild-search</c> as an operator starts it: a process of its own, on the database and keys of a clinic under test.</summary>
internal sealed class RebuildProcess : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    public RebuildProcess(ClinicUnderTest clinic)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DrAssistant.Portal.dll"), "rebuild-search"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Clinic"] = clinic.Connections.App;
        start.Environment["ConnectionStrings__ClinicOwner"] = clinic.Connections.Owner;
        start.Environment["ConnectionStrings__ClinicWorker"] = clinic.Connections.Worker;
        start.Environment["Clinic__DataFolder"] = _data["data"];
        start.Environment["Clinic__KeyRing"] = Path.Combine(clinic.Folder, "keys", "keyring.json");
        start.Environment["Clinic__MasterKey"] = Path.Combine(clinic.Folder, "keys", "master.json");
        _process = Process.Start(start) ?? throw new InvalidOperationException("The command did not start.");
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything that it said.</summary>
    public string Words => string.Join('\n', _lines);

    /// <summary>Waits until a statement of it waits for <paramref name="holder"/>, which then knows where it has come to.</summary>
    public async Task StandsBeforeAsync(NpgsqlConnection holder, CancellationToken cancellation)
    {
        await using var look = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))", holder);
        while (await look.ExecuteScalarAsync(cancellation) is false)
        {
            Assert.False(_process.HasExited, Words);
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>As a power cut or the kernel short of memory ends it: it is told nothing and puts nothing in order.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
        Assert.NotInRange(_process.ExitCode, 0, 1); // not an end of its own
    }

    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _data.Dispose();
    }
}
