using System.Runtime.InteropServices;

namespace DrAssistant.Portal.Commands;

/// <summary>
/// Ctrl-C and an operator's stop, from the first line of the program to the last. A host listens for them as well, but only
/// while it runs: what was started before it, such as a database, must not be left behind.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
    ];

    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _asked.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _asked.Cancel();
    }
}
