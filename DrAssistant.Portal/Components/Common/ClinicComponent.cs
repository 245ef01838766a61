using System.Diagnostics.CodeAnalysis;
using DrAssistant.Data.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Common;

/// <summary>
/// Base of every component that loads or saves. Reading stops when the person moves on, and an older answer never replaces a newer one;
/// saving is never started twice and never abandoned half way. What breaks says so in the component itself, so the rest of the page works.
/// </summary>
public abstract partial class ClinicComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _loading;
    private bool _disposed;

    [Inject]
    [NotNull]
    private ILoggerFactory? Logs { get; set; }

    protected bool Saving { get; private set; }

    protected bool Loading => _loading is not null;

    /// <summary>Set while the last read failed; what an earlier read gave may still be shown.</summary>
    protected Failure? LoadFailure { get; private set; }

    protected Failure? SaveFailure { get; private set; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a read and shows its answer, unless a newer read has begun or the person has left.</summary>
    protected async Task LoadAsync<T>(Func<CancellationToken, Task<T>> read, Action<T> show)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(show);
        if (_disposed)
        {
            return;
        }

        // The newer one takes the place before the older is stopped, so that of three at once only the last is left.
        var older = _loading;
        using var loading = _loading = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        if (older is not null)
        {
            await older.CancelAsync();
        }

        try
        {
            var answer = await read(loading.Token);
            if (!loading.IsCancellationRequested)
            {
                LoadFailure = null;
                show(answer);
            }
        }
        catch (OperationCanceledException) when (loading.IsCancellationRequested)
        {
            // Nobody is waiting for this answer any more.
        }
        catch (Exception exception) when (exception is not NavigationException)
        {
            // An outage of what this component reads must not take the page with it; the person sees it and can try again.
            if (!loading.IsCancellationRequested)
            {
                LoadFailure = Failed(exception);
            }
        }
        finally
        {
            if (ReferenceEquals(_loading, loading))
            {
                _loading = null;
            }
        }
    }

    /// <summary>Runs a save. A second click while the first is working does nothing.</summary>
    protected async Task SaveAsync(Func<Task> save)
    {
        ArgumentNullException.ThrowIfNull(save);
        if (Saving)
        {
            return;
        }

        Saving = true;
        SaveFailure = null;
        try
        {
            await save();
        }
        catch (Exception exception) when (exception is not NavigationException)
        {
            SaveFailure = Failed(exception);
        }
        finally
        {
            Saving = false;
        }
    }

    /// <summary>Runs one of several acts that may follow one another quickly, of which none may be dropped. What breaks is answered like any refusal.</summary>
    protected async Task<Result<T>> TryAsync<T>(Func<Task<Result<T>>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            return await act();
        }
        catch (Exception exception) when (exception is not NavigationException)
        {
            return Failed(exception).AsRefusal();
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
        {
            return;
        }

        _disposed = true;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private Failure Failed(Exception exception)
    {
        var failure = Failure.New();
        LogFailed(Logs.CreateLogger(GetType()), exception, failure.Code);
        return failure;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A part of a page failed, shown as {Code}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string code);
}

/// <summary>Something broke; the code is in the log beside the reason.</summary>
public sealed record Failure(string Code)
{
    private const int CodeLength = 8;

    // The last digits of a version 7 id are random; the first are the time and the same for all that break together.
    public static Failure New() => new(Guid.CreateVersion7().ToString("N")[^CodeLength..]);

    /// <summary>Said where a save broke.</summary>
    public Refusal AsRefusal() => Refusal.Conflict($"This could not be saved. Try again; if it stays so, tell the administrator {Code}.");
}
