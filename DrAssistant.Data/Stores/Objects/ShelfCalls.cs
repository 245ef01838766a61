using System.Diagnostics;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>Calls a shelf, measures how long it took, and says of every failure of the place that the store does not answer.</summary>
internal sealed class ShelfCalls(IObjectShelf shelf)
{
    public async Task<T> MeasuredAsync<T>(string operation, Func<Task<T>> act)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "unavailable";
        try
        {
            var answer = await act();
            outcome = "ok";
            return answer;
        }
        catch (ObjectStoreException)
        {
            outcome = "refused";
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStoreException("The object store does not answer.", e);
        }
        finally
        {
            StoreMetrics.Record(shelf.Name, operation, outcome, Stopwatch.GetElapsedTime(started));
        }
    }
}
