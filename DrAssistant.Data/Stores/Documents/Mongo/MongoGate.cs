using System.Collections.Concurrent;

namespace DrAssistant.Data.Stores.Documents.Mongo;

/// <summary>
/// Takes blocking calls from asynchronous code to threads of its own, one for each connection of the pool. The thread pool's would
/// do as well until all of them block at once, and then everybody in the portal waits for seconds.
/// </summary>
internal sealed class MongoGate : IDisposable
{
    private const int StackSize = 512 * 1024;
    private const int MostWaiting = 256;

    private readonly MongoPool _pool;
    private readonly BlockingCollection<Action> _waiting = new(MostWaiting);
    private readonly Thread[] _threads;

    public MongoGate(MongoPool pool)
    {
        _pool = pool;
        _threads = [.. Enumerable.Range(1, pool.MaxSize).Select(number => new Thread(Work, StackSize) { IsBackground = true, Name = $"MongoDB {number}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>
    /// Runs one piece of work on a connection of its own. Cancelled while it waits, it never begins. A reading that has begun is
    /// left to its thread, which ends with the socket's timeout; a writing is waited for, so that its outcome is known.
    /// </summary>
    public Task<T> RunAsync<T>(Func<MongoSession, T> work, bool isWriting, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        var call = new Call<T>(_pool, work, isWriting, cancellation);
        if (!TryAdd(call.Run))
        {
            call.Refuse();
        }

        return call.Outcome;
    }

    public void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _waiting.Dispose();
    }

    private bool TryAdd(Action call)
    {
        try
        {
            return _waiting.TryAdd(call);
        }
        catch (InvalidOperationException)
        {
            return false; // the portal is going down
        }
    }

    private void Work()
    {
        foreach (var call in _waiting.GetConsumingEnumerable())
        {
            call();
        }
    }

    private sealed class Call<T>
    {
        private const int Waiting = 0;
        private const int Begun = 1;
        private const int GivenUp = 2;

        private readonly MongoPool _pool;
        private readonly Func<MongoSession, T> _work;
        private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenRegistration _cancelled;
        private int _state = Waiting;

        public Call(MongoPool pool, Func<MongoSession, T> work, bool isWriting, CancellationToken cancellation)
        {
            (_pool, _work) = (pool, work);
            _cancelled = cancellation.UnsafeRegister(
                (_, token) =>
                {
                    if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting || !isWriting)
                    {
                        _outcome.TrySetCanceled(token);
                    }
                },
                null);
        }

        public Task<T> Outcome => _outcome.Task;

        public void Run()
        {
            if (Interlocked.CompareExchange(ref _state, Begun, Waiting) != Waiting)
            {
                return;
            }

            try
            {
                using var session = _pool.Lease();
                _outcome.TrySetResult(_work(session));
            }
            catch (Exception e)
            {
                _outcome.TrySetException(e);
            }
            finally
            {
                _cancelled.Dispose();
            }
        }

        public void Refuse()
        {
            _cancelled.Dispose();
            _outcome.TrySetException(new MongoException(MongoFault.Busy, "Too many calls are waiting."));
        }
    }
}
